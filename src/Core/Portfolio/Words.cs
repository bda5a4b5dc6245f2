using System.Text;

namespace Entente.Core.Portfolio;

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

    public static string Fold(string? text)
    {
        var folded = new StringBuilder();
        foreach (var c in text ?? "")
            if (Plain.TryGetValue(char.ToLowerInvariant(c), out var plain)) folded.Append(plain);
            else folded.Append(char.ToLowerInvariant(c));
        return folded.ToString();
    }
}
