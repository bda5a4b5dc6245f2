using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Entente.Core.Store.Outbox;

namespace Entente.Tests;

/// <summary>
/// A small SMTP server on loopback that answers as a test tells it: real sockets, real commands. It knows each mail that it took, and
/// those are the mails that were delivered, whatever the sender believes.
/// </summary>
sealed class LoopbackSmtp : IAsyncDisposable
{
    public const string Close = "\0close", Hang = "\0hang";

    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _stop = new();
    readonly Func<string, string?> _answer;
    readonly Task _loop;

    /// <param name="answer">what to say to a command, null for the usual; "(greeting)", "(text)" after the first line of a mail, "." after its last</param>
    public LoopbackSmtp(Func<string, string?>? answer = null)
    {
        _answer = answer ?? (_ => null);
        _listener.Start();
        _loop = ListenAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Whole mails whose last line came, in order, whether or not the sender was told.</summary>
    public ConcurrentQueue<string> Taken { get; } = new();
    public ConcurrentQueue<string> Commands { get; } = new();

    /// <summary>What was said before the connection was secure.</summary>
    public ConcurrentQueue<string> Clear { get; } = new();

    /// <summary>Offers STARTTLS, or with Implicit begins with it, and asks for a password in the ways named.</summary>
    public X509Certificate2? Certificate { get; init; }
    public bool Implicit { get; init; }
    public string Ways { get; init; } = "PLAIN";
    public string? User { get; init; }
    public string? Password { get; init; }

    public MailServer Server => new("127.0.0.1", Port, MailSecurity.None, null, null, EmailAddress.Parse("entente@example.org")!.Value, "Entente", null, null)
    {
        Patience = TimeSpan.FromSeconds(5),
    };

    async Task ListenAsync()
    {
        var sessions = new List<Task>();
        try
        {
            while (true) sessions.Add(TalkAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(sessions);
        }
    }

    async Task TalkAsync(TcpClient client)
    {
        using var held = client;
        Stream stream = client.GetStream();
        try
        {
            if (Implicit) stream = await SecureAsync(stream);
            if (!await SayAsync(stream, "(greeting)", "220 loopback ESMTP")) return;
            while (await LineAsync(stream) is { } line)
            {
                Commands.Enqueue(line);
                if (Certificate is not null && stream is not SslStream) Clear.Enqueue(line);
                if (!await SayAsync(stream, line, line.StartsWith("AUTH", StringComparison.Ordinal) ? await SignInAsync(stream, line) : Usual(line, stream is SslStream))) return;
                if (line == "QUIT") return;
                if (line == "STARTTLS") stream = await SecureAsync(stream);
                if (line == "DATA" && (_answer(line) ?? "354").StartsWith("354", StringComparison.Ordinal) && !await TakeAsync(stream)) return;
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or AuthenticationException)
        {
        }
    }

    async Task<SslStream> SecureAsync(Stream stream)
    {
        var secure = new SslStream(stream);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate }, _stop.Token);
        return secure;
    }

    async Task<string> SignInAsync(Stream stream, string line)
    {
        var parts = line.Split(' ');
        var told = parts is [_, "PLAIN", var both] ? Text(both) : null;
        if (parts is [_, "LOGIN"])
        {
            await WriteAsync(stream, "334 VXNlcm5hbWU6");
            var user = Text((await LineAsync(stream))!);
            await WriteAsync(stream, "334 UGFzc3dvcmQ6");
            told = $"\0{user}\0{Text((await LineAsync(stream))!)}";
        }
        return told == $"\0{User}\0{Password}" ? "235 2.7.0 welcome" : "535 5.7.8 no";

        static string Text(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));
    }

    // Byte by byte: what follows STARTTLS must be left to the one who reads next.
    async Task<string?> LineAsync(Stream stream)
    {
        var (line, one) = (new List<byte>(), new byte[1]);
        while (await stream.ReadAsync(one, _stop.Token) == 1)
        {
            if (one[0] == '\n') return Encoding.Latin1.GetString([.. line]).TrimEnd('\r');
            line.Add(one[0]);
        }
        return null;
    }

    async Task<bool> TakeAsync(Stream stream)
    {
        var text = new StringBuilder();
        for (var first = true; await LineAsync(stream) is { } line; first = false)
        {
            if (first && _answer("(text)") is { } early) return await SayAsync(stream, "(text)", early);
            if (line == ".")
            {
                var answer = _answer(".") ?? "250 2.0.0 taken";
                if (!answer.StartsWith('4') && !answer.StartsWith('5')) Taken.Enqueue(text.ToString());
                return await SayAsync(stream, ".", answer);
            }
            text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }
        return false;
    }

    async Task<bool> SayAsync(Stream stream, string command, string usual)
    {
        var answer = command == "." ? usual : _answer(command) ?? usual;
        if (answer == Close) return false;
        if (answer == Hang) await Task.Delay(Timeout.Infinite, _stop.Token);
        await WriteAsync(stream, answer);
        return true;
    }

    async Task WriteAsync(Stream stream, string answer) => await stream.WriteAsync(Encoding.ASCII.GetBytes(answer + "\r\n"), _stop.Token);

    string Usual(string line, bool secure) => line.Split(' ')[0].ToUpperInvariant() switch
    {
        "EHLO" => $"250-loopback\r\n{(Certificate is not null && !secure ? "250-STARTTLS\r\n" : "")}{(User is not null ? $"250-AUTH {Ways}\r\n" : "")}250 8BITMIME",
        "STARTTLS" => "220 go on",
        "DATA" => "354 go on",
        "QUIT" => "221 bye",
        _ => "250 ok",
    };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _stop.Dispose();
    }
}
