using System.CommandLine;

namespace Entente.Cli;

/// <summary>Figure, works, verify.</summary>
static class FigureVerbs
{
    public static Command Figure() => Verb.Of("figure",
        new("Compute a figure, with its receipt", "Calculer un chiffre, avec son reçu"), [Verb.Json],
        (session, line, ct) => throw new NotImplementedException());

    public static Command Works() => Verb.Of("works",
        new("List the works behind a figure, one per line, id first", "Lister les publications derrière un chiffre, une par ligne, l’identifiant d’abord"), [Verb.Json],
        (session, line, ct) => throw new NotImplementedException());

    public static Command Verify() => Verb.Of("verify",
        new("Recompute a receipt", "Recalculer un reçu"), [Verb.Json],
        (session, line, ct) => throw new NotImplementedException());
}
