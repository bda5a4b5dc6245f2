using System.Globalization;

namespace Entente.Web.Shell.Charts;

/// <summary>A value axis from zero to a round number at or above the largest value, with three to six lines on it.</summary>
public sealed record Axis(double Top, double Step)
{
    public static Axis For(double largest)
    {
        if (largest <= 0) return new(1, 1);
        var rough = largest / 5;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * (rough / power) switch { <= 1 => 1, <= 2 => 2, <= 2.5 => 2.5, <= 5 => 5, _ => 10 };
        return new(Math.Ceiling(largest / step - 1e-9) * step, step);
    }

    /// <summary>Counts cannot stand on half a line.</summary>
    public static Axis ForCounts(double largest) => For(largest) is { Step: < 1 } ? new(Math.Max(1, Math.Ceiling(largest)), 1) : For(largest);

    public IEnumerable<double> Lines()
    {
        for (var line = Step; line <= Top * (1 + 1e-9); line += Step) yield return line;
    }
}

/// <summary>Numbers as SVG attributes write them.</summary>
public static class Svg
{
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.##}%");

    public static string Px(double y) => y.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>A share of the hundred units of a stretched drawing.</summary>
    public static string Unit(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture);
}
