using System.Globalization;
using System.Text;

namespace Entente.Core.Store.Outbox;

/// <summary>Header fields as RFC 5322 wants them, and texts that are not ASCII as encoded words of RFC 2047.</summary>
static class MailHeaders
{
    // RFC 2047 allows 76 characters to a line with an encoded word: the field’s name, 12 around the word, and 52 of base64.
    const int WordBytes = 39;

    static readonly string[] Days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    /// <summary>A text in a header: as it is where it is short plain ASCII, else in encoded words, one to a line. No line break gets through.</summary>
    public static string Text(string text)
    {
        var line = OneLine(text);
        return line.Length <= 60 && line.All(c => c is >= ' ' and <= '~') && !line.Contains("=?", StringComparison.Ordinal) ? line
            : string.Join("\r\n ", Words(line).Select(word => $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(word))}?="));
    }

    /// <summary>A name beside an address: quoted where it is ASCII.</summary>
    public static string Mailbox(string? name, EmailAddress address) => OneLine(name ?? "") switch
    {
        "" => $"<{address}>",
        var plain when plain.Length <= 60 && plain.All(c => c is >= ' ' and <= '~') =>
            $"\"{plain.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\" <{address}>",
        var other => $"{Text(other)}\r\n <{address}>",
    };

    /// <summary>Sun, 22 Nov 2026 02:36:00 +0000, in English whatever the machine speaks.</summary>
    public static string Date(DateTimeOffset at) => at.UtcDateTime is var utc
        ? string.Create(CultureInfo.InvariantCulture, $"{Days[(int)utc.DayOfWeek]}, {utc.Day} {Months[utc.Month - 1]} {utc:yyyy HH:mm:ss} +0000") : "";

    static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)).Trim();

    // Cut between characters, never within one.
    static IEnumerable<string> Words(string text)
    {
        var (word, bytes) = (new StringBuilder(), 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > WordBytes)
            {
                yield return word.ToString();
                word.Clear();
                bytes = 0;
            }
            word.Append(rune.ToString());
            bytes += rune.Utf8SequenceLength;
        }
        if (word.Length > 0) yield return word.ToString();
    }
}
