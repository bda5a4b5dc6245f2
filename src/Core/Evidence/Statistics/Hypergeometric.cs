namespace Entente.Core.Evidence.Statistics;

/// <summary>
/// Of so many works, some of A and some of B at random: how many are of both? Chances are built from the most likely count by the
/// ratio of neighbours and divided by their sum, so that no factorial is ever needed.
/// </summary>
readonly record struct Hypergeometric(long A, long B, long All)
{
    long Least => Math.Max(0, A + B - All);
    long Most => Math.Min(A, B);

    public double Expected => All == 0 ? 0 : (double)A * B / All;

    public double Variance => All < 2 ? 0 : (double)A * B / All * ((double)(All - A) * (All - B) / All) / (All - 1);

    /// <summary>The chances of the counts from First on; beyond the last they are below 1e-30 of the largest.</summary>
    public (long First, double[] Chances) Distribution()
    {
        var mode = Math.Clamp((long)((A + 1.0) * (B + 1.0) / (All + 2.0)), Least, Most);
        var (below, above) = (new List<double>(), new List<double>());
        for (var (k, chance) = (mode, 1.0); k > Least && chance > 1e-30; k--)
            below.Add(chance *= (double)k * (All - A - B + k) / ((double)(A - k + 1) * (B - k + 1)));
        for (var (k, chance) = (mode, 1.0); k < Most && chance > 1e-30; k++)
            above.Add(chance *= (double)(A - k) * (B - k) / ((double)(k + 1) * (All - A - B + k + 1)));
        below.Reverse();
        double[] chances = [.. below, 1, .. above];
        var sum = chances.Order().Sum();
        for (var i = 0; i < chances.Length; i++) chances[i] /= sum;
        return (mode - below.Count, chances);
    }

    /// <summary>
    /// The chance that the counts of independent strata come to at least so many. Null where that would take too long:
    /// the normal distribution is then near enough.
    /// </summary>
    public static double? Tail(IEnumerable<Hypergeometric> strata, long atLeast)
    {
        var (first, total) = (0L, new double[] { 1 });
        foreach (var stratum in strata.Where(s => s is { A: > 0, B: > 0 }))
        {
            var (from, chances) = stratum.Distribution();
            if ((long)total.Length * chances.Length > MostSteps) return null;
            first += from;
            total = Convolve(total, chances);
        }
        if (atLeast <= first) return 1;
        return Math.Min(1, total.Skip((int)Math.Min(total.Length, atLeast - first)).Reverse().Sum());
    }

    const long MostSteps = 50_000_000;

    static double[] Convolve(double[] a, double[] b)
    {
        var sum = new double[a.Length + b.Length - 1];
        for (var i = 0; i < a.Length; i++)
            for (var j = 0; j < b.Length; j++) sum[i + j] += a[i] * b[j];
        return sum;
    }
}
