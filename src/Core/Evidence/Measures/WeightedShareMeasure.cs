using System.Diagnostics;
using System.Text;

namespace Entente.Core.Evidence.Measures;

/// <summary>A share of works of which each counts by the organisation's part of it: the sum of weights with a property over the sum of all.</summary>
sealed class WeightedShareMeasure(Scene scene) : Measure(scene)
{
    protected override SetOfWorks Candidates => Scene.A.Works;

    SetOfWorks Property => field ??= Scene.Indicator.Key switch
    {
        "international-share" => Scene.Holding.International,
        "collaboration-share" => Scene.Holding.Collaborative,
        "industry-share" => Industry.Of(Scene.Holding),
        var key => throw new UnreachableException(key),
    };

    Weights Whole => field ??= Scene.Holding.Keep((Scene.A, Frame, Scene.Counting), () => Scene.Holding.Weigh(Counted, Scene.A, Scene.Counting));
    Weights Part => field ??= Scene.Holding.Keep((Scene.A, Frame, Scene.Counting, Scene.Indicator.Key), () => Scene.Holding.Weigh(Counted.And(Property), Scene.A, Scene.Counting));

    /// <summary>Works that may have the property, for all that the source tells; null where it always tells.</summary>
    SetOfWorks? UntoldWorks => field ??= Scene.Indicator.Key == "industry-share" ? Industry.Untold(Scene.Holding, Counted) : null;
    Weights? Untold => field ??= UntoldWorks is { } untold ? Scene.Holding.Keep((Scene.A, Frame, Scene.Counting, Industry.Detail), () => Scene.Holding.Weigh(untold, Scene.A, Scene.Counting)) : null;

    public override double? Value => Counts.Ratio(Part.Whole.All, Whole.Whole.All);
    /// <summary>A work brings its weight to the whole, and to the part where it has the property.</summary>
    public override Brought Brought => Brought.OfAmounts(2, Frame.Passing.Count, sums => Counts.Ratio(sums[0], sums[1]), Amounts());

    public override IReadOnlyList<SetOfWorks> MadeOf => [Counted.And(Property), Counted];

    public override double? Together(Measure other)
    {
        var more = (WeightedShareMeasure)other;
        return Counts.Ratio(Part.Whole.All + more.Part.Whole.All, Whole.Whole.All + more.Whole.Whole.All);
    }

    IEnumerable<(double[], long)> Amounts()
    {
        var part = Part.Alike.ToDictionary(w => w.Weight, w => w.Works);
        foreach (var (weight, works) in Whole.Alike)
        {
            var within = part.GetValueOrDefault(weight);
            yield return ([weight, weight], within);
            yield return ([0, weight], works - within);
        }
    }

    public override Bounds Bounds => Between(Part.Whole, Whole.Whole, Untold?.Whole.Sure ?? 0, Truncated);
    protected override long Truncated => Frame.Truncated.Count;

    static Bounds Between(Weights.Part part, Weights.Part whole, double untold, long truncated) =>
        new(Counts.Ratio(part.Sure, whole.Sure + truncated), Counts.Ratio(part.Sure + untold + truncated, whole.Sure + truncated));

    protected override IReadOnlyList<YearValue> SeriesOf(int first, int last)
    {
        var truncated = Frame.Truncated.CountByYear(first, last);
        return [.. Enumerable.Range(first, last - first + 1).Select(year =>
        {
            var bounds = Between(Part.OfYear(year), Whole.OfYear(year), Untold?.OfYear(year).Sure ?? 0, truncated[year - first]);
            return new YearValue(year, Counts.Ratio(Part.OfYear(year).All, Whole.OfYear(year).All)) { Lower = bounds.Lower, Upper = bounds.Upper };
        })];
    }

    public override IReadOnlyList<Detail> Details() =>
    [
        new("part", new("weight of the works in the share", "poids des publications dans la part"), Part.Whole.All, "works"),
        new("whole", new("weight of all works", "poids de toutes les publications"), Whole.Whole.All, "works"),
        .. UntoldWorks is { } untold ? [Industry.Told(untold)] : Array.Empty<Detail>(),
    ];

    public override string Digest()
    {
        var text = new StringBuilder();
        foreach (var weights in new[] { Part, Whole })
        {
            if (weights == Whole) text.Append('\n');
            foreach (var (id, weight) in weights.InOrder()) text.Append(id).Append('\t').Append(CanonicalJson.Number(weight)).Append('\n');
        }
        return Hash(text.ToString());
    }

    public override IEnumerable<WorkLine> Works(bool upper, bool denominator) =>
        (denominator ? Whole.Lines("denominator") : Part.Lines("numerator").Concat(upper ? Untold?.Lines("upper-bound-only") ?? [] : [])).Concat(upper ? Hidden.Lines("upper-bound-only") : []);
}
