using System.Diagnostics;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Evidence;

/// <summary>
/// The frame around every import: one writer, a folder aside, all or nothing, and a line in the journal. A reader only
/// reads its sources and writes its segments.
/// </summary>
public static class Importing
{
    const string Partial = ".partial-";
    const string Replaced = ".replaced-";

    /// <summary>Runs an import and commits what it wrote, or leaves everything as it was.</summary>
    /// <param name="verb">as a refused second writer is told who holds the pen, such as "import openalex"</param>
    /// <param name="sources">what the reader will open; their size gives progress its total</param>
    /// <param name="read">reads the sources through the draft and writes segments in its folder</param>
    /// <exception cref="BrokenWorldException">The disk is full, or does not answer.</exception>
    public static Task<Outcome<ImportResult>> RunAsync(
        Work work, string verb, IReadOnlyList<Source> sources, Func<VintageDraft, Outcome<VintageContent>> read,
        IProgress<ProgressReport>? progress, CancellationToken ct) =>
        AsideAsync(work, verb, new("The import stopped", "L’importation s’est interrompue"), partial => WriteAsync(work, partial, sources, read, progress, ct));

    /// <summary>Takes the pen, ends what a dead writer left, and gives a folder aside for what is to be written; it is gone afterwards, whatever came of it.</summary>
    /// <param name="stopped">what is said where a disk does not answer</param>
    internal static async Task<Outcome<T>> AsideAsync<T>(Work work, string verb, Said stopped, Func<string, Task<Outcome<T>>> write)
    {
        var taken = work.Folder.Lock(verb);
        if (taken.Refusal is { } locked) return locked;
        using var pen = taken.Value;
        var partial = Path.Combine(work.Folder.Vintages, Partial + Guid.NewGuid().ToString("N")[..12]);
        try
        {
            Sweep(work.Folder);
            return await write(partial);
        }
        catch (RefusedImportException refused)
        {
            return refused.Refusal;
        }
        catch (IOException error) when (Disk.IsFull(error))
        {
            throw Disk.FullAt(work.Folder.Root, error);
        }
        catch (DbUpdateException error) when (error.InnerException is SqliteException { SqliteErrorCode: 13 })
        {
            throw Disk.FullAt(work.Folder.Root, error);
        }
        catch (IOException error)
        {
            throw new BrokenWorldException(new($"{stopped.En}: {error.Message} Nothing was changed.",
                $"{stopped.Fr}\u202F: {error.Message} Rien n’a été modifié."), error);
        }
        finally
        {
            if (Directory.Exists(partial)) Directory.Delete(partial, recursive: true);
        }
    }

    static async Task<Outcome<ImportResult>> WriteAsync(
        Work work, string partial, IReadOnlyList<Source> sources, Func<VintageDraft, Outcome<VintageContent>> read,
        IProgress<ProgressReport>? progress, CancellationToken ct)
    {
        var start = work.Clock.GetTimestamp();
        using var draft = new VintageDraft(partial, sources.Sum(s => s.Bytes), progress, ct);
        var content = read(draft);
        if (content.Refusal is { } refusal) return refusal;
        if (Empty(content.Value.Records, draft) is { } empty) return empty;
        ct.ThrowIfCancellationRequested();
        var manifest = draft.Close(content.Value, When(work), work.Clock.GetElapsedTime(start).TotalSeconds);
        await CommitAsync(work, draft, manifest, ct);
        return new ImportResult(manifest.Id, manifest.Records, manifest.Accepted, manifest.Rejected, manifest.Superseded, manifest.Seconds) { HandedOver = manifest.HandedOver };
    }

    /// <summary>
    /// The newest import is the one that questions are answered from, so none may stand before an earlier one, whatever a clock that was put back says. The
    /// journal keeps what the clock said, and so does the manifest.
    /// </summary>
    static (DateTimeOffset At, DateTimeOffset? Clock) When(Work work)
    {
        var now = work.Now;
        var last = Vintages.List(work.Folder).Select(m => m.ImportedAt).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
        return last < now ? (now, null) : (last.AddMilliseconds(1), now);
    }

