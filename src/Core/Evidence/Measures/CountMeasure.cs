namespace Entente.Core.Evidence.Measures;

/// <summary>Works of one organisation or of a pair, each counted once.</summary>
sealed class CountMeasure(Scene scene) : Measure(scene)
{
    protected override SetOfWorks Candidates => field ??= Scene.B is null ? Scene.A.Works : Scene.A.Works.And(Scene.B.Works);

    public override double? Value => Counted.Count;
    public override Brought Brought => Brought.OfSets([Counted], Frame.Passing.Count, counts => counts[0]);
    public override IReadOnlyList<SetOfWorks> MadeOf => [Counted];
    public override double? Together(Measure other) => Counted.Count + other.Counted.Count;
    public override Bounds Bounds => new(Counted.Count, Counted.Count + Truncated);
    protected override long Truncated => Hidden.Count;
    protected override SetOfWorks Hidden => field ??= Frame.Truncated.Except(Counted);

    /// <summary>Of a pair: the works with two different authors, one on each side.</summary>
    public SetOfWorks? Distinct => Scene.B is null ? null : field ??= Scene.TwoAuthors(Counted);

    protected override IReadOnlyList<YearValue> SeriesOf(int first, int last)
    {
        var (counted, hidden, distinct) = (Counted.CountByYear(first, last), Hidden.CountByYear(first, last), Distinct?.CountByYear(first, last));
        return [.. counted.Select((n, i) => new YearValue(first + i, n) { DistinctAuthors = distinct?[i], Upper = n + hidden[i] })];
    }

    public override IEnumerable<WorkLine> Works(bool upper, bool denominator) => Distinct is null
        ? base.Works(upper, denominator)
        : Distinct.Lines("distinct-authors").Concat(Counted.Except(Distinct).Lines("structural")).Concat(upper ? Hidden.Lines("upper-bound-only") : []);
}
