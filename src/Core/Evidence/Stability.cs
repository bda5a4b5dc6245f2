using Entente.Core.Evidence.Measures;
using Entente.Core.Evidence.Synthesis;

namespace Entente.Core.Evidence;

/// <summary>How far a figure moves when its works are drawn anew, so many times: the middle 95 % of what came out.</summary>
/// <param name="Seed">the same seed draws the same works</param>
public sealed record StabilityInterval(double? Lower, double? Upper, int Draws, ulong Seed);

/// <summary>
/// Stability intervals by bootstrap (Efron 1979, doi:10.1214/aos/1176344552; for works as in the Leiden Ranking): as many works as
/// the frame holds are drawn from it with replacement. Works that stand in the same sets of the figure are alike, so that only
/// their numbers are drawn.
/// </summary>
static class Stability
{
    public const int Draws = 1000;

    /// <summary>Null where the figure does not follow from counts of its own works.</summary>
    public static StabilityInterval? Of(Measure measure, ulong seed)
    {
        if (measure.Sets is not { Count: > 0 } sets) return null;
        var cells = Cells(sets);
        var total = measure.FrameWorks;
        var values = new List<double>(Draws);
        for (var draw = 0; draw < Draws; draw++)
        {
            var random = new Prng(seed, (ulong)draw);
            var (counts, left, works) = (new long[sets.Count], total, total);
            foreach (var (inside, size) in cells)
            {
                var drawn = size == works ? left : Binomial.Draw(ref random, left, (double)size / works);
                (left, works) = (left - drawn, works - size);
                for (var i = 0; i < counts.Length; i++)
                    if (inside[i]) counts[i] += drawn;
            }
            if (measure.At(counts) is { } value) values.Add(value);
        }
        values.Sort();
        return values.Count == 0 ? new(null, null, Draws, seed) : new(At(values, 0.025), At(values, 0.975), Draws, seed);
    }

    // The value that so much of the draws do not exceed.
    static double At(List<double> sorted, double share) => sorted[(int)Math.Clamp(Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];

    /// <summary>The works by which of the sets they stand in, in the same order on every machine.</summary>
    static List<(bool[] In, long Works)> Cells(IReadOnlyList<SetOfWorks> sets)
    {
        var cells = new List<(bool[] In, long Works)>();
        var all = sets.Aggregate((a, b) => a.Or(b));
        for (var pattern = 1; pattern < 1 << sets.Count; pattern++)
        {
            var inside = Enumerable.Range(0, sets.Count).Select(i => (pattern >> i & 1) == 1).ToArray();
            var cell = inside.Index().Aggregate(all, (works, side) => side.Item ? works.And(sets[side.Index]) : works.Except(sets[side.Index]));
            if (cell.Count > 0) cells.Add((inside, cell.Count));
        }
        return cells;
    }
}

/// <summary>How many of n tries come true, drawn.</summary>
static class Binomial
{
    /// <summary>
    /// Up to a thousand expected by counting geometric gaps (Devroye 1986, doi:10.1007/978-1-4613-8643-8); above by the normal
    /// distribution, rounded: the difference is then far below what a thousand draws can show.
    /// </summary>
    public static long Draw(ref Prng random, long tries, double chance)
    {
        if (chance > 0.5) return tries - Draw(ref random, tries, 1 - chance);
        if (tries == 0 || chance <= 0) return 0;
        if (tries * chance > 1000)
            return Math.Clamp((long)Math.Round(tries * chance + random.Normal() * Math.Sqrt(tries * chance * (1 - chance))), 0, tries);
        var (hits, at, scale) = (-1L, -1.0, Math.Log(1 - chance));
        for (; at < tries; hits++) at += 1 + Math.Floor(Math.Log(((random.Next() >> 11) + 1) * (1.0 / (1UL << 53))) / scale);
        return hits;
    }
}
