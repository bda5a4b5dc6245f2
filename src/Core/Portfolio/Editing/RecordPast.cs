using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Portfolio.Agreements;
using Entente.Core.Store;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio.Editing;

/// <summary>One field before and after; null is empty.</summary>
public sealed record FieldChange(string Field, string? Before, string? After);

/// <summary>One row of the record before and after.</summary>
public sealed record RowDifference(PortfolioFile File, string Id, bool Added, bool Removed, IReadOnlyDictionary<string, string> Cells, IReadOnlyList<FieldChange> Fields);

/// <summary>What restoring a version would change, before it does.</summary>
/// <param name="Seen">the last line that touched the record when it was looked at</param>
public sealed record RestorePreview(string Record, JournalEntry Line, IReadOnlyList<RowDifference> Rows, bool Closed, int Seen);

/// <summary>The past of a record as one reader may know it, and the way back to a version.</summary>
public static class RecordPast
{
    /// <summary>The lines of a record, newest first, each with the rows that this reader may know of; lines that tell of none of them are left out.</summary>
    public static async Task<Outcome<IReadOnlyList<HistoryLine>>> LinesAsync(Work work, string record, CancellationToken ct)
    {
        var reach = await ReachOfAsync(work.Db, record, ct);
        // Of what is gone, or never was, only rows for everyone are told.
        if (Permissions.Refuse(work.Actor, Permission.ReadJournal, reach.Gone ? null : reach.Sides, reach.Gone ? null : reach.Scope) is { } refusal) return refusal;
        if (!await JournalReading.KnownAsync(work, record, ct)) return Missing(record);
        var lines = await History.OfAsync(work.Db, record, ct);
        var seen = lines.Select(l => JournalReading.Seen(work.Actor, l, reach)).OfType<HistoryLine>().ToList();
        return seen.Count == 0 ? Missing(record) : seen;
    }

    /// <summary>The last line that this reader may know of; null where there is none, or none of the journal is open to them.</summary>
    public static async Task<JournalEntry?> LastAsync(Work work, string record, CancellationToken ct) =>
        await LinesAsync(work, record, ct) is { Ok: true, Value: [var last, ..] } ? last.Entry : null;

    static Refusal Missing(string record) => Refusal.NotFound("no-history", $"The journal holds nothing about “{record}”.", $"Le journal ne contient rien sur «\u202F{record}\u202F».");

    internal static async Task<Reach> ReachOfAsync(Db db, string record, CancellationToken ct)
    {
        if (record.Split('/') is not [var table, var key] || RowEditing.Table(table) is not { } file) return new(record, null, null);
        // Of what is gone nobody can tell any more whose it was.
        if (await Stored.FindAsync(db, file, key, ct) is not { } row) return new(record, JournalReading.Sideless.Contains(table) ? null : [], file.Name == "structures" ? record : null) { Gone = true };
        var reach = await Reach.OfAsync(db, file, Cells.Of(file, row), key, ct);
        db.ChangeTracker.Clear();
        return reach;
    }

    /// <summary>What going back to the version of a line would change. Closed: it would also change rows that the actor may not know of.</summary>
    public static async Task<Outcome<RestorePreview>> PreviewAsync(Work work, string record, int line, CancellationToken ct)
    {
        var reach = await ReachOfAsync(work.Db, record, ct);
        var then = await History.AtAsync(work.Db, record, line, ct);
        if (reach.Gone && then.Count == 0) return Missing(record);
        if (Permissions.Refuse(work.Actor, Permission.RestoreVersion, reach.Sides, reach.Scope) is { } refusal) return refusal;
        if (!await JournalReading.KnownAsync(work, record, ct)) return Missing(record);
        if (await work.Db.Journal.AsNoTracking().SingleOrDefaultAsync(j => j.Id == line, ct) is not { } entry || then.Count == 0) return Missing(record);
        var now = await History.AtAsync(work.Db, record, null, ct);
        var rows = new List<RowDifference>();
        var closed = false;
        foreach (var at in then.Keys.Union(now.Keys))
        {
            var (before, after) = (now.GetValueOrDefault(at), then.GetValueOrDefault(at));
            if (Same(before, after)) continue;
            var open = new[] { before, after }.OfType<IReadOnlyDictionary<string, string?>>().All(cells => reach.Opens(work.Actor, AudienceOf(cells)));
            if (!open || FileOf(work.Db, at.Table) is not { } file) closed = true;
            else rows.Add(Difference(file, at.Key, before, after));
        }
        return new RestorePreview(record, entry, rows, closed, await History.LatestAsync(work.Db, record, ct));
    }

