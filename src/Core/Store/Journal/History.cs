using Entente.Core.Kernel;
using Entente.Core.Store.Copying;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Entente.Core.Store.Journal;

/// <summary>A row that a line changed: its columns before and after, as text. Before null: added. After null: removed.</summary>
public sealed record RowChange(
    string Table, string Key, string Record, IReadOnlyList<Audience> Audiences,
    IReadOnlyDictionary<string, string?>? Before, IReadOnlyDictionary<string, string?>? After, bool Erased);

/// <summary>A line of the journal with the rows that it changed.</summary>
public sealed record HistoryLine(JournalEntry Entry, IReadOnlyList<RowChange> Changes);

/// <summary>
/// The past of the record, read from the journal. Who may see or restore it is decided by the verbs that call this; what is restored
/// is a write like any other, with a line of its own.
/// </summary>
public static class History
{
    /// <summary>The lines that touched a record, newest first, each with its changes of that record alone.</summary>
    public static async Task<IReadOnlyList<HistoryLine>> OfAsync(Db db, string record, CancellationToken ct)
    {
        var changes = await db.Set<JournalChange>().AsNoTracking().Where(c => c.Record == record).OrderBy(c => c.Position).ToListAsync(ct);
        var told = changes.Select(c => c.Line).Distinct().ToList();
        var lines = await db.Journal.AsNoTracking().Where(j => j.Subject == record || told.Contains(j.Id)).OrderByDescending(j => j.Id).ToListAsync(ct);
        var byLine = changes.ToLookup(c => c.Line);
        return [.. lines.Select(line => new HistoryLine(line, [.. byLine[line.Id].Select(Of)]))];
    }

    /// <summary>Lines with the rows that each changed, but not what the rows say: a load of thousands is counted before it is read.</summary>
    public static async Task<IReadOnlyList<HistoryLine>> NamingAsync(Db db, IReadOnlyList<JournalEntry> entries, CancellationToken ct)
    {
        var changes = entries.ToDictionary(e => e.Id, _ => new List<RowChange>());
        if (changes.Count > 0) await NameAsync(db, changes, ct);
        return [.. entries.Select(e => new HistoryLine(e, changes[e.Id]))];
    }

    // Read without the mapper, which takes longer than all the rest of the page where one line loaded a portfolio.
    static async Task NameAsync(Db db, Dictionary<int, List<RowChange>> changes, CancellationToken ct)
    {
        var audiences = new Dictionary<string, IReadOnlyList<Audience>>(StringComparer.Ordinal);
        var sql = $"select line, table_name, row_key, record, coalesce(audience, ''), erased_at is not null from journal_change where line in ({string.Join(", ", changes.Keys)}) order by line, position";
        foreach (var (line, change) in await db.RowsAsync(sql, row => (row.GetInt32(0), new RowChange(row.GetString(1), row.GetString(2), row.GetString(3), Parsed(row.GetString(4)), null, null, row.GetBoolean(5))), ct))
            changes[line].Add(change);

        IReadOnlyList<Audience> Parsed(string audience) =>
            audiences.TryGetValue(audience, out var known) ? known : audiences[audience] = Audiences(audience);
    }

    /// <summary>The same line, its first rows with what they say.</summary>
    public static async Task<HistoryLine> ReadAsync(Db db, HistoryLine named, int rows, CancellationToken ct)
    {
        var keys = named.Changes.Take(rows).Select(c => c.Key).Distinct().ToList();
        var told = (await db.Set<JournalChange>().AsNoTracking().Where(c => c.Line == named.Entry.Id && keys.Contains(c.RowKey)).OrderBy(c => c.Position).ToListAsync(ct))
            .ToLookup(c => (c.TableName, c.RowKey));
        return named with { Changes = [.. named.Changes.Select((c, i) => i < rows && told[(c.Table, c.Key)].FirstOrDefault() is { } full ? Of(full) : c)] };
    }

    /// <summary>One line with all its changes; null where there is none of that number.</summary>
    public static async Task<HistoryLine?> LineAsync(Db db, int line, CancellationToken ct)
    {
        if (await db.Journal.AsNoTracking().SingleOrDefaultAsync(j => j.Id == line, ct) is not { } entry) return null;
        var changes = await db.Set<JournalChange>().AsNoTracking().Where(c => c.Line == line).OrderBy(c => c.Position).ToListAsync(ct);
        return new(entry, [.. changes.Select(Of)]);
    }

    /// <summary>The number of the last line that touched the record; 0 where none did.</summary>
    public static async Task<int> LatestAsync(Db db, string record, CancellationToken ct) =>
        await db.Set<JournalChange>().Where(c => c.Record == record).MaxAsync(c => (int?)c.Line, ct) ?? 0;

    /// <summary>The rows of a record as they stood once a line was written, by table and key. Null line: as they stand now.</summary>
    public static async Task<IReadOnlyDictionary<(string Table, string Key), IReadOnlyDictionary<string, string?>>> AtAsync(
        Db db, string record, int? line, CancellationToken ct)
    {
        var changes = await db.Set<JournalChange>().AsNoTracking().Where(c => c.Record == record && (line == null || c.Line <= line))
            .OrderBy(c => c.Line).ThenBy(c => c.Position).ToListAsync(ct);
        var rows = new Dictionary<(string, string), IReadOnlyDictionary<string, string?>>();
        // Of a row that told of a person who was erased, the journal no longer knows the whole: it is left as it stands.
        var partly = (await db.Set<JournalChange>().Where(c => c.Record == record && c.ErasedAt != null).Select(c => new { c.TableName, c.RowKey }).ToListAsync(ct))
            .Select(c => (c.TableName, c.RowKey)).ToHashSet();
        foreach (var change in changes)
        {
            var at = (change.TableName, change.RowKey);
            if (partly.Contains(at)) continue;
            if (RowText.Parse(change.After) is not { } after) rows.Remove(at);
            else if (rows.TryGetValue(at, out var known)) rows[at] = Over(known, after);
            else rows[at] = after;
        }
        return rows;
    }

