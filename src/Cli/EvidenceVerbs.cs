using System.CommandLine;
using Entente.Core.Evidence;

namespace Entente.Cli;

/// <summary>Import, pull, synthesize, vintages.</summary>
static class EvidenceVerbs
{
    public static Command Import() => Verb.Group("import", new("Import evidence as a vintage", "Importer des preuves en un millésime"), []);

    public static Command Pull() => Verb.Group("pull", new("Pull evidence from a public service", "Chercher des preuves auprès d’un service public"), []);

    public static Command Synthesize() => Verb.Of("synthesize",
        new("Invent works, marked synthetic wherever they show", "Inventer des publications, marquées synthétiques partout où elles paraissent"), [],
        (session, line, ct) => throw new NotImplementedException());

    public static Command Vintages() => Verb.Of("vintages",
        new("List the vintages, newest import first", "Lister les millésimes, le dernier importé d’abord"), [Verb.Json],
        async (session, line, ct) =>
        {
            var folder = await session.FolderAsync(ct);
            session.Answer(line, Core.Evidence.Vintages.List(folder), vintages => session.Table(
                [new("id", "id"), new("records", "notices"), new("years", "années"), new("coverage", "couverture"), new("imported", "importé"), new("name", "nom")],
                vintages.Select(v => (string[])[v.Id, session.Number(v.Accepted), $"{v.FirstYear}–{v.LastYear}".Trim('–'), v.Coverage.Kind.ToString().ToLowerInvariant(),
                    v.ImportedAt.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture), v.Name ?? v.Release ?? ""])), Manifest.Json);
            return null;
        });
}
