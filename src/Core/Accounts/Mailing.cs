using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Core.Store.Jobs;
using Entente.Core.Store.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Accounts;

/// <summary>The SMTP server as it was typed. An empty password leaves the one on record.</summary>
public sealed record MailServerEntry(string Host, string Port, string Security, string User, string Password, string Sender, string Name, string Pin, string Site);

/// <summary>What one round of the program came to: its jobs, and its mail. Mail is null where no server is set.</summary>
public sealed record Round(IReadOnlyList<JobOutcome> Jobs, PostingTally? Mail);

/// <summary>What an administrator does about mail, and the rounds that the program makes by itself.</summary>
public static class Mailing
{
    /// <summary>The server in force: what the environment names, else what an administrator entered; null where neither does.</summary>
    public static async Task<Outcome<MailServer?>> ServerAsync(Db db, Seal seal, CancellationToken ct)
    {
        if (Environment.GetEnvironmentVariable(MailServer.Variable) is { Length: > 0 } variable)
            return MailServer.Parse(variable) is { Ok: true, Value: var named } ? named : MailServer.Parse(variable).Refusal!;
        if (await db.MailServers.AsNoTracking().SingleOrDefaultAsync(ct) is not { } row) return (MailServer?)null;
        var password = row.Password is { } kept ? seal.Open(kept) : null;
        if (row.Password is not null && password is null)
            return Refusal.Invalid("mail-password", "The password of the mail server cannot be opened with the keys of this installation: enter it again at /mail.",
                "Le mot de passe du serveur de courrier ne s’ouvre pas avec les clés de cette installation\u202F: saisissez-le de nouveau sur /mail.");
        return new MailServer(row.Host, row.Port, row.Security, row.Account, password, EmailAddress.Parse(row.Sender)!.Value, row.Name, row.Pin, row.Site);
    }

    /// <summary>True where the environment names the server, so that the page cannot.</summary>
    public static bool SetOutside => Environment.GetEnvironmentVariable(MailServer.Variable) is { Length: > 0 };

    public static async Task<Outcome<MailServerRow>> SaveAsync(Work work, MailServerEntry entry, Seal seal, CancellationToken ct)
    {
        if (Permissions.Refuse(work.Actor, Permission.RunInstallation) is { } refusal) return refusal;
        if (SetOutside)
            return Refusal.Conflict("mail-outside", $"The mail server is named by {MailServer.Variable} where the program is started; change it there.",
                $"Le serveur de courrier est donné par {MailServer.Variable} au lancement du programme\u202F; changez-le là.");
        await using var pen = await work.BeginAsync(ct);
        var row = await work.Db.MailServers.SingleOrDefaultAsync(ct);
        if (Judge(entry, row) is { } wrong) return wrong;
        if (row is null) work.Db.Add(row = new() { Host = "", Port = 0, Security = MailSecurity.None, Sender = "" });
        var security = Enum.Parse<MailSecurity>(entry.Security);
        (row.Host, row.Security, row.Port) = (entry.Host.Trim(), security, entry.Port.Trim() is { Length: > 0 } port ? int.Parse(port, CultureInfo.InvariantCulture) : MailServer.DefaultPort(security));
        (row.Account, row.Sender, row.Name) = (Given(entry.User), EmailAddress.Parse(entry.Sender)!.Value.Text, Given(entry.Name));
        (row.Pin, row.Site) = (Given(entry.Pin), Given(entry.Site));
        if (row.Account is null) row.Password = null;
        else if (entry.Password.Length > 0) row.Password = seal.Close(entry.Password);
        work.Log("mail.server", "mail");
        await work.Db.SaveChangesAsync(ct);
        await pen.CommitAsync(ct);
        return row;
    }

