using Entente.Core.Evidence.Measures;
using Entente.Core.Evidence.Synthesis;
using Entente.Core.Kernel;

namespace Entente.Core.Evidence;

/// <summary>How far a figure moves when its works are drawn anew, so many times: the middle 95 % of what came out.</summary>
/// <param name="Seed">the same seed draws the same works</param>
public sealed record StabilityInterval(double? Lower, double? Upper, int Draws, ulong Seed);

/// <summary>
/// Stability intervals by bootstrap (Efron 1979, doi:10.1214/aos/1176344552; for works as in the Leiden Ranking): as many works as
/// the frame holds are drawn from it with replacement; of a mean, as many as it is the mean of, and baselines stay as they are. Works
/// that bring the same to the figure are alike, so that only their numbers are drawn.
/// </summary>
static class Stability
{
    public const int Draws = 1000;

    /// <summary>Of works that are less alike than this, a thousand draws would take too long.</summary>
    const int MostCells = 20_000;

    /// <summary>Refused where the figure does not follow from its own works alone.</summary>
    public static Outcome<StabilityInterval> Of(Measure measure, Indicator indicator, ulong seed)
    {
        if (measure.Brought is not { } brought)
            return Refusal.Invalid("no-stability", $"A stability interval is drawn of figures that follow from their own works; {indicator.Key} follows from more.",
                $"Un intervalle de stabilité se tire des chiffres qui découlent de leurs propres publications\u202F; {indicator.Key} découle de davantage.", "stability");
        var cells = brought.Alike();
        if (cells.Count > MostCells)
            return Refusal.Invalid("no-stability", $"The works are of {cells.Count} kinds, and stability intervals are drawn of at most {MostCells}: ask of fewer years, or of one field.",
                $"Les publications sont de {cells.Count} sortes, et les intervalles de stabilité se tirent d’au plus {MostCells}\u202F: demandez moins d’années, ou un seul champ.", "stability");
        return Draw(brought, cells, seed);
    }

    static StabilityInterval Draw(Brought brought, IReadOnlyList<Alike> cells, ulong seed)
    {
        var total = brought.DrawnFrom;
        var values = new List<double>(Draws);
        for (var draw = 0; draw < Draws; draw++)
        {
            var random = new Prng(seed, (ulong)draw);
            var (sum, left, works) = (new double[brought.Sums], total, total);
            foreach (var (each, size) in cells)
            {
                var drawn = size == works ? left : Binomial.Draw(ref random, left, (double)size / works);
                (left, works) = (left - drawn, works - size);
                for (var i = 0; i < sum.Length; i++) sum[i] += drawn * each[i];
            }
            if (brought.At(sum) is { } value) values.Add(value);
        }
        values.Sort();
        return values.Count == 0 ? new(null, null, Draws, seed) : new(At(values, 0.025), At(values, 0.975), Draws, seed);
    }

    // The value that so much of the draws do not exceed.
    static double At(List<double> sorted, double share) => sorted[(int)Math.Clamp(Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
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