    /// <summary>
    /// Puts a record back to what it was once a line was written, in the transaction of the caller where there is one. Returns how many rows
    /// change; 0 where none does.
    /// </summary>
    public static async Task<Outcome<int>> RestoreAsync(Work work, string record, int line, CancellationToken ct)
    {
        await using var turn = work.Db.Database.CurrentTransaction is null ? await work.BeginAsync(ct) : null;
        var then = await AtAsync(work.Db, record, line, ct);
        if (then.Count == 0)
            return Refusal.NotFound("no-such-version", $"Line {line} of the journal holds no version of {record}. Its lines are in its history.",
                $"La ligne {line} du journal ne contient aucune version de {record}. Ses lignes figurent dans son historique.");
        var now = await AtAsync(work.Db, record, null, ct);
        var changed = 0;
        foreach (var at in then.Keys.Union(now.Keys))
            if (await PutAsync(work.Db, at, then.GetValueOrDefault(at), ct)) changed++;
        if (changed == 0) return 0;
        work.Log("record.restore", record, $"line {line}");
        await work.Db.SaveChangesAsync(ct);
        if (turn is not null) await turn.CommitAsync(ct);
        return changed;
    }

    /// <summary>
    /// Takes back everything that one line did, in the transaction of the caller where there is one. Refused where a later line touched one of
    /// its rows, naming the record.
    /// </summary>
    public static async Task<Outcome<int>> UndoAsync(Work work, int line, CancellationToken ct)
    {
        await using var turn = work.Db.Database.CurrentTransaction is null ? await work.BeginAsync(ct) : null;
        if (await LineAsync(work.Db, line, ct) is not { } told)
            return Refusal.NotFound("no-such-line", $"The journal has no line {line}.", $"Le journal n’a pas de ligne {line}.");
        if (told.Changes.Any(c => c.Erased))
            return Refusal.Conflict("undo-erased", $"Line {line} told of a person who was erased since: it cannot be taken back.",
                $"La ligne {line} concernait une personne effacée depuis\u202F: elle ne peut être annulée.");
        if (await TouchedLaterAsync(work.Db, line, ct) is { Count: > 0 } later)
            return Refusal.Conflict("undo-touched", $"Changed again since, so that undoing line {line} would lose something: {string.Join(", ", later)}. Restore these records one by one.",
                $"Modifiés de nouveau depuis, si bien qu’annuler la ligne {line} perdrait quelque chose\u202F: {string.Join(", ", later)}. Rétablissez ces fiches une à une.");
        foreach (var change in told.Changes.Reverse())
            await PutAsync(work.Db, (change.Table, change.Key), change.Before, ct, partial: change.After is not null);
        work.Log("journal.undo", told.Entry.Subject, $"line {line}");
        await work.Db.SaveChangesAsync(ct);
        if (turn is not null) await turn.CommitAsync(ct);
        return told.Changes.Count;
    }

    // Five names say where to look; a whole list would not be read.
    static Task<List<string>> TouchedLaterAsync(Db db, int line, CancellationToken ct)
    {
        var changes = db.Set<JournalChange>();
        return changes.Where(c => c.Line == line)
            .SelectMany(c => changes.Where(d => d.TableName == c.TableName && d.RowKey == c.RowKey && d.Line > line).Select(d => d.Record))
            .Distinct().OrderBy(r => r).Take(5).ToListAsync(ct);
    }

    /// <summary>Makes one row what the cells say: adds, changes or, for null cells, removes it. False where it is so already.</summary>
    static async Task<bool> PutAsync(Db db, (string Table, string Key) at, IReadOnlyDictionary<string, string?>? cells, CancellationToken ct, bool partial = false)
    {
        var type = TypeOf(db, at.Table);
        var row = await db.FindAsync(type.ClrType, RowText.KeyValues(type, at.Key), ct);
        switch (row, cells)
        {
            case (null, null): return false;
            case (null, not null) when partial: return false;
            case (null, not null): RowText.Make(db, type, cells); return true;
            case (not null, null): db.Remove(row); return true;
            case (not null, not null):
                RowText.Fill(db.Entry(row), cells);
                return db.Entry(row).State == EntityState.Modified;
        }
    }

    static IEntityType TypeOf(Db db, string table) => db.Model.GetEntityTypes().Single(t => t.GetTableName() == table);

    static Dictionary<string, string?> Over(IReadOnlyDictionary<string, string?> known, IReadOnlyDictionary<string, string?> after)
    {
        var cells = new Dictionary<string, string?>(known, StringComparer.Ordinal);
        foreach (var (column, text) in after) cells[column] = text;
        return cells;
    }

    static IReadOnlyList<Audience> Audiences(string? text) =>
        [.. (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(a => Audience.Parse(a) ?? Audience.Nobody)];

    static RowChange Of(JournalChange c) => new(c.TableName, c.RowKey, c.Record, Audiences(c.Audience), RowText.Parse(c.Before), RowText.Parse(c.After), c.ErasedAt is not null);
}
