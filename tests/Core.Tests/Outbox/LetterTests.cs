using System.Text;
using System.Text.RegularExpressions;
using Entente.Core.Store.Outbox;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Core.Tests.Outbox;

/// <summary>A letter's bytes, read back by a reader of its own, hold what was written and nothing more.</summary>
public sealed partial class LetterTests
{
    static readonly EmailAddress From = EmailAddress.Parse("entente@example.org")!.Value;
    static readonly EmailAddress To = EmailAddress.Parse("a.b@example.net")!.Value;

    static Letter Of(string subject, string body, string? name = "Entente") =>
        new(From, name, To, subject, body, "0123abcd", new(2026, 11, 2, 3, 4, 5, TimeSpan.FromHours(1)));

    [Fact]
    public void The_headers_are_those_of_a_mail_and_no_other() => Assert.Equal(
        [
            "From: \"Entente\" <entente@example.org>", "To: <a.b@example.net>", "Subject: What is due", "Date: Mon, 2 Nov 2026 02:04:05 +0000",
            "Message-ID: <0123abcd@example.org>", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 7bit",
            "Auto-Submitted: auto-generated",
        ], Head(Of("What is due", "Nothing.").Data(eightBit: true)));

    [Theory]
    [InlineData("What is due", true), InlineData("Échéances\u202F: 3", true), InlineData("日本と仏の共同研究室の更新が近づいています。ご確認ください。", true)]
    [InlineData("a long subject that has to be cut into two or more encoded words because it is longer than sixty characters", true)]
    [InlineData("=?utf-8?B?aGk=?=", true), InlineData("🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪", true)]
    [InlineData("two\r\nBcc: everyone@example.com", false), InlineData("two\nX-Evil: 1\r\n\r\nbody", false), InlineData("a\u2028b\0c\u0085d", false)]
    public void A_subject_comes_out_as_it_went_in_on_one_line(string subject, bool same)
    {
        var data = Of(subject, "x").Data(eightBit: true);
        Assert.All(Lines(data), line => Assert.True(line.Length <= 76, line));
        var head = Head(data);
        Assert.Equal(9, head.Count);
        Assert.Equal(same ? subject : Controls().Replace(subject, " ").Trim(), Decoded(head[2]["Subject: ".Length..]));
    }

    [Theory]
    [InlineData("Bureau des \"partenariats\" \\ CNRS"), InlineData("Bureau des accords à l’étranger"), InlineData("x\r\nBcc: y@example.com")]
    public void A_name_cannot_leave_its_header(string name)
    {
        var head = Head(Of("s", "b", name).Data(eightBit: true));
        Assert.Equal(9, head.Count);
        Assert.EndsWith(" <entente@example.org>", head[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a@b.example\r\nRCPT TO:<c@d.example>"), InlineData("a b@example.org"), InlineData("\"a\"@example.org"), InlineData("a@b@example.org"), InlineData("@example.org")]
    [InlineData("a@"), InlineData("a@-b.org"), InlineData("a@b..org"), InlineData("a..b@example.org"), InlineData("<a@b.org>"), InlineData("été@example.org"), InlineData("a@b.org\0"), InlineData(null)]
    public void What_could_carry_more_than_an_address_is_none(string? text) => Assert.Null(EmailAddress.Parse(text));

    [Theory]
    [InlineData("marie.curie+due@radium.example.org", "marie.curie+due@radium.example.org"), InlineData(" a@EXAMPLE.org ", "a@example.org"), InlineData("a@zürich.example", "a@xn--zrich-kva.example")]
    public void An_address_keeps_its_person_and_its_domain_in_ASCII(string text, string expected) => Assert.Equal(expected, EmailAddress.Parse(text)!.Value.Text);

    [Fact]
    public void Any_body_comes_out_as_it_went_in_whatever_the_server_takes() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>(), ArbMap.Default.ArbFor<bool>(), (body, eightBit) =>
        {
            var data = Of("s", body.Get).Data(eightBit);
            if (!eightBit && data.Any(b => b > 127)) throw new InvalidOperationException("eight bits to a server of seven");
            if (Lines(data).Any(line => line.Length > 998)) throw new InvalidOperationException("a line is too long");
            if (!data.AsSpan().EndsWith("\r\n"u8)) throw new InvalidOperationException("the last line is open");
            return Body(data) == Expected(body.Get);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(".\n..\n.a\n"), InlineData("x\r\n.\r\nMAIL FROM:<a@b>"), InlineData("x\n.\rRCPT"), InlineData("x\r.\r")]
    public void No_line_of_a_body_ends_the_message(string body)
    {
        foreach (var data in new[] { Of("s", body).Data(eightBit: true), Of("é", body + "é").Data(eightBit: false) })
        {
            Assert.DoesNotContain(".", Lines(data));
            Assert.DoesNotContain(data.Zip(data.Skip(1)), pair => pair.First == '\r' && pair.Second != '\n' || pair.First != '\r' && pair.Second == '\n');
        }
    }

    [Fact]
    public void A_line_longer_than_mail_allows_is_wrapped_in_base64()
    {
        var body = new string('x', 2000);
        var data = Of("s", body).Data(eightBit: true);
        Assert.Contains("Content-Transfer-Encoding: base64", Head(data));
        Assert.Equal(body + "\n", Body(data));
    }

    // What a mail keeps of a text: line ends alike, control characters as spaces, one line end at the end; halves of characters are no text.
    static string Expected(string body) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(
        string.Concat(body.ReplaceLineEndings("\n").Select(c => char.IsControl(c) && c is not ('\n' or '\t') ? ' ' : c)) + "\n"));

    static List<string> Lines(byte[] data) => [.. Encoding.Latin1.GetString(data).Split("\r\n")[..^1]];

    static List<string> Head(byte[] data)
    {
        var lines = Lines(data);
        var head = new List<string>();
        foreach (var line in lines.Take(lines.IndexOf("")))
            if (line.StartsWith(' ')) head[^1] += line;
            else head.Add(line);
        return head;
    }

    static string Body(byte[] data)
    {
        var lines = Lines(data);
        var body = lines.Skip(lines.IndexOf("") + 1).Select(line => line.StartsWith('.') ? line[1..] : line).ToList();
        if (Head(data).Contains("Content-Transfer-Encoding: base64"))
            return Encoding.UTF8.GetString(Convert.FromBase64String(string.Concat(body))).Replace("\r\n", "\n", StringComparison.Ordinal);
        return Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(string.Join('\n', body) + "\n"));
    }

    // RFC 2047: the space between two encoded words is not part of the text.
    static string Decoded(string text) => EncodedWord().Replace(Between().Replace(text, "?==?"), word => Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups[1].Value)));

    [GeneratedRegex(@"=\?utf-8\?B\?([A-Za-z0-9+/=]*)\?=")]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"\?=\s+=\?")]
    private static partial Regex Between();

    [GeneratedRegex(@"[\p{Cc}\u2028\u2029]")]
    private static partial Regex Controls();
}
