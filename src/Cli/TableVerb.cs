using System.CommandLine;
using Entente.Core.Kernel;
using Entente.Core.Portfolio.Sheets;
using Entente.Core.Portfolio.Sheets.Intake;
using Entente.Core.Store;

namespace Entente.Cli;

/// <summary>A spreadsheet into the record: its columns are read from their headings, and what is refused is listed with its reasons.</summary>
static class TableVerb
{
    static readonly Option<string> As = Verb.Option<string>("--as", "TABLE", new("What a line is: a table of the portfolio, or cooperations", "Ce qu’est une ligne\u202F: une table du portefeuille, ou cooperations"));
    static readonly Option<string> Named = Verb.Option<string>("--sheet", "NAME", new("The sheet of a workbook (default: the first one shown)", "La feuille d’un classeur (par défaut, la première visible)"));
    static readonly Option<string> Source = Verb.Option<string>("--source", "KEY", new("The source that states it (default: the file, as a new source)", "La source qui l’énonce (par défaut, le fichier, comme nouvelle source)"));
    static readonly Option<string> Readers = Verb.Option<string>("--audience", "A", new("Who may read what is added: public, both or side:KEY (default both)", "Qui peut lire ce qui est ajouté\u202F: public, both ou side:CLÉ (par défaut both)"));
    static readonly Option<bool> Dry = Verb.Flag("--dry-run", new("Say what it would do, and write nothing", "Dire ce qui serait fait, sans rien écrire"));

    public static Command Table()
    {
        var file = Verb.Argument("FILE", new("A workbook (.xlsx), a CSV or a JSON file", "Un classeur (.xlsx), un CSV ou un fichier JSON"));
        return Verb.Of("table", new("A spreadsheet into the record", "Un tableau dans le registre"), [file, As, Named, Source, Readers, Dry, Verb.Json],
            async (session, line, ct) => await RunAsync(session, line, line.GetValue(file)!, ct));
    }

    static async Task<Refusal?> RunAsync(Session session, ParseResult line, string path, CancellationToken ct)
    {
        if (!File.Exists(path)) return Refusal.Invalid("no-file", $"There is no file {path}.", $"Le fichier {path} n’existe pas.", "file");
        var target = line.GetValue(As);
        if (target is not null && !Headings.Targets.Contains(target))
            return Refusal.Usage("target", $"“{target}” is no table: write one of {string.Join(", ", Headings.Targets)}.", $"«\u202F{target}\u202F» n’est pas une table\u202F: écrivez l’une de {string.Join(", ", Headings.Targets)}.", "as");
        var work = await session.WorkAsync(ct);
        var staged = await Intaking.StageAsync(work, Path.GetFileName(path), await File.ReadAllBytesAsync(path, ct), ct);
        if (!staged.Ok) return staged.Refusal;
        var (refusal, ran) = await ImportAsync(session, work, line, staged.Value, target, ct);
        if (!ran) await Intaking.DiscardAsync(work, staged.Value, ct);
        return refusal;
    }

    static async Task<(Refusal? Refusal, bool Ran)> ImportAsync(Session session, Work work, ParseResult line, int id, string? target, CancellationToken ct)
    {
        var opened = await Intaking.OpenAsync(work, id, ct);
        if (!opened.Ok) return (opened.Refusal, false);
        var mapped = await Intaking.MapAsync(work, id, MappingOf(line, opened.Value, target), ct);
        if (!mapped.Ok) return (mapped.Refusal, false);
        var preview = await Intaking.PreviewAsync(work, id, ct);
        if (!preview.Ok) return (preview.Refusal, false);
        var (seen, write) = (preview.Value, !line.GetValue(Dry) && preview.Value.Writes.Count > 0);
        var run = write ? await Intaking.RunAsync(work, id, seen.Digest(), session.Lang, ct) : (Outcome<StagedIntake>?)null;
        if (run is { Ok: false } stopped) return (stopped.Refusal, false);
        session.Answer(line, Shape(session, seen, run?.Value), _ => Print(session, seen));
        session.Out.Flush();
        session.Terminal.Error.WriteLine(session.Say(Summary(session, seen, run?.Value)));
        return (seen.Lines.Count > 0 && seen.Count(RowFate.Refused) == seen.Lines.Count ? AllRefused : null, run is not null);
    }

