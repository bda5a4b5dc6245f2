using Entente.Core.Kernel;

namespace Entente.Core.Claims;

/// <summary>
/// The values that a published number allows. High is null where nothing bounds it from above; an end is in the interval only when
/// it is closed. Never empty.
/// </summary>
public readonly record struct Interval(decimal Low, decimal? High, bool LowClosed, bool HighClosed)
{
    public static Interval Point(decimal value) => new(value, value, true, true);
    public static Interval Above(decimal low) => new(low, null, false, false);
    public static Interval Closed(decimal low, decimal high) => new(low, high, true, true);

    public bool IsPoint => High == Low;

    public bool Contains(decimal value) =>
        (LowClosed ? value >= Low : value > Low) && (High is not { } high || (HighClosed ? value <= high : value < high));

    /// <summary>True when some value lies in both.</summary>
    public bool Meets(Interval other) => !Below(other) && !other.Below(this);

    // Every value of this one is smaller than every value of the other.
    bool Below(Interval other) => High is { } high && (high < other.Low || (high == other.Low && !(HighClosed && other.LowClosed)));

    public Interval Times(decimal factor) => new(Low * factor, High * factor, LowClosed, HighClosed);

    // Not times 1 / years: 3,000 over three years must be 1,000 exactly, or equal ends would not meet.
    public Interval Per(decimal years) => new(Low / years, High / years, LowClosed, HighClosed);

    /// <summary>The ratio of the nearest ends, 1 where the intervals meet; null where one end is zero, so that no ratio exists.</summary>
    public decimal? GapTo(Interval other)
    {
        if (Meets(other)) return 1;
        var (lower, upper) = Below(other) ? (this, other) : (other, this);
        return lower.High is { } end and > 0 ? upper.Low / end : null;
    }

    /// <summary>(1,550, 1,600] in English, ]1 550, 1 600] in French; a point is its number.</summary>
    public string In(Lang lang, int decimals = 6)
    {
        if (IsPoint) return Numbers.In(Low, lang, decimals);
        var open = lang == Lang.En ? ("(", ")") : ("]", "[");
        var (low, high) = (Numbers.In(Low, lang, decimals), High is { } end ? Numbers.In(end, lang, decimals) : "∞");
        // In French a decimal comma would run into the one between the ends.
        var between = lang == Lang.Fr && (low + high).Contains(',', StringComparison.Ordinal) ? "\u202F; " : ", ";
        return $"{(LowClosed ? "[" : open.Item1)}{low}{between}{high}{(High is not null && HighClosed ? "]" : open.Item2)}";
    }

    public override string ToString() => In(Lang.En);
}