    static Refusal? Judge(MailServerEntry entry, MailServerRow? row)
    {
        var host = entry.Host.Trim();
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown) return Refusal.Invalid("mail-host", "Enter the name of the server, such as mail.example.org.", "Indiquez le nom du serveur, comme mail.example.org.", "host");
        if (!Enum.TryParse<MailSecurity>(entry.Security, out var security)) return Refusal.Invalid("mail-security", "Choose how the connection is made secure.", "Choisissez comment la connexion est protégée.", "security");
        if (entry.Port.Trim() is { Length: > 0 } port && (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is 0 or > 65535))
            return Refusal.Invalid("mail-port", "A port is a number from 1 to 65535; leave it empty for the usual one.", "Un port est un nombre de 1 à 65535\u202F; laissez vide pour le port habituel.", "port");
        if (EmailAddress.Parse(entry.Sender) is null) return Refusal.Invalid("mail-sender", "Enter the address that mails come from, such as entente@example.org.", "Indiquez l’adresse d’où partent les courriers, comme entente@example.org.", "sender");
        if (Given(entry.Pin) is { } pin && (pin.Replace(":", "", StringComparison.Ordinal) is not { Length: 64 } bare || !bare.All(char.IsAsciiHexDigit)))
            return Refusal.Invalid("mail-pin", "A fingerprint is SHA-256 in hexadecimal: 64 digits.", "Une empreinte est un SHA-256 en hexadécimal\u202F: 64 chiffres.", "pin");
        if (Given(entry.Site) is { } site && !(Uri.TryCreate(site, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            return Refusal.Invalid("mail-site", "Enter the whole address of this installation, such as https://entente.example.org.", "Indiquez l’adresse complète de cette installation, comme https://entente.example.org.", "site");
        if (Given(entry.User) is null) return null;
        if (!MailServer.MaySignIn(host, security)) return Refusal.Invalid("mail-clear", "A password goes over TLS only: choose STARTTLS or TLS.", "Un mot de passe ne passe que par TLS\u202F: choisissez STARTTLS ou TLS.", "security");
        // A password is told to the server that it was entered for, and to no other.
        return entry.Password.Length == 0 && (row?.Password is null || row.Host != host || row.Account != Given(entry.User) || row.Pin != Given(entry.Pin))
            ? Refusal.Invalid("mail-password", "Enter the password of this user on this server.", "Saisissez le mot de passe de cet utilisateur sur ce serveur.", "password") : null;
    }

    static string? Given(string text) => text.Trim() is { Length: > 0 } given ? given : null;

    /// <summary>Sends a mail to the address at once and returns what the server said.</summary>
    public static async Task<Outcome<string>> TestAsync(Work work, Seal seal, string to, Lang lang, CancellationToken ct)
    {
        if (Permissions.Refuse(work.Actor, Permission.RunInstallation) is { } refusal) return refusal;
        if (EmailAddress.Parse(to) is not { } address) return Refusal.Invalid("mail-to", "Enter an e-mail address.", "Indiquez une adresse électronique.", "to");
        var server = await ServerAsync(work.Db, seal, ct);
        if (server.Refusal is { } broken) return broken;
        if (server.Value is not { } named) return Refusal.Invalid("mail-none", "Name a mail server first.", "Indiquez d’abord un serveur de courrier.", "host");
        var subject = new Said("Entente: test message", "Entente\u202F: message d’essai");
        var body = new Said("This mail was sent to try the mail server of this installation of Entente.", "Ce courrier a été envoyé pour essayer le serveur de courrier de cette installation d’Entente.");
        try
        {
            var letter = new Letter(named.From, named.FromName, address, subject.In(lang), body.In(lang), Guid.NewGuid().ToString("N"), work.Now);
            await using var session = await SmtpSession.OpenAsync(named, ct);
            var words = await session.SendAsync(letter, () => true, ct);
            work.Log("mail.test", "mail");
            await work.Db.SaveChangesAsync(ct);
            return words;
        }
        catch (Exception e) when (e is SmtpRefusedException or IOException or SocketException or AuthenticationException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            var words = e is OperationCanceledException ? "no answer in time" : e.GetBaseException().Message;
            return Refusal.Invalid("mail-test", $"The mail was not sent. The server, or the way to it, says: {words}", $"Le courrier n’est pas parti. Le serveur, ou le chemin qui y mène, répond\u202F: {words}");
        }
    }

    /// <summary>Decides about a mail that is uncertain or failed: to be tried again, or given up. Only a person does.</summary>
    public static async Task<Outcome<int>> SettleAsync(Work work, int id, bool again, CancellationToken ct)
    {
        if (Permissions.Refuse(work.Actor, Permission.RunInstallation) is { } refusal) return refusal;
        await using var pen = await work.BeginAsync(ct);
        var (state, now) = (again ? MessageState.Pending : MessageState.GivenUp, work.Now);
        var changed = await work.Db.Messages.Where(m => m.Id == id && (m.State == MessageState.Uncertain || m.State == MessageState.Failed)).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.State, state).SetProperty(m => m.NextTry, now).SetProperty(m => m.Settled, again ? null : now).SetProperty(m => m.Node, (string?)null), ct);
        if (changed == 0) return Refusal.Conflict("mail-settled", "There is nothing to decide about this mail any more.", "Il n’y a plus rien à décider pour ce courrier.");
        work.Log(again ? "mail.again" : "mail.give-up", string.Create(CultureInfo.InvariantCulture, $"mail/{id}"));
        await work.Db.SaveChangesAsync(ct);
        await pen.CommitAsync(ct);
        return id;
    }

    /// <summary>One round: the jobs that are due, then the mail that waits. Every node makes them; each job and each mail is one node's.</summary>
    public static async Task<Outcome<Round>> RoundAsync(Work work, Seal seal, CancellationToken ct)
    {
        var jobs = await Running.RunDueAsync(work, ct);
        var server = await ServerAsync(work.Db, seal, ct);
        if (server.Refusal is { } refusal) return refusal;
        return new Round(jobs, server.Value is { } named ? await Posting.RunAsync(work, named, ct) : null);
    }
}
