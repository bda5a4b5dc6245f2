using System.CommandLine;

namespace Entente.Cli;

/// <summary>Perimeters, perimeter show, perimeter diff.</summary>
static class PerimeterVerbs
{
    public static Command Perimeters() => Verb.Of("perimeters",
        new("List the perimeters", "Lister les périmètres"), [Verb.Json],
        (session, line, ct) => throw new NotImplementedException());

    public static Command Perimeter() => Verb.Group("perimeter",
        new("Show a perimeter at a release, or what two releases change", "Montrer un périmètre à une version, ou ce que changent deux versions"), []);
}
