using System.Security.Cryptography;
using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Portfolio.Agreements;
using Entente.Core.Portfolio.Editing;
using Entente.Core.Store;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio.Sheets.Intake;

/// <summary>A staged file as read, with how it is mapped.</summary>
public sealed record OpenedIntake(StagedIntake Staged, SheetFile File, Mapping Mapping);

/// <summary>Imports a spreadsheet: staged, mapped, looked at line by line, run as one write with one line of the journal, taken back.</summary>
public static class Intaking
{
    /// <summary>How long a file is kept that nobody runs.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Keeps the file and proposes how to read it, as its headings say or as the same headings were read last.</summary>
    public static async Task<Outcome<int>> StageAsync(Work work, string label, byte[] bytes, CancellationToken ct)
    {
        if (Refuse(work) is { } refusal) return refusal;
        var read = SheetReading.Read(bytes);
        if (!read.Ok) return read.Refusal!;
        if (read.Value.Sheets.Where(s => s.Fault is null && s.Rows.Count > 0).MinBy(s => s.Hidden) is not { } sheet)
            return read.Value.Sheets.Select(s => s.Fault).FirstOrDefault(f => f is not null)
                ?? Refusal.Invalid("sheet-empty", "No sheet of the file holds a row.", "Aucune feuille du fichier ne contient de ligne.", "file");
        await SweepAsync(work, ct);
        var staged = new StagedIntake
        {
            Account = work.Actor.Account, Label = Label(label), Bytes = bytes, Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            Mapping = (await ProposeAsync(work, sheet, ct)).ToJson(), State = IntakeState.Staged, Made = work.Now,
        };
        work.Db.Add(staged);
        await work.Db.SaveChangesAsync(ct);
        work.Db.ChangeTracker.Clear();
        return staged.Id;
    }

    static Refusal? Refuse(Work work) => Permissions.MayAnywhere(work.Actor, Permission.ImportTables) ? null : Permissions.Refuse(work.Actor, Permission.ImportTables);

    // Only the last part of a path, and none of what would upset a line of text.
    static string Label(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = string.Concat(last.Where(c => !char.IsControl(c))).Trim();
        return clean.Length == 0 ? "?" : clean.Length > 120 ? clean[..120] : clean;
    }

    static async Task<Mapping> ProposeAsync(Work work, Sheet sheet, CancellationToken ct)
    {
        var proposed = Propose(sheet, null, null);
        var (shape, account) = (Mapping.ShapeOf(sheet.Rows.First(r => r.Line == proposed.HeaderLine)), work.Actor.Account ?? 0);
        return await work.Db.IntakeShapes.AsNoTracking().SingleOrDefaultAsync(s => s.Shape == shape && s.Account == account, ct) is { } known
            ? Mapping.Parse(known.Mapping) with { Sheet = proposed.Sheet, HeaderLine = proposed.HeaderLine }
            : proposed with { Partner = work.Actor is { Operator: false } actor && actor.Sides.ToList() is [var side] ? side : null };
    }

    /// <summary>What the headings of a sheet say; the line of the header and the target are found where they are not given.</summary>
    public static Mapping Propose(Sheet sheet, int? headerLine, string? target)
    {
        var header = sheet.Rows.FirstOrDefault(r => r.Line == headerLine) ?? Headings.HeaderOf(sheet) ?? new(1, []);
        target ??= Headings.TargetOf(header);
        return new() { Sheet = sheet.Name, HeaderLine = header.Line, Target = target, Fields = Headings.Propose(header, target) };
    }

    /// <summary>The imports of whoever acts, newest first, without their bytes.</summary>
    public static async Task<IReadOnlyList<StagedIntake>> ListAsync(Work work, CancellationToken ct)
    {
        var account = work.Actor.Account;
        return await work.Db.Intakes.AsNoTracking().Where(i => i.Account == account).OrderByDescending(i => i.Id).Select(i => new StagedIntake
        {
            Id = i.Id, Account = i.Account, Label = i.Label, Bytes = Array.Empty<byte>(), Sha256 = i.Sha256, Mapping = i.Mapping, State = i.State, Made = i.Made,
            Ended = i.Ended, Line = i.Line, Added = i.Added, Changed = i.Changed, Unchanged = i.Unchanged, Refused = i.Refused,
        }).ToListAsync(ct);
    }