    static Refusal AllRefused => Refusal.Invalid("all-refused", "Every line was refused: nothing was written.", "Toutes les lignes ont été refusées\u202F: rien n’a été écrit.");

    static Mapping MappingOf(ParseResult line, OpenedIntake opened, string? target)
    {
        var mapping = opened.Mapping;
        var name = line.GetValue(Named) ?? mapping.Sheet;
        // An unknown sheet is refused by the verb; a known one, or another target, has headings of its own.
        if ((name != mapping.Sheet || (target is not null && target != mapping.Target)) && opened.File.Sheets.FirstOrDefault(s => s.Name == name) is { } sheet)
            mapping = Intaking.Propose(sheet, name == mapping.Sheet ? mapping.HeaderLine : null, target) with { Answers = mapping.Answers };
        return mapping with { Sheet = name, Source = line.GetValue(Source), Audience = line.GetValue(Readers) ?? mapping.Audience };
    }

    static void Print(Session session, Preview preview) => session.Table([new("line", "ligne"), new("is", "est"), new("row", "fiche"), new("column", "colonne"), new("reason", "raison")],
        preview.Lines.SelectMany(l => l.Faults.Count == 0 ? [(string[])[Text(l.Line), Fate(session, l), l.Title, "", ""]]
            : l.Faults.Select(f => (string[])[Text(l.Line), Fate(session, l), l.Title, f.Heading ?? "", session.Say(f.What)])));

    static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    static string Fate(Session session, PreviewLine line) => session.Say(line.Fate switch
    {
        RowFate.Added => new("added", "ajoutée"),
        RowFate.Changed => new("changed", "modifiée"),
        RowFate.Unchanged => new("as it is", "inchangée"),
        RowFate.Refused => new Said("refused", "refusée"),
    });

    static object Shape(Session session, Preview preview, StagedIntake? run) => new
    {
        preview.Mapping.Target, preview.Mapping.Sheet, Rows = preview.Lines.Count, Accepted = preview.Lines.Count - preview.Count(RowFate.Refused), Rejected = preview.Count(RowFate.Refused),
        Added = preview.Count(RowFate.Added), Changed = preview.Count(RowFate.Changed), Unchanged = preview.Count(RowFate.Unchanged),
        Written = run is not null, Journal = run?.Line, Source = preview.NewSource?.Key ?? preview.Mapping.Source, preview.Writes,
        Columns = preview.Mapping.Fields.ToDictionary(f => preview.Header[f.Key].Text is { Length: > 0 } heading ? heading : SheetLimits.Letters(f.Key), f => f.Value),
        Refused = preview.Lines.Where(l => l.Fate == RowFate.Refused).Select(l => new { l.Line, l.Title, Reasons = l.Faults.Select(f => new { Column = f.Heading, Reason = session.Say(f.What) }) }),
    };

    static Said Summary(Session session, Preview preview, StagedIntake? run)
    {
        var (added, changed, same, refused) = (session.Number(preview.Count(RowFate.Added)), session.Number(preview.Count(RowFate.Changed)),
            session.Number(preview.Count(RowFate.Unchanged)), session.Number(preview.Count(RowFate.Refused)));
        var (en, fr) = run is null ? ("Nothing written", "Rien n’a été écrit") : ($"Written under line {run.Line} of the journal", $"Écrit sous la ligne {run.Line} du journal");
        return new($"{en}: {added} added, {changed} changed, {same} as they are, {refused} refused", $"{fr}\u202F: {added} ajoutées, {changed} modifiées, {same} inchangées, {refused} refusées");
    }
}