    /// <summary>Puts the record back to what it was once the line was written. A write like any other, with a line of its own.</summary>
    /// <param name="seen">the last line that touched the record when what would change was looked at: what came since is not overwritten unseen</param>
    public static async Task<Outcome<int>> RestoreAsync(Work work, string record, int line, int seen, CancellationToken ct)
    {
        await using var turn = await work.BeginAsync(ct);
        var preview = await PreviewAsync(work, record, line, ct);
        if (!preview.Ok) return preview.Refusal!;
        if (preview.Value.Seen != seen)
            return Refusal.Conflict("changed-since", "Somebody changed this record after you looked at what would change. Look again, then restore.",
                "Quelqu’un a modifié cette fiche après que vous avez regardé ce qui changerait. Regardez de nouveau, puis rétablissez.");
        if (preview.Value.Closed)
            return Refusal.Conflict("restore-closed",
                "This version differs from today’s in rows that are not open to you: restoring it would change them unseen. Change the fields one by one instead.",
                "Cette version diffère de celle d’aujourd’hui par des lignes qui ne vous sont pas ouvertes\u202F: la rétablir les changerait à votre insu. Modifiez plutôt les champs un à un.");
        if (await Guarding.RefuseUndoAsync(work, "record.restore", preview.Value.Rows.Select(Sides), ct) is { } guarded) return guarded;
        work.Db.ChangeTracker.Clear();
        try
        {
            var restored = await History.RestoreAsync(work, record, line, ct);
            if (restored.Ok) await turn.CommitAsync(ct);
            return restored;
        }
        catch (Exception e) when (Stored.Held(e))
        {
            return Refusal.Conflict("restore-held", "What others refer to today was not there in this version. Change the fields one by one instead.",
                "Cette version ne contenait pas ce à quoi d’autres renvoient aujourd’hui. Modifiez plutôt les champs un à un.");
        }
        finally
        {
            work.Db.ChangeTracker.Clear();
        }
    }

    /// <summary>Takes back everything that one line did, where all of it is open to the actor and nothing was built on it since.</summary>
    public static async Task<Outcome<int>> UndoAsync(Work work, PortfolioRecord whole, int line, CancellationToken ct)
    {
        await using var turn = await work.BeginAsync(ct);
        var seen = await JournalReading.LineAsync(work, whole, line, ct);
        if (!seen.Ok) return seen.Refusal!;
        foreach (var record in seen.Value.Changes.Select(c => c.Record).Append(seen.Value.Entry.Subject).Distinct())
            if (await ReachOfAsync(work.Db, record, ct) is var reach && Permissions.Refuse(work.Actor, Permission.RestoreVersion, reach.Sides, reach.Scope) is { } refusal) return refusal;
        // What is not of the portfolio, such as an account or a hash that was approved, has verbs of its own.
        if (seen.Value.Changes.Any(c => FileOf(work.Db, c.Table) is null) || seen.Value.Changes.Count == 0)
            return Refusal.Conflict("undo-elsewhere", $"Line {line} changed more than rows of the portfolio: it is taken back where it was done.",
                $"La ligne {line} a modifié autre chose que des lignes du portefeuille\u202F: elle s’annule là où elle a été faite.");
        // The line as read above names its rows; what may be undone is judged by what they say.
        if (await History.LineAsync(work.Db, line, ct) is not { } told || told.Changes.Count != seen.Value.Changes.Count)
            return Refusal.Conflict("restore-closed", "This line also changed rows that are not open to you: it cannot be taken back unseen.",
                "Cette ligne a aussi modifié des lignes qui ne vous sont pas ouvertes\u202F: elle ne peut être annulée à votre insu.");
        if (await Guarding.RefuseUndoAsync(work, told.Entry.Verb, await UndoneAsync(work.Db, told.Changes, ct), ct) is { } guarded) return guarded;
        work.Db.ChangeTracker.Clear();
        try
        {
            var undone = await History.UndoAsync(work, line, ct);
            if (undone.Ok) await turn.CommitAsync(ct);
            return undone;
        }
        catch (Exception e) when (Stored.Held(e))
        {
            return Referring.Held(["…"]);
        }
        finally
        {
            work.Db.ChangeTracker.Clear();
        }
    }

