using System.Globalization;
using System.Text;

namespace Entente.Core.Kernel;

/// <summary>Looking for words as people type them: capitals and accents do not matter.</summary>
public static class Words
{
    // Written out, because the program runs without culture data and so cannot decompose letters.
    static readonly (string Accented, string Plain)[] Letters =
    [
        ("àáâãäåāăą", "a"), ("çćĉċč", "c"), ("ďđ", "d"), ("èéêëēĕėęě", "e"), ("ĝğġģ", "g"), ("ĥħ", "h"), ("ìíîïĩīĭįı", "i"), ("ĵ", "j"),
        ("ķ", "k"), ("ĺļľŀł", "l"), ("ñńņňŉ", "n"), ("òóôõöøōŏő", "o"), ("ŕŗř", "r"), ("śŝşš", "s"), ("ţťŧ", "t"), ("ùúûüũūŭůűų", "u"),
        ("ŵ", "w"), ("ýÿŷ", "y"), ("źżž", "z"), ("œ", "oe"), ("æ", "ae"), ("ß", "ss"), ("’", "'"),
    ];

    static readonly Dictionary<char, string> Plain =
        Letters.SelectMany(pair => pair.Accented.Select(c => KeyValuePair.Create(c, pair.Plain))).ToDictionary();

    /// <summary>True when every word of the query occurs in some of the texts.</summary>
    public static bool AllIn(string query, IEnumerable<string?> texts)
    {
        var all = string.Join('\n', texts.Select(Fold));
        return Fold(query).Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => all.Contains(word, StringComparison.Ordinal));
    }

    /// <summary>
    /// The words of a text as they are looked for: small plain letters and digits alone, so that every database takes them the same
    /// way. Letters of other alphabets are written by their number; those of scripts that leave no space between words stand alone.
    /// </summary>
    public static IEnumerable<string> Of(string? text)
    {
        var word = new StringBuilder();
        foreach (var rune in Fold(text).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark) continue;
            var alone = rune.Value >= FirstOfEastAsia && Rune.IsLetterOrDigit(rune);
            if (word.Length > 0 && (alone || !Rune.IsLetterOrDigit(rune) || word.Length >= Longest))
            {
                yield return word.ToString();
                word.Clear();
            }
            if (!Rune.IsLetterOrDigit(rune)) continue;
            if (rune.IsAscii) word.Append((char)rune.Value);
            else word.Append(CultureInfo.InvariantCulture, $"u{rune.Value:x4}");
            if (!alone) continue;
            yield return word.ToString();
            word.Clear();
        }
        if (word.Length > 0) yield return word.ToString();
    }

    const int FirstOfEastAsia = 0x2E80, Longest = 40;

    public static string Fold(string? text)
    {
        var folded = new StringBuilder();
        foreach (var c in text ?? "")
            if (Plain.TryGetValue(char.ToLowerInvariant(c), out var plain)) folded.Append(plain);
            else folded.Append(char.ToLowerInvariant(c));
        return folded.ToString();
    }
}
