using System.Text.Json;
using Entente.Core.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Store.Journal;

/// <summary>What tells of a person in the journal, and what to write in its place where an address must stay.</summary>
/// <param name="Words">in a subject, a detail, a cell before or after</param>
/// <param name="Rows">rows all of whose changes go, by table and key, with the key they bear from now on</param>
/// <param name="Cells">texts that tell of the person where they are all that a cell holds, such as the key of a person</param>
/// <param name="Addresses">addresses of records, such as people/jane-doe, with the one they bear from now on</param>
/// <param name="Records">records all of whose changes go, while the lines that tell of them stay, such as accounts/12</param>
public sealed record JournalTraces(
    Traces Words, IReadOnlyDictionary<(string Table, string Key), string> Rows, IReadOnlyCollection<string> Cells, IReadOnlyDictionary<string, string> Addresses,
    IReadOnlyCollection<string> Records);

/// <summary>How much of the journal told of a person.</summary>
public sealed record JournalErasure(int Lines, int Changes);

/// <summary>
/// Takes words out of the journal. The hashes stay, so that the chain still holds; the salts go, so that the words cannot be guessed from
/// the hashes. That something stood there, when it was written and by whom can still be seen.
/// </summary>
public static class JournalErasing
{
    const string Gone = "erased";

    /// <summary>How much would go.</summary>
    public static async Task<JournalErasure> CountAsync(Db db, JournalTraces traces, CancellationToken ct) =>
        new((await LinesAsync(db, traces, ct)).Count, (await ChangesAsync(db, traces, ct)).Count);

    public static async Task<JournalErasure> EraseAsync(Db db, JournalTraces traces, DateTimeOffset now, CancellationToken ct)
    {
        var (lines, changes) = (await LinesAsync(db, traces, ct), await ChangesAsync(db, traces, ct));
        foreach (var line in lines)
        {
            var subject = Address(line.Subject, traces);
            await db.Journal.Where(j => j.Id == line.Id).ExecuteUpdateAsync(set => set.SetProperty(j => j.Subject, subject)
                .SetProperty(j => j.Detail, (string?)null).SetProperty(j => j.Salt, (string?)null).SetProperty(j => j.ErasedAt, now), ct);
        }
        foreach (var change in changes)
        {
            var (record, key) = (Address(change.Record, traces), KeyOf(change, traces));
            await db.Set<JournalChange>().Where(c => c.Line == change.Line && c.Position == change.Position).ExecuteUpdateAsync(set => set
                .SetProperty(c => c.Record, record).SetProperty(c => c.RowKey, key).SetProperty(c => c.Before, (string?)null)
                .SetProperty(c => c.After, (string?)null).SetProperty(c => c.Salt, "").SetProperty(c => c.ErasedAt, now), ct);
        }
        return new(lines.Count, changes.Count);
    }

    static string Address(string address, JournalTraces traces) =>
        traces.Addresses.TryGetValue(address, out var other) ? other : traces.Words.In(address) ? Gone : address;

    static string KeyOf(JournalChange change, JournalTraces traces) =>
        traces.Rows.TryGetValue((change.TableName, change.RowKey), out var other) ? other
        // Rows without a number are keyed by what they say.
        : traces.Words.In(change.RowKey) || (traces.Records.Contains(change.Record) && !change.RowKey.All(char.IsAsciiDigit)) ? Gone : change.RowKey;

    static async Task<List<JournalEntry>> LinesAsync(Db db, JournalTraces traces, CancellationToken ct)
    {
        var found = new Dictionary<int, JournalEntry>();
        var open = db.Journal.AsNoTracking().Where(j => j.ErasedAt == null && j.Hash != null);
        var addresses = traces.Addresses.Keys.ToList();
        foreach (var line in await open.Where(j => addresses.Contains(j.Subject)).ToListAsync(ct)) found[line.Id] = line;
        foreach (var word in traces.Words.Spellings)
            foreach (var line in await open.Where(j => j.Subject.Contains(word) || j.Detail!.Contains(word)).ToListAsync(ct))
                if (traces.Words.In(line.Subject) || traces.Words.In(line.Detail)) found[line.Id] = line;
        return [.. found.Values];
    }

    static async Task<List<JournalChange>> ChangesAsync(Db db, JournalTraces traces, CancellationToken ct)
    {
        var found = new Dictionary<(int, int), JournalChange>();
        var open = db.Set<JournalChange>().AsNoTracking().Where(c => c.ErasedAt == null);
        void Add(JournalChange change) => found[(change.Line, change.Position)] = change;
        foreach (var table in traces.Rows.Keys.GroupBy(r => r.Table, r => r.Key))
        {
            var keys = table.ToList();
            foreach (var change in await open.Where(c => c.TableName == table.Key && keys.Contains(c.RowKey)).ToListAsync(ct)) Add(change);
        }
        var addresses = traces.Addresses.Keys.Concat(traces.Records).ToList();
        foreach (var change in await open.Where(c => addresses.Contains(c.Record)).ToListAsync(ct)) Add(change);
        // A first, coarse search in the texts as they are written; then each cell is read.
        foreach (var text in traces.Words.Spellings.Concat(traces.Cells).SelectMany(w => new[] { w, JsonSerializer.Serialize(w, RowText.Plain)[1..^1] }).Distinct())
            foreach (var change in await open.Where(c => c.RowKey.Contains(text) || c.Before!.Contains(text) || c.After!.Contains(text)).ToListAsync(ct))
                if (Tells(change, traces)) Add(change);
        return [.. found.Values];
    }

    static bool Tells(JournalChange change, JournalTraces traces) =>
        traces.Words.In(change.RowKey) || new[] { RowText.Parse(change.Before), RowText.Parse(change.After) }
            .Any(cells => cells is not null && cells.Values.Any(text => traces.Words.In(text) || (text is not null && traces.Cells.Contains(text))));
}
