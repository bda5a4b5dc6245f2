using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Core.Store.Copying;
using Entente.Core.Store.Search;

namespace Entente.Core.Portfolio.Search;

/// <summary>What is needed of the records that rows name: what they are called, who may know of them, and the sides behind structures.</summary>
sealed class NamedRecords
{
    // Beyond so many, all are read: fewer parameters, and no slower.
    const int Most = 500;

    static readonly Dictionary<string, (string Table, string Columns)> Tables = new()
    {
        ["structures"] = ("structure", "''"),
        ["sources"] = ("source", "''"),
        ["people"] = ("person", "name"),
        ["organisations"] = ("organisation", "name || ' ' || coalesce(name_fr, '') || ' ' || coalesce(short, '')"),
        ["instruments"] = ("instrument", "code || ' ' || name || ' ' || coalesce(name_fr, '')"),
    };

    readonly Dictionary<(string Of, string Key), (Audience Audience, string Text)> _records = [];
    Dictionary<string, string> _parents = [];
    ILookup<string, string> _parties = Array.Empty<string>().ToLookup(p => p);

    public static async Task<NamedRecords> ReadAsync(Db db, ILookup<string, string> names, CancellationToken ct)
    {
        var read = new NamedRecords();
        foreach (var of in names)
        {
            var (table, columns) = Tables[of.Key];
            var keys = Some(of.Distinct().ToList());
            foreach (var (key, audience, text) in await db.RowsAsync($"select key, audience, {columns} from {table} where 1 = 1{SearchedTable.In("key", keys)}",
                r => (r.GetString(0), r.GetString(1), r.GetString(2)), ct, [.. keys ?? []]))
                read._records[(of.Key, key)] = (Audience.Parse(audience) ?? Audience.Nobody, text);
        }
        read._parents = (await db.RowsAsync("select key, parent from organisation where parent is not null", r => (r.GetString(0), r.GetString(1)), ct)).ToDictionary();
        var structures = Some(names["structures"].Distinct().ToList());
        read._parties = (await db.RowsAsync($"select structure, organisation from party where organisation is not null{SearchedTable.In("structure", structures)}",
            r => (Structure: r.GetString(0), Organisation: r.GetString(1)), ct, [.. structures ?? []])).ToLookup(p => p.Structure, p => p.Organisation);
        return read;
    }

    static List<string>? Some(List<string> keys) => keys.Count > Most ? null : keys;

    public string Text(string of, string key) => _records.TryGetValue((of, key), out var record) ? record.Text : "";

    /// <summary>Keys of the institutions behind a structure, as PortfolioRecord.SidesOf answers.</summary>
    public IReadOnlyCollection<string> SidesOf(string structure) => RootsOf(_parties[structure]);

    public IReadOnlyCollection<string> RootsOf(IEnumerable<string> organisations) => [.. organisations.Select(RootOf).Distinct()];

    string RootOf(string organisation)
    {
        for (var steps = 0; steps < 10 && _parents.TryGetValue(organisation, out var parent); steps++) organisation = parent;
        return organisation;
    }

    /// <summary>What one must pass to know of the record at all; of one that is not there, what nobody passes.</summary>
    public Gate Gate(string of, string key)
    {
        var audience = _records.TryGetValue((of, key), out var record) ? record.Audience : Audience.Nobody;
        return of == "structures" ? Store.Search.Gate.Of(audience, SidesOf(key), $"structures/{key}") : Store.Search.Gate.Of(audience, null, null);
    }

    /// <summary>The organisations and every body under them, whose root they may be.</summary>
    public static async Task<IReadOnlyCollection<string>> UnderAsync(Db db, IReadOnlyCollection<string> organisations, CancellationToken ct)
    {
        var children = (await db.RowsAsync("select parent, key from organisation where parent is not null", r => (Parent: r.GetString(0), Key: r.GetString(1)), ct)).ToLookup(c => c.Parent, c => c.Key);
        var (all, next) = (organisations.ToHashSet(StringComparer.Ordinal), new Queue<string>(organisations));
        while (next.TryDequeue(out var at))
            foreach (var child in children[at].Where(all.Add)) next.Enqueue(child);
        return all;
    }
}
