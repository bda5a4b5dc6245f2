using System.CommandLine;

namespace Entente.Cli;

static class ServeVerb
{
    static readonly Option<string> Urls = Verb.Option<string>("--urls", "URL",
        new("Where to listen (default http://localhost:5080)", "Où écouter (par défaut http://localhost:5080)"));

    static readonly Option<string> Portfolio = Verb.Option<string>("--portfolio", "none|DIR",
        new("Start with no portfolio, or with the files of a folder; remembered", "Commencer sans portefeuille, ou avec les fichiers d’un dossier\u202F; retenu"));

    public static Command Serve() => Verb.Of("serve",
        new("Serve the pages (the default verb)", "Servir les pages (le verbe par défaut)"), [Urls, Portfolio],
        (session, line, ct) => throw new NotImplementedException());
}
