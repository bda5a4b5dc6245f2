using System.CommandLine;
using System.Globalization;
using Entente.Core.Accounts;
using Entente.Core.Kernel;

namespace Entente.Cli;

/// <summary>Accounts list, accounts link: the way in for whoever holds the data folder and has lost every other.</summary>
static class AccountVerbs
{
    const string DefaultUrl = "http://localhost:5080";

    static readonly Option<string> Email = Verb.Option<string>("--email", "ADDRESS",
        new("The account to open again; without it, the link makes one more administrator", "Le compte à rouvrir\u202F; sans elle, le lien crée un administrateur de plus"));

    static readonly Option<string> At = Verb.Option<string>("--url", "URL",
        new($"Where the pages are served (default {DefaultUrl})", $"Où les pages sont servies (par défaut {DefaultUrl})"));

    public static Command Accounts() => Verb.Group("accounts", new("Who may sign in, and a way back in", "Qui peut se connecter, et comment y revenir"),
    [
        Verb.Of("list", new("List the accounts and their roles", "Lister les comptes et leurs rôles"), [Verb.Json], async (session, line, ct) =>
        {
            var found = await AccountList.ReadAsync(await session.WorkAsync(ct), ct);
            if (found.Ok)
                session.Answer(line, found.Value.Select(a => new Line(a)).ToList(), rows => session.Table(
                    [new("id", "n°"), new("name", "nom"), new("address", "adresse"), new("roles", "rôles"), new("closed", "fermé")],
                    rows.Select(r => (IReadOnlyList<string>)[r.Id.ToString(CultureInfo.InvariantCulture), r.Name, r.Email, string.Join("; ", r.Roles), r.Closed ?? ""])));
            return found.Refusal;
        }),
        Verb.Of("link", new("Print a one-time link: a new administrator, or an account to open again", "Afficher un lien à usage unique\u202F: nouvel administrateur, ou compte à rouvrir"), [Email, At, Verb.Json],
            async (session, line, ct) =>
            {
                var work = await session.WorkAsync(ct);
                var made = line.GetValue(Email) is { } email ? await Inviting.RecoverAsync(work, email, ct) : await Inviting.AdministratorLinkAsync(work, ct);
                if (made.Ok)
                    session.Answer(line, new { link = Address(line.GetValue(At) ?? DefaultUrl, made.Value), expires = made.Value.Expires }, link =>
                    {
                        session.Line(link.link);
                        session.Line(new Said("Good once, for 24 hours. Whoever opens it is taken for that person.",
                            "Valable une fois, pendant 24 heures. Qui l’ouvre est pris pour cette personne."));
                    });
                return made.Refusal;
            }),
    ]);

    /// <summary>The link below an address that is listened on; where that is any address of the machine, the machine itself.</summary>
    public static string Address(string url, NewLink link)
    {
        var host = url.Replace("://[::]", "://localhost", StringComparison.Ordinal).Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal)
            .Replace("://*", "://localhost", StringComparison.Ordinal).Replace("://+", "://localhost", StringComparison.Ordinal);
        return host.TrimEnd('/') + link.Path;
    }

    sealed record Line(int Id, string Name, string Email, IReadOnlyList<string> Roles, string? Closed)
    {
        public Line(AccountLine a) : this(a.Id, a.Name, a.Email, [.. a.Grants.Select(g => g.Grant.InWords)],
            a.Closed?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
        { }
    }
}
