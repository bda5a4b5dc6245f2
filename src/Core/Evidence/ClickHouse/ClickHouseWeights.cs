using System.Globalization;
using Entente.Core.Evidence.Measures;
using Entente.Engine.Query;
using Entente.Engine.Works;

namespace Entente.Core.Evidence.ClickHouse;

/// <summary>
/// Fractional weights. The servers answer what a weight is divided of, as whole numbers, and how many works are divided so; the one
/// division is made here, by the same lines as in the engine, so that the weights are the same to the last bit.
/// </summary>
sealed class ClickHouseWeights : Weights
{
    readonly ClickHouseWorks _works;
    readonly Term _among;
    readonly string _parts;
    readonly Func<RowReader, double> _weight;

    public ClickHouseWeights(ClickHouseWorks works, Term among, ClickHouseBody body, Counting counting)
    {
        (_works, _among) = (works, among);
        _parts = Parts(body.Inside("units"), counting);
        _weight = counting == Counting.Author ? ByAuthor : ByShare;
        var control = new ControlRows(works.Vintage.Servers);
        using var rows = works.Server.Ask($"select year, toUInt8(bitAnd(flags, {(int)WorkFlags.Truncated}) != 0) as truncated, {_parts}, count() from {works.Tables.AllWorks} "
            + $"where {Where} group by year, truncated, own, whole");
        while (rows.More())
        {
            var (year, truncated, weight, times) = (rows.I16(), rows.U8() != 0, _weight(rows), rows.U64());
            if (year < 0) control.Saw(year, times);
            else Add(year, weight, truncated, (long)times);
        }
        control.Demand();
    }

    string Where => $"work in ({Compiled.Local(_among, _works.Tables.Postings)}) or work >= {ClickHouseTables.FirstControl}";

    /// <summary>
    /// By author: for each organisation of the side that an author lists, how many this author lists, and how many authors list
    /// any. By organisation or country: how many of the work's the side has, and how many there are.
    /// </summary>
    static string Parts(string inside, Counting counting)
    {
        const string Pairs = "arrayEnumerateUniq(author, orgs)";
        var own = $"arrayFilter((n, x) -> x, author, {inside} as inside)";
        var ownOrgs = "arrayFilter((o, x) -> x, orgs, inside)";
        return counting switch
        {
            Counting.Author => $"arraySort(arrayMap(n -> toUInt32(countEqual(arrayFilter((m, e) -> e = 1, author, {Pairs}), n)), "
                + $"arrayFilter((n, e) -> e = 1, {own} as of_side, arrayEnumerateUniq(of_side, {ownOrgs})))) as own, toUInt32(arrayUniq(author)) as whole",
            Counting.Organisation => $"toUInt32(arrayUniq(arrayFilter((o, x) -> x, orgs, {inside}))) as own, toUInt32(arrayUniq(orgs)) as whole",
            _ => $"toUInt32(arrayUniq(arrayFilter((p, x) -> x and p > 0, places, {inside}))) as own, toUInt32(arrayUniq(arrayFilter(p -> p > 0, places))) as whole",
        };
    }

    static double ByAuthor(RowReader row)
    {
        var listed = row.Array(r => (int)r.U32());
        return Fractions.OfAuthors(listed, (int)row.U32());
    }

    static double ByShare(RowReader row)
    {
        var (own, whole) = (row.U32(), row.U32());
        return whole == 0 ? 0 : (double)own / whole;
    }

    public override IEnumerable<(string Id, double Weight)> InOrder()
    {
        var control = new ControlRows(_works.Vintage.Servers);
        using var rows = _works.Server.Ask($"select work, {_parts} from {_works.Tables.AllWorks} where {Where} order by toString(work)");
        while (rows.More())
        {
            var (id, weight) = (rows.U64(), _weight(rows));
            if (!control.Saw(id)) yield return (string.Create(CultureInfo.InvariantCulture, $"W{id}"), weight);
        }
        control.Demand();
    }

    public override IEnumerable<WorkLine> Lines(string countsAs) => ClickHouseSet.Lines(_works, _among, ", " + _parts, row => _weight(row), countsAs);
}

/// <summary>The organisations that works list outside a side: of each work and organisation, the unit that is listed first.</summary>
sealed class ClickHouseListed : Listed
{
    readonly Dictionary<long, List<(Unit As, long Works)>> _told = [];
    readonly Dictionary<int, HashSet<long>> _byYear = [];

    public ClickHouseListed(ClickHouseWorks works, Term among, ClickHouseBody outside)
    {
        var control = new ControlRows(works.Vintage.Servers);
        var counts = new Dictionary<uint, long>();
        using (var rows = works.Server.Ask(Query(works, among, outside)))
            while (rows.More())
            {
                var (list, year, count) = (rows.U32(), rows.I16(), rows.U64());
                if (year < 0) control.Saw(year, count);
                else Take(works.Units[list], list, year, (long)count, counts);
            }
        control.Demand();
        foreach (var (list, count) in counts)
        {
            var unit = works.Units[list];
            if (!_told.TryGetValue(unit.Id, out var ways)) _told.Add(unit.Id, ways = []);
            ways.Add((unit, count));
        }
    }

    void Take(Unit unit, uint list, int year, long count, Dictionary<uint, long> counts)
    {
        counts[list] = counts.GetValueOrDefault(list) + count;
        if (!_byYear.TryGetValue(year, out var listed)) _byYear.Add(year, listed = []);
        listed.Add(unit.Id);
    }

    // A control row lists nothing; it is given the unit 0, so that it comes through the array join too.
    static string Query(ClickHouseWorks works, Term among, ClickHouseBody outside) =>
        $"select unit, year, count() from {works.Tables.AllWorks} array join if(year < 0, [toUInt32(0)], "
        + $"arrayFilter((u, e) -> e = 1, arrayFilter((u, o, x) -> not x and o < {ClickHouseTables.FirstNameless}, units, orgs, {outside.Inside("units")} as inside) as others, "
        + $"arrayEnumerateUniq(arrayFilter((o, x) -> not x and o < {ClickHouseTables.FirstNameless}, orgs, inside)))) as unit "
        + $"where work in ({Compiled.Local(among, works.Tables.Postings)}) or work >= {ClickHouseTables.FirstControl} group by unit, year";

    public override int Count => _told.Count;

    public override IEnumerable<ListedOrganisation> All() => _told.Select(told => new ListedOrganisation(told.Key, told.Value.Sum(way => way.Works), told.Value));

    public override long[] CountByYear(int first, int last) =>
        [.. Enumerable.Range(first, Math.Max(0, last - first + 1)).Select(year => year > 0 && _byYear.TryGetValue(year, out var listed) ? listed.Count : 0L)];
}
