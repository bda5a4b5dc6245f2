using System.Globalization;
using Entente.Core.Evidence;
using Entente.Core.Kernel;

namespace Entente.Cli;

/// <summary>
/// How far a long act has come, on standard error: one line rewritten in place on a terminal, else a line every ten seconds.
/// Reports may come from any thread.
/// </summary>
sealed class ProgressLine(Terminal terminal, Lang lang) : IProgress<ProgressReport>, IDisposable
{
    static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(100), Seldom = TimeSpan.FromSeconds(10);

    readonly Lock _gate = new();
    string? _act;
    long _begun, _shown, _doneAtStart;
    bool _lineOpen;

    public void Report(ProgressReport value)
    {
        lock (_gate)
        {
            var now = terminal.Clock.GetTimestamp();
            if (value.What.En != _act) (_act, _begun, _shown, _doneAtStart) = (value.What.En, now, now, value.Done);
            // A report that measures nothing is a message, such as why an act waits: it is shown at once.
            var message = value is { Done: 0, Total: null, Records: 0 };
            if (!message && terminal.Clock.GetElapsedTime(_shown, now) < (terminal.InPlace ? Soon : Seldom)) return;
            _shown = now;
            Write(Describe(value, terminal.Clock.GetElapsedTime(_begun, now)));
        }
    }

    void Write(string text)
    {
        if (terminal.InPlace) terminal.Error.Write("\r\u001B[K" + (text.Length < terminal.Width ? text : text[..(terminal.Width - 1)]));
        else terminal.Error.WriteLine(text);
        _lineOpen = terminal.InPlace;
    }

    string Describe(ProgressReport report, TimeSpan elapsed)
    {
        var parts = new List<string> { report.What.In(lang) };
        if (report.Total is > 0 and var total) parts.Add(Percent(report.Done, total));
        if (report.Records > 0)
        {
            parts.Add($"{Count(report.Records)} {new Said("records", "notices").In(lang)}");
            if (elapsed.TotalSeconds >= 1) parts.Add($"{Count((long)(report.Records / elapsed.TotalSeconds))}/s");
        }
        if (Left(report, elapsed) is { } left) parts.Add(left);
        return string.Join(" · ", parts);
    }

    // The time left assumes that the rest goes as fast as what went; a resumed act counts only from where it resumed.
    string? Left(ProgressReport report, TimeSpan elapsed)
    {
        var done = report.Done - _doneAtStart;
        if (report.Total is not { } total || done <= 0 || elapsed.TotalSeconds < 2) return null;
        var left = TimeSpan.FromSeconds(Math.Min(elapsed.TotalSeconds / done * Math.Max(0, total - report.Done), 360_000));
        var text = left.TotalSeconds < 90 ? $"{left.TotalSeconds:0} s"
            : left.TotalMinutes < 90 ? $"{left.TotalMinutes:0} min" : $"{(int)left.TotalHours} h {left.Minutes:00}";
        return new Said($"{text} left", $"encore {text}").In(lang);
    }

    string Percent(long done, long total)
    {
        var percent = Math.Clamp(done * 100.0 / total, 0, 100).ToString("0", CultureInfo.InvariantCulture);
        return new Said($"{percent}%", $"{percent}\u202F%").In(lang);
    }

    string Count(long n)
    {
        var text = n.ToString("#,0", CultureInfo.InvariantCulture);
        return lang == Lang.En ? text : text.Replace(',', '\u202F');
    }

    /// <summary>Clears the line, so that what follows starts on a clean one.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_lineOpen) terminal.Error.Write("\r\u001B[K");
            _lineOpen = false;
        }
    }
}
