using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Entente.Engine.Query;
using Entente.Engine.Works;

namespace Entente.Core.Evidence.Measures;

/// <summary>What a figure comes to on a scene. Everything but value and bounds is worked out only when it is asked for.</summary>
abstract class Measure(Scene scene)
{
    protected Scene Scene { get; } = scene;
    protected Frame Frame => Scene.Frame;

    public static Measure Of(Scene scene) => scene.Indicator.Key switch
    {
        "co-publications" => new CountMeasure(scene),
        "output" when scene.Counting == Counting.Full => new CountMeasure(scene),
        "output" => new FractionMeasure(scene),
        "international-share" or "country-share" or "partner-share" => new ShareMeasure(scene),
        "partners" => new PartnersMeasure(scene),
        var key => throw new UnreachableException(key),
    };

    /// <summary>The works that the figure is about, filters aside; of a share, its denominator's.</summary>
    protected abstract WorkSet Candidates { get; }

    /// <summary>The works counted; of a share, its denominator.</summary>
    public WorkSet Counted => field ??= Candidates.And(Frame.Passing);

    public abstract double? Value { get; }
    public abstract Bounds Bounds { get; }

    /// <summary>How many truncated works make the bounds differ.</summary>
    protected abstract long Truncated { get; }

    public Excluded Excluded =>
        new(Candidates.And(Frame.Retracted).Count, Candidates.And(Frame.Paratext).Count, Truncated);

    /// <summary>Every year of the window, or from the first to the last year that has a counted work.</summary>
    public IReadOnlyList<YearValue> Series() => Span() is not var (first, last) ? [] : SeriesOf(first, last);

    protected abstract IReadOnlyList<YearValue> SeriesOf(int first, int last);

    /// <summary>SHA-256 of what was counted, as docs/format/receipt.md says for each kind of figure.</summary>
    public virtual string Digest() => Counted.Digest();

    /// <summary>The works behind the figure, each with the way in which it counts.</summary>
    public virtual IEnumerable<Behind> Works(bool upper, bool denominator) =>
        Mark(Counted, "counted").Concat(upper ? Mark(Hidden, "upper-bound-only") : []);

    /// <summary>Truncated works that are not counted.</summary>
    protected virtual WorkSet Hidden => Frame.Truncated.Except(Counted);

    protected static IEnumerable<Behind> Mark(WorkSet works, string countsAs) =>
        works.Works().Select(work => new Behind(work.Segment, work.Work, countsAs, null));

    protected static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    (int First, int Last)? Span()
    {
        if (Frame.Years is { } window) return (window.First, window.Last);
        if (Scene.Store.FirstYear is not { } first || Scene.Store.LastYear is not { } last) return null;
        var counts = Counted.CountByYear(first, last);
        var (low, high) = (Array.FindIndex(counts, n => n > 0), Array.FindLastIndex(counts, n => n > 0));
        return low < 0 ? null : (first + low, first + high);
    }
}

/// <summary>A work behind a figure. Weight only where the figure is fractional.</summary>
readonly record struct Behind(WorksSegment Segment, int Work, string CountsAs, double? Weight)
{
    public long Id => Segment.Ids[Work];
}
