using Entente.Core.Kernel;
using Entente.Core.Portfolio.Editing;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio.Sheets;

/// <summary>A row of the record with its cells. Id is its key, or its number in a table without keys.</summary>
public sealed record RecordRow(PortfolioFile File, string Id, IReadOnlyDictionary<string, string> Cells)
{
    internal Audience Audience { get; init; }

    /// <summary>True where the reader may know of it.</summary>
    public bool Open { get; internal set; }

    internal IEnumerable<(string Of, string Key)> References => File.Columns
        .SelectMany(c => Cells[c.Name] is { Length: > 0 } cell ? Checks.References(c, cell) : [])
        .Concat(File.Find("subject") is not null && Cells["subject"].Split('/') is [var table, var key] ? [(table, key)] : []);
}

/// <summary>
/// Tables of the record as one reader may know them: a row of another audience is closed, and so is every row that names one. Reads
/// each table once, and those that it refers to.
/// </summary>
public sealed class RecordTables
{
    readonly Dictionary<string, IReadOnlyList<RecordRow>> _rows = new(StringComparer.Ordinal);
    readonly Dictionary<string, Dictionary<string, RecordRow>> _byId = new(StringComparer.Ordinal);
    readonly Dictionary<string, IReadOnlyCollection<string>> _sides = new(StringComparer.Ordinal);
    readonly Actor _reader;

    RecordTables(Actor reader) => _reader = reader;

    public static async Task<RecordTables> ReadAsync(Work work, IEnumerable<string> tables, CancellationToken ct)
    {
        var read = new RecordTables(work.Actor);
        foreach (var file in Closure(tables))
        {
            var rows = await Stored.Rows(work.Db, file).AsNoTracking().ToListAsync(ct);
            read._rows[file.Name] = [.. rows.Select(row => Of(file, row)).OrderBy(r => file.Keyed() ? 0 : int.Parse(r.Id, System.Globalization.CultureInfo.InvariantCulture)).ThenBy(r => r.Id, StringComparer.Ordinal)];
            read._byId[file.Name] = read._rows[file.Name].ToDictionary(r => r.Id, StringComparer.Ordinal);
        }
        read.FindSides();
        read.Close();
        return read;
    }

    static RecordRow Of(PortfolioFile file, object row) => new(file, Stored.IdOf(file, row), RowCells.Of(file, row))
    {
        Audience = row switch { Cited cited => cited.Audience, Source source => source.Audience, _ => Audience.Public },
    };

    // The tables, those that theirs rows name, and the two that say whose side a structure is on.
    static IEnumerable<PortfolioFile> Closure(IEnumerable<string> tables)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([.. tables, "parties", "organisations"]);
        while (open.TryPop(out var name))
            if (known.Add(name))
                foreach (var column in PortfolioFileSet.All.Single(f => f.Name == name).Columns)
                    if (column.Kind == ColumnKind.Sources) open.Push("sources");
                    else if (column.Of is { } of) open.Push(of);
                    else if (column.Name == "subject") foreach (var file in PortfolioFileSet.All.Where(f => f.Keyed())) open.Push(file.Name);
        return PortfolioFileSet.All.Where(f => known.Contains(f.Name));
    }

    void FindSides()
    {
        foreach (var parties in _rows["parties"].GroupBy(p => p.Cells["structure"]))
            _sides[parties.Key] = [.. parties.Select(p => p.Cells["organisation"]).Where(o => o.Length > 0).Select(RootOf).Distinct()];
    }

    /// <summary>The institution that an organisation is part of; itself where it is one.</summary>
    public string RootOf(string organisation)
    {
        for (var steps = 0; steps < 10 && _byId["organisations"].GetValueOrDefault(organisation)?.Cells["parent"] is { Length: > 0 } parent; steps++) organisation = parent;
        return organisation;
    }

    void Close()
    {
        var all = _rows.Values.SelectMany(r => r).ToList();
        foreach (var row in all) row.Open = _reader.Operator || Opens(row);
        if (all.All(r => r.Open)) return;
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var row in all.Where(r => r.Open && r.References.Any(to => _byId.GetValueOrDefault(to.Of)?.GetValueOrDefault(to.Key)?.Open == false)))
            {
                row.Open = false;
                changed = true;
            }
        }
    }

    bool Opens(RecordRow row) => row.Audience.Kind == AudienceKind.Public || ReachOf(row.File, row.Cells, row.Id).Opens(_reader, row.Audience);

    /// <summary>The rows that the reader may know of, in order of key or number.</summary>
    public IEnumerable<RecordRow> Of(PortfolioFile file) => _rows[file.Name].Where(r => r.Open);

    /// <summary>The row of that key or number, whether or not the reader may know of it; null where there is none.</summary>
    public RecordRow? Find(string table, string id) => _byId.GetValueOrDefault(table)?.GetValueOrDefault(id);

    public bool Knows(string table, string id) => Find(table, id) is { Open: true };

    /// <summary>The record that a row belongs to, and the sides behind it; none where nobody is named behind its structure yet.</summary>
    public Reach ReachOf(PortfolioFile file, IReadOnlyDictionary<string, string> cells, string? id)
    {
        var given = cells.Where(c => c.Value.Length > 0).ToDictionary();
        var record = Reach.RecordOf(file, given, id);
        if (StructureOf(file, given) is { } structure) return new(record, _sides.GetValueOrDefault(structure), $"structures/{structure}");
        // As Reach.OfAsync: what is said of another record is as open as that; a claim without a structure stands between the bodies it names.
        if (given.GetValueOrDefault("subject")?.Split('/') is [var table, var key] && _byId.ContainsKey(table))
            return Find(table, key) is { } about ? ReachOf(about.File, about.Cells, about.Id) with { Record = record } : new(record, [], null);
        var bodies = file.Find("organisations") is null ? [] : Column.Items($"{given.GetValueOrDefault("organisations")};{given.GetValueOrDefault("institute")}");
        return new(record, bodies.Length > 0 ? [.. bodies.Select(RootOf).Distinct()] : null, null);
    }

    /// <summary>The structure that a row hangs on; null where it hangs on none.</summary>
    public string? StructureOf(PortfolioFile file, IReadOnlyDictionary<string, string> cells) =>
        file.Name == "structures" ? cells.GetValueOrDefault("key")
        : cells.GetValueOrDefault("subject") is { } subject ? subject.Split('/') is ["structures", var at] ? at : null
        : cells.GetValueOrDefault("structure") is { } structure ? structure
        : cells.GetValueOrDefault("agreement") is { } agreement ? Find("agreements", agreement)?.Cells["structure"] : null;
}
