
namespace Entente.Core.Evidence.Measures;

/// <summary>
/// A pair's counts, and the truncated works by what they show: neither side, A alone, B alone. A hidden author only adds an
/// institution, so a work may go from one cell to another, but never lose a side; each work turns out one way, apart from the others.
/// </summary>
readonly record struct PairCells(double Joint, double A, double B, long Neither, long OnlyA, long OnlyB)
{
    public static PairCells Of(Scene scene, double joint, double a, double b)
    {
        var (cut, inA, inB) = (scene.Frame.Truncated, scene.A.Works, scene.B!.Works);
        return new(joint, a, b, cut.Except(inA).Except(inB).Count, cut.And(inA).Except(inB).Count, cut.And(inB).Except(inA).Count);
    }

    long Open => Neither + OnlyA + OnlyB;

    /// <summary>Salton's cosine. Every work that becomes joint raises it, since the joint works are never more than A's or B's.</summary>
    public Bounds Salton => new(
        Over(Joint, Spread((a, b) => Math.Sqrt(a * b))), Over(Joint + Open, Math.Sqrt((A + Neither + OnlyB) * (B + Neither + OnlyA))));

    public Bounds Equivalence => new(
        Over(Joint * Joint, Spread((a, b) => a * b)), Over((Joint + Open) * (Joint + Open), (A + Neither + OnlyB) * (B + Neither + OnlyA)));

    public Bounds Jaccard => new(Over(Joint, A + B - Joint + Neither), Over(Joint + Open, A + B - Joint + Neither));

    public Bounds Inclusion => new(Over(Joint, Spread(Math.Min)), Over(Joint + Open, Math.Min(A + Neither + OnlyB, B + Neither + OnlyA)));

    /// <summary>
    /// joint / (a b). A work of one side that becomes joint raises it. One of neither side that becomes joint raises it up to a
    /// number k of them and lowers it beyond: the root of the derivative's numerator, k = sqrt((a - joint)(b - joint)) - joint.
    /// </summary>
    public Bounds Association
    {
        get
        {
            var (joint, a, b) = (Joint + OnlyA + OnlyB, A + OnlyB, B + OnlyA);
            var most = Math.Sqrt(Math.Max(0, a - joint) * Math.Max(0, b - joint)) - joint;
            double? best = null;
            foreach (var turning in (ReadOnlySpan<double>)[0, 1, Math.Floor(most), Math.Ceiling(most), Neither])
            {
                var k = Math.Clamp(turning, 0, Neither);
                if (Over(joint + k, (a + k) * (b + k)) is { } reached && !(reached <= best)) best = reached;
            }
            return new(Over(Joint, Spread((x, y) => x * y)), best);
        }
    }

    /// <summary>The largest denominator that works of neither side can make by joining one side each: as evenly as they can.</summary>
    double Spread(Func<double, double, double> denominator)
    {
        var even = Math.Clamp((Neither + B - A) / 2, 0, Neither);
        return Math.Max(At(this, Math.Floor(even)), At(this, Math.Ceiling(even)));

        double At(in PairCells cells, double toA) => denominator(cells.A + toA, cells.B + cells.Neither - toA);
    }

    // With nothing of a side in any outcome there is no value; with a first work of it still hidden the least is 0.
    double? Over(double part, double whole) => whole > 0 ? part / whole : Open > 0 ? 0 : null;
}
