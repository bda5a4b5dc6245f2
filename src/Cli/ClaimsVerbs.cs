using System.CommandLine;

namespace Entente.Cli;

static class ClaimsVerbs
{
    public static Command Claims() => Verb.Of("claims",
        new("List the published figures and whether they agree", "Lister les chiffres publiés et dire s’ils s’accordent"), [Verb.Json],
        (session, line, ct) => throw new NotImplementedException());
}
