using System.Data;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Entente.Core.Kernel;
using Entente.Core.Store.Copying;
using Entente.Core.Store.Outbox;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Store;

/// <summary>A file of a backup, by its path in the data folder.</summary>
public sealed record BackupFile(string Path, string Sha256, long Bytes);

/// <summary>What a backup holds: backup.json in the zip.</summary>
public sealed record BackupManifest(int Format, DateTimeOffset Made, IReadOnlyList<BackupFile> Files)
{
    public long Bytes => Files.Sum(file => file.Bytes);
}

/// <summary>
/// One zip with everything that cannot be made again: the record, the vintages, the kept receipts, and a list of their hashes. It is
/// written aside and renamed; it is restored into an empty folder only, checked file by file, and also renamed into place.
/// </summary>
public static class Backups
{
    const int Format = 1;
    const string ManifestEntry = "backup.json";
    const string Record = "entente.db";

    /// <summary>
    /// Copies the record as it stands at one moment, while others go on writing to it, and the files beside it, which no verb changes
    /// meanwhile. A record on a server is copied into a file, so that a backup restores anywhere.
    /// </summary>
    /// <exception cref="BrokenWorldException">The disk is full.</exception>
    public static async Task<Outcome<BackupManifest>> MakeAsync(Work work, string path, CancellationToken ct)
    {
        if (NoName(path) is { } unnamed) return unnamed;
        path = Path.GetFullPath(path);
        if (Path.Exists(path))
            return Refusal.Conflict("backup-exists", $"There is a file {path} already. Name another, so that no backup is lost.",
                $"Le fichier {path} existe déjà. Nommez-en un autre, pour qu’aucune sauvegarde ne se perde.");
        if (!Directory.Exists(Path.GetDirectoryName(path)))
            return Refusal.Invalid("backup-folder", $"There is no folder {Path.GetDirectoryName(path)}. Make it first.",
                $"Le dossier {Path.GetDirectoryName(path)} n’existe pas. Créez-le d’abord.");
        var pen = work.Folder.Lock("backup");
        if (pen.Refusal is { } locked) return locked;
        using var held = pen.Value;
        var (aside, copy) = ($"{path}.partial", $"{path}.{Record}");
        try
        {
            Moving.Delete(copy);
            await CopyRecordAsync(work, copy, ct);
            await DoubtMailsAsync(work, copy, ct);
            var manifest = await WriteAsync(work, aside, copy, ct);
            File.Move(aside, path);
            Disk.FlushFolder(Path.GetDirectoryName(path)!);
            return manifest;
        }
        catch (Exception e) when (e is IOException io && Disk.IsFull(io) || e is SqliteException { SqliteErrorCode: 13 })
        {
            throw Disk.FullAt(Path.GetDirectoryName(path)!, e);
        }
        finally
        {
            File.Delete(aside);
            Moving.Delete(copy);
        }
    }

    static Refusal? NoName(string path) => !string.IsNullOrWhiteSpace(path) ? null
        : Refusal.Usage("file", "Name the file of the backup: it is empty.", "Nommez le fichier de la sauvegarde\u202F: il est vide.", "file");

    static async Task CopyRecordAsync(Work work, string copy, CancellationToken ct)
    {
        if (work.Db.Database.IsSqlite())
        {
            await work.Db.Database.ExecuteSqlAsync($"vacuum into {copy}", ct);
            return;
        }
        await using var moment = await work.Db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        await Moving.InFileAsync(work, copy, async db =>
        {
            await Migrator.FillAsync(db, ct);
            return await TableCopy.RunAsync(work.Db, db, progress: null, ct);
        }, ct);
    }