    /// <summary>The refusal of an import that found nothing to keep.</summary>
    internal static Refusal? Empty(long records, VintageDraft draft)
    {
        if (records == 0)
            return Refusal.Invalid("nothing-to-import", "The sources hold no records. Nothing was imported.",
                "Les sources ne contiennent aucun enregistrement. Rien n’a été importé.");
        if (records > draft.Rejected) return null;
        var first = draft.FirstReject ?? throw new UnreachableException();
        return Refusal.Invalid("all-rejected",
            $"None of the {records} records can be taken in, so nothing was imported. The first: {first.File}, line {first.Line}: {first.Reason.En}",
            $"Aucun des {records} enregistrements n’est recevable, rien n’a donc été importé. Le premier\u202F: {first.File}, ligne {first.Line}\u202F: {first.Reason.Fr}");
    }

    // The journal's line and the rename stand or fall together, save for a crash between the two commits: then the vintage
    // is there and the line is not.
    static async Task CommitAsync(Work work, VintageDraft draft, Manifest manifest, CancellationToken ct)
    {
        await using var transaction = await work.Db.Database.BeginTransactionAsync(ct);
        work.Log("evidence.import", manifest.Id, manifest.Name);
        await work.Db.SaveChangesAsync(ct);
        var target = Vintages.FolderOf(work.Folder, manifest.Id);
        if (Existing(work.Folder, manifest) is { } existing)
            Renew(draft, target, existing, manifest);
        else
            Place(work.Folder, draft, target, manifest.Id);
        Disk.FlushFolder(work.Folder.Vintages);
        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>The vintage of the same id, when it is there, sound and of this version's layout.</summary>
    static Manifest? Existing(DataFolder folder, Manifest manifest)
    {
        try
        {
            return Vintages.Read(folder, manifest.Id) is { } existing && existing.Format == manifest.Format
                && Vintages.Damage(folder, existing).Count == 0 ? existing : null;
        }
        catch (BrokenWorldException)
        {
            return null;
        }
    }

    static void Renew(VintageDraft draft, string target, Manifest existing, Manifest stated)
    {
        draft.WriteManifest(existing with
        {
            Name = stated.Name ?? existing.Name,
            Coverage = stated.Coverage,
            Sources = stated.Sources,
            ImportedAt = stated.ImportedAt,
            Clock = stated.Clock,
        });
        File.Move(Path.Combine(draft.Folder, Vintages.ManifestFile), Path.Combine(target, Vintages.ManifestFile), overwrite: true);
        Disk.FlushFolder(target);
    }

    static void Place(DataFolder folder, VintageDraft draft, string target, string id)
    {
        Disk.FlushFolder(draft.Folder);
        var aside = Path.Combine(folder.Vintages, Replaced + id);
        if (Directory.Exists(target)) Directory.Move(target, aside);
        Directory.Move(draft.Folder, target);
        if (Directory.Exists(aside)) Directory.Delete(aside, recursive: true);
    }

    /// <summary>
    /// Ends what a dead writer left: half-written folders go; a vintage put aside comes back unless its successor is in place; segments that
    /// no manifest names go, which a merge had moved in or was about to take away.
    /// </summary>
    static void Sweep(DataFolder folder)
    {
        foreach (var partial in Directory.EnumerateDirectories(folder.Vintages, Partial + "*")) Directory.Delete(partial, recursive: true);
        foreach (var aside in Directory.EnumerateDirectories(folder.Vintages, Replaced + "*"))
        {
            var target = Vintages.FolderOf(folder, Path.GetFileName(aside)[Replaced.Length..]);
            if (Directory.Exists(target)) Directory.Delete(aside, recursive: true);
            else Directory.Move(aside, target);
        }
        foreach (var manifest in Vintages.List(folder)) SweepSegments(folder, manifest);
    }

    internal static void SweepSegments(DataFolder folder, Manifest manifest)
    {
        var named = manifest.Files.Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(Vintages.FolderOf(folder, manifest.Id), "*.seg"))
            if (!named.Contains(Path.GetFileName(path))) Remove(path);
    }

    // Where the system keeps a file that is mapped, it goes next time.
    static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (OperatingSystem.IsWindows() && error is IOException or UnauthorizedAccessException)
        {
        }
    }
}
