using System.CommandLine;
using Entente.Core.Evidence;
using Entente.Core.Evidence.OpenAlex;
using Entente.Core.Kernel;

namespace Entente.Cli;

/// <summary>Import, one verb per source. Each prints the vintage's id alone; what else there is to say goes to standard error.</summary>
static class ImportVerbs
{
    static readonly Option<string> Name = Verb.Option<string>("--name", "N", new("A name for the vintage", "Un nom pour le millésime"));

    public static readonly Option<bool> Complete = Verb.Flag("--complete",
        new("The files hold all records of the source, not a selection", "Les fichiers contiennent toutes les notices de la source, et non une sélection"));

    public static Command OpenAlex()
    {
        var paths = Verb.Several("PATH", new("Files or snapshot folders of works: JSON Lines, API pages, plain or gzip",
            "Fichiers ou dossiers d’instantané de publications\u202F: JSON Lines, pages de l’API, bruts ou gzip"));
        var onto = Verb.Option<string>("--onto", "V", new("Apply the files as an update of this vintage; makes a new one", "Appliquer les fichiers comme mise à jour de ce millésime\u202F; en crée un nouveau"));
        return Verb.Of("openalex", new("Works of OpenAlex", "Publications d’OpenAlex"), [paths, Name, Complete, onto, Verb.Json], async (session, line, ct) =>
        {
            var (work, files, name) = (await session.WorkAsync(ct), line.GetValue(paths)!, line.GetValue(Name));
            return Answer(session, line, line.GetValue(onto) is { } earlier
                ? await OpenAlexImport.UpdateAsync(work, earlier, files, name, line.GetValue(Complete), session.Progress, ct)
                : await OpenAlexImport.RunAsync(work, files, name, CoverageOf(line), session.Progress, ct));
        });
    }

    static Coverage CoverageOf(ParseResult line) => line.GetValue(Complete) ? Coverage.Complete : Coverage.Selection;

    /// <summary>Prints what an import answers: JSON when asked for, else the id, with a summary on standard error.</summary>
    public static Refusal? Answer(Session session, ParseResult line, Outcome<ImportResult> outcome)
    {
        if (outcome.Refusal is { } refusal) return refusal;
        session.Answer(line, outcome.Value, result => session.Line(result.Vintage));
        session.Out.Flush();
        session.Terminal.Error.WriteLine(session.Say(Summary(session, outcome.Value)));
        return null;
    }

    static Said Summary(Session session, ImportResult result)
    {
        var manifest = Core.Evidence.Vintages.Read(session.Folder, result.Vintage);
        var (accepted, seconds) = (session.Number(result.Accepted), session.Number(Math.Round(result.Seconds, 1)));
        var said = result.Accepted == 1
            ? new Said($"1 record accepted in {seconds} s", $"1 notice acceptée en {seconds} s")
            : new Said($"{accepted} records accepted in {seconds} s", $"{accepted} notices acceptées en {seconds} s");
        if (result.Seconds >= 1) said = Add(said, $"{session.Number(Math.Round(result.Records / result.Seconds))}/s", $"{session.Number(Math.Round(result.Records / result.Seconds))}/s");
        if (result.Superseded > 0) said = Add(said, $"{session.Number(result.Superseded)} superseded", $"{session.Number(result.Superseded)} remplacées");
        if (manifest?.Withdrawn > 0) said = Add(said, $"{session.Number(manifest.Withdrawn)} of these withdrawn by the source", $"dont {session.Number(manifest.Withdrawn)} retirées par la source");
        if (manifest?.Unjoined > 0) said = Add(said, $"{session.Number(manifest.Unjoined.Value)} on projects that the vintage lacks", $"{session.Number(manifest.Unjoined.Value)} sur des projets que le millésime n’a pas");
        if (result.Rejected == 0) return Add(said, "none rejected", "aucune rejetée");
        var list = Path.Combine(Core.Evidence.Vintages.FolderOf(session.Folder, result.Vintage), VintageDraft.RejectsFile);
        return Add(said, $"{session.Number(result.Rejected)} rejected, listed in {list}", $"{session.Number(result.Rejected)} rejetées, listées dans {list}");
    }

    static Said Add(Said said, string en, string fr) => new($"{said.En}, {en}", $"{said.Fr}, {fr}");
}
