using System.Globalization;
using System.Text.RegularExpressions;
using Entente.Core.Kernel;

namespace Entente.Core.Portfolio.Sheets.Intake;

/// <summary>How a column writes 05/06/2014. Proven: as its other dates show, such as 20/05/2014; where none does, such a date is refused.</summary>
public enum DateOrder { Proven, DayFirst, MonthFirst }

/// <summary>Dates as people write them: 2014, 05/2014, May 2014, mai 2014, 20/05/2014, 20 May 2014, le 1er mars 2014.</summary>
public static partial class PeopleDates
{
    static readonly string[] Months =
    [
        "january janvier", "february fevrier", "march mars", "april avril", "may mai", "june juin", "july juillet", "august aout",
        "september septembre", "october octobre", "november novembre", "december decembre",
    ];

    /// <summary>The date; null where there is none. Ambiguous: it could be two.</summary>
    public static (PartialDate? Date, bool Ambiguous) Read(string text, DateOrder order)
    {
        text = Spaces().Replace(Words.Fold(text), " ").Trim();
        if (Iso().Match(text) is { Success: true } iso) return (Of(iso.Groups[1].Value, iso.Groups[2].Value, iso.Groups[3].Value), false);
        if (MonthYear().Match(text) is { Success: true } month) return (Of(month.Groups[2].Value, month.Groups[1].Value, ""), false);
        if (Worded().Match(text) is { Success: true } worded) return (Of(worded.Groups[3].Value, MonthOf(worded.Groups[2].Value), worded.Groups[1].Value), false);
        if (MonthFirst().Match(text) is { Success: true } american) return (Of(american.Groups[3].Value, MonthOf(american.Groups[1].Value), american.Groups[2].Value), false);
        if (Numbers().Match(text) is not { Success: true } numbers) return (null, false);
        var (a, b, year) = (numbers.Groups[1].Value, numbers.Groups[2].Value, numbers.Groups[3].Value);
        var (dayFirst, monthFirst) = (Of(year, b, a), Of(year, a, b));
        if (dayFirst is null || monthFirst is null || dayFirst == monthFirst) return (dayFirst ?? monthFirst, false);
        return order switch { DateOrder.DayFirst => (dayFirst, false), DateOrder.MonthFirst => (monthFirst, false), _ => (null, true) };
    }

    /// <summary>What the dates of a column prove of their order; Proven where they prove nothing, or contradict each other.</summary>
    public static DateOrder OrderOf(IEnumerable<string> column)
    {
        var (day, month) = (false, false);
        foreach (var text in column)
            if (Numbers().Match(text.Trim()) is { Success: true } numbers)
            {
                day |= int.Parse(numbers.Groups[1].ValueSpan, CultureInfo.InvariantCulture) > 12;
                month |= int.Parse(numbers.Groups[2].ValueSpan, CultureInfo.InvariantCulture) > 12;
            }
        return (day, month) switch { (true, false) => DateOrder.DayFirst, (false, true) => DateOrder.MonthFirst, _ => DateOrder.Proven };
    }

    static PartialDate? Of(string year, string month, string day)
    {
        var text = year + (month.Length == 0 ? "" : "-" + month.PadLeft(2, '0')) + (day.Length == 0 ? "" : "-" + day.PadLeft(2, '0'));
        return month.Length == 0 && day.Length > 0 ? null : PartialDate.TryParse(text, out var date) ? date : null;
    }

    // A name or its beginning, three letters at least, that is one month's alone: jui could be June or July.
    static string MonthOf(string word)
    {
        var found = Enumerable.Range(0, 12).Where(i => word.Length >= 3 && Months[i].Split(' ').Any(name => name.StartsWith(word, StringComparison.Ordinal))).ToList();
        return found.Count == 1 ? (found[0] + 1).ToString(CultureInfo.InvariantCulture) : "0";
    }

    [GeneratedRegex(@"\s+")] private static partial Regex Spaces();
    [GeneratedRegex(@"^([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2})(?:[t ][0-9:.]+z?)?)?)?$")] private static partial Regex Iso();
    [GeneratedRegex(@"^([0-9]{1,2})[-/. ]([0-9]{4})$")] private static partial Regex MonthYear();
    [GeneratedRegex(@"^(?:(?:le )?([0-9]{1,2})(?:er|st|nd|rd|th)? (?:of )?)?([a-z]+)\.?,? ([0-9]{4})$")] private static partial Regex Worded();
    [GeneratedRegex(@"^([a-z]+)\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})$")] private static partial Regex MonthFirst();
    [GeneratedRegex(@"^([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})$")] private static partial Regex Numbers();
}
