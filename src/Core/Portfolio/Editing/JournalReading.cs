using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio.Editing;

/// <summary>What the journal can be narrowed to. Record: an address or the beginning of one. Before: lines older than this number.</summary>
public sealed record JournalFilter
{
    public string? Who { get; init; }
    public string? Verb { get; init; }
    public string? Record { get; init; }
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }
    public int? Before { get; init; }
    public int Size { get; init; } = 50;
}

/// <summary>A page of the journal; Next is the number to ask the older ones with, null at the end.</summary>
public sealed record JournalPage(IReadOnlyList<HistoryLine> Lines, int? Next);

/// <summary>The whole journal, as far as one reader may know of it.</summary>
public static class JournalReading
{
    const int Batch = 250;

    /// <summary>Records that belong to no side.</summary>
    internal static readonly string[] Sideless = ["organisations", "instruments", "people", "sources"];

    public static async Task<Outcome<JournalPage>> PageAsync(Work work, PortfolioRecord whole, JournalFilter filter, CancellationToken ct)
    {
        if (!Permissions.MayAnywhere(work.Actor, Permission.ReadJournal)) return Permissions.Refuse(work.Actor, Permission.ReadJournal)!;
        var cut = whole.For(work.Actor);
        var (lines, before) = (new List<HistoryLine>(), filter.Before ?? int.MaxValue);
        while (true)
        {
            var batch = await BatchAsync(work.Db, filter with { Before = before }, ct);
            var others = await OthersAsync(work.Db, whole, batch, ct);
            foreach (var line in batch)
                if (Seen(work.Actor, whole, cut, others, line) is { } seen)
                {
                    if (lines.Count == filter.Size) return new JournalPage(lines, lines[^1].Entry.Id);
                    lines.Add(seen);
                }
            if (batch.Count < Batch) return new JournalPage(lines, null);
            before = batch[^1].Entry.Id;
        }
    }

