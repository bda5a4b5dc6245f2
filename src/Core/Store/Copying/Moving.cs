using System.Globalization;
using Entente.Core.Kernel;
using Entente.Core.Store.Journal;
using Entente.Core.Store.Search;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Entente.Core.Store.Copying;

/// <summary>What a move carried.</summary>
/// <param name="Digests">a hash of the rows of each table, the same on both sides</param>
/// <param name="Left">where the file of the record was put aside; null where it came from a server</param>
public sealed record Moved(string From, string To, int Tables, long Rows, int JournalLines, IReadOnlyDictionary<string, string> Digests, string? Left);

/// <summary>
/// Moves the record between SQLite and PostgreSQL, with nothing lost. Nobody writes meanwhile, readers go on. The target is filled,
/// held against the source and its journal checked before the folder names it, which is one rename: killed at any moment before,
/// the source is still the record and the target holds nothing.
/// </summary>
public static class Moving
{
    /// <exception cref="BrokenWorldException">The server does not answer, or the disk is full.</exception>
    public static async Task<Outcome<Moved>> ToAsync(Work work, string target, IProgress<CopyStep>? progress, CancellationToken ct)
    {
        var read = StoreAddress.Parse(target);
        if (read.Refusal is { } malformed) return malformed;
        var (folder, from, to) = (work.Folder, work.Folder.Store, read.Value);
        if (Refuse(folder, from, to) is { } refusal) return refusal;
        var pen = folder.Lock("migrate");
        if (pen.Refusal is { } locked) return locked;
        using var held = pen.Value;
        try
        {
            var moved = await CarryAsync(work, from, to, progress, ct);
            return moved.Ok && !from.OnServer ? moved.Value with { Left = await PutAsideAsync(work, ct) } : moved;
        }
        catch (InvalidDataException e)
        {
            return Refusal.Conflict("migrate-differs", $"{e.Message} The record stays where it is.", $"{e.Message} Le registre reste où il est.");
        }
        catch (NpgsqlException e) when (e is not PostgresException || e is PostgresException { SqlState: "3D000" or "28P01" or "28000" or "42501" or "55P03" })
        {
            throw new BrokenWorldException(new($"PostgreSQL did not let the record through: {e.Message} The record stays where it is.",
                $"PostgreSQL n’a pas laissé passer le registre\u202F: {e.Message} Le registre reste où il est."), e);
        }
    }

    /// <summary>Ends with the folder naming its new store, while the pen of the old one is still held.</summary>
    static async Task<Outcome<Moved>> CarryAsync(Work work, StoreAddress from, StoreAddress to, IProgress<CopyStep>? progress, CancellationToken ct)
    {
        await using var source = await work.BeginAsync(ct);
        if (from.OnServer) await LockAsync(work.Db, ct);
        var moved = to.OnServer ? await ToServerAsync(work, from, to, progress, ct) : await ToFileAsync(work, from, to, progress, ct);
        if (moved.Ok) to.Keep(work.Folder.Root);
        return moved;
    }

    static Refusal? Refuse(DataFolder folder, StoreAddress from, StoreAddress to)
    {
        if (StoreAddress.Imposed)
            return Refusal.Conflict("store-imposed", $"{StoreAddress.Variable} names the store, so the folder cannot be moved to another. Unset it, then try again.",
                $"{StoreAddress.Variable} désigne la base, si bien que le dossier ne peut passer à une autre. Retirez-la, puis recommencez.");
        if (from == to)
            return Refusal.Conflict("store-same", $"The record is already there ({from.Name}).", $"Le registre s’y trouve déjà ({from.Name}).");
        if (!to.OnServer && File.Exists(folder.Database))
            return Refusal.Conflict("store-not-empty", $"There is a file {folder.Database} already. Move it away first, so that no record is overwritten.",
                $"Le fichier {folder.Database} existe déjà. Déplacez-le d’abord, pour qu’aucun registre ne soit écrasé.");
        return null;
    }

    /// <summary>On a server, what takes no pen writes too, such as sessions: nothing is written anywhere until the move is done.</summary>
    static async Task LockAsync(Db db, CancellationToken ct)
    {
        await db.RunAsync("set local lock_timeout = '30s'", ct);
        await db.RunAsync($"lock table {string.Join(", ", (await Catalog.ReadAsync(db, ct)).Select(t => StoredTable.Quoted(t.Name)))} in share mode", ct);
    }

