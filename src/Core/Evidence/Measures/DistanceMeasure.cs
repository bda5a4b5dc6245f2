using System.Globalization;
using Entente.Engine.Query;

namespace Entente.Core.Evidence.Measures;

/// <summary>
/// How far apart the institutions of works are. A place that ROR does not tell stays unknown: a work without any has no distance, and
/// one with some may be longer than is seen, as a work may whose list of authors is cut.
/// </summary>
abstract class DistanceMeasure(Scene scene) : Measure(scene)
{
    protected override SetOfWorks Candidates => field ??= Parts.Own.Works(Scene);
    protected override SetOfWorks Hidden => field ??= Frame.Truncated.Except(Counted);

    protected Distant Own => field ??= Scene.Holding.Keep((Scene.A, Scene.B, Frame, Scene.Places, "distances"), () => Scene.Holding.Distances(Counted, Scene.Places!));

    protected int LongMetres => Scene.Kilometres * 1000;

    protected DistanceCounts Counts => field ??= new(Own, LongMetres);

    protected static bool IsKnown(Distance distance) => distance.Metres >= 0;

    protected static Detail Of(string name, string en, string fr, long works) => new(name, new(en, fr), works, "works");

    protected IEnumerable<Detail> Unplaced =>
    [
        Of("unknown", "works whose places are all unknown", "publications dont aucun lieu n’est connu", Counts.Whole.Works - Counts.Whole.Known),
        Of("partly", "works with a place that is unknown", "publications dont un lieu n’est pas connu", Counts.Whole.Partly),
    ];

    // A work that is told to be longer, or placed elsewhere, moves the figure without coming in or going.
    public override IReadOnlyList<SetOfWorks> MadeOf => [Counted];
}

/// <summary>The mean of the distances that are known, in kilometres. Metres are whole, so that their sum is exact in any order.</summary>
sealed class MeanDistance(Scene scene) : DistanceMeasure(scene)
{
    public override double? Value => Mean(Counts.Whole);

    static double? Mean(DistanceCount works) => works.Known == 0 ? null : works.Metres / 1000.0 / works.Known;

    public override Bounds Bounds => Between(Counts.Whole, Hidden.Count);

    protected override long Truncated => Frame.Truncated.Count;

    /// <summary>
    /// Outer bounds. Below, all that is unknown lies in one place: works without a distance have 0, and hidden works come in with 0. Above, all
    /// that may be longer goes half around the earth.
    /// </summary>
    static Bounds Between(DistanceCount own, long hidden)
    {
        var works = own.Works + hidden;
        return works == 0 ? new(null, null)
            : new(own.Metres / 1000.0 / works, (own.SureMetres + (works - own.Sure) * UnitPlaces.Farthest) / 1000.0 / works);
    }

    protected override IReadOnlyList<YearValue> SeriesOf(int first, int last)
    {
        var hidden = Hidden.CountByYear(first, last);
        return [.. hidden.Select((more, i) =>
        {
            var (own, bounds) = (Counts.OfYear(first + i), Between(Counts.OfYear(first + i), more));
            return new YearValue(first + i, Mean(own)) { Lower = bounds.Lower, Upper = bounds.Upper };
        })];
    }

    public override IReadOnlyList<Detail> Details() =>
    [
        Of("known", "works with a distance", "publications à distance connue", Counts.Whole.Known), .. Unplaced,
        new("median", new("median distance", "distance médiane"), Median(), "kilometres"),
    ];

    /// <summary>The distance in the middle, or the mean of the two there.</summary>
    double? Median()
    {
        if (Counts.Whole.Known == 0) return null;
        var works = new Dictionary<int, long>();
        foreach (var told in Own.ByYear)
            if (IsKnown(told.Distance)) works[told.Distance.Metres] = works.GetValueOrDefault(told.Distance.Metres) + told.Works;
        var (below, upTo, middle) = ((Counts.Whole.Known - 1) / 2, 0L, new List<int>());
        foreach (var (metres, count) in works.OrderBy(w => w.Key))
        {
            upTo += count;
            if (middle.Count == 0 && upTo > below) middle.Add(metres);
            if (upTo <= Counts.Whole.Known / 2) continue;
            middle.Add(metres);
            break;
        }
        return (middle[0] + middle[^1]) / 2.0 / 1000;
    }

    public override Brought Brought => Brought.OfAmounts(2, Counted.Count, sums => Measures.Counts.Ratio(sums[0] / 1000, sums[1]),
        Own.ByYear.Select(told => (Each(told.Distance), told.Works)));

