using System.CommandLine;
using System.Net.Sockets;
using Entente.Core.Accounts;
using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Web;
using Microsoft.AspNetCore.Connections;

namespace Entente.Cli;

/// <summary>Serve, the default verb: pages and API over one data folder.</summary>
static class ServeVerb
{
    const string DefaultUrl = "http://localhost:5080";

    static readonly Option<string> Urls = Verb.Option<string>("--urls", "URL",
        new($"Where to listen, several joined by semicolons (default {DefaultUrl})", $"Où écouter, plusieurs séparées par des points-virgules (par défaut {DefaultUrl})"));

    static readonly Option<string> Portfolio = Verb.Option<string>("--portfolio", "none|DIR",
        new("Start with no portfolio, or with the files of a folder; remembered", "Commencer sans portefeuille, ou avec les fichiers d’un dossier\u202F; retenu"));

    static readonly Option<string> Log = Verb.Option<string>("--log", "text|json",
        new("How to log: text (default) on standard output as it comes, or json, one object a line, requests among them", "Comment journaliser\u202F: text (par défaut), ou json, un objet par ligne, requêtes comprises"));

    public static Command Serve() => Verb.Of("serve",
        new("Serve the pages (the default verb)", "Servir les pages (le verbe par défaut)"), [Urls, Portfolio, Log, Verb.Engine],
        async (session, line, ct) =>
        {
            var urls = (line.GetValue(Urls) ?? DefaultUrl).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (urls.FirstOrDefault(url => !IsAddress(url)) is { } wrong)
                return Refusal.Usage("urls", $"“{wrong}” is not an address to listen on: write --urls {DefaultUrl}.",
                    $"«\u202F{wrong}\u202F» n’est pas une adresse où écouter\u202F: écrivez --urls {DefaultUrl}.", "urls");
            if (line.GetValue(Log) is not (null or "text" or "json"))
                return Refusal.Usage("log", "--log is text or json.", "--log est text ou json.", "log");
            var json = line.GetValue(Log) == "json";
            var asking = await session.AskingAsync(line, ct, line.GetValue(Portfolio));
            if (asking.Refusal is { } unasked) return unasked;
            var work = asking.Value;
            await FillAsync(session, work, ct);
            return await RunAsync(session, work, urls, json, ct);
        });

    /// <summary>The first start invents a vintage, so that no screen is empty. Without it the pages still stand.</summary>
    static async Task FillAsync(Session session, Work work, CancellationToken ct)
    {
        if (Vintages.List(work.Folder).Any(vintage => vintage.Kind == VintageKind.OpenAlex)) return;
        var invented = await Synthesizing.ImportAsync(work, Synthesizing.FirstWorks, Synthesizing.FirstSeed, session.Progress, ct);
        if (invented.Refusal is { } refusal) session.Line(refusal.Message);
    }

    static async Task<Refusal?> RunAsync(Session session, Work work, string[] urls, bool json, CancellationToken ct)
    {
        await using var app = EntenteWeb.Build(work.Folder, urls, session.Terminal.Clock, jsonLines: json);
        try
        {
            await app.StartAsync(ct);
        }
        catch (Exception e) when (e is SocketException or IOException { InnerException: AddressInUseException })
        {
            return Refusal.Conflict("address-in-use", $"Entente cannot listen on {string.Join(", ", urls)}: {e.Message} Name another address: --urls http://localhost:5081.",
                $"Entente ne peut écouter sur {string.Join(", ", urls)}\u202F: {e.Message} Nommez une autre adresse\u202F: --urls http://localhost:5081.");
        }
        // Lines for programs leave standard output to themselves.
        var tell = json ? session.Terminal.Error : session.Out;
        foreach (var url in app.Urls) tell.WriteLine(session.Say(new($"Entente is at {url} (Ctrl-C to stop).", $"Entente est à {url} (Ctrl-C pour arrêter).")));
        await OfferFirstAsync(session, work, app.Urls.First(), tell, ct);
        try
        {
            await session.Out.FlushAsync(ct);
            await Task.Delay(Timeout.Infinite, ct);
        }
        catch (OperationCanceledException)
        {
            await app.StopAsync(CancellationToken.None);
        }
        return null;
    }

    // There is no default password: whoever starts the program makes the first administrator.
    static async Task OfferFirstAsync(Session session, Work work, string url, TextWriter tell, CancellationToken ct)
    {
        if (await Inviting.FirstLinkAsync(work, ct) is not { } link) return;
        var address = AccountVerbs.Address(url, link);
        tell.WriteLine(session.Say(new($"Nobody administers it yet. This link makes the first administrator, once, within 24 hours: {address}",
            $"Personne ne l’administre encore. Ce lien crée le premier administrateur, une seule fois, sous 24 heures\u202F: {address}")));
    }

    static bool IsAddress(string url) =>
        Uri.TryCreate(url.Replace("://*", "://localhost", StringComparison.Ordinal).Replace("://+", "://localhost", StringComparison.Ordinal), UriKind.Absolute, out var address)
        && address.Scheme is "http" or "https";
}
