using System.CommandLine;

namespace Entente.Cli;

static class PortfolioVerbs
{
    public static Command Structures() => Verb.Of("structures",
        new("List the structures of the portfolio", "Lister les structures du portefeuille"), [Verb.Json],
        (session, line, ct) => throw new NotImplementedException());
}
