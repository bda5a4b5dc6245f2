using System.Globalization;
using Entente.Core.Evidence.Measures;
using Entente.Core.Evidence.Ror;
using Entente.Engine.Query;
using Entente.Engine.Works;

namespace Entente.Core.Evidence.ClickHouse;

/// <summary>
/// How far apart institutions are. The servers answer which units works list, and how many works list just these; where units are is known
/// here, and distances are measured by the same lines as in the engine, so that they are the same to the last metre.
/// </summary>
sealed class ClickHouseDistant(ClickHouseWorks works, Term among, ClickHousePlaces places) : Distant
{
    const string Listed = "arraySort(arrayDistinct(units)) as listed";

    static readonly string Truncated = string.Create(CultureInfo.InvariantCulture, $"bitAnd(flags, {(int)WorkFlags.Truncated}) != 0");

    string From => $"from {works.Tables.AllWorks} where work in ({Compiled.Local(among, works.Tables.Postings)}) or work >= {ClickHouseTables.FirstControl}";

    public override IEnumerable<DistantWorks> ByYear => field ??= Count();

    List<DistantWorks> Count()
    {
        var (control, told) = (new ControlRows(works.Vintage.Servers), new List<DistantWorks>());
        using var rows = works.Server.Ask($"select year, toUInt8({Truncated}) as truncated, {Listed}, count() {From} group by year, truncated, listed");
        while (rows.More())
        {
            var (year, truncated, distance, times) = (rows.I16(), rows.U8() != 0, places.Read(rows), rows.U64());
            if (year < 0) control.Saw(year, times);
            else told.Add(new(year, truncated, distance, (long)times));
        }
        control.Demand();
        return told;
    }

    public override IEnumerable<(string Id, Distance Distance)> InOrder()
    {
        var control = new ControlRows(works.Vintage.Servers);
        using var rows = works.Server.Ask($"select work, {Listed} {From} order by toString(work)");
        while (rows.More())
        {
            var (id, distance) = (rows.U64(), places.Read(rows));
            if (!control.Saw(id)) yield return (string.Create(CultureInfo.InvariantCulture, $"W{id}"), distance);
        }
        control.Demand();
    }

    public override IEnumerable<(WorkLine Line, Distance Distance)> Lines()
    {
        var distance = default(Distance);
        foreach (var line in ClickHouseSet.Lines(works, among, $", {Listed}", rows => (distance = places.Read(rows)).Metres, "")) yield return (line with { Weight = null }, distance);
    }
}

/// <summary>Where the units of a vintage on servers are, by the numbers of their lists.</summary>
sealed class ClickHousePlaces
{
    readonly Dictionary<uint, int> _placeOf = [];
    readonly Spread _spread;

    public ClickHousePlaces(IReadOnlyDictionary<uint, Unit> units, RorPlaces ror)
    {
        var places = new UnitPlaces([.. units.Values], ror.Of);
        foreach (var (i, list) in units.Keys.Index()) _placeOf.Add(list, places[i]);
        _spread = new(places);
    }

    /// <summary>The distance of a work that lists the units of the array that comes next.</summary>
    public Distance Read(RowReader rows) => _spread.Of(rows.Array(r => _placeOf[r.U32()]));
}
