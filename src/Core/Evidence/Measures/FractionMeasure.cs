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

    public override double? Value => Parts.Whole.All.Value;
    public override Bounds Bounds => Between(Parts.Whole, Truncated);
    protected override long Truncated => Frame.Truncated.Count;

    List<(WorksSegment Segment, int Work, double Weight)> Weights => field ??= Scene.Opened.Keep((Scene.A, Frame, Scene.Counting), Weigh);

    List<(WorksSegment Segment, int Work, double Weight)> Weigh() => [.. Fractions.Weigh(Counted, Scene.A.Units, Scene.Counting switch
    {
        Counting.Author => Sharing.Author,
        Counting.Organisation => Sharing.Organisation,
        Counting.Country or Counting.Full => Sharing.Group,
    }, Territory.Group)];

    /// <summary>The sums over all works and over each year's.</summary>
    Sums Parts => field ??= Scene.Opened.Keep((Scene.A, Frame, Scene.Counting, "sums"), () => Add(Weights));

    sealed record Sums(Part Whole, Dictionary<int, Part> ByYear);

    static Sums Add(List<(WorksSegment Segment, int Work, double Weight)> weights)
    {
        var (whole, byYear) = (new Part(), new Dictionary<int, Part>());
        foreach (var (segment, work, weight) in weights)
        {
            var year = segment.Years[work];
            if (!byYear.TryGetValue(year, out var part)) byYear.Add(year, part = new());
            var truncated = ((WorkFlags)segment.Flags[work]).HasFlag(WorkFlags.Truncated);
            whole.Add(weight, truncated);
            part.Add(weight, truncated);
        }
        return new(whole, byYear);
    }

    /// <summary>A sum of weights, and of those of works whose authors are all visible.</summary>
    sealed class Part
    {
        ExactSum _all, _sure;

        public ExactSum All => _all;
        public ExactSum Sure => _sure;

        public void Add(double weight, bool truncated)
        {
            _all.Add(weight);
            if (!truncated) _sure.Add(weight);
        }
    }

    static Bounds Between(Part part, long truncated) => new(part.Sure.Value, part.Sure.Value + truncated);

    protected override IReadOnlyList<YearValue> SeriesOf(int first, int last)
    {
        var truncated = Frame.Truncated.CountByYear(first, last);
        return [.. Enumerable.Range(first, last - first + 1).Select(year =>
        {
            var part = Parts.ByYear.GetValueOrDefault(year) ?? new();
            var bounds = Between(part, truncated[year - first]);
            return new YearValue(year, part.All.Value) { Lower = bounds.Lower, Upper = bounds.Upper };
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
