namespace Entente.Web.Shell.Charts;

/// <summary>
/// One bar. Solid is the part of the value with two different authors, the rest is hatched as structural; null draws the whole
/// bar solid. Upper is the whisker. A bar with an address links to its receipt.
/// </summary>
public sealed record Bar(string Label, double Value, double? Solid = null, double? Upper = null, string? Href = null)
{
    /// <summary>On a phone: ’17 for 2017.</summary>
    public string Short => Label.Length == 4 && Label.All(char.IsAsciiDigit) ? $"’{Label[2..]}" : Label;
}

/// <summary>One step of a step chart: the value from this point on. A jump is drawn in the second colour.</summary>
public sealed record Step(string Label, double Value, bool Jump = false, bool Named = false);

/// <summary>A stretch of a life. Kind is run, mid-run, pre or vague (not published, or disputed). Years may be fractions.</summary>
public sealed record Stretch(string Kind, double From, double To);

/// <summary>An interval on its group's scale. Kind is "", bad or alt; a null end is open above.</summary>
public sealed record Reach(double Lower, double? Upper, string Kind = "");