    static async Task<IReadOnlyList<HistoryLine>> BatchAsync(Db db, JournalFilter filter, CancellationToken ct)
    {
        var lines = db.Journal.AsNoTracking().Where(j => j.Id < filter.Before);
        if (filter.Who is { } who) lines = lines.Where(j => j.Who == who);
        if (filter.Verb is { } verb) lines = lines.Where(j => j.Verb == verb || j.Verb.StartsWith(verb + "."));
        if (filter.Record is { } record) lines = lines.Where(j => j.Subject == record || j.Subject.StartsWith(record + "/"));
        if (filter.From is { } from)
        {
            var first = new DateTimeOffset(from, TimeOnly.MinValue, TimeSpan.Zero);
            lines = lines.Where(j => j.At >= first);
        }
        if (filter.To is { } to)
        {
            var end = new DateTimeOffset(to.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
            lines = lines.Where(j => j.At < end);
        }
        var entries = await lines.OrderByDescending(j => j.Id).Take(Batch).ToListAsync(ct);
        return await History.NamingAsync(db, entries, ct);
    }

    /// <summary>One line and which rows of it the reader may know of, without what they say; not found where that is nothing.</summary>
    public static async Task<Outcome<HistoryLine>> LineAsync(Work work, PortfolioRecord whole, int line, CancellationToken ct)
    {
        if (!Permissions.MayAnywhere(work.Actor, Permission.ReadJournal)) return Permissions.Refuse(work.Actor, Permission.ReadJournal)!;
        var entries = await work.Db.Journal.AsNoTracking().Where(j => j.Id == line).ToListAsync(ct);
        return await History.NamingAsync(work.Db, entries, ct) is [var told] && Seen(work.Actor, whole, whole.For(work.Actor), await OthersAsync(work.Db, whole, [told], ct), told) is { } seen ? seen
            : Refusal.NotFound("no-such-line", $"The journal has no line {line} that is open to you.", $"Le journal n’a pas de ligne {line} qui vous soit ouverte.");
    }

    /// <summary>The line with the rows of one record that the reader may know of; null where nothing is left to tell.</summary>
    internal static HistoryLine? Seen(Actor reader, HistoryLine line, Reach reach)
    {
        var open = line.Changes.Where(c => c.Audiences.All(a => reach.Opens(reader, a))).ToList();
        // What a line did to other records, such as an import, is told where the whole line is.
        var whole = reader.Operator || open.Count == line.Changes.Count && line.Entry.Subject == reach.Record;
        return open.Count == 0 && line.Changes.Count > 0 ? null : new(whole ? line.Entry : line.Entry.WithoutDetail(), open);
    }

    static HistoryLine? Seen(Actor reader, PortfolioRecord whole, PortfolioRecord cut, Dictionary<string, Reach> others, HistoryLine line)
    {
        if (reader.Operator) return line;
        if (!SubjectOpen(reader, whole, cut, line.Entry.Subject)) return null;
        // A load changes thousands of rows: each record is judged once, and sides are looked for only where a row is not for everyone.
        var known = line.Changes.Select(c => c.Record).Distinct().ToDictionary(record => record, record => SubjectOpen(reader, whole, cut, record), StringComparer.Ordinal);
        var open = line.Changes.Where(c => known[c.Record] && c.Audiences.All(a => a.Kind == AudienceKind.Public || ReachOf(whole, others, c.Record).Opens(reader, a))).ToList();
        return open.Count == 0 && line.Changes.Count > 0 ? null : new(open.Count == line.Changes.Count ? line.Entry : line.Entry.WithoutDetail(), open);
    }

    static Reach ReachOf(PortfolioRecord whole, Dictionary<string, Reach> others, string record) => record.Split('/') switch
    {
        ["structures", var key] => new(record, whole.SidesOf(key), record),
        ["agreements", _] => StructureOf(whole, record) is { } structure ? new(record, whole.SidesOf(structure), $"structures/{structure}") : new(record, [], null),
        _ => others.TryGetValue(record, out var reach) ? reach : new(record, null, null),
    };

    // Claims and deadlines stand elsewhere; they are asked for, a table at a time, where a row of theirs is not for everyone.
    static async Task<Dictionary<string, Reach>> OthersAsync(Db db, PortfolioRecord whole, IReadOnlyList<HistoryLine> lines, CancellationToken ct)
    {
        var reaches = new Dictionary<string, Reach>(StringComparer.Ordinal);
        var records = lines.SelectMany(l => l.Changes).Where(c => c.Audiences.Any(a => a.Kind != AudienceKind.Public)).Select(c => c.Record).Distinct();
        foreach (var table in records.Select(r => r.Split('/')).Where(r => r.Length == 2).GroupBy(r => r[0], r => r[1]))
        {
            if (table.Key is "structures" or "agreements" || Sideless.Contains(table.Key) || RowEditing.Table(table.Key) is not { } file || !file.Keyed()) continue;
            var keys = table.ToList();
            var rows = (await Stored.Rows(db, file).AsNoTracking().Where(r => keys.Contains(EF.Property<string>(r, "Key"))).ToListAsync(ct)).ToDictionary(r => Stored.IdOf(file, r));
            foreach (var key in keys) reaches[$"{table.Key}/{key}"] = ReachOf(whole, $"{table.Key}/{key}", rows.TryGetValue(key, out var row) ? Cells.Of(file, row) : null);
        }
        return reaches;
    }

    // Of what is gone nobody can tell any more whose it was.
    static Reach ReachOf(PortfolioRecord whole, string record, IReadOnlyDictionary<string, string>? cells)
    {
        if (cells is null) return new(record, [], null);
        var structure = cells.GetValueOrDefault("structure") ?? (cells.TryGetValue("agreement", out var agreement) ? StructureOf(whole, $"agreements/{agreement}") : null);
        if (structure is not null) return new(record, whole.SidesOf(structure), $"structures/{structure}");
        var bodies = Column.Items($"{cells.GetValueOrDefault("organisations")};{cells.GetValueOrDefault("institute")}");
        return new(record, bodies.Length > 0 ? [.. bodies.Select(whole.RootOf).Distinct()] : null, null);
    }

    static string? StructureOf(PortfolioRecord whole, string record) =>
        record.Split('/') is ["agreements", var key] ? whole.FindAgreement(key)?.Structure : null;

    // Of a record that is gone only its rows tell for whom it was.
    static bool SubjectOpen(Actor reader, PortfolioRecord whole, PortfolioRecord cut, string record) => record.Split('/') switch
    {
        ["accounts" or "account" or "invitations", ..] => Permissions.MayAnywhere(reader, Permission.ManageAccounts) || record == $"accounts/{reader.Account}",
        ["structures", var key] => !whole.Structures.ContainsKey(key) || cut.Structures.ContainsKey(key),
        ["organisations", var key] => !whole.Organisations.ContainsKey(key) || cut.Organisations.ContainsKey(key),
        ["instruments", var key] => !whole.Instruments.ContainsKey(key) || cut.Instruments.ContainsKey(key),
        ["people", var key] => !whole.People.ContainsKey(key) || cut.People.ContainsKey(key),
        ["sources", var key] => !whole.Sources.ContainsKey(key) || cut.Sources.ContainsKey(key),
        ["agreements", var key] => StructureOf(whole, record) is not { } structure || cut.Agreements[structure].Any(a => a.Key == key),
        _ => true,
    };

    /// <summary>True unless the record is there and not for this reader.</summary>
    internal static async Task<bool> KnownAsync(Work work, string record, CancellationToken ct)
    {
        if (record.Split('/') is not [var table, var key] || RowEditing.Table(table) is not { } file) return true;
        var row = await Stored.FindAsync(work.Db, file, key, ct);
        var known = row is null || await RowEditing.OpensAsync(work, file, row, ct);
        work.Db.ChangeTracker.Clear();
        return known;
    }
}
