using System.Text;

namespace Entente.Core.Store.Outbox;

/// <summary>One mail to one person, and its bytes on the wire.</summary>
public sealed record Letter(EmailAddress From, string? FromName, EmailAddress To, string Subject, string Body, string MessageId, DateTimeOffset Written)
{
    // RFC 5322 allows 998 octets to a line.
    const int LongestLine = 990;

    static readonly byte[] End = "\r\n"u8.ToArray();

    /// <summary>True where the text holds anything but ASCII and so needs a server that takes eight bits, or base64.</summary>
    public bool Wide => Body.Any(c => c > '~');

    /// <summary>The message as SMTP's DATA carries it, without the line that ends it: CRLF throughout, dots at the beginning of a line doubled.</summary>
    /// <param name="eightBit">whether the server takes UTF-8 as it is</param>
    public byte[] Data(bool eightBit)
    {
        var lines = Body.ReplaceLineEndings("\n").Split('\n').Select(line => Encoding.UTF8.GetBytes(Plain(line))).ToList();
        var asIs = lines.All(line => line.Length <= LongestLine) && (eightBit || !Wide);
        var data = new MemoryStream();
        data.Write(Encoding.ASCII.GetBytes(Headers(asIs ? (Wide ? "8bit" : "7bit") : "base64")));
        foreach (var line in asIs ? lines : Base64(lines))
        {
            if (line is [(byte)'.', ..]) data.WriteByte((byte)'.');
            data.Write(line);
            data.Write(End);
        }
        return data.ToArray();
    }

    string Headers(string encoding) => string.Join("\r\n",
        $"From: {MailHeaders.Mailbox(FromName, From)}",
        $"To: <{To}>",
        $"Subject: {MailHeaders.Text(Subject)}",
        $"Date: {MailHeaders.Date(Written)}",
        $"Message-ID: <{MessageId}@{From.Domain}>",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        $"Content-Transfer-Encoding: {encoding}",
        "Auto-Submitted: auto-generated", // RFC 3834: no holiday notes in answer
        "", "");

    // Control characters have no business in a letter; a bare CR or LF inside a line could end the message early.
    static string Plain(string line) => string.Concat(line.Select(c => char.IsControl(c) && c != '\t' ? ' ' : c));

    static IEnumerable<byte[]> Base64(IReadOnlyList<byte[]> lines)
    {
        var whole = lines.SelectMany(line => line.Concat(End)).ToArray();
        return Convert.ToBase64String(whole).Chunk(76).Select(Encoding.ASCII.GetBytes);
    }
}
