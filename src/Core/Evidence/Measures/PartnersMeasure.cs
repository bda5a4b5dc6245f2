using Entente.Engine.Query;
using Entente.Engine.Works;

namespace Entente.Core.Evidence.Measures;

/// <summary>The institutions outside A that works of A list, and how many works list each.</summary>
sealed class PartnersMeasure(Scene scene) : Measure(scene)
{
    protected override SetOfWorks Candidates => Scene.A.Works;

    public override double? Value => Partners.Count;

    public override IReadOnlyList<SetOfWorks> MadeOf => [Counted];

    public override double? Together(Measure other) => Partners.All().Concat(((PartnersMeasure)other).Partners.All()).Select(listed => listed.Id).Distinct().Count();

    // A hidden author may bring any number of institutions that nobody has seen.
    public override Bounds Bounds => new(Partners.Count, Truncated == 0 ? Partners.Count : null);
    protected override long Truncated => Frame.Truncated.Count;

    Listed Partners => field ??= Scene.Holding.Keep((Scene.A, Frame, "partners"), () => Scene.Holding.Listed(Counted, Scene.A));

    protected override IReadOnlyList<YearValue> SeriesOf(int first, int last) =>
        [.. Partners.CountByYear(first, last).Select((count, i) => new YearValue(first + i, count))];

    /// <summary>In order of value, largest first, then of id. The upper bound adds each truncated work that does not list the partner already.</summary>
    public IReadOnlyList<PartnerRow> Rows() => Scene.Holding.Keep((Scene.A, Frame, "rows"), MakeRows);

    IReadOnlyList<PartnerRow> MakeRows()
    {
        var truncated = Scene.Holding.Listed(Counted.And(Frame.Truncated), Scene.A).All().ToDictionary(listed => listed.Id, listed => listed.Works);
        return [.. Partners.All()
            .Select(partner => Row(partner, Truncated - truncated.GetValueOrDefault(partner.Id)))
            .OrderByDescending(row => row.Value).ThenBy(row => row.Id, StringComparer.Ordinal)];
    }

    static PartnerRow Row(ListedOrganisation partner, long more)
    {
        var unit = partner.Told.Count == 1 ? partner.Told[0].As : MostTold(partner.Told);
        return new($"I{partner.Id}", unit.Ror, unit.Name, unit.Country, partner.Works, new(partner.Works, partner.Works + more));
    }

    /// <summary>Named as most of the works name it; of equals, the first by name, so that every machine names it alike.</summary>
    static Unit MostTold(IEnumerable<(Unit As, long Works)> told) => told
        .GroupBy(way => (way.As.Name, way.As.Ror, way.As.Country))
        .OrderByDescending(way => way.Sum(each => each.Works))
        .ThenBy(way => way.Key.Name, StringComparer.Ordinal).ThenBy(way => way.Key.Ror, StringComparer.Ordinal).ThenBy(way => way.Key.Country, StringComparer.Ordinal)
        .First().First().As;
}
