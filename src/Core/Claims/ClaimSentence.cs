using System.Text.RegularExpressions;

namespace Entente.Core.Claims;

/// <summary>The number and the window that a sentence holds, in its own words; null for what it does not.</summary>
public sealed record ClaimParts(string? Value, string? Period);

/// <summary>Finds in a published sentence what Wording and Periods read, so that a claim can be entered by pasting it.</summary>
public static partial class ClaimSentence
{
    /// <summary>
    /// "Over 1,550 co-authored publications in the past 5 years (2017-2022)" holds "Over 1,550" and "past 5 years (2017-2022)". The first
    /// number outside the window is taken; "a year" joins it wherever it stands.
    /// </summary>
    public static ClaimParts Split(string sentence)
    {
        var text = Spaces().Replace(sentence, " ").Trim();
        var window = Window().Match(text);
        var rest = window.Success ? text[..window.Index] + " ; " + text[(window.Index + window.Length)..] : text;
        var number = Number().Match(rest);
        if (!number.Success) return new(null, window.Success ? window.Value : null);
        var value = number.Value.Trim();
        if (Yearly().Match(rest) is { Success: true } yearly && !value.EndsWith(yearly.Value, StringComparison.OrdinalIgnoreCase)) value += " " + yearly.Value;
        return new(Wording.Parse(value).Ok ? value : null, window.Success ? window.Value : null);
    }

    const string Y = "(19|20)[0-9]{2}";
    const string Small = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|deux|trois|quatre|cinq|sept|huit|neuf|dix|onze|douze";
    const string Length = "((past|last|ces|les) )?([0-9]{1,3}([.,][0-9]+)?|" + Small + ") (calendar |full |last |past )?(years|ans|dernières années|années)";

    [GeneratedRegex("[\\s\\u00A0\\u202F]+")] private static partial Regex Spaces();

    [GeneratedRegex("\\b" + Length + " ?\\( ?" + Y + " ?(-|–|—|to|à) ?" + Y + " ?\\)"
        + "|\\b((between|from|entre|de) )?" + Y + " ?(-|–|—| to | à | and | et ) ?" + Y + "\\b"
        + "|\\b(since|depuis)( [a-zéû]+)? " + Y + "\\b"
        + "|\\b" + Y + " (to present|to date|à aujourd[’']hui)"
        + "|\\b(past|last|ces) ([0-9]{1,3}|" + Small + ") (dernières )?(years|années)\\b"
        + "|\\b(in|en|about|vers) " + Y + "\\b", RegexOptions.IgnoreCase)]
    private static partial Regex Window();

    [GeneratedRegex("\\b((over|more than|plus de|almost|nearly|close to|près de|presque|around|about|approximately|roughly|some|environ|autour de|à peu près|quelque|up to|at most|no more than|jusqu[’']à|au plus|au maximum|at least|no fewer than|au moins|au minimum|less than|fewer than|under|moins de) )?("
        + "((eur|gbp|usd|jpy|€|£|\\$|¥) ?)?(?<![\\w.,-])[0-9]+([ .,][0-9]{3})*([.,][0-9]+)?(?![0-9-])( ?(%|per cent|percent|pour cent|thousand|millions?|billions?|milliards?|mille))?"
        + "( (a year|per year|par an))?|(two[ -]thirds|(les )?deux tiers)\\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Number();

    [GeneratedRegex("\\b(a year|per year|each year|par an|chaque année)\\b", RegexOptions.IgnoreCase)]
    private static partial Regex Yearly();
}
