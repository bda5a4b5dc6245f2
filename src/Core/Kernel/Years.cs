using System.Globalization;

namespace Entente.Core.Kernel;

/// <summary>A window of calendar years, both ends included.</summary>
public readonly record struct Years(int First, int Last)
{
    public int Count => Last - First + 1;

    public bool Contains(int year) => First <= year && year <= Last;

    /// <summary>Reads "2017-2022" or "2020". A window upside down is refused, never turned round.</summary>
    public static Outcome<Years> Parse(string text)
    {
        var parts = text.Split('-', '–');
        if (parts.Length is not (1 or 2) || !Year(parts[0], out var first) || !Year(parts[^1], out var last))
            return Refusal.Usage("years", $"“{text}” is not a window of years: write 2017-2022, or 2020.",
                $"« {text} » n’est pas une période : écrivez 2017-2022, ou 2020.", "years");
        return first > last
            ? Refusal.Usage("years-upside-down", $"The window {first}-{last} ends before it begins: write {last}-{first}.",
                $"La période {first}-{last} se termine avant de commencer : écrivez {last}-{first}.", "years")
            : new Years(first, last);
    }

    static bool Year(string text, out int year) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out year) && year is >= 1000 and <= 9999;

    public override string ToString() =>
        First == Last ? First.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{First}-{Last}");
}