    // What waits in the copy goes out from the original: a record that was restored must not send it a second time by itself.
    static async Task DoubtMailsAsync(Work work, string copy, CancellationToken ct)
    {
        var now = work.Now;
        await using var db = work.Folder.OpenAside(StoreAddress.Sqlite, copy);
        await db.Messages.Where(m => m.State == MessageState.Pending || m.State == MessageState.Sending).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.State, MessageState.Uncertain).SetProperty(m => m.Settled, now)
            .SetProperty(m => m.Answer, "This record was restored from a backup that was made while the message waited."), ct);
    }

    static async Task<BackupManifest> WriteAsync(Work work, string aside, string copy, CancellationToken ct)
    {
        await using var file = File.Create(aside);
        var files = new List<BackupFile>();
        BackupManifest manifest;
        await using (var zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: true, null, ct))
        {
            files.Add(await AddAsync(zip, Record, copy, ct));
            foreach (var path in Kept(work.Folder))
                files.Add(await AddAsync(zip, Path.GetRelativePath(work.Folder.Root, path).Replace('\\', '/'), path, ct));
            manifest = new(Format, work.Now, files);
            await using var entry = await zip.CreateEntry(ManifestEntry).OpenAsync(ct);
            await JsonSerializer.SerializeAsync(entry, manifest, JsonSerializerOptions.Web, ct);
        }
        file.Flush(flushToDisk: true);
        return manifest;
    }

    /// <summary>Files of whole vintages, and receipts; what begins with a dot is being written or was replaced.</summary>
    static IEnumerable<string> Kept(DataFolder folder) =>
        Directory.EnumerateDirectories(folder.Vintages).Where(vintage => !Path.GetFileName(vintage).StartsWith('.'))
            .SelectMany(vintage => Directory.EnumerateFiles(vintage, "*", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(folder.Receipts, "*", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal);

    static async Task<BackupFile> AddAsync(ZipArchive zip, string name, string path, CancellationToken ct)
    {
        await using var source = File.OpenRead(path);
        await using var entry = await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(ct);
        return await CopyAsync(source, entry, name, long.MaxValue, ct);
    }

    /// <summary>Copies and hashes; stops after <paramref name="most"/> bytes and one more, so that a lying entry fills no disk.</summary>
    static async Task<BackupFile> CopyAsync(Stream source, Stream target, string name, long most, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 17];
        var bytes = 0L;
        while (bytes <= most && await source.ReadAsync(buffer, ct) is var read and > 0)
        {
            hash.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), ct);
            bytes += read;
        }
        return new(name, Convert.ToHexStringLower(hash.GetHashAndReset()), bytes);
    }

    /// <summary>Restores into a folder that is not there or empty. Nothing shows in it before everything was checked.</summary>
    /// <exception cref="BrokenWorldException">The disk is full.</exception>
    public static async Task<Outcome<BackupManifest>> RestoreAsync(string path, string folder, CancellationToken ct)
    {
        if (NoName(path) is { } unnamed) return unnamed;
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (!File.Exists(path))
            return Refusal.Invalid("missing-file", $"There is no file {path}. Check the path, then try again.",
                $"Le fichier {path} n’existe pas. Vérifiez le chemin, puis recommencez.");
        if (File.Exists(folder) || Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            return Refusal.Conflict("folder-not-empty", $"The folder {folder} is not empty. Restore into a new one: --data DIR.",
                $"Le dossier {folder} n’est pas vide. Restaurez dans un nouveau : --data DIR.");
        var aside = $"{folder}.restoring-{Guid.NewGuid().ToString("N")[..8]}";
        try
        {
            Directory.CreateDirectory(aside);
            var restored = await ExtractAsync(path, aside, ct);
            if (!restored.Ok) return restored;
            foreach (var inside in Directory.EnumerateDirectories(aside, "*", SearchOption.AllDirectories).Append(aside)) Disk.FlushFolder(inside);
            if (Directory.Exists(folder)) Directory.Delete(folder);
            Directory.Move(aside, folder);
            Disk.FlushFolder(Path.GetDirectoryName(folder)!);
            return restored;
        }
        catch (InvalidDataException)
        {
            return Damaged(path, new("it is not a zip, or its end is missing", "ce n’est pas un zip, ou sa fin manque"));
        }
        catch (IOException e) when (Disk.IsFull(e))
        {
            throw Disk.FullAt(folder, e);
        }
        finally
        {
            if (Directory.Exists(aside)) Directory.Delete(aside, recursive: true);
        }
    }

    static async Task<Outcome<BackupManifest>> ExtractAsync(string path, string aside, CancellationToken ct)
    {
        await using var zip = await ZipFile.OpenReadAsync(path, ct);
        if (await ManifestAsync(zip, ct) is not { } manifest)
            return Damaged(path, new("it has no list of its files (backup.json)", "elle n’a pas la liste de ses fichiers (backup.json)"));
        if (manifest.Format != Format)
            return Refusal.Invalid("backup-format", $"{path} was made by another version of Entente (format {manifest.Format}). Restore it with that version.",
                $"{path} a été faite par une autre version d’Entente (format {manifest.Format}). Restaurez-la avec celle-ci.");
        foreach (var file in manifest.Files ?? [null!])
        {
            if (file?.Path is null) return Damaged(path, new("its list of files is none", "sa liste de fichiers n’en est pas une"));
            if (!Allowed(file.Path) || zip.GetEntry(file.Path) is not { } entry)
                return Damaged(path, new($"“{file.Path}” is missing or does not belong", $"« {file.Path} » manque ou n’a pas sa place"));
            var target = Path.Combine(aside, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await using var source = await entry.OpenAsync(ct);
            await using var written = File.Create(target);
            if (await CopyAsync(source, written, file.Path, file.Bytes, ct) != file)
                return Damaged(path, new($"“{file.Path}” is not what was saved", $"« {file.Path} » n’est pas ce qui fut sauvegardé"));
            // What the rename will show must be on the disk by then.
            written.Flush(flushToDisk: true);
        }
        return manifest;
    }

    static async Task<BackupManifest?> ManifestAsync(ZipArchive zip, CancellationToken ct)
    {
        if (zip.GetEntry(ManifestEntry) is not { } entry) return null;
        try
        {
            await using var json = await entry.OpenAsync(ct);
            return await JsonSerializer.DeserializeAsync<BackupManifest>(json, JsonSerializerOptions.Web, ct);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Only what a backup may hold, so that a doctored one writes nowhere else.</summary>
    static bool Allowed(string path) =>
        path == Record || (path.Split('/') is ["vintages", _, _] or ["receipts", _] && !path.Contains('\\')
        && path.Split('/').All(part => part is not ("" or "." or "..") && part.AsSpan().IndexOfAny(Path.GetInvalidFileNameChars()) < 0));

    static Refusal Damaged(string path, Said why) => Refusal.Invalid("backup-damaged",
        $"{path} is not a sound backup: {why.En}. Nothing was restored. Use another copy.",
        $"{path} n’est pas une sauvegarde saine : {why.Fr}. Rien n’a été restauré. Prenez une autre copie.");
}
