using System.CommandLine;
using Entente.Core.Evidence;
using Entente.Core.Kernel;

namespace Entente.Cli;

/// <summary>Import, pull, synthesize, vintages.</summary>
static class EvidenceVerbs
{
    public static Command Import() => Verb.Group("import", new("Import evidence as a vintage, or a table into the record", "Importer des preuves en un millésime, ou un tableau dans le registre"),
        [ImportVerbs.OpenAlex(), RegisterVerbs.Ror(), RegisterVerbs.Cordis(), RegisterVerbs.Rnsr(), TableVerb.Table()]);

    public static Command Pull() => Verb.Group("pull", new("Pull evidence from a public service", "Chercher des preuves auprès d’un service public"), [PullVerb.OpenAlex()]);

    public static Command Synthesize()
    {
        var works = Verb.Option<long>("--works", "N", new("How many works", "Combien de publications"), required: true);
        var seed = Verb.Option<long>("--seed", "S", new("The same seed gives the same world (default 1)", "La même graine donne le même monde (par défaut 1)"));
        var folder = Verb.Option<string>("--out", "DIR", new("Write the source files there and import nothing", "Y écrire les fichiers source, sans rien importer"));
        return Verb.Of("synthesize",
            new("Invent works, marked synthetic wherever they show", "Inventer des publications, marquées synthétiques partout où elles paraissent"),
            [works, seed, folder, Verb.Json],
            async (session, line, ct) =>
            {
                var (count, start) = (line.GetValue(works), line.GetResult(seed) is null ? Synthesizing.FirstSeed : line.GetValue(seed));
                if (line.GetValue(folder) is not { } written)
                    return ImportVerbs.Answer(session, line, await Synthesizing.ImportAsync(await session.WorkAsync(ct), count, start, session.Progress, ct));
                var files = await Synthesizing.WriteAsync(written, count, start, session.Progress, ct);
                if (files.Ok) session.Answer(line, files.Value, list => list.ToList().ForEach(session.Line));
                return files.Refusal;
            });
    }

    public static Command Vintages() => Verb.Of("vintages",
        new("List the vintages, newest import first", "Lister les millésimes, le dernier importé d’abord"), [Verb.Json],
        async (session, line, ct) =>
        {
            var folder = await session.FolderAsync(ct);
            foreach (var unreadable in Core.Evidence.Vintages.Unreadable(folder)) session.Terminal.Error.WriteLine($"entente: {session.Say(unreadable)}");
            session.Answer(line, Core.Evidence.Vintages.List(folder), vintages => session.Table(
                [new("id", "id"), new("records", "notices"), new("years", "années"), new("coverage", "couverture"), new("imported", "importé"), new("name", "nom")],
                vintages.Select(v => (string[])[v.Id, session.Number(v.Accepted), $"{v.FirstYear}–{v.LastYear}".Trim('–'), session.Say(WordFor(v.Coverage.Kind)),
                    v.ImportedAt.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture), v.Name ?? v.Release ?? ""])), Manifest.Json);
            return null;
        });

    static Said WordFor(CoverageKind kind) => kind switch
    {
        CoverageKind.Selection => new("selection", "sélection"),
        CoverageKind.Complete => new("complete", "complète"),
        CoverageKind.Query => new("query", "requête"),
    };
}
