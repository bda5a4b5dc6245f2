using Entente.Core.Evidence.Statistics;

namespace Entente.Core.Evidence.Measures;

/// <summary>
/// Joint works against those that chance would give, field by field: of the N works of a field, if A's and B's were drawn at random.
/// Sums go by rising number of field, so that they are the same on every machine.
/// </summary>
sealed class ExpectationMeasure(Scene scene) : Measure(scene)
{
    /// <summary>Above so many joint works the exact tail is left to z.</summary>
    const int MostExact = 1000;

    protected override SetOfWorks Candidates => field ??= Scene.A.Works.And(Scene.B!.Works);

    bool IsRatio => Scene.Indicator.Key == "observed-expected";

    FieldsOf Fields => field ??= Scene.Holding.KeepTable("fields", () => new FieldsOf(Scene.Holding.Topics));

    FieldCounts Count(SetOfWorks works) => new(Scene.Holding.CountByTopic(works), Fields);

    FieldCounts All => field ??= Scene.Holding.KeepTable((Frame.Key, "by field"), () => Count(Frame.Passing));
    FieldCounts OfA => field ??= CountOf(Scene.A);
    FieldCounts OfB => field ??= CountOf(Scene.B!);
    FieldCounts Joint => field ??= Scene.Holding.KeepTable((Scene.A.Key, Scene.B!.Key, Frame.Key, "by field"), () => Count(Counted));

    FieldCounts CountOf(Body body) => Scene.Holding.KeepTable((body.Key, Frame.Key, "by field"), () => Count(body.Works.And(Frame.Passing)));

    /// <summary>The truncated works that may turn out to be of a side.</summary>
    FieldCounts HiddenFrom(Body body) => Scene.Holding.KeepTable((body.Key, Frame.Key, "hidden, by field"), () => Count(Frame.Truncated.Except(body.Works)));

    Hypergeometric Stratum(int f, int? year = null) => new(OfA[f, year], OfB[f, year], All[f, year]);

    double Expected(int? year = null) => All.Fields.Sum(f => Stratum(f, year).Expected);

    double Variance => All.Fields.Sum(f => Stratum(f).Variance);

    double? Answer(double joint, double expected) => IsRatio ? Counts.Ratio(joint, expected) : expected;

    public override double? Value => Answer(Counted.Count, Expected());

    public override IReadOnlyList<SetOfWorks> MadeOf => [Counted, Scene.A.Works.And(Frame.Passing), Scene.B!.Works.And(Frame.Passing), Frame.Passing];

    public override double? Together(Measure other)
    {
        var more = (ExpectationMeasure)other;
        var expected = All.Fields.Union(more.All.Fields).Order().Sum(f => new Hypergeometric(OfA[f] + more.OfA[f], OfB[f] + more.OfB[f], All[f] + more.All[f]).Expected);
        return Answer(Counted.Count + more.Counted.Count, expected);
    }

    protected override long Truncated => Frame.Truncated.Count;

    /// <summary>An outer bound: all that may be of A or B is counted so in the expectation below, and joint above, at once.</summary>
    public override Bounds Bounds
    {
        get
        {
            if (Truncated == 0) return new(Value, Value);
            var (toA, toB) = (HiddenFrom(Scene.A), HiddenFrom(Scene.B!));
            var most = All.Fields.Sum(f => new Hypergeometric(OfA[f] + toA[f], OfB[f] + toB[f], All[f]).Expected);
            if (!IsRatio) return new(Expected(), most);
            return new(Counts.Ratio(Counted.Count, most), Counts.Ratio(Counted.Count + Frame.Truncated.Except(Counted).Count, Expected()));
        }
    }

    public override IReadOnlyList<Detail> Details()
    {
        var (joint, expected) = (Counted.Count, Expected());
        var (low, high) = Garwood.Interval(joint);
        var tail = joint <= MostExact ? Hypergeometric.Tail(All.Fields.Select(f => Stratum(f)), joint) : null;
        return
        [
            new("joint", new("works of both, observed", "publications des deux, observées"), joint, "works"),
            new("expected", new("works of both, expected", "publications des deux, attendues"), expected, "index"),
            new("observed_over_expected", new("observed over expected", "observées sur attendues"), Counts.Ratio(joint, expected), "index"),
            new("interval_lower", new("lower end of its 95% interval (Garwood)", "borne basse de son intervalle à 95 % (Garwood)"), Counts.Ratio(low, expected), "index"),
            new("interval_upper", new("upper end of its 95% interval", "borne haute de son intervalle à 95 %"), Counts.Ratio(high, expected), "index"),
            new("variance", new("variance if A’s and B’s works were drawn at random", "variance si les publications de A et B étaient tirées au hasard"), Variance, "index"),
            new("z", new("z, the distance in standard deviations", "z, la distance en écarts types"), Variance > 0 ? (joint - expected) / Math.Sqrt(Variance) : null, "index"),
            new("tail", new("chance of as many joint works or more", "chance d’autant de publications communes ou plus"), tail, "probability"),
        ];
    }

    public override FigureTable Table() => new(new("Observed and expected by field", "Observé et attendu par champ"),
    [
        new("joint", new("Both", "Les deux"), "works"), new("a", new("A", "A"), "works"), new("b", new("B", "B"), "works"), new("frame", new("Frame", "Cadre"), "works"),
        new("expected", new("Expected", "Attendues"), "index"), new("ratio", new("Observed over expected", "Observées sur attendues"), "index"),
    ],
    [
        .. All.Fields.Where(f => OfA[f] > 0 || OfB[f] > 0).Select(f => new FigureRow(CanonicalJson.Number(f), Fields.Name(f),
            [Joint[f], OfA[f], OfB[f], All[f], Stratum(f).Expected, Counts.Ratio(Joint[f], Stratum(f).Expected)])),
    ]);

    protected override IReadOnlyList<YearValue> SeriesOf(int first, int last)
    {
        var joint = Counted.CountByYear(first, last);
        return [.. joint.Select((n, i) => new YearValue(first + i, Answer(n, Expected(first + i))))];
    }

    public override string Digest()
    {
        using var hash = new DigestText();
        hash.Ids(Counted);
        hash.Blank();
        foreach (var f in All.Fields) hash.Line($"{f}\t{Joint[f]}\t{OfA[f]}\t{OfB[f]}\t{All[f]}");
        return hash.Finish();
    }
}
