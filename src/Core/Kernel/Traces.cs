using System.Text.RegularExpressions;

namespace Entente.Core.Kernel;

/// <summary>
/// The words that tell of one person wherever they stand: names, addresses, identifiers. Found whole and in any case, so that
/// “Ann Lee” is not found in “Joann Leeds”.
/// </summary>
public sealed class Traces
{
    /// <summary>Shorter words would be found in texts that tell of something else.</summary>
    public const int Shortest = 5;

    readonly Regex? _found;

    public Traces(IEnumerable<string?> words)
    {
        Words = [.. words.OfType<string>().Select(w => w.Trim()).Where(w => w.Length >= Shortest).Distinct(StringComparer.OrdinalIgnoreCase)];
        if (Words.Count == 0) return;
        var any = string.Join('|', Words.OrderByDescending(w => w.Length).Select(Regex.Escape));
        _found = new($@"(?<![\p{{L}}\p{{N}}\-])(?:{any})(?![\p{{L}}\p{{N}}\-])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }

    public IReadOnlyList<string> Words { get; }

    /// <summary>Each word as a database that knows case only by letter may hold it: what a first, coarse search asks for.</summary>
    public IEnumerable<string> Spellings => Words.SelectMany(w => new[] { w, w.ToUpperInvariant(), w.ToLowerInvariant() }).Distinct(StringComparer.Ordinal);

    public bool In(string? text) => text is not null && _found is not null && _found.IsMatch(text);

    /// <summary>The text with other words in their place.</summary>
    public string Replaced(string text, string instead) => _found is null ? text : _found.Replace(text, _ => instead);
}
