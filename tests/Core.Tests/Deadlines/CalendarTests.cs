using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Deadlines;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Core.Tests.Deadlines;

/// <summary>Whatever is on the agenda, the calendar is one that a strict reader takes, and says the same.</summary>
public sealed class CalendarTests
{
    static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 30, 15, TimeSpan.FromHours(1));

    static AgendaItem Item(string title, string why = "Why", string key = "deadlines/report") => new()
    {
        Key = key, Kind = AgendaKind.Report, Due = new(2027, 2, 28), LeadDays = 14, Title = new(title, $"{title} (fr)"), Why = new(why, why), Structure = "lab", Source = Citations.Parse("S1"),
    };

    [Fact]
    public void An_entry_is_a_whole_day_with_an_alarm_and_what_people_need()
    {
        var calendar = StrictCalendar.Read(Calendar.Write([Item("Annual report, MajuLab; draft")], Lang.Fr, Now, "https://entente.example.org/"));
        var entry = Assert.Single(calendar.Children);
        Assert.Equal(("deadlines/report@entente", "20261122T083015Z", "20270228", "20270301"), (entry.Text("UID"), entry["DTSTAMP"], entry["DTSTART"], entry["DTEND"]));
        Assert.Equal(("Annual report, MajuLab; draft (fr)", "Why", "rapport", "https://entente.example.org/structures/lab"),
            (entry.Text("SUMMARY"), entry.Text("DESCRIPTION"), entry.Text("CATEGORIES"), entry["URL"]));
        Assert.Equal(("-P14D", "DISPLAY"), (Assert.Single(entry.Children)["TRIGGER"], entry.Children[0]["ACTION"]));
    }

    [Fact]
    public void An_empty_agenda_is_an_empty_calendar() => Assert.Empty(StrictCalendar.Read(Calendar.Write([], Lang.En, Now, null)).Children);

    [Theory]
    [InlineData("a, b; c \\ d: e \"f\""), InlineData("line one\nline two\r\nEND:VEVENT\rBEGIN:VEVENT"), InlineData("日本語の長い題名がここに入ります。折り返しは文字の途中で起きてはいけません。七十五オクテットまでです。")]
    [InlineData("🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪"), InlineData("été, à l’étranger\u202F: « oui »"), InlineData("\u0001\u0007\u007fbell\0")]
    public void A_title_comes_out_as_it_went_in(string title)
    {
        var entry = Assert.Single(StrictCalendar.Read(Calendar.Write([Item(title)], Lang.En, Now, null)).Children);
        Assert.Equal(Kept(title), entry.Text("SUMMARY"));
    }

    [Fact]
    public void Any_text_comes_out_as_it_went_in() => Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), ArbMap.Default.ArbFor<NonNull<string>>(), (title, why) =>
    {
        var entry = StrictCalendar.Read(Calendar.Write([Item(title.Get, why.Get)], Lang.En, Now, null)).Children.Single();
        return entry.Text("SUMMARY") == Kept(title.Get) && entry.Text("DESCRIPTION") == Kept(why.Get);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_strict_reader_is_strict()
    {
        var good = Calendar.Write([Item("x")], Lang.En, Now, null);
        StrictCalendar.Read(good);
        foreach (var (from, to) in new[]
                 {
                     ("\r\n", "\n"), ("SUMMARY:x", "SUMMARY:a,b"), ("UID:", "X-UID:"), ("VALUE=DATE:20270301", "VALUE=DATE:20270228"), ("-P14D", "-14D"),
                     ("SUMMARY:x", "SUMMARY:" + new string('x', 70)), ("END:VALARM\r\n", ""), ("VERSION:2.0\r\n", ""), ("SUMMARY:x", "SUMMARY:x\r\nSUMMARY:y"),
                 })
            Assert.ThrowsAny<Exception>(() => StrictCalendar.Read(good.Replace(from, to, StringComparison.Ordinal)));
    }

    // Line breaks are one kind, other control characters have no meaning, half a character is none.
    static string Kept(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(
        string.Concat(text.ReplaceLineEndings("\n").Where(c => c == '\n' || !char.IsControl(c)))));
}
