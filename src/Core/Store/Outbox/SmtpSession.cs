using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;

namespace Entente.Core.Store.Outbox;

/// <summary>How far a session has come: what a failure means depends on it. Ending: the server was told that the message is complete.</summary>
enum SmtpStage { Connecting, Ready, Addressing, Writing, Ending }

/// <summary>The server answered that it will not; the words are its own.</summary>
sealed class SmtpRefusedException(SmtpReply reply) : Exception(reply.Words)
{
    public int Code { get; } = reply.Code;
}

/// <summary>
/// One connection to an SMTP server (RFC 5321), made secure (RFC 3207, 8314) and signed in (RFC 4954) before it is used. It carries
/// one message at a time; after any failure it is thrown away, since both ends may disagree on where they are.
/// </summary>
sealed class SmtpSession : IAsyncDisposable
{
    readonly MailServer _server;
    readonly TcpClient _client = new();
    SmtpWire _wire = null!;
    HashSet<string> _offers = [];

    SmtpSession(MailServer server) => _server = server;

    public SmtpStage Stage { get; private set; }

    /// <exception cref="SmtpRefusedException">The server will have none of it.</exception>
    /// <exception cref="IOException">The connection broke, or the server does not speak SMTP.</exception>
    public static async Task<SmtpSession> OpenAsync(MailServer server, CancellationToken ct)
    {
        var session = new SmtpSession(server);
        try
        {
            await session.ConnectAsync(ct);
            return session;
        }
        catch
        {
            session._client.Dispose();
            throw;
        }
    }

    async Task ConnectAsync(CancellationToken ct)
    {
        using var limit = Limit(ct);
        await _client.ConnectAsync(_server.Host, _server.Port, limit.Token);
        _client.NoDelay = true;
        Stream stream = _client.GetStream();
        if (_server.Security == MailSecurity.Tls) stream = await SecureAsync(stream, limit.Token);
        _wire = new(stream);
        await AnswerAsync(220, ct);
        await GreetAsync(ct);
        if (_server.Security == MailSecurity.StartTls)
        {
            if (!_offers.Contains("STARTTLS")) throw new IOException("The server offers no STARTTLS, and nothing is said in the clear.");
            await SayAsync("STARTTLS", ct, 220);
            // Whatever came with that answer was not said by the server that the certificate names.
            if (_wire.HasMore) throw new IOException("The server spoke before the connection was secure.");
            _wire = new(await SecureAsync(stream, limit.Token));
            await GreetAsync(ct);
        }
        if (_server.User is { } user) await SignInAsync(user, _server.Password ?? "", ct);
        Stage = SmtpStage.Ready;
    }

    async Task GreetAsync(CancellationToken ct)
    {
        var reply = await SayAsync($"EHLO {SmtpWire.OwnName(_client)}", ct, 250);
        _offers = [.. reply.Lines.Skip(1).Select(line => line.ToUpperInvariant())];
    }

    async Task<SslStream> SecureAsync(Stream stream, CancellationToken ct)
    {
        var secure = new SslStream(stream);
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = _server.Host,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            RemoteCertificateValidationCallback = (_, certificate, _, errors) => _server.Pin is { Length: > 0 } pin
                ? certificate is not null && string.Equals(Convert.ToHexString(SHA256.HashData(certificate.GetRawCertData())), pin.Replace(":", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)
                : errors == SslPolicyErrors.None,
        }, ct);
        return secure;
    }

    async Task SignInAsync(string user, string password, CancellationToken ct)
    {
        if (!MailServer.MaySignIn(_server.Host, _server.Security)) throw new IOException("A password goes over TLS only.");
        var ways = _offers.FirstOrDefault(offer => offer.StartsWith("AUTH", StringComparison.Ordinal))?.Split(' ', '=') ?? [];
        if (ways.Contains("PLAIN"))
            await SayAsync($"AUTH PLAIN {Base64($"\0{user}\0{password}")}", ct, 235);
        else if (ways.Contains("LOGIN"))
        {
            await SayAsync("AUTH LOGIN", ct, 334);
            await SayAsync(Base64(user), ct, 334);
            await SayAsync(Base64(password), ct, 235);
        }
        else throw new IOException("The server offers neither AUTH PLAIN nor AUTH LOGIN.");
    }

    /// <summary>Hands over one message and returns the server's words for it.</summary>
    /// <param name="mayEnd">asked at the last moment at which the message can still be held back</param>
    public async Task<string> SendAsync(Letter letter, Func<bool> mayEnd, CancellationToken ct)
    {
        Stage = SmtpStage.Addressing;
        var eightBit = letter.Wide && _offers.Contains("8BITMIME");
        await SayAsync($"MAIL FROM:<{letter.From}>{(eightBit ? " BODY=8BITMIME" : "")}", ct, 250);
        await SayAsync($"RCPT TO:<{letter.To}>", ct, 250, 251);
        await SayAsync("DATA", ct, 354);
        Stage = SmtpStage.Writing;
        using (var limit = Limit(ct, times: 10)) await _wire.WriteAsync(letter.Data(eightBit), limit.Token);
        ct.ThrowIfCancellationRequested();
        if (!mayEnd()) throw new IOException("The message was held back: it took too long to hand over.");
        if (_client.Client.Poll(0, SelectMode.SelectRead) && _client.Client.Available == 0) throw new IOException("The server closed the connection before the message was complete.");
        // From here on the server may have the message whatever becomes of the connection; stopping the program changes nothing.
        Stage = SmtpStage.Ending;
        using var last = Limit(CancellationToken.None, times: 3);
        await _wire.WriteAsync(".\r\n"u8.ToArray(), last.Token);
        var reply = Expect(await _wire.ReadAsync(last.Token), 250);
        Stage = SmtpStage.Ready;
        return reply.Words;
    }

    async Task<SmtpReply> SayAsync(string command, CancellationToken ct, params int[] wanted)
    {
        using var limit = Limit(ct);
        await _wire.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"), limit.Token);
        return Expect(await _wire.ReadAsync(limit.Token), wanted);
    }

    async Task AnswerAsync(int wanted, CancellationToken ct)
    {
        using var limit = Limit(ct);
        Expect(await _wire.ReadAsync(limit.Token), wanted);
    }

    static SmtpReply Expect(SmtpReply reply, params int[] wanted) => wanted.Contains(reply.Code) ? reply : throw new SmtpRefusedException(reply);

    CancellationTokenSource Limit(CancellationToken ct, int times = 1)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_server.Patience * times);
        return limit;
    }

    static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (Stage == SmtpStage.Ready) await SayAsync("QUIT", CancellationToken.None, 221);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SmtpRefusedException)
        {
            // What was handed over stays so, whether or not the server says goodbye.
        }
        _client.Dispose();
    }
}
