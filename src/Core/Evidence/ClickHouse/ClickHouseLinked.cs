using Entente.Core.Evidence.Measures;
using Entente.Engine.Query;

namespace Entente.Core.Evidence.ClickHouse;

/// <summary>
/// The links that works make. Of sets as large as the vintage each posting says how many organisations its work lists; where
/// sides stand for one node each, the listings of the works are looked through.
/// </summary>
sealed class ClickHouseLinked : Linked
{
    readonly Dictionary<int, LinkCount> _byYear = [];
    readonly LinkCount _whole;

    public ClickHouseLinked(ClickHouseWorks works, Term among, (ClickHouseBody A, ClickHouseBody B)? sides)
    {
        var control = new ControlRows(works.Vintage.Servers);
        using var rows = works.Server.Ask(among.Cover is null && sides is null ? OfPostings(works, among) : OfWorks(works, among, sides));
        while (rows.More())
        {
            var (year, times) = (rows.I16(), rows.U64());
            var count = new LinkCount((long)rows.U64(), (long)rows.U64(), (long)rows.U64(), (long)rows.U64());
            if (year < 0) control.Saw(year, times);
            else (_byYear[year], _whole) = (count, _whole.Plus(count));
        }
        control.Demand();
    }

    public override LinkCount Whole => _whole;

    public override LinkCount OfYear(int year) => _byYear.GetValueOrDefault(year);

    static string OfPostings(ClickHouseWorks works, Term among) =>
        "select year, count(), toUInt64(0), toUInt64(0), toUInt64(0), toUInt64(sum(toInt64(named) * (toInt64(named) - 1))) "
        + $"from {works.Tables.AllPostings} where (list = {ClickHouseTables.All} and {among.Sql}) or list = {ClickHouseTables.Control} group by year";

    static string OfWorks(ClickHouseWorks works, Term among, (ClickHouseBody A, ClickHouseBody B)? sides)
    {
        var (inA, inB) = sides is var (a, b) ? (a.Inside("units"), b.Inside("units")) : ("arrayMap(u -> 0, units)", "arrayMap(u -> 0, units)");
        var others = $"arrayUniq(arrayFilter((o, x, y) -> not x and not y and o < {ClickHouseTables.FirstNameless}, orgs, in_a, in_b))";
        return $"select year, count(), toUInt64(sum((arrayExists(x -> x, {inA} as in_a) as a) and (arrayExists(x -> x, {inB} as in_b) as b))), "
            + $"toUInt64(sum(a * ((toInt64(a) + toInt64(b) + toInt64({others}) as nodes) - 1))), toUInt64(sum(b * (nodes - 1))), toUInt64(sum(nodes * (nodes - 1))) "
            + $"from {works.Tables.AllWorks} where work in ({Compiled.Local(among, works.Tables.Postings)}) or work >= {ClickHouseTables.FirstControl} group by year";
    }
}