    // The cells of a row as it stands, and as it would be.
    static (PortfolioFile, IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>) Sides(RowDifference row)
    {
        var (before, after) = (row.Cells.ToDictionary(), row.Cells.ToDictionary());
        foreach (var field in row.Fields)
        {
            Set(before, field.Field, field.Before);
            Set(after, field.Field, field.After);
        }
        return (row.File, row.Added ? [] : before, row.Removed ? [] : after);
    }

    static void Set(Dictionary<string, string> cells, string column, string? text)
    {
        if (text is null) cells.Remove(column);
        else cells[column] = text;
    }

    /// <summary>Each row of a line as it stands, and as taking the line back would leave it.</summary>
    internal static async Task<IReadOnlyList<(PortfolioFile File, IReadOnlyDictionary<string, string> Before, IReadOnlyDictionary<string, string> After)>> UndoneAsync(
        Db db, IEnumerable<RowChange> changes, CancellationToken ct)
    {
        var rows = new List<(PortfolioFile, IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>)>();
        foreach (var change in changes)
        {
            if (FileOf(db, change.Table) is not { } file) continue;
            var before = await Stored.FindAsync(db, file, change.Key, ct) is { } row ? Cells.Of(file, row).ToDictionary() : [];
            var after = change.Before is null ? [] : new Dictionary<string, string>(before);
            foreach (var column in file.Columns.Where(c => change.Before?.ContainsKey(c.Name) == true)) Set(after, column.Name, Cells.FromStore(column, change.Before![column.Name]));
            rows.Add((file, before, after));
        }
        return rows;
    }

    static bool Same(IReadOnlyDictionary<string, string?>? a, IReadOnlyDictionary<string, string?>? b) =>
        a is null || b is null ? a is null && b is null : a.Keys.Union(b.Keys).All(k => a.GetValueOrDefault(k) == b.GetValueOrDefault(k));

    static Audience AudienceOf(IReadOnlyDictionary<string, string?> cells) =>
        cells.GetValueOrDefault("audience") is { } text ? Audience.Parse(text) ?? Audience.Nobody : Audience.Public;

    /// <summary>The table of the folder that a table of the store holds; null where it is none.</summary>
    public static PortfolioFile? FileOf(Db db, string table) => PortfolioFileSet.All.FirstOrDefault(f => db.Model.FindEntityType(f.Type)!.GetTableName() == table);

    /// <summary>A row before and after, by the columns of its table; those that did not change are left out unless the row came or went.</summary>
    public static RowDifference Difference(PortfolioFile file, string id, IReadOnlyDictionary<string, string?>? before, IReadOnlyDictionary<string, string?>? after)
    {
        var fields = new List<FieldChange>();
        var cells = new Dictionary<string, string>();
        foreach (var column in file.Columns)
        {
            var (b, a) = (Cells.FromStore(column, before?.GetValueOrDefault(column.Name)), Cells.FromStore(column, after?.GetValueOrDefault(column.Name)));
            if ((a ?? b) is { } text) cells[column.Name] = text;
            if (a != b) fields.Add(new(column.Name, b, a));
        }
        return new(file, id, before is null, after is null, cells, fields);
    }
}