    static async Task<Outcome<Moved>> ToServerAsync(Work work, StoreAddress from, StoreAddress to, IProgress<CopyStep>? progress, CancellationToken ct)
    {
        await using var db = work.Folder.OpenAside(to, work.Folder.Database);
        // Tables are made in the same transaction, so that an end before the last word leaves an empty database.
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if ((await db.RowsAsync("select count(*) from pg_tables where schemaname = current_schema()", r => r.GetInt64(0), ct))[0] > 0)
            return Refusal.Conflict("store-not-empty", $"{to.Name} holds tables already. Name an empty database, so that nothing is overwritten.",
                $"{to.Name} contient déjà des tables. Nommez une base vide, pour que rien ne soit écrasé.");
        var moved = await FillAsync(work, db, from, to, progress, ct);
        if (moved.Ok) await transaction.CommitAsync(ct);
        return moved;
    }

    static async Task<Outcome<Moved>> ToFileAsync(Work work, StoreAddress from, StoreAddress to, IProgress<CopyStep>? progress, CancellationToken ct)
    {
        var aside = work.Folder.Database + ".partial";
        try
        {
            var moved = await InFileAsync(work, aside, async db => await FillAsync(work, db, from, to, progress, ct), ct);
            if (moved.Ok) File.Move(aside, work.Folder.Database);
            Disk.FlushFolder(work.Folder.Root);
            return moved;
        }
        finally
        {
            Delete(aside);
        }
    }

    /// <summary>Writes a record into a new file, on its own and flushed: no log stays beside it.</summary>
    internal static async Task<T> InFileAsync<T>(Work work, string path, Func<Db, Task<T>> fill, CancellationToken ct)
    {
        Delete(path);
        T filled;
        await using (var db = work.Folder.OpenAside(StoreAddress.Sqlite, path))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            filled = await fill(db);
            await transaction.CommitAsync(ct);
        }
        await using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
        return filled;
    }

    static async Task<Outcome<Moved>> FillAsync(Work work, Db db, StoreAddress from, StoreAddress to, IProgress<CopyStep>? progress, CancellationToken ct)
    {
        await Migrator.FillAsync(db, ct);
        var digests = await TableCopy.RunAsync(work.Db, db, progress, ct);
        var rows = digests.Sum(d => d.Rows);
        await SearchIndex.RebuildAsync(db, ct);
        new Work(db, work.Folder, work.Actor, work.Clock).Log("store.migrate", "store", string.Create(CultureInfo.InvariantCulture, $"{digests.Count} tables, {rows} rows"));
        await db.SaveChangesAsync(ct);
        var check = await Journals.VerifyAsync(db, ct);
        if (!check.Sound)
            return Refusal.Conflict("migrate-journal", $"The journal does not hold at line {check.BrokenLine}: {check.Why?.En}. The record stays where it is; see entente verify --journal.",
                $"Le journal ne tient pas à la ligne {check.BrokenLine}\u202F: {check.Why?.Fr}. Le registre reste où il est\u202F; voyez entente verify --journal.");
        return new Moved(from.Name, to.Name, digests.Count, rows, check.Lines, digests.ToDictionary(d => d.Table, d => d.Sha256), null);
    }

    /// <summary>The file that was the record keeps what it held, under a name that no verb opens.</summary>
    static async Task<string> PutAsideAsync(Work work, CancellationToken ct)
    {
        // Its log is written into it first; where a reader hinders that, the log goes with it.
        await work.Db.RunAsync("pragma wal_checkpoint(truncate)", ct);
        var name = $"entente-moved-{work.Now.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}.db";
        foreach (var part in (string[])["", "-wal", "-shm"])
            if (File.Exists(work.Folder.Database + part)) File.Move(work.Folder.Database + part, Path.Combine(work.Folder.Root, name + part));
        return name;
    }

    internal static void Delete(string database)
    {
        foreach (var part in (string[])["", "-wal", "-shm", "-journal"]) File.Delete(database + part);
    }
}
