using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Entente.Bench;

/// <summary>One connection that asks one question again and again (HTTP/1.1), and reads answers of known length or in chunks.</summary>
sealed class KeptConnection : IDisposable
{
    readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    readonly byte[] _question, _buffer = new byte[1 << 18], _body = new byte[1 << 18];
    int _read;

    KeptConnection(int port, string path) =>
        _question = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: application/json\r\n\r\n");

    public static async Task<KeptConnection> OpenAsync(int port, string path)
    {
        var connection = new KeptConnection(port, path);
        await connection._socket.ConnectAsync(IPAddress.Loopback, port);
        return connection;
    }

    /// <summary>Asks and reads the whole answer; its body lasts until the next is asked.</summary>
    /// <exception cref="InvalidOperationException">The answer is no 200.</exception>
    public async Task<ReadOnlyMemory<byte>> AskAsync()
    {
        await _socket.SendAsync(_question, SocketFlags.None);
        _read = 0;
        while (true)
        {
            var got = await _socket.ReceiveAsync(_buffer.AsMemory(_read), SocketFlags.None);
            if (got == 0) throw new InvalidOperationException("The server closed the connection.");
            _read += got;
            if (Length() is not (var length and >= 0)) continue;
            if (!_buffer.AsSpan().StartsWith("HTTP/1.1 200"u8)) throw new InvalidOperationException($"The server answered {Encoding.ASCII.GetString(_buffer, 0, Math.Min(40, _read))}…");
            return _body.AsMemory(0, length);
        }
    }

    /// <summary>Puts the body together; -1 while some of it is still to come.</summary>
    int Length()
    {
        var answer = _buffer.AsSpan(0, _read);
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0) return -1;
        var body = answer[(head + 4)..];
        if (answer[..head].IndexOf("Content-Length: "u8) is >= 0 and var at)
        {
            if (!Utf8Parser.TryParse(answer[(at + 16)..], out int length, out _) || body.Length < length) return -1;
            body[..length].CopyTo(_body);
            return length;
        }
        for (var total = 0; ;)
        {
            if (!Utf8Parser.TryParse(body, out int size, out var digits, 'x') || body.Length < digits + 2 + size + 2) return -1;
            if (size == 0) return total;
            body.Slice(digits + 2, size).CopyTo(_body.AsSpan(total));
            total += size;
            body = body[(digits + 2 + size + 2)..];
        }
    }

    public void Dispose() => _socket.Dispose();
}
