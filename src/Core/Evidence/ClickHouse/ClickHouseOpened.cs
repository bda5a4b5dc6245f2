using System.Collections.Concurrent;
using Entente.Core.Evidence.Measures;
using Entente.Engine.Works;

namespace Entente.Core.Evidence.ClickHouse;

/// <summary>What a process keeps of a vintage that servers hold: its units, by which organisations are found.</summary>
sealed class ClickHouseOpened
{
    const int MostKept = 8;

    static readonly ConcurrentDictionary<string, ClickHouseOpened> Kept = new(StringComparer.Ordinal);

    readonly Dictionary<uint, Unit> _units = [];
    readonly List<Topic> _topics = [];
    readonly Lazy<Carriers> _carriers;

    ClickHouseOpened(ClickHouseServer server, ClickHouseTables tables)
    {
        var told = new List<(Unit Unit, long Works)>();
        using var rows = server.Ask($"select {ClickHouseTables.UnitTable.ColumnNames} from {tables.Units} order by list");
        while (rows.More())
        {
            var list = rows.U32();
            var unit = new Unit((long)rows.U64(), Known(rows.Text()), Known(rows.Text()), Known(rows.Text()), Known(rows.Text()), rows.Array(r => (long)r.U64()));
            _units.Add(list, unit);
            told.Add((unit, (long)rows.U64()));
        }
        using var topics = server.Ask($"select {ClickHouseTables.TopicTable.ColumnNames} from {tables.Topics} order by topic");
        while (topics.More())
            _topics.Add(new((int)topics.U32(), Known(topics.Text()), (int)topics.U32(), Known(topics.Text()), (int)topics.U32(), Known(topics.Text()), (int)topics.U32(), Known(topics.Text())));
        _carriers = new(() => new([.. told.Where(t => t.Works > 0).Select(t => t.Unit)], () => told));
    }

    /// <summary>Nothing but topics, for SQL that is written and not asked.</summary>
    public ClickHouseOpened(IEnumerable<Topic> topics)
    {
        _topics.AddRange(topics);
        _carriers = new(() => new([], () => []));
    }

    /// <summary>The vintage for one question. Tables never change once they are shown, so that what was kept of them stays true.</summary>
    /// <exception cref="ClickHouseException">A server does not answer, or does not hold its part whole.</exception>
    public static Holding Take(ClickHouseAddress address, ClickHouseVintage vintage)
    {
        var server = new ClickHouseServer(address.Servers[0]);
        var tables = new ClickHouseTables(address.Database, address.Cluster, vintage.Suffix);
        if (ClickHouseVintages.Missing(server, tables, vintage) is { } missing) throw new ClickHouseException(missing);
        var key = $"{server.Name} {tables.Units}";
        if (!Kept.TryGetValue(key, out var opened))
        {
            if (Kept.Count >= MostKept) Kept.Clear();
            Kept[key] = opened = new(server, tables);
        }
        return new ClickHouseWorks(server, tables, vintage, opened);
    }

    public Carriers Carriers => _carriers.Value;
    public IReadOnlyDictionary<uint, Unit> Units => _units;
    public IReadOnlyList<Topic> Topics => _topics;

    static string? Known(string text) => text.Length == 0 ? null : text;
}
