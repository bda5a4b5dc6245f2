using System.Globalization;
using System.Net;
using Entente.Core.Kernel;

namespace Entente.Core.Store.Outbox;

/// <summary>None: in the clear. StartTls: the connection is made secure before anything else is said, or given up. Tls: secure from the first byte.</summary>
public enum MailSecurity { None, StartTls, Tls }

/// <summary>The SMTP server that mail is handed to, and as whom. Its text never shows the password.</summary>
/// <param name="Pin">SHA-256 of the server's certificate, in hexadecimal, where no public authority vouches for it</param>
/// <param name="Site">where this installation is found, for links in mails</param>
public sealed record MailServer(string Host, int Port, MailSecurity Security, string? User, string? Password, EmailAddress From, string? FromName, string? Pin, string? Site)
{
    public const string Variable = "ENTENTE_SMTP";

    /// <summary>How long one answer of the server may take; ten times as long for the message as a whole.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A password is told to this machine itself, or over a connection that nobody else can read.</summary>
    public static bool MaySignIn(string host, MailSecurity security) => security != MailSecurity.None || IsThisMachine(host);

    static bool IsThisMachine(string host) => host == "localhost" || IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address);

    /// <summary>Reads smtp://USER:PASSWORD@HOST:PORT?from=ADDRESS, or smtps:// for TLS from the first byte. The refusal never repeats the text.</summary>
    public static Outcome<MailServer> Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("smtp" or "smtps") || uri.Host.Length == 0)
            return Wrong("it is not an address such as smtps://user:password@mail.example.org?from=entente@example.org", "ce n’est pas une adresse comme smtps://utilisateur:motdepasse@mail.example.org?from=entente@example.org");
        var options = uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(o => o.Split('=', 2))
            .ToLookup(o => o[0], o => Uri.UnescapeDataString(o.ElementAtOrDefault(1) ?? ""));
        if (EmailAddress.Parse(options["from"].FirstOrDefault()) is not { } from) return Wrong("from= names no e-mail address", "from= ne donne pas d’adresse électronique");
        if (Tls(uri, options["tls"].FirstOrDefault()) is not { } security) return Wrong("tls= is none or starttls", "tls= vaut none ou starttls");
        var account = uri.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToArray();
        var user = account[0].Length > 0 ? account[0] : null;
        if (user is not null && !MaySignIn(uri.Host, security)) return Wrong("a password goes over TLS only", "un mot de passe ne passe que par TLS");
        return new MailServer(uri.Host, uri.Port > 0 ? uri.Port : DefaultPort(security), security, user, account.ElementAtOrDefault(1), from,
            options["name"].FirstOrDefault() ?? "Entente", options["pin"].FirstOrDefault(), options["site"].FirstOrDefault());
    }

    public static int DefaultPort(MailSecurity security) => security switch { MailSecurity.Tls => 465, MailSecurity.StartTls => 587, MailSecurity.None => 25 };

    static MailSecurity? Tls(Uri uri, string? option) => (uri.Scheme, option) switch
    {
        ("smtps", null) => MailSecurity.Tls,
        ("smtp", null or "starttls") => MailSecurity.StartTls,
        ("smtp", "none") => MailSecurity.None,
        _ => null,
    };

    static Refusal Wrong(string en, string fr) => Refusal.Invalid("smtp-variable", $"{Variable} cannot be read: {en}.", $"{Variable} est illisible\u202F: {fr}.");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}, {Security}");
}
