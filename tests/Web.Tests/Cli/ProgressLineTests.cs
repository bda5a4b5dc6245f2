using Entente.Cli;
using Entente.Core.Kernel;

namespace Entente.Web.Tests.Cli;

public sealed class ProgressLineTests
{
    sealed class HandClock : TimeProvider
    {
        public TimeSpan Now { get; set; }
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;
        public override long GetTimestamp() => Now.Ticks;
    }

    static readonly Said Reading = new("Reading", "Lecture");

    static string After(bool terminal, Lang lang, params (double Second, long Done)[] reports)
    {
        var clock = new HandClock { Now = TimeSpan.FromSeconds(5) };
        using var error = new StringWriter { NewLine = "\n" };
        using (var line = new ProgressLine(new(TextWriter.Null, error, terminal, 80, lang, clock), lang))
        {
            foreach (var (second, done) in reports)
            {
                clock.Now = TimeSpan.FromSeconds(5 + second);
                line.Report(new(Reading, done, 1000, done * 3));
            }
        }
        return error.ToString();
    }

    [Fact]
    public void A_terminal_shows_share_rate_and_time_left_in_place() =>
        Assert.Equal("\r\u001B[KReading · 25% · 750 records · 75/s · 30 s left\r\u001B[K", After(true, Lang.En, (0, 0), (10, 250)));

    [Fact]
    public void French_numbers_are_French() =>
        Assert.Equal("\r\u001B[KLecture · 50\u202F% · 1\u202F500 notices · 150/s · encore 10 s\r\u001B[K", After(true, Lang.Fr, (0, 0), (10, 500)));

    [Fact]
    public void A_log_gets_a_line_every_ten_seconds_and_no_control_characters() =>
        Assert.Equal("Reading · 25% · 750 records · 75/s · 30 s left\nReading · 50% · 1,500 records · 75/s · 20 s left\n",
            After(false, Lang.En, (0, 0), (1, 25), (9, 225), (10, 250), (15, 375), (20, 500)));

    [Fact]
    public void A_resumed_act_reckons_from_where_it_resumed() =>
        Assert.Contains("10 s left", After(true, Lang.En, (0, 800), (10, 900)), StringComparison.Ordinal);

    [Fact]
    public void A_message_is_shown_at_once()
    {
        using var error = new StringWriter { NewLine = "\n" };
        using var line = new ProgressLine(new(TextWriter.Null, error, false, 80, Lang.En, new HandClock()), Lang.En);
        line.Report(new(new("Waiting 4 s: the server answered 500", "…"), 0, null, 0));
        Assert.Equal("Waiting 4 s: the server answered 500\n", error.ToString());
    }

    [Fact]
    public void A_quick_act_shows_nothing() => Assert.Equal("", After(false, Lang.En, (0, 0), (0.5, 900), (0.9, 1000)));
}
