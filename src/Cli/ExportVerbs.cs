using System.CommandLine;
using Entente.Core.Evidence;
using Entente.Core.Evidence.ClickHouse;
using Entente.Core.Kernel;

namespace Entente.Cli;

/// <summary>Export: vintages to engines beyond this machine.</summary>
static class ExportVerbs
{
    public static Command Export() => Verb.Group("export", new("Load evidence into another engine", "Charger des preuves dans un autre moteur"), [ClickHouse()]);

    static Command ClickHouse()
    {
        var urls = new Option<string[]>("--url")
        {
            Description = About.Both(new("A ClickHouse server’s HTTP address; once for each server of the cluster, the one that answers first", "L’adresse HTTP d’un serveur ClickHouse\u202F; une fois par serveur de la grappe, d’abord celui qui répond")),
            HelpName = "URL", Required = true, AllowMultipleArgumentsPerToken = true,
        };
        var database = Verb.Option<string>("--database", "D", new($"The database (default {ClickHouseAddress.DefaultDatabase}); made when it is not there", $"La base (par défaut {ClickHouseAddress.DefaultDatabase})\u202F; créée si elle n’y est pas"));
        var cluster = Verb.Option<string>("--cluster", "C", new("The name of the cluster in the servers’ remote_servers; without one, a single server", "Le nom de la grappe dans le remote_servers des serveurs\u202F; sans lui, un seul serveur"));
        var vintage = Verb.Option<string>("--vintage", "V", new("A vintage of works or of CORDIS (default: the newest real one of works)", "Un millésime de publications ou de CORDIS (par défaut, le plus récent de publications qui soit réel)"));
        return Verb.Of("clickhouse", new("Load a vintage of works or of CORDIS into ClickHouse", "Charger un millésime de publications ou de CORDIS dans ClickHouse"), [urls, database, cluster, vintage, Verb.Json],
            async (session, line, ct) =>
            {
                var address = ClickHouseAddress.Parse(line.GetValue(urls) ?? [], line.GetValue(database), line.GetValue(cluster));
                if (address.Refusal is { } malformed) return malformed;
                var done = await ClickHouseExport.RunAsync(await session.WorkAsync(ct), address.Value, line.GetValue(vintage), session.Progress, ct);
                if (done.Refusal is { } refusal) return refusal;
                session.Answer(line, done.Value, result => session.Line(result.Vintage));
                session.Out.Flush();
                session.Terminal.Error.WriteLine(session.Say(Summary(session, done.Value)));
                return null;
            });
    }

    static Said Summary(Session session, ExportResult result)
    {
        var (works, seconds) = (result.Kind == VintageKind.OpenAlex, session.Number(Math.Round(result.Seconds, 1)));
        var count = session.Number(result.Rows[works ? "works" : "projects"]);
        var servers = result.Servers == 1 ? new Said("1 server", "1 serveur") : new($"{result.Servers} servers", $"{result.Servers} serveurs");
        var (what, loaded) = works ? (new Said("works", "publications"), new Said("works loaded", "publications chargées")) : (new("projects", "projets"), new("projects loaded", "projets chargés"));
        return result.AlreadyThere
            ? new($"{count} {what.En} already in {servers.En}: nothing was changed", $"{count} {what.Fr} déjà dans {servers.Fr}\u202F: rien n’a changé")
            : new($"{count} {loaded.En} into {servers.En} in {seconds} s", $"{count} {loaded.Fr} dans {servers.Fr} en {seconds} s");
    }
}
