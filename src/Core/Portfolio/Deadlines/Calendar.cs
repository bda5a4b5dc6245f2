using System.Globalization;
using System.Text;
using Entente.Core.Kernel;

namespace Entente.Core.Portfolio.Deadlines;

/// <summary>
/// The agenda as iCalendar (RFC 5545), which every calendar program reads: one all-day entry for each item on the day that it is due,
/// with an alarm as long before as its lead. An entry keeps its UID for as long as the item keeps its key.
/// </summary>
public static class Calendar
{
    public const string ContentType = "text/calendar; charset=utf-8";

    /// <param name="site">where this installation is found, for links; null where nobody said</param>
    public static string Write(IEnumerable<AgendaItem> items, Lang lang, DateTimeOffset now, string? site)
    {
        var text = new StringBuilder();
        void Line(string line) => Fold(text, line);
        Line("BEGIN:VCALENDAR");
        Line("VERSION:2.0");
        Line("PRODID:-//Entente//Agenda//EN");
        Line("CALSCALE:GREGORIAN");
        Line("METHOD:PUBLISH");
        Line($"X-WR-CALNAME:{Text(new Said("Entente: agenda", "Entente\u202F: agenda").In(lang))}");
        Line("REFRESH-INTERVAL;VALUE=DURATION:PT6H");
        foreach (var item in items) Entry(Line, item, lang, now, site?.TrimEnd('/'));
        Line("END:VCALENDAR");
        return text.ToString();
    }

    static void Entry(Action<string> line, AgendaItem item, Lang lang, DateTimeOffset now, string? site)
    {
        line("BEGIN:VEVENT");
        line($"UID:{Text(item.Key)}@entente");
        line($"DTSTAMP:{now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}");
        line($"DTSTART;VALUE=DATE:{Day(item.Due)}");
        line($"DTEND;VALUE=DATE:{Day(item.Due.AddDays(1))}");
        line($"SUMMARY:{Text(item.Title.In(lang))}");
        line($"DESCRIPTION:{Text(item.Why.In(lang))}");
        line($"CATEGORIES:{Text(Word(item.Kind).In(lang))}");
        line("TRANSP:TRANSPARENT");
        if (site is not null) line($"URL:{site}{item.Address}");
        if (item.Done is null)
        {
            line("BEGIN:VALARM");
            line("ACTION:DISPLAY");
            line($"DESCRIPTION:{Text(item.Title.In(lang))}");
            line(string.Create(CultureInfo.InvariantCulture, $"TRIGGER:-P{item.LeadDays}D"));
            line("END:VALARM");
        }
        line("END:VEVENT");
    }

    public static Said Word(AgendaKind kind) => kind switch
    {
        AgendaKind.Renewal => new("renewal", "renouvellement"),
        AgendaKind.Report => new("report", "rapport"),
        AgendaKind.Review => new("review", "évaluation"),
        AgendaKind.Term => new("end of a term", "fin de mandat"),
        AgendaKind.End => new("end", "fin"),
        AgendaKind.Other => new("other", "autre"),
    };

    static string Day(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    // A TEXT value: what could end it or part it is escaped; of control characters only the line break has a meaning.
    static string Text(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in text.ReplaceLineEndings("\n"))
            if (c == '\n') escaped.Append("\\n");
            else if (c is '\\' or ';' or ',') escaped.Append('\\').Append(c);
            else if (!char.IsControl(c)) escaped.Append(c);
        return escaped.ToString();
    }

    // Lines of at most 75 octets, cut between characters; what follows begins with a space.
    static void Fold(StringBuilder text, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > 75)
            {
                text.Append("\r\n ");
                octets = 1;
            }
            text.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }
        text.Append("\r\n");
    }
}
