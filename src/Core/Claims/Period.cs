using System.Globalization;
using System.Text.RegularExpressions;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;

namespace Entente.Core.Claims;

/// <summary>
/// One way to read a window: how many years the number covers, and which. "Past 5 years (2017-2022)" has two readings, five years
/// and six. Years is null where no length can be told.
/// </summary>
public sealed record WindowReading(decimal? Years, Said Text);

/// <summary>The window of a claim as worded: the calendar years it touches, null where it names none, and every reading of its length.</summary>
public sealed record Period(string Wording, Years? Span, IReadOnlyList<WindowReading> Readings)
{
    /// <summary>Known to touch different years, or to have different lengths. Windows that name no year are not known to differ.</summary>
    public bool Differs(Period other) => Span is { } a && other.Span is { } b && (a != b || !Lengths.SequenceEqual(other.Lengths));

    public bool Disjoint(Period other) => Span is { } a && other.Span is { } b && (a.Last < b.First || b.Last < a.First);

    IEnumerable<decimal?> Lengths => Readings.Select(r => r.Years).Order();
}

/// <summary>Reads windows as pages word them, in English or French.</summary>
public static partial class Periods
{
    /// <summary>
    /// "2016-2020", "entre 2016 et 2020"; "past 5 years (2017-2022)", "ces cinq dernières années (2017-2022)"; "5.5 years (2018-2023)";
    /// "since 2020", "2018 to present"; "about 2022"; "2022"; "May 2025"; "past five years", of a known length but of no known years.
    /// Anything else, such as "page date" or "Horizon 2020", names no years: one reading of unknown length.
    /// </summary>
    /// <param name="knownBy">the latest day that the source can speak of: where "since" ends</param>
    public static Period Parse(string wording, PartialDate? knownBy)
    {
        var text = Spaces().Replace(wording, " ").Trim().ToLowerInvariant();
        if (Since().Match(text) is { Success: true } since) return Open(wording, Int(since, "year"), knownBy);
        if (Range().Match(text) is { Success: true } range)
        {
            var (first, last) = (Int(range, "first"), Int(range, "last"));
            if (first > last) return Unknown(wording);
            return Spanning(wording, new Years(first, last), LengthIn(text));
        }
        if (Year().Match(text) is { Success: true } year) return Spanning(wording, new Years(Int(year, "year"), Int(year, "year")), null);
        return LengthIn(text) is { } years ? new(wording, null, [Reading(years)]) : Unknown(wording);
    }

    static decimal? LengthIn(string text)
    {
        if (Length().Match(text) is not { Success: true } length) return null;
        var n = length.Groups["n"].Value;
        var small = Claims.Wording.SmallNumber(n);
        var years = small ?? decimal.Parse(n.Replace(',', '.'), CultureInfo.InvariantCulture);
        return years > 0 ? years : null;
    }

    static Period Spanning(string wording, Years span, decimal? stated)
    {
        var calendar = Reading(span.Count);
        return new(wording, span, stated is { } n && n != span.Count ? [Reading(n), calendar] : [calendar]);
    }

    // "Since 2020", told in 2025: five years have passed, six have begun.
    static Period Open(string wording, int first, PartialDate? knownBy)
    {
        if (knownBy is not { } by || by.Year < first) return new(wording, null, [Unmeasured]);
        var span = new Years(first, by.Year);
        return new(wording, span, span.Count > 1 ? [Reading(span.Count - 1), Reading(span.Count)] : [Reading(1)]);
    }

    static Period Unknown(string wording) => new(wording, null, [Unmeasured]);

    static WindowReading Unmeasured => new(null, new("length not stated", "durée non précisée"));

    static WindowReading Reading(decimal years) => new(years, years == 1
        ? new("one year", "un an")
        : new($"{Numbers.In(years, Lang.En)} years", $"{Numbers.In(years, Lang.Fr)} ans"));

    static int Int(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    const string Small = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|deux|trois|quatre|cinq|sept|huit|neuf|dix|onze|douze";

    [GeneratedRegex("[\\s\\u00A0\\u202F]+")] private static partial Regex Spaces();

    [GeneratedRegex("\\b(since|depuis)( [a-zéû]+)? (?<year>(19|20)[0-9]{2})\\b|\\b(?<year>(19|20)[0-9]{2}) (to present|to date|à aujourd[’']hui)")]
    private static partial Regex Since();

    [GeneratedRegex("\\b(?<first>(19|20)[0-9]{2})\\s*(-|–|—|/|to|à|and|et|until|jusqu[’']en)\\s*(?<last>(19|20)[0-9]{2})\\b")]
    private static partial Regex Range();

    [GeneratedRegex("\\b(?<n>[0-9]{1,3}([.,][0-9]+)?|" + Small + ") (calendar |full |last |past )?(years|ans)\\b|\\b(?<n>[0-9]{1,3}([.,][0-9]+)?|" + Small + ") (dernières )?années\\b")]
    private static partial Regex Length();

    [GeneratedRegex("^((about|around|in|en|vers) )?([a-zéû]+ )?(?<year>(19|20)[0-9]{2})$")]
    private static partial Regex Year();
}
