using System.Text;

namespace Entente.Core.Evidence.Measures;

/// <summary>
/// Works of one organisation, each by the part that is its own. The part of a truncated work may be anything from next to
/// nothing to all of it, counted or not: what is hidden divides it further, or adds to the organisation's side. So the
/// lower bound is the sum over the works whose authors are all visible, and each truncated work adds 1 to the upper one.
/// </summary>
sealed class FractionMeasure(Scene scene) : Measure(scene)
{
    protected override SetOfWorks Candidates => Scene.A.Works;

    public override double? Value => Weights.Whole.All;
    public override Brought Brought => Brought.OfAmounts(1, Frame.Passing.Count, sums => sums[0], Weights.Alike.Select(w => (new[] { w.Weight }, w.Works)));
    public override IReadOnlyList<SetOfWorks> MadeOf => [Counted];
    public override double? Together(Measure other) => Weights.Whole.All + ((FractionMeasure)other).Weights.Whole.All;
    public override Bounds Bounds => Between(Weights.Whole, Truncated);
    protected override long Truncated => Frame.Truncated.Count;

    Weights Weights => field ??= Scene.Holding.Keep((Scene.A, Frame, Scene.Counting), () => Scene.Holding.Weigh(Counted, Scene.A, Scene.Counting));

    static Bounds Between(Weights.Part part, long truncated) => new(part.Sure, part.Sure + truncated);

    protected override IReadOnlyList<YearValue> SeriesOf(int first, int last)
    {
        var truncated = Frame.Truncated.CountByYear(first, last);
        return [.. Enumerable.Range(first, last - first + 1).Select(year =>
        {
            var part = Weights.OfYear(year);
            var bounds = Between(part, truncated[year - first]);
            return new YearValue(year, part.All) { Lower = bounds.Lower, Upper = bounds.Upper };
        })];
    }

    public override string Digest()
    {
        var lines = new StringBuilder();
        foreach (var (id, weight) in Weights.InOrder())
            lines.Append(id).Append('\t').Append(CanonicalJson.Number(weight)).Append('\n');
        return Hash(lines.ToString());
    }

    public override IEnumerable<WorkLine> Works(bool upper, bool denominator) =>
        Weights.Lines("counted").Concat(upper ? Hidden.Lines("upper-bound-only") : []);
}