    public override double? Together(Measure other) => Mean(Counts.Whole.Plus(((MeanDistance)other).Counts.Whole));

    static double[] Each(Distance distance) => IsKnown(distance) ? [distance.Metres, 1] : [0, 0];

    public override string Digest()
    {
        using var hash = new DigestText();
        foreach (var (id, distance) in Own.InOrder()) hash.Line($"{id}\t{(IsKnown(distance) ? distance.Metres.ToString(CultureInfo.InvariantCulture) : "")}");
        return hash.Finish();
    }

    public override IEnumerable<WorkLine> Works(bool upper, bool denominator) =>
        Own.Lines().Select(work => work.Line with { CountsAs = IsKnown(work.Distance) ? "counted" : "unknown-place" }).Concat(upper ? Hidden.Lines("upper-bound-only") : []);
}

/// <summary>
/// The part of the works with a distance that are of at least so many kilometres. A work that is long stays long, since what is hidden or
/// unknown only adds places; so the bounds are those of any share, where a work of which no place is known may come in like a truncated one.
/// </summary>
sealed class LongDistanceShare(Scene scene) : DistanceMeasure(scene)
{
    DistanceCounts Outside => field ??= new(Scene.Holding.Keep((Scene.A, Scene.B, Frame, Scene.Places, "hidden distances"), () => Scene.Holding.Distances(Hidden, Scene.Places!)), LongMetres);

    public long Long => Counts.Whole.Long;
    public long Known => Counts.Whole.Known;

    public override double? Value => Measures.Counts.Ratio(Long, Known);

    public override Bounds Bounds => Between(Counts.Whole, Outside.Whole);

    static Bounds Between(DistanceCount own, DistanceCount outside)
    {
        var unknown = own.Works - own.Known;
        return ShareMeasure.Between(own.Long, own.Known, own.MayBeLong, unknown + outside.Works, unknown + outside.Works - outside.Long);
    }

    protected override long Truncated => Outside.Whole.Works + Own.ByYear.Where(told => told.Truncated && told.Distance.Metres < LongMetres).Sum(told => told.Works);

    protected override IReadOnlyList<YearValue> SeriesOf(int first, int last) => [.. Enumerable.Range(first, last - first + 1).Select(year =>
    {
        var (own, bounds) = (Counts.OfYear(year), Between(Counts.OfYear(year), Outside.OfYear(year)));
        return new YearValue(year, Measures.Counts.Ratio(own.Long, own.Known)) { Lower = bounds.Lower, Upper = bounds.Upper };
    })];

    public override IReadOnlyList<Detail> Details() => [Of("short", "works of at most 100 km", "publications d’au plus 100 km", Counts.Whole.Short), .. Unplaced];

    public override Brought Brought => Brought.OfAmounts(2, Frame.Passing.Count, sums => Measures.Counts.Ratio(sums[0], sums[1]),
        Own.ByYear.Select(told => (Each(told.Distance), told.Works)));

    public override double? Together(Measure other) => Measures.Counts.Ratio(Long + ((LongDistanceShare)other).Long, Known + ((LongDistanceShare)other).Known);

    double[] Each(Distance distance) => [distance.Metres >= LongMetres ? 1 : 0, IsKnown(distance) ? 1 : 0];

    public override string Digest()
    {
        using var hash = new DigestText();
        var known = Own.InOrder().Where(work => IsKnown(work.Distance)).ToList();
        foreach (var (id, _) in known.Where(work => work.Distance.Metres >= LongMetres)) hash.Line(id);
        hash.Blank();
        foreach (var (id, _) in known) hash.Line(id);
        return hash.Finish();
    }

    public override IEnumerable<WorkLine> Works(bool upper, bool denominator) => Own.Lines().Where(work => IsKnown(work.Distance))
        .Select(work => work.Line with { CountsAs = work.Distance.Metres >= LongMetres ? "numerator" : "denominator" }).Where(line => denominator || line.CountsAs == "numerator")
        .Concat(upper ? Upper(denominator) : []);

    // Of the works that may still be long, those of the denominator are told as such where it is listed.
    IEnumerable<WorkLine> Upper(bool denominator) => Own.Lines()
        .Where(work => work.Distance.Metres < LongMetres && (!IsKnown(work.Distance) || (!denominator && (work.Distance.Partly || work.Line.Truncated))))
        .Select(work => work.Line with { CountsAs = "upper-bound-only" }).Concat(Hidden.Lines("upper-bound-only"));
}