    /// <summary>A file of one's own; another's is not found.</summary>
    public static async Task<Outcome<StagedIntake>> FindAsync(Work work, int id, CancellationToken ct)
    {
        if (Refuse(work) is { } refusal) return refusal;
        return await work.Db.Intakes.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, ct) is { } staged && (work.Actor.Operator || staged.Account == work.Actor.Account) ? staged
            : Refusal.NotFound("unknown-import", "There is no such import: it was thrown away, or is older than 30 days. Import the file again at /import-table.",
                "Cet import n’existe pas\u202F: il a été abandonné, ou date de plus de 30 jours. Réimportez le fichier sur /import-table.");
    }

    public static async Task<Outcome<OpenedIntake>> OpenAsync(Work work, int id, CancellationToken ct)
    {
        var found = await FindAsync(work, id, ct);
        if (!found.Ok) return found.Refusal!;
        if (found.Value.State != IntakeState.Staged)
            return Refusal.Conflict("import-ended", "This import has run already. Import a corrected file as a new one.", "Cet import a déjà été exécuté. Importez un fichier corrigé comme un nouvel import.");
        var read = SheetReading.Read(found.Value.Bytes);
        return read.Ok ? new OpenedIntake(found.Value, read.Value, Mapping.Parse(found.Value.Mapping)) : read.Refusal!;
    }

    /// <summary>Keeps how the file is to be read, for it and for later files with the same headings.</summary>
    public static async Task<Outcome<Mapping>> MapAsync(Work work, int id, Mapping mapping, CancellationToken ct)
    {
        var opened = await OpenAsync(work, id, ct);
        if (!opened.Ok) return opened.Refusal!;
        if (Fault(opened.Value.File, mapping) is { } fault) return fault;
        var staged = await work.Db.Intakes.SingleAsync(i => i.Id == id, ct);
        staged.Mapping = mapping.ToJson();
        var header = opened.Value.File.Sheets.First(s => s.Name == mapping.Sheet).Rows.First(r => r.Line == mapping.HeaderLine);
        var (shape, account) = (Mapping.ShapeOf(header), work.Actor.Account ?? 0);
        if (await work.Db.IntakeShapes.SingleOrDefaultAsync(s => s.Shape == shape && s.Account == account, ct) is { } known) known.Mapping = staged.Mapping;
        else work.Db.Add(new IntakeShape { Shape = shape, Account = account, Mapping = staged.Mapping });
        await work.Db.SaveChangesAsync(ct);
        work.Db.ChangeTracker.Clear();
        return mapping;
    }

    static Refusal? Fault(SheetFile file, Mapping mapping)
    {
        if (file.Sheets.FirstOrDefault(s => s.Name == mapping.Sheet) is not { } sheet)
            return Refusal.Invalid("no-sheet", $"The file has no sheet “{mapping.Sheet}”.", $"Le fichier n’a pas de feuille «\u202F{mapping.Sheet}\u202F».", "sheet");
        if (sheet.Fault is { } fault) return fault;
        if (sheet.Rows.FirstOrDefault(r => r.Line == mapping.HeaderLine) is null)
            return Refusal.Invalid("no-header", $"Line {mapping.HeaderLine} is empty: name the line that holds the headings.", $"La ligne {mapping.HeaderLine} est vide\u202F: indiquez la ligne des en-têtes.", "header");
        if (mapping.Target != Mapping.Cooperations && RowEditing.Table(mapping.Target) is null)
            return Refusal.Invalid("no-target", $"There is no table “{mapping.Target}”.", $"Il n’y a pas de table «\u202F{mapping.Target}\u202F».", "target");
        if (mapping.Fields.Values.Where(f => !f.StartsWith("coordinator", StringComparison.Ordinal)).GroupBy(f => f).FirstOrDefault(g => g.Count() > 1) is { } twice)
            return Refusal.Invalid("field-twice", $"Two columns stand for {twice.Key}: leave one of them out.", $"Deux colonnes désignent {twice.Key}\u202F: retirez-en une.", $"field.{mapping.Fields.Last(f => f.Value == twice.Key).Key}");
        if (mapping.Fields.Count == 0) return Refusal.Invalid("no-fields", "No column stands for anything yet: choose what each holds.", "Aucune colonne ne désigne encore quoi que ce soit\u202F: choisissez ce que chacune contient.", "target");
        return Audience.Parse(mapping.Audience) is null ? Refusal.Invalid("audience", "Choose who may read what is added.", "Choisissez qui peut lire ce qui est ajouté.", "audience") : null;
    }

    /// <summary>What the run would do: the dry run.</summary>
    public static async Task<Outcome<Preview>> PreviewAsync(Work work, int id, CancellationToken ct)
    {
        var opened = await OpenAsync(work, id, ct);
        if (!opened.Ok) return opened.Refusal!;
        return Fault(opened.Value.File, opened.Value.Mapping) is { } fault ? fault : await PreviewAsync(work, opened.Value, ct);
    }

    static async Task<Preview> PreviewAsync(Work work, OpenedIntake opened, CancellationToken ct)
    {
        var mapping = opened.Mapping;
        var sheet = opened.File.Sheets.First(s => s.Name == mapping.Sheet);
        string[] written = mapping.Target == Mapping.Cooperations ? [.. CooperationDrafting.Writes] : [mapping.Target];
        var tables = await RecordTables.ReadAsync(work, [.. written, "instruments", "names", "labels", "identifiers", "sources"], ct);
        var source = mapping.Source is { } given && tables.Knows("sources", given) ? null : IntakeSource.Of(work, tables, opened);
        var key = source?.Key ?? mapping.Source!;
        Drafting drafting = mapping.Target == Mapping.Cooperations ? new CooperationDrafting(tables, sheet, mapping, key) : new TableDrafting(tables, sheet, mapping, key);
        var lines = await new Planning(work, tables, drafting.Draft(), key, source is not null).PlanAsync(ct);
        var cites = source is not null && lines.Where(l => l.Fate != RowFate.Refused).SelectMany(l => l.Rows)
            .Any(r => r.Fate is RowFate.Added or RowFate.Changed && r.Cells.GetValueOrDefault("source", "").Contains(key, StringComparison.Ordinal));
        return new(mapping, sheet.Rows.First(r => r.Line == mapping.HeaderLine), lines, drafting.Questions, cites ? source : null);
    }

    /// <summary>
    /// Writes every sound line in one transaction with one line of the journal, and keeps the refused ones as a sheet. Refused where the
    /// record moved since the preview was looked at.
    /// </summary>
    /// <param name="seen">digest of the preview that was looked at; null to run whatever stands</param>
    public static async Task<Outcome<StagedIntake>> RunAsync(Work work, int id, string? seen, Lang lang, CancellationToken ct)
    {
        await using var pen = await work.BeginAsync(ct);
        work.Db.ChangeTracker.Clear();
        var opened = await OpenAsync(work, id, ct);
        if (!opened.Ok) return opened.Refusal!;
        if (Fault(opened.Value.File, opened.Value.Mapping) is { } fault) return fault;
        var preview = await PreviewAsync(work, opened.Value, ct);
        if (seen is not null && preview.Digest() != seen)
            return Refusal.Conflict("import-moved", "The record changed since you looked at the preview, and so would the import. Nothing was written: look at the preview again.",
                "Le registre a changé depuis que vous avez consulté l’aperçu, et l’import aussi. Rien n’a été écrit\u202F: consultez de nouveau l’aperçu.");
        if (preview.Writes.Count == 0)
            return Refusal.Invalid("import-nothing", "No line would add or change anything: nothing was written.", "Aucune ligne n’ajouterait ni ne changerait quoi que ce soit\u202F: rien n’a été écrit.");
        if (await GuardAsync(work, preview, ct) is { } guarded) return guarded;
        await WriteAsync(work.Db, preview, ct);
        var staged = await EndAsync(work, id, preview, lang, ct);
        work.Log("table.import", $"import-table/{id}", string.Join(", ", preview.Writes.Select(w => $"{w.Value} {w.Key}")) + $"; {staged.Refused} refused");
        await work.Db.SaveChangesAsync(ct);
        staged.Line = await work.Db.Journal.MaxAsync(j => j.Id, ct);
        await work.Db.SaveChangesAsync(ct);
        await pen.CommitAsync(ct);
        work.Db.ChangeTracker.Clear();
        return staged;
    }

    // What sides approved or declared is no sheet's to change.
    static async Task<Refusal?> GuardAsync(Work work, Preview preview, CancellationToken ct)
    {
        foreach (var row in preview.Sound.SelectMany(l => l.Rows).Where(r => Guarding.Guards(r.File) && r.Fate is (RowFate.Added or RowFate.Changed)))
        {
            var before = row.Id is { } id && await Stored.FindAsync(work.Db, row.File, id, ct) is { } stored ? Cells.Of(row.File, stored) : new Dictionary<string, string>();
            var after = row.Cells.Where(c => c.Value.Length > 0).ToDictionary();
            if (await Guarding.RefuseAsync(work, row.File, before, after, ct) is { } refusal) return refusal;
        }
        return null;
    }

    static async Task WriteAsync(Db db, Preview preview, CancellationToken ct)
    {
        if (preview.NewSource is { } source) db.Add(source);
        foreach (var line in preview.Sound)
            foreach (var row in line.Rows)
            {
                if (row.Fate is not (RowFate.Added or RowFate.Changed)) continue;
                var made = row.File.Make(new Row(row.File, line.Line, row.Cells));
                if (row.Fate == RowFate.Added) db.Add(made);
                else Stored.Put(db, row.File, (await Stored.FindAsync(db, row.File, row.Id!, ct))!, made);
            }
    }

    static async Task<StagedIntake> EndAsync(Work work, int id, Preview preview, Lang lang, CancellationToken ct)
    {
        var staged = await work.Db.Intakes.SingleAsync(i => i.Id == id, ct);
        (staged.State, staged.Ended) = (IntakeState.Done, work.Now);
        (staged.Added, staged.Changed, staged.Unchanged, staged.Refused) =
            (preview.Count(RowFate.Added), preview.Count(RowFate.Changed), preview.Count(RowFate.Unchanged), preview.Count(RowFate.Refused));
        staged.Bytes = staged.Refused == 0 ? [] : SheetWriting.Write(SheetFormat.Xlsx, RefusedRows.Of(preview, lang));
        return staged;
    }

    /// <summary>Takes back what a run wrote. Refused where a later line touched one of its rows, or where a later row stands on one.</summary>
    public static async Task<Outcome<int>> UndoAsync(Work work, int id, CancellationToken ct)
    {
        await using var pen = await work.BeginAsync(ct);
        var found = await FindAsync(work, id, ct);
        if (!found.Ok) return found.Refusal!;
        if (found.Value is not { State: IntakeState.Done, Line: { } line })
            return Refusal.Conflict("import-not-run", "This import has not run, or was taken back already.", "Cet import n’a pas été exécuté, ou a déjà été annulé.");
        if (await History.LineAsync(work.Db, line, ct) is { } told && await Guarding.RefuseUndoAsync(work, told.Entry.Verb,
                await RecordPast.UndoneAsync(work.Db, told.Changes, ct), ct) is { } guarded) return guarded;
        work.Db.ChangeTracker.Clear();
        try
        {
            var undone = await History.UndoAsync(work, line, ct);
            if (!undone.Ok) return undone;
            await work.Db.Intakes.Where(i => i.Id == id).ExecuteUpdateAsync(set => set.SetProperty(i => i.State, IntakeState.Undone), ct);
            await pen.CommitAsync(ct);
            return undone;
        }
        catch (Exception e) when (Stored.Held(e))
        {
            return Refusal.Conflict("undo-stood-on", "Rows that were made since stand on those of this import: remove these first.",
                "Des lignes créées depuis s’appuient sur celles de cet import\u202F: supprimez-les d’abord.");
        }
        finally
        {
            work.Db.ChangeTracker.Clear();
        }
    }

    /// <summary>Throws a file away, with what was not imported of it.</summary>
    public static async Task<Outcome<int>> DiscardAsync(Work work, int id, CancellationToken ct)
    {
        var found = await FindAsync(work, id, ct);
        if (!found.Ok) return found.Refusal!;
        return await work.Db.Intakes.Where(i => i.Id == id && i.State == IntakeState.Staged).ExecuteDeleteAsync(ct);
    }

    /// <summary>Takes away the files of more than thirty days. The journal keeps the lines of those that ran.</summary>
    public static Task<int> SweepAsync(Work work, CancellationToken ct)
    {
        var before = work.Now - Kept;
        return work.Db.Intakes.Where(i => i.Made < before).ExecuteDeleteAsync(ct);
    }
}
