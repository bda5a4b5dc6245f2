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
    /// "2016-2020"; "past 5 years (2017-2022)"; "5.5 years (2018-2023)"; "since 2020", "2018 to present"; "about 2022"; "2022"; "May 2025".
    /// Anything else, such as "page date" or "Horizon 2020", names no years: one reading of unknown length.
    /// </summary>
    /// <param name="knownBy">the latest day that the source can speak of: where "since" ends</param>
    public static Period Parse(string wording, PartialDate? knownBy)
    {
        var text = wording.Trim().ToLowerInvariant();
        if (Since().Match(text) is { Success: true } since) return Open(wording, Int(since, "year"), knownBy);
        if (Range().Match(text) is { Success: true } range)
        {
            var (first, last) = (Int(range, "first"), Int(range, "last"));
            if (first > last) return Unknown(wording);
            var stated = Length().Match(text) is { Success: true } length
                ? (decimal?)decimal.Parse(length.Groups["n"].Value.Replace(',', '.'), CultureInfo.InvariantCulture) : null;
            return Spanning(wording, new Years(first, last), stated);
        }
        return Year().Match(text) is { Success: true } year ? Spanning(wording, new Years(Int(year, "year"), Int(year, "year")), null) : Unknown(wording);
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

    [GeneratedRegex("\\b(since|depuis)( [a-zéû]+)? (?<year>(19|20)[0-9]{2})\\b|\\b(?<year>(19|20)[0-9]{2}) (to present|to date|à aujourd’hui)")]
    private static partial Regex Since();

    [GeneratedRegex("\\b(?<first>(19|20)[0-9]{2})\\s*(-|–|to|à)\\s*(?<last>(19|20)[0-9]{2})\\b")]
    private static partial Regex Range();

    [GeneratedRegex("\\b(?<n>[0-9]+([.,][0-9]+)?) (years|ans)\\b|\\b(?<n>[0-9]+([.,][0-9]+)?) (dernières )?années\\b")]
    private static partial Regex Length();

    [GeneratedRegex("^((about|around|in|en|vers) )?([a-zéû]+ )?(?<year>(19|20)[0-9]{2})$")]
    private static partial Regex Year();
}
