using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Entente.Core.Store.Outbox;

/// <summary>One answer of an SMTP server: its code, and its lines without it.</summary>
sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    const int MostWords = 500;

    /// <summary>The code and what the server says to people, in one line.</summary>
    public string Words
    {
        get
        {
            var all = string.Create(CultureInfo.InvariantCulture, $"{Code} {string.Join(' ', Lines)}").Trim();
            return all.Length <= MostWords ? all : all[..MostWords];
        }
    }
}

/// <summary>Lines to and from an SMTP server. A server that answers without end, or not in SMTP, is not listened to.</summary>
sealed class SmtpWire(Stream stream)
{
    const int LongestLine = 2000, MostLines = 200;

    readonly byte[] _buffer = new byte[4096];
    int _at, _end;

    /// <summary>True where the server said more than was read.</summary>
    public bool HasMore => _at < _end;

    /// <summary>The name to greet with: the address that this machine is seen at, as RFC 5321 writes it for machines without a name.</summary>
    public static string OwnName(TcpClient client) => client.Client.LocalEndPoint is IPEndPoint { Address: var address }
        ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address) is { AddressFamily: AddressFamily.InterNetwork } four ? $"[{four}]"
            : $"[IPv6:{new IPAddress(address.GetAddressBytes())}]"
        : "[127.0.0.1]";

    public async Task WriteAsync(byte[] bytes, CancellationToken ct)
    {
        await stream.WriteAsync(bytes, ct);
        await stream.FlushAsync(ct);
    }

    /// <exception cref="IOException">The connection ended, or what came is no answer.</exception>
    public async Task<SmtpReply> ReadAsync(CancellationToken ct)
    {
        var lines = new List<string>();
        for (var code = 0; lines.Count < MostLines;)
        {
            var line = await LineAsync(ct);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 200 or > 599
                || line.Length > 3 && line[3] is not (' ' or '-') || code != 0 && code != number)
                throw new IOException("The server does not answer in SMTP.");
            code = number;
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] == ' ') return new(code, lines);
        }
        throw new IOException("The server's answer has no end.");
    }

    async Task<string> LineAsync(CancellationToken ct)
    {
        var line = new MemoryStream();
        while (line.Length <= LongestLine)
        {
            if (_at == _end)
            {
                (_at, _end) = (0, await stream.ReadAsync(_buffer, ct));
                if (_end == 0) throw new IOException("The server closed the connection.");
            }
            var value = _buffer[_at++];
            if (value == '\n') return Encoding.UTF8.GetString(line.ToArray()).TrimEnd('\r');
            line.WriteByte(value);
        }
        throw new IOException("The server's answer has no end.");
    }
}
