using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Entente.Core.Evidence.Measures;

/// <summary>What a figure comes to on a scene. Everything but value and bounds is worked out only when it is asked for.</summary>
abstract class Measure(Scene scene)
{
    protected Scene Scene { get; } = scene;
    internal Frame Frame => Scene.Frame;

    public static Measure Of(Scene scene) => scene.Indicator.Tally is { } tally ? new TallyMeasure(scene, tally) : scene.Indicator.Key switch
    {
        "co-publications" => new CountMeasure(scene),
        "output" when scene.Counting == Counting.Full => new CountMeasure(scene),
        "output" => new FractionMeasure(scene),
        "international-share" or "collaboration-share" or "industry-share" when scene.Counting != Counting.Full => new WeightedShareMeasure(scene),
        "collaboration-share" or "international-share" or "industry-share" or "country-share" or "partner-share" => new ShareMeasure(scene),
        "association-cwts" or "affinity" or "affinity-symmetric" or "affinity-symmetric-squares" => new LinksMeasure(scene),
        "expected-co-publications" or "observed-expected" => new ExpectationMeasure(scene),
        "collaboration-distance" => new MeanDistance(scene),
        "long-distance-share" => new LongDistanceShare(scene),
        "mcs" => new MeanCitations(scene),
        "mncs" when scene.Counting != Counting.Full => new FractionalImpact<VintageMean>(scene, new NormalisedCitations(scene)),
        "top-tenth" when scene.Counting != Counting.Full => new FractionalImpact<VintageTopTenth>(scene, new TopTenth(scene)),
        "mncs" => new NormalisedCitations(scene),
        "collaboration-mncs" => new CollaborationImpact(scene),
        "top-tenth" => new TopTenth(scene),
        "fwci-mean" => new SourceImpact(scene),
        "growth" => new GrowthMeasure(scene),
        "partners" => new PartnersMeasure(scene),
        var key => throw new UnreachableException(key),
    };

    /// <summary>The works that the figure is about, filters aside; of a share, its denominator's.</summary>
    protected abstract SetOfWorks Candidates { get; }

    /// <summary>The works counted; of a share, its denominator.</summary>
    public SetOfWorks Counted => field ??= Candidates.And(Frame.Passing);

    public abstract double? Value { get; }
    public abstract Bounds Bounds { get; }

    /// <summary>How many truncated works make the bounds differ.</summary>
    protected abstract long Truncated { get; }

    public Excluded Excluded =>
        new(Candidates.And(Frame.Retracted).Count, Candidates.And(Frame.Paratext).Count, Truncated);

    /// <summary>What its own works bring to it; null where it follows from more than these.</summary>
    public virtual Brought? Brought => null;

    /// <summary>The sets that it is made of, all works that it follows from among them: a work comes into the figure where it comes into one of these.</summary>
    public abstract IReadOnlyList<SetOfWorks> MadeOf { get; }

    /// <summary>The figure on the works of this frame and of the other's, where no work is in both.</summary>
    /// <param name="other">the same indicator, on another frame or vintage</param>
    public abstract double? Together(Measure other);

    /// <summary>Other numbers that belong to the figure.</summary>
    public virtual IReadOnlyList<Detail> Details() => [];

    /// <summary>The figure part by part; null where it has no parts.</summary>
    public virtual FigureTable? Table() => null;

    /// <summary>Every year of the window, or from the first to the last year that has a counted work.</summary>
    public IReadOnlyList<YearValue> Series() => Span() is not var (first, last) ? [] : SeriesOf(first, last);

    protected abstract IReadOnlyList<YearValue> SeriesOf(int first, int last);

    /// <summary>SHA-256 of what was counted, as docs/format/receipt.md says for each kind of figure.</summary>
    public virtual string Digest() => Counted.Digest();

    /// <summary>The works behind the figure, each with the way in which it counts.</summary>
    public virtual IEnumerable<WorkLine> Works(bool upper, bool denominator) =>
        Counted.Lines("counted").Concat(upper ? Hidden.Lines("upper-bound-only") : []);

    /// <summary>Truncated works that are not counted.</summary>
    protected virtual SetOfWorks Hidden => Frame.Truncated.Except(Counted);

    protected static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    (int First, int Last)? Span()
    {
        if (Frame.Years is { } window) return (window.First, window.Last);
        if (Scene.Holding.FirstYear is not { } first || Scene.Holding.LastYear is not { } last) return null;
        var counts = Counted.CountByYear(first, last);
        var (low, high) = (Array.FindIndex(counts, n => n > 0), Array.FindLastIndex(counts, n => n > 0));
        return low < 0 ? null : (first + low, first + high);
    }
}
