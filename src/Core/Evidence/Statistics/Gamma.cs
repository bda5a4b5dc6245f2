namespace Entente.Core.Evidence.Statistics;

/// <summary>
/// The regularised incomplete gamma function and what follows from it. Series and continued fraction as in Shea (1988), Algorithm
/// AS 239, doi:10.2307/2347328; the factor before them by Stirling's series, as in Temme (1994), doi:10.1017/S0269964800003569, so
/// that large counts keep their digits.
/// </summary>
static class Gamma
{
    const double Least = 1e-300, Epsilon = 1e-16;

    /// <summary>P(a, x): the chance that a gamma variable of shape a is at most x.</summary>
    public static double P(double a, double x) => x <= 0 ? 0 : x < a + 1 ? Series(a, x) : 1 - Fraction(a, x);

    /// <summary>1 - P(a, x), without the loss of digits of a difference.</summary>
    public static double Q(double a, double x) => x <= 0 ? 1 : x < a + 1 ? 1 - Series(a, x) : Fraction(a, x);

    static double Series(double a, double x)
    {
        var (term, sum) = (1.0, 1.0);
        for (var n = 1; term > sum * Epsilon && n < 10_000_000; n++) sum += term *= x / (a + n);
        return sum * Front(a, x);
    }

    // Lentz's method on x + 1 - a - 1(1 - a) / (x + 3 - a - ...).
    static double Fraction(double a, double x)
    {
        var b = x + 1 - a;
        var c = 1 / Least;
        var d = 1 / b;
        var h = d;
        for (var n = 1; n < 10_000_000; n++)
        {
            var step = -n * (n - a);
            b += 2;
            d = step * d + b is var below && Math.Abs(below) < Least ? 1 / Least : 1 / below;
            c = b + step / c is var above && Math.Abs(above) < Least ? Least : above;
            var factor = d * c;
            h *= factor;
            if (Math.Abs(factor - 1) < Epsilon * 10) break;
        }
        return h * a * Front(a, x);
    }

    /// <summary>x^a e^-x / Gamma(a + 1).</summary>
    static double Front(double a, double x)
    {
        // A small shape is lifted to ten, one factor at a time.
        if (a < 10) return Front(a + 1, x) * (a + 1) / x;
        var t = (x - a) / a;
        return Math.Exp(a * LogOnePlusLess(t) - Stirling(a)) / Math.Sqrt(2 * Math.PI * a);
    }

    /// <summary>log(1 + t) - t.</summary>
    static double LogOnePlusLess(double t)
    {
        if (Math.Abs(t) > 0.1) return Math.Log(1 + t) - t;
        var (power, sum) = (-t * t, 0.0);
        for (var n = 2; n < 40; n++, power *= -t) sum += power / n;
        return sum;
    }

    /// <summary>log Gamma(a + 1) less its leading terms, a log a - a + log(2 pi a) / 2.</summary>
    static double Stirling(double a)
    {
        var square = a * a;
        return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - 1.0 / 1188 / square) / square) / square) / square) / a;
    }
}

/// <summary>
/// Quantiles of the chi-square distribution: from the cube of Wilson and Hilferty (1931), doi:10.1073/pnas.17.12.684, by halving
/// and Newton's steps on the incomplete gamma function.
/// </summary>
static class ChiSquare
{
    public static double Quantile(double chance, double freedom)
    {
        var a = freedom / 2;
        var spread = 2 / (9 * freedom);
        var x = Math.Max(1e-8, freedom * Math.Pow(Math.Max(0.01, 1 - spread + Normal(chance) * Math.Sqrt(spread)), 3)) / 2;
        var (low, high) = (0.0, double.PositiveInfinity);
        for (var step = 0; step < 200; step++)
        {
            // In the upper half the distance is taken from above, where it keeps its digits.
            var over = chance > 0.5 ? 1 - chance - Gamma.Q(a, x) : Gamma.P(a, x) - chance;
            if (over > 0) high = x;
            else low = x;
            var slope = Math.Exp(Density(a, x));
            var next = slope > 0 ? x - over / slope : double.NaN;
            if (!(next > low && next < high)) next = double.IsPositiveInfinity(high) ? 2 * x : (low + high) / 2;
            if (Math.Abs(next - x) <= 1e-15 * x) return 2 * next;
            x = next;
        }
        return 2 * x;
    }

    // The logarithm of the density of the gamma distribution, near enough to steer by.
    static double Density(double a, double x) => (a - 1) * Math.Log(x) - x - LogGamma(a);

    static double LogGamma(double a)
    {
        var lift = 0.0;
        for (; a < 10; a++) lift += Math.Log(a);
        return (a - 0.5) * Math.Log(a) - a + 0.9189385332046727 + 1 / (12 * a) - lift;
    }

    /// <summary>The normal quantile to four digits (Hastings 1955, 26.2.23 in Abramowitz and Stegun): a place to start from.</summary>
    static double Normal(double chance)
    {
        var tail = Math.Min(chance, 1 - chance);
        var t = Math.Sqrt(-2 * Math.Log(tail));
        var z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
        return chance < 0.5 ? -z : z;
    }
}

/// <summary>The exact interval of a Poisson mean after one count (Garwood 1936, doi:10.1093/biomet/28.3-4.437).</summary>
static class Garwood
{
    public static (double Lower, double Upper) Interval(long count, double level = 0.95)
    {
        var out1 = (1 - level) / 2;
        return (count == 0 ? 0 : ChiSquare.Quantile(out1, 2.0 * count) / 2, ChiSquare.Quantile(1 - out1, 2.0 * count + 2) / 2);
    }
}
