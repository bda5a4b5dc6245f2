using Entente.Core.Evidence.Measures;

namespace Entente.Core.Evidence.ClickHouse;

/// <summary>
/// How works are cited, as the servers add it up: whole numbers alone, so that what is divided here is the same to the last digit.
/// Baselines come by field, type and year; a frame's works never do.
/// </summary>
sealed class ClickHouseCited(ClickHouseWorks works, Term among) : Cited
{
    public override IReadOnlyDictionary<int, CitedSum> ByYear => field ??= SumYears();

    public override IReadOnlyCollection<KeyValuePair<Stratum, CitationCounts>> Strata => field ??= CountStrata();

    public override Baselines Baselines => field ??= CountBaselines();

    string Rows => $"from {works.Tables.AllPostings} where ({Compiled.Where(among)}) or list = {ClickHouseTables.Control}";

    // From several lists a work may come more than once.
    string Times => among.Cover is null ? "count()" : "uniqExact(work)";

    Dictionary<int, CitedSum> SumYears()
    {
        // Conditions hold names of their own, which no alias may shadow. A product of a single and a million has at most 38 digits, so that half and floor round it as here.
        const string Millionths = "toInt64(floor(toFloat64(of_fwci) * 1000000 + 0.5))";
        var (control, sums) = (new ControlRows(works.Vintage.Servers), new Dictionary<int, CitedSum>());
        using var rows = works.Server.Ask("select of_year, count(), toUInt64(sum(of_citations)), toUInt64(sum(not isNaN(of_fwci))), "
            + $"toUInt64(sum(if(isNaN(of_fwci), 0, {Millionths}))) from (select work, any(year) as of_year, any(citations) as of_citations, any(fwci) as of_fwci {Rows} group by work) group by of_year");
        while (rows.More())
        {
            var (year, times) = (rows.I16(), rows.U64());
            var sum = new CitedSum((long)times, (long)rows.U64(), (long)rows.U64(), (long)rows.U64());
            if (year < 0) control.Saw(year, times);
            else sums.Add(year, sum);
        }
        control.Demand();
        return sums;
    }

    SortedDictionary<Stratum, CitationCounts> CountStrata()
    {
        var (control, strata) = (new ControlRows(works.Vintage.Servers), new SortedDictionary<Stratum, CitationCounts>());
        using var rows = works.Server.Ask($"select year, field, type, citations, {Times} {Rows} group by year, field, type, citations");
        while (rows.More())
        {
            var (year, place, type, citations, times) = (rows.I16(), (int)rows.U32(), rows.Text(), (int)rows.U32(), rows.U64());
            if (year < 0)
            {
                control.Saw(year, times);
                continue;
            }
            var stratum = new Stratum(place, type, year);
            if (!strata.TryGetValue(stratum, out var counts)) strata.Add(stratum, counts = new());
            counts.Add(citations, (long)times);
        }
        control.Demand();
        return strata;
    }

    /// <summary>The levels of citations of each stratum in rising order, and the first up to which nine tenths of its works lie.</summary>
    Baselines CountBaselines()
    {
        var (control, strata) = (new ControlRows(works.Vintage.Servers), new Dictionary<Stratum, Baseline>());
        using var rows = works.Server.Ask("select year, field, type, whole, cited, toUInt32((levels[at] as level).1), up_to[at], toUInt64(level.2)\n"
            + "from (select year, field, type, whole, cited, levels, arrayCumSum(arrayMap(l -> l.2, levels)) as up_to, arrayFirstIndex(u -> 10 * u >= 9 * whole, up_to) as at\n"
            + "  from (select year, field, type, toUInt64(sum(times)) as whole, toUInt64(sum(citations * times)) as cited, arraySort(groupArray((citations, times))) as levels\n"
            + $"    from (select year, field, type, citations, {Times} as times {Rows}\n"
            + "      group by year, field, type, citations)\n    group by year, field, type))");
        while (rows.More())
        {
            var (year, place, type) = (rows.I16(), (int)rows.U32(), rows.Text());
            var baseline = new Baseline((long)rows.U64(), (long)rows.U64(), (int)rows.U32(), (long)rows.U64(), (long)rows.U64());
            if (year < 0) control.Saw(year, (ulong)baseline.Works);
            else strata.Add(new(place, type, year), baseline);
        }
        control.Demand();
        return new(strata);
    }

    public override IEnumerable<CitedWork> InOrder()
    {
        var control = new ControlRows(works.Vintage.Servers);
        using var rows = works.Server.Ask($"select work, any(year), any(field), any(type), any(citations), any(fwci) {Rows} group by work order by toString(work)");
        while (rows.More())
        {
            var (id, year, place, type, citations, fwci) = (rows.U64(), rows.I16(), (int)rows.U32(), rows.Text(), (int)rows.U32(), rows.F32());
            if (!control.Saw(id)) yield return new((long)id, new(place, type, year), citations, fwci);
        }
        control.Demand();
    }
}
