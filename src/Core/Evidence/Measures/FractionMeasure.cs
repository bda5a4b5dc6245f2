using System.Text;
using Entente.Engine.Query;
using Entente.Engine.Works;

namespace Entente.Core.Evidence.Measures;

/// <summary>
/// Works of one organisation, each by the part that is its own. The part of a truncated work may be anything from next to
/// nothing to all of it, counted or not: what is hidden divides it further, or adds to the organisation's side. So the
/// lower bound is the sum over the works whose authors are all visible, and each truncated work adds 1 to the upper one.
/// </summary>
sealed class FractionMeasure(Scene scene) : Measure(scene)
{
    protected override WorkSet Candidates => Scene.A.Works;

    public override double? Value => field ??= Fractions.Sum(Weights.Select(w => w.Weight));
    public override Bounds Bounds => field ??= Between(Weights, Truncated);
    protected override long Truncated => Frame.Truncated.Count;

    List<(WorksSegment Segment, int Work, double Weight)> Weights => field ??= [.. Fractions.Weigh(Counted, Scene.A.Units, Scene.Counting switch
    {
        Counting.Author => Sharing.Author,
        Counting.Organisation => Sharing.Organisation,
        Counting.Country or Counting.Full => Sharing.Group,
    }, Territory.Group)];

    static Bounds Between(IEnumerable<(WorksSegment Segment, int Work, double Weight)> weights, long truncated)
    {
        var sure = Fractions.Sum(weights.Where(w => !IsTruncated(w.Segment, w.Work)).Select(w => w.Weight));
        return new(sure, sure + truncated);
    }

    static bool IsTruncated(WorksSegment segment, int work) => ((WorkFlags)segment.Flags[work]).HasFlag(WorkFlags.Truncated);

    protected override IReadOnlyList<YearValue> SeriesOf(int first, int last)
    {
        var truncated = Frame.Truncated.CountByYear(first, last);
        var byYear = Weights.ToLookup(w => (int)w.Segment.Years[w.Work]);
        return [.. Enumerable.Range(first, last - first + 1).Select(year =>
        {
            var bounds = Between(byYear[year], truncated[year - first]);
            return new YearValue(year, Fractions.Sum(byYear[year].Select(w => w.Weight))) { Lower = bounds.Lower, Upper = bounds.Upper };
        })];
    }

    public override string Digest()
    {
        var lines = new StringBuilder();
        foreach (var (id, weight) in Weights.Select(w => ($"W{w.Segment.Ids[w.Work]}", w.Weight)).OrderBy(w => w.Item1, StringComparer.Ordinal))
            lines.Append(id).Append('\t').Append(CanonicalJson.Number(weight)).Append('\n');
        return Hash(lines.ToString());
    }

    public override IEnumerable<Behind> Works(bool upper, bool denominator) =>
        Weights.Select(w => new Behind(w.Segment, w.Work, "counted", w.Weight)).Concat(upper ? Mark(Hidden, "upper-bound-only") : []);
}
