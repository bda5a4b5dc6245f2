using System.Security.Cryptography;
using System.Text;
using Entente.Core.Kernel;

namespace Entente.Core.Store.Search;

/// <summary>
/// How an entry and a question are put to a full-text index: as words of small letters and digits alone, each with a first letter
/// that says what it is. x: a word anywhere; t: a word of a title or name; e: a whole title; a: an audience. Both databases
/// take these as they are, so that they find the same.
/// </summary>
static class Lexemes
{
    public const string Public = "apublic";

    public static IReadOnlyList<string> Of(SearchEntry entry) =>
    [
        .. entry.Title.Concat(entry.Text).Distinct().Select(word => "x" + word),
        .. entry.Title.Select(word => "t" + word),
        .. new[] { entry.Thing.Title.En, entry.Thing.Title.Fr }.Select(Whole).Distinct(),
        .. Marks(entry.Level),
    ];

    static IEnumerable<string> Marks(IReadOnlyList<Gate> level) => level switch
    {
        [] => [Public],
        [var one] => one.Marks.Distinct().Select(Mark),
        _ => level[0].Marks.SelectMany(a => level[1].Marks.Select(b => Pair(a, b))).Distinct(),
    };

    /// <summary>What a reader may pass: null for one who may read everything.</summary>
    public static IReadOnlyList<string>? Of(Actor reader)
    {
        if (reader.Operator) return null;
        var marks = AudienceMarks.Of(reader).Distinct().ToList();
        return [Public, .. marks.Select(Mark), .. marks.SelectMany((a, i) => marks.Skip(i).Select(b => Pair(a, b)))];
    }

    public static string Whole(string title) => "e" + Hash(string.Join(' ', Words.Of(title)));

    static string Mark(string mark) => "a" + Hash(mark);

    static string Pair(string a, string b) => "a" + Hash(string.CompareOrdinal(a, b) < 0 ? $"{a} & {b}" : $"{b} & {a}");

    static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..20];
}
