namespace Entente.Core.Evidence.Measures;

/// <summary>
/// How an organisation's works are cited, each by the part that is its own: the sum of weights times impacts over the sum of weights. The
/// baselines are those of works counted in full, since they say what a work is held against and not whose it is.
/// </summary>
/// <param name="full">the same figure counted in full, which knows the baselines and what each work brings</param>
sealed class FractionalImpact<TScale>(Scene scene, BaselineMeasure<TScale> full) : Measure(scene) where TScale : struct
{
    BaselineMeasure<TScale> Full { get; } = full;

    readonly record struct Weighed(CitedWork Work, double Weight, double Amount);

    protected override SetOfWorks Candidates => Scene.A.Works;

    Weights Weights => field ??= Scene.Holding.Keep((Scene.A, Frame, Scene.Counting), () => Scene.Holding.Weigh(Counted, Scene.A, Scene.Counting));

    // In ordinal order of id, so that sums are the same on every machine and engine.
    List<Weighed> Each => field ??= Weigh();

    List<Weighed> Weigh()
    {
        var weights = Weights.Each().ToDictionary(w => w.Id, w => w.Weight);
        return [.. Full.Cited(Counted).InOrder().Select(work => new Weighed(work, weights.GetValueOrDefault(work.Id), Full.Amount(work.Stratum, work.Citations)))];
    }

    static Impact<InFractions<TScale>>? Of(IEnumerable<Weighed> works)
    {
        var (sum, whole) = (0.0, 0.0);
        foreach (var work in works) (sum, whole) = (sum + (work.Weight * work.Amount), whole + work.Weight);
        return whole == 0 ? null : new(sum / whole);
    }

    public override double? Value => Of(Each)?.Value;
    public override Bounds Bounds => Truncated == 0 ? new(Value, Value) : new(null, null);
    protected override long Truncated => Frame.Truncated.Count;

    public override Brought Brought => Brought.OfAmounts(2, Counted.Count, sums => Counts.Ratio(sums[0], sums[1]),
        Each.Select(work => (new[] { work.Weight * work.Amount, work.Weight }, 1L)));

    public override IReadOnlyList<SetOfWorks> MadeOf => Full.MadeOf;

    public override double? Together(Measure other)
    {
        var more = (FractionalImpact<TScale>)other;
        var world = Full.WorldWith(more.Full);
        return Of(Each.Concat(more.Each).Select(each => each with { Amount = Full.Amount(world[each.Work.Stratum], each.Work.Citations) }))?.Value;
    }

    protected override IReadOnlyList<YearValue> SeriesOf(int first, int last)
    {
        var byYear = Each.ToLookup(work => work.Work.Stratum.Year);
        return [.. Enumerable.Range(first, last - first + 1).Select(year => new YearValue(year, Of(byYear[year])?.Value))];
    }

    public override IReadOnlyList<Detail> Details() =>
    [
        new("works", new("works", "publications"), Counted.Count, "works"),
        new("weight", new("weight of the works", "poids des publications"), Weights.Whole.All, "works"),
    ];

    public override string Digest()
    {
        using var hash = new DigestText();
        foreach (var work in Each) hash.Line($"{work.Work.Name}\t{CanonicalJson.Number(work.Weight)}\t{Full.Line(work.Work)}");
        return hash.Finish();
    }

    public override IEnumerable<WorkLine> Works(bool upper, bool denominator) =>
        Weights.Lines("counted").Concat(upper ? Hidden.Lines("upper-bound-only") : []);
}
