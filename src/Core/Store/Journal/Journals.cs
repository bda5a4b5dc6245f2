using Entente.Core.Kernel;
using Entente.Core.Store.Copying;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Store.Journal;

/// <summary>What a walk over the whole journal found.</summary>
/// <param name="Lines">lines in the chain</param>
/// <param name="Older">lines from before there was a chain, which nothing guards</param>
/// <param name="Erased">lines and changes whose words were erased for a person; their hashes still hold</param>
/// <param name="Head">hash of the last line: noted elsewhere, it proves later that none was taken off the end</param>
/// <param name="BrokenLine">the first line that does not fit; null when all do</param>
public sealed record JournalCheck(int Lines, int Older, int Erased, string Head, int? BrokenLine, Said? Why)
{
    public bool Sound => BrokenLine is null;
}

/// <summary>Checks the chain of the journal from its first line to its head.</summary>
public static class Journals
{
    const int Batch = 5_000;
    const string Head = "select hash from journal_head";

    /// <summary>Changes with every write, and with nothing else: what was read under one head is still true under it.</summary>
    public static async Task<string> HeadAsync(Db db, CancellationToken ct) =>
        // Every page asks it: by hand it takes a fraction of what a query takes that is looked up first.
        (await db.RowsAsync(Head, row => row.GetString(0), ct)).Single();

    /// <summary>The head, which this unit of work then takes for what it is until it writes itself: one look a request.</summary>
    public static async Task<string> SeeAsync(DataFolder folder, Db db, CancellationToken ct)
    {
        // Most requests for figures ask the record nothing else: the mapping, which takes longer to wake than the look, is left asleep.
        await using var connection = folder.Connect();
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = Head;
        return db.SeenHead = (string)(await command.ExecuteScalarAsync(ct))!;
    }

    public static async Task<JournalCheck> VerifyAsync(Db db, CancellationToken ct)
    {
        var head = await db.Set<JournalHead>().AsNoTracking().SingleAsync(ct);
        // Only what stands before the first hash is older than the chain: a line whose hash was taken away is not.
        var first = await db.Journal.Where(j => j.Hash != null).MinAsync(j => (int?)j.Id, ct);
        var older = await db.Journal.CountAsync(j => first == null || j.Id < first, ct);
        var (hash, last, lines, erased) = (Chain.Start, first - 1 ?? await db.Journal.MaxAsync(j => (int?)j.Id, ct) ?? 0, 0, 0);
        JournalCheck Broken(int line, string en, string fr) => new(lines, older, erased, head.Hash, line, new(en, fr));
        while (true)
        {
            var from = last;
            var batch = await db.Journal.AsNoTracking().Where(j => j.Id > from).OrderBy(j => j.Id).Take(Batch).ToListAsync(ct);
            if (batch.Count == 0) break;
            var to = batch[^1].Id;
            var changes = (await db.Set<JournalChange>().AsNoTracking().Where(c => c.Line > from && c.Line <= to).ToListAsync(ct)).ToLookup(c => c.Line);
            foreach (var line in batch)
            {
                if (line.Id != last + 1) return Broken(last + 1, "the line is missing", "la ligne manque");
                if (Fault(line, [.. changes[line.Id].OrderBy(c => c.Position)], hash) is { } fault) return new(lines, older, erased, head.Hash, line.Id, fault);
                (hash, last, lines) = (line.Hash!, line.Id, lines + 1);
                erased += (line.ErasedAt is null ? 0 : 1) + changes[line.Id].Count(c => c.ErasedAt is not null);
            }
        }
        if (head.Hash != (lines > 0 ? hash : "") || head.Line != last)
            return Broken(last + 1, "the journal ends before its head: lines are missing at the end", "le journal finit avant sa tête : des lignes manquent à la fin");
        return new(lines, older, erased, hash, null, null);
    }

    static Said? Fault(JournalEntry line, IReadOnlyList<JournalChange> changes, string before)
    {
        if (line.ErasedAt is null && Chain.OfContent(line) != line.ContentHash)
            return new("its subject or detail was changed", "son objet ou son détail a été modifié");
        foreach (var change in changes.Where(c => c.ErasedAt is null))
            if (Chain.OfChange(change) != change.Hash)
                return new($"its change of {change.TableName} {change.RowKey} was changed", $"sa modification de {change.TableName} {change.RowKey} a été modifiée");
        if (Chain.OfChanges(changes.Select(c => c.Hash)) != line.ChangesHash)
            return new("a change was added or removed", "une modification a été ajoutée ou retirée");
        return Chain.OfLine(before, line) == line.Hash ? null : new("it does not follow the line before", "elle ne suit pas la ligne précédente");
    }
}
