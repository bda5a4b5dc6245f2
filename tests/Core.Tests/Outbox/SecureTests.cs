using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Entente.Core.Kernel;
using Entente.Core.Store.Outbox;
using Entente.Tests;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Outbox;

/// <summary>Passwords and mails go to the server that was meant, and to nobody else.</summary>
public sealed class SecureTests
{
    const string User = "entente", Password = "a password: with \"quotes\" and é";

    static readonly X509Certificate2 Certificate = Made();

    static string Pin => Convert.ToHexString(SHA256.HashData(Certificate.RawData));

    static X509Certificate2 Made()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    static LoopbackSmtp Open(MailSecurity security, string ways = "PLAIN LOGIN", Func<string, string?>? answer = null) =>
        new(answer) { Certificate = Certificate, Implicit = security == MailSecurity.Tls, Ways = ways, User = User, Password = Password };

    static MailServer Server(LoopbackSmtp smtp, MailSecurity security, string? pin = null, string password = Password) =>
        smtp.Server with { Host = "localhost", Security = security, User = User, Password = password, Pin = pin ?? Pin };

    static async Task<(PostingTally Tally, Message Message)> SendAsync(MailServer server)
    {
        await using var world = await TestWorld.OpenAsync();
        Assert.True(await Messages.AddAsync(world.Work, "one", EmailAddress.Parse("officer@example.net")!.Value, null, Lang.En, "s", "b", default));
        var tally = await Posting.RunAsync(world.Work, server, default);
        return (tally, await world.Db.Messages.SingleAsync());
    }

    [Theory]
    [InlineData(MailSecurity.StartTls, "PLAIN LOGIN"), InlineData(MailSecurity.Tls, "PLAIN LOGIN"), InlineData(MailSecurity.StartTls, "CRAM-MD5 LOGIN"), InlineData(MailSecurity.Tls, "LOGIN")]
    public async Task A_server_with_TLS_is_signed_in_to_and_takes_the_mail(MailSecurity security, string ways)
    {
        await using var smtp = Open(security, ways);
        Assert.Equal(new PostingTally { Sent = 1 }, (await SendAsync(Server(smtp, security))).Tally);
        Assert.Single(smtp.Taken);
        Assert.Equal(security == MailSecurity.StartTls ? ["EHLO [127.0.0.1]", "STARTTLS"] : [], smtp.Clear);
    }

    [Theory]
    [InlineData(MailSecurity.StartTls, "PLAIN"), InlineData(MailSecurity.Tls, "LOGIN")]
    public async Task A_wrong_password_sends_nothing_and_fails_no_mail(MailSecurity security, string ways)
    {
        await using var smtp = Open(security, ways);
        var (tally, message) = await SendAsync(Server(smtp, security, password: "wrong"));
        Assert.Equal(new PostingTally { Later = 1 }, tally);
        Assert.Equal((MessageState.Pending, "535 5.7.8 no"), (message.State, message.Answer));
    }

    [Theory]
    [InlineData(MailSecurity.StartTls, ""), InlineData(MailSecurity.Tls, ""), InlineData(MailSecurity.StartTls, "00"), InlineData(MailSecurity.Tls, "00")]
    public async Task A_certificate_that_nobody_vouches_for_is_told_no_password(MailSecurity security, string pin)
    {
        await using var smtp = Open(security);
        var (tally, message) = await SendAsync(Server(smtp, security, pin));
        Assert.Equal(new PostingTally { Later = 1 }, tally);
        Assert.Contains("certificate", message.Answer, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(smtp.Commands, command => command.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_without_STARTTLS_is_told_nothing()
    {
        await using var plain = new LoopbackSmtp();
        Assert.Equal(new PostingTally { Later = 1 }, (await SendAsync(Server(plain, MailSecurity.StartTls))).Tally);
        Assert.All(plain.Commands, command => Assert.StartsWith("EHLO", command, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_stranger_says_before_the_connection_is_secure_ends_it()
    {
        await using var smtp = Open(MailSecurity.StartTls, answer: command => command == "STARTTLS" ? "220 go on\r\n250 injected" : null);
        var (tally, message) = await SendAsync(Server(smtp, MailSecurity.StartTls));
        Assert.Equal((1, "The server spoke before the connection was secure."), (tally.Later, message.Answer));
    }

    [Fact]
    public async Task A_password_is_not_told_in_the_clear_to_another_machine()
    {
        Assert.False(MailServer.MaySignIn("mail.example.org", MailSecurity.None));
        Assert.True(MailServer.MaySignIn("127.0.0.1", MailSecurity.None));
        await using var smtp = new LoopbackSmtp();
        Assert.DoesNotContain(Password, Server(smtp, MailSecurity.Tls).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("smtps://mail.example.org?from=a@example.org", "mail.example.org:465, Tls")]
    [InlineData("smtp://mail.example.org?from=a@example.org", "mail.example.org:587, StartTls")]
    [InlineData("smtp://mail.example.org:2525?from=a@example.org&tls=none", "mail.example.org:2525, None")]
    [InlineData("smtp://u%40x:p%3Aw@mail.example.org?from=a@example.org&name=Le%20bureau", "mail.example.org:587, StartTls")]
    [InlineData("smtp://u:secret@127.0.0.1:25?from=a@example.org&tls=none", "127.0.0.1:25, None")]
    [InlineData("smtp://u:secret@mail.example.org?from=a@example.org&tls=none", null)]
    [InlineData("https://u:secret@mail.example.org?from=a@example.org", null)]
    [InlineData("smtp://u:secret@mail.example.org", null)]
    [InlineData("smtps://u:secret@mail.example.org?from=a@example.org&tls=maybe", null)]
    public void The_variable_names_a_server_and_no_text_of_it_shows_the_password(string text, string? expected)
    {
        var read = MailServer.Parse(text);
        Assert.Equal(expected, read.Ok ? read.Value.ToString() : null);
        if (!read.Ok) Assert.DoesNotContain("secret", read.Refusal!.Message.En + read.Refusal.Message.Fr, StringComparison.Ordinal);
        else if (text.Contains("%40", StringComparison.Ordinal)) Assert.Equal(("u@x", "p:w", "Le bureau"), (read.Value.User, read.Value.Password, read.Value.FromName));
    }
}
