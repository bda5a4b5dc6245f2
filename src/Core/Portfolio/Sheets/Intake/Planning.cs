using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Portfolio.Agreements;
using Entente.Core.Portfolio.Editing;
using Entente.Core.Store;

namespace Entente.Core.Portfolio.Sheets.Intake;

/// <summary>Holds drafted rows against the record and every rule of it: what is added, changed, as it was, or refused and why.</summary>
sealed class Planning(Work work, RecordTables tables, IReadOnlyList<DraftLine> lines, string source, bool newSource)
{
    readonly Actor _actor = work.Actor;
    readonly Dictionary<(string Table, string Key), int> _made = [];
    readonly Dictionary<(string Table, string Column, string Value), int> _unique = [];
    readonly Dictionary<string, Dictionary<string, Queue<RecordRow>>> _same = new(StringComparer.Ordinal);
    readonly Dictionary<string, List<string>> _partners = lines.SelectMany(l => l.Rows).Where(r => r.File.Name == "parties" && r.Cells.GetValueOrDefault("organisation", "").Length > 0)
        .GroupBy(r => r.Cells.GetValueOrDefault("structure", "")).ToDictionary(g => g.Key, g => g.Select(r => r.Cells["organisation"]).Distinct().ToList(), StringComparer.Ordinal);

    sealed record Planned(DraftLine Draft, List<(DraftRow Draft, PlannedRow Row)> Rows);

    public async Task<IReadOnlyList<PreviewLine>> PlanAsync(CancellationToken ct)
    {
        var planned = new List<Planned>();
        foreach (var line in lines)
        {
            // What could not be read is said once, and not again as a cell that is missing.
            var read = line.Faults.Count == 0;
            planned.Add(new(line, [.. line.Rows.Select(row => (row, PlanRow(line, row, read)))]));
        }
        await GuardAsync(planned, ct);
        Cascade(planned);
        var shared = new HashSet<(string, string)>();
        return [.. planned.Select(p => Line(p, shared))];
    }

    static PreviewLine Line(Planned planned, HashSet<(string, string)> shared)
    {
        var refused = planned.Draft.Faults.Count > 0;
        var rows = new List<PlannedRow>();
        foreach (var (draft, row) in planned.Rows)
            rows.Add(refused || !draft.Shared || shared.Add((row.File.Name, row.Id!)) ? row : row with { Fate = RowFate.Unchanged });
        var fate = refused ? RowFate.Refused
            : rows.Count > 0 && rows.Find(r => !IsShared(planned, r))?.Fate == RowFate.Added ? RowFate.Added
            : rows.Any(r => r.Fate is RowFate.Added or RowFate.Changed) ? RowFate.Changed : RowFate.Unchanged;
        return new(planned.Draft.Raw, planned.Draft.Title, fate, rows, planned.Draft.Faults);
    }

    static bool IsShared(Planned planned, PlannedRow row) => planned.Rows.Any(r => r.Draft.Shared && r.Row.File == row.File && r.Row.Id == row.Id);

    // What each side approved, or one side declared for itself, no table may change.
    async Task GuardAsync(List<Planned> planned, CancellationToken ct)
    {
        if (_actor.Operator) return;
        foreach (var line in planned)
            foreach (var (draft, row) in line.Rows.Where(r => r.Row.Fate is RowFate.Added or RowFate.Changed && r.Row.File.Name is "suspensions" or "money" or "agreements" or "parties"))
            {
                var before = row.Fate == RowFate.Added ? [] : Given(tables.Find(row.File.Name, row.Id!)!.Cells);
                if (await Guarding.RefuseAsync(work, row.File, before, Given(row.Cells), ct) is { } refusal) Refuse(line.Draft, draft, refusal.Field, refusal.Message);
            }
    }

    static Dictionary<string, string> Given(IReadOnlyDictionary<string, string> cells) => cells.Where(c => c.Value.Length > 0).ToDictionary();

    PlannedRow PlanRow(DraftLine line, DraftRow draft, bool read)
    {
        var before = draft.File.Keyed() ? draft.Id is null ? null : tables.Find(draft.File.Name, draft.Id) : Known(draft);
        if (before is { Open: false } && draft.File.Keyed()) Refuse(line, draft, "key", TakenKey(draft.Id!));
        if (before is { Open: true } && !draft.File.Keyed() && Moved(before, draft)) Refuse(line, draft, Exporting.Id, OfAnother(before));
        var cells = Merged(draft, before);
        var changes = before is null ? [] : Differences(draft.File, before.Cells, cells);
        var fate = before is null ? RowFate.Added : changes.Count > 0 ? RowFate.Changed : RowFate.Unchanged;
        // What an existing row says anew, the file says too.
        if (fate == RowFate.Changed && draft.File.Find("source") is not null && !draft.Cells.ContainsKey("source") && draft.Defaults.TryGetValue("source", out var cited))
            cells["source"] = $"{cells["source"]}; {cited}";
        var row = new PlannedRow(draft.File, before?.Id ?? draft.Id, fate, cells, changes);
        if (fate != RowFate.Unchanged) Check(line, draft, row, before, read);
        Keep(line, draft, row);
        return row;
    }

    void Keep(DraftLine line, DraftRow draft, PlannedRow row)
    {
        if (!draft.File.Keyed() || draft.Shared) return;
        if (!_made.TryAdd((draft.File.Name, row.Id!), line.Raw.Line))
            Refuse(line, draft, "key", Twice(row.Id!, _made[(draft.File.Name, row.Id!)]));
    }

    // In a table without keys a row is known by all its cells, each row on record once; else by its number.
    RecordRow? Known(DraftRow draft)
    {
        var same = _same.TryGetValue(draft.File.Name, out var known) ? known : _same[draft.File.Name] = tables.Of(draft.File)
            .GroupBy(r => Signature(draft.File, r.Cells)).ToDictionary(g => g.Key, g => new Queue<RecordRow>(g.OrderBy(r => r.Id, StringComparer.Ordinal)), StringComparer.Ordinal);
        if (draft.Cells.ContainsKey("source") && same.TryGetValue(Signature(draft.File, Merged(draft, null)), out var rows) && rows.TryDequeue(out var row)) return row;
        return draft.Id is { } id && tables.Find(draft.File.Name, id) is { Open: true } numbered ? numbered : null;
    }

    static string Signature(PortfolioFile file, IReadOnlyDictionary<string, string> cells) => string.Join('\u001F', file.Columns.Select(c => Canonical(c, cells.GetValueOrDefault(c.Name, ""))));

    static string Canonical(Column column, string cell) => (column.Kind, cell) switch
    {
        (ColumnKind.Audience, "") => "public",
        (ColumnKind.YesNo, "") when column.ByVerb => "no",
        (ColumnKind.Sources, { Length: > 0 }) => Citations.Parse(cell).ToString(),
        _ => cell,
    };

    static Dictionary<string, string> Merged(DraftRow draft, RecordRow? before) => draft.File.Columns.ToDictionary(c => c.Name, c =>
        draft.Cells.TryGetValue(c.Name, out var said) ? said : before is not null ? before.Cells[c.Name] : draft.Defaults.GetValueOrDefault(c.Name, ""), StringComparer.Ordinal);

    static List<CellChange> Differences(PortfolioFile file, IReadOnlyDictionary<string, string> before, Dictionary<string, string> after) =>
        [.. file.Columns.Where(c => Canonical(c, before[c.Name]) != Canonical(c, after[c.Name])).Select(c => new CellChange(c.Name, before[c.Name], after[c.Name]))];

    // A number from another installation must not overwrite what happens to bear it here.
    bool Moved(RecordRow before, DraftRow draft) =>
        tables.ReachOf(draft.File, before.Cells, before.Id).Record != tables.ReachOf(draft.File, Merged(draft, before), before.Id).Record;

    void Check(DraftLine line, DraftRow draft, PlannedRow row, RecordRow? before, bool read)
    {
        if (before is { Open: false }) return;
        if (read)
            foreach (var complaint in RowRules.Complaints(new Row(row.File, line.Raw.Line, row.Cells)))
                Refuse(line, draft, complaint.Field, complaint.What);
        foreach (var column in row.File.Columns.Where(c => c.ByVerb && !_actor.Operator && Canonical(c, row.Cells[c.Name]) != Canonical(c, before?.Cells[c.Name] ?? "")))
            Refuse(line, draft, column.Name, new("this is set by approval alone, not by a table.", "ceci ne se règle que par l’approbation, pas par un tableau."));
        foreach (var column in row.File.Columns.Where(c => c.Unique && c.Kind != ColumnKind.Key && row.Cells[c.Name].Length > 0)) CheckUnique(line, draft, row, column);
        CheckReach(line, draft, row, before);
    }

    void CheckUnique(DraftLine line, DraftRow draft, PlannedRow row, Column column)
    {
        var value = row.Cells[column.Name];
        if (tables.Of(row.File).FirstOrDefault(r => r.Cells[column.Name] == value && r.Id != row.Id) is { } other)
            Refuse(line, draft, column.Name, new($"“{value}” belongs to {other.Id} already.", $"«\u202F{value}\u202F» appartient déjà à {other.Id}."));
        if (!_unique.TryAdd((row.File.Name, column.Name, value), line.Raw.Line) && _unique[(row.File.Name, column.Name, value)] is var first && first != line.Raw.Line)
            Refuse(line, draft, column.Name, Twice(value, first));
    }

    void CheckReach(DraftLine line, DraftRow draft, PlannedRow row, RecordRow? before)
    {
        var reach = ReachOf(row);
        foreach (var at in before is null ? [reach] : new[] { reach, tables.ReachOf(before.File, before.Cells, before.Id) })
            if (Permissions.Refuse(_actor, Permission.ImportTables, at.Sides, at.Scope) is not null)
            {
                Refuse(line, draft, null, new($"none of your roles reaches {at.Record}: your side is not among its partners.", $"aucun de vos rôles n’atteint {at.Record}\u202F: votre côté n’est pas parmi ses partenaires."));
                return;
            }
        if (row.File.Find("audience") is null || Audience.Parse(row.Cells["audience"]) is not { } audience) return;
        if (audience is { Kind: AudienceKind.Side, Who: { } side } && reach.Sides is { } sides && !sides.Contains(side))
            Refuse(line, draft, "audience", new($"“{side}” is no side of {reach.Record}.", $"«\u202F{side}\u202F» n’est pas un côté de {reach.Record}."));
        else if (!reach.Opens(_actor, audience))
            Refuse(line, draft, "audience", new("you could not read it yourself: choose an audience that you belong to.", "vous ne pourriez pas le lire vous-même\u202F: choisissez une audience dont vous faites partie."));
    }

    // Behind a structure that nobody stands behind yet are those whom the sheet itself names.
    Reach ReachOf(PlannedRow row)
    {
        var reach = tables.ReachOf(row.File, row.Cells, row.Id);
        return reach.Scope is { } scope && reach.Sides is null or { Count: 0 } && _partners.TryGetValue(scope["structures/".Length..], out var partners)
            ? reach with { Sides = [.. partners.Select(tables.RootOf).Distinct()] } : reach;
    }

    // A line that names what only a refused line would make is refused too, and says so, until no more are.
    void Cascade(List<Planned> planned)
    {
        for (var changed = true; changed;)
        {
            changed = false;
            var made = new HashSet<(string, string)>(planned.Where(p => p.Draft.Faults.Count == 0).SelectMany(p => p.Rows).Where(r => r.Row.File.Keyed()).Select(r => (r.Row.File.Name, r.Row.Id!)));
            foreach (var line in planned.Where(p => p.Draft.Faults.Count == 0))
                foreach (var (draft, row) in line.Rows.Where(r => r.Row.Fate is RowFate.Added or RowFate.Changed))
                    foreach (var (column, of, key) in RowRules.References(new Row(row.File, line.Draft.Raw.Line, row.Cells)).Where(r => !Stands(r.Of, r.Key) && !made.Contains((r.Of, r.Key))))
                    {
                        Refuse(line.Draft, draft, column.Name, _made.TryGetValue((of, key), out var at)
                            ? new($"“{key}” would come from line {at}, which is refused.", $"«\u202F{key}\u202F» viendrait de la ligne {at}, qui est refusée.")
                            : new($"“{key}” is not on the record among the {of}.", $"«\u202F{key}\u202F» ne figure pas au registre ({of})."));
                        changed = true;
                    }
        }
    }

    bool Stands(string table, string key) => tables.Knows(table, key) || (newSource && table == "sources" && key == source);

    static void Refuse(DraftLine line, DraftRow draft, string? field, Said what)
    {
        var heading = field is null ? null : draft.Headings.GetValueOrDefault(field, field);
        if (line.Faults.All(f => f.Heading != heading || f.What != what)) line.Faults.Add(new(heading, what));
    }

    static Said TakenKey(string key) => new($"“{key}” is taken already: choose another key.", $"«\u202F{key}\u202F» est déjà pris\u202F: choisissez une autre clé.");
    static Said Twice(string value, int line) => new($"“{value}” stands already in line {line}.", $"«\u202F{value}\u202F» figure déjà à la ligne {line}.");
    static Said OfAnother(RecordRow row) => new($"number {row.Id} is that of a row of another record: leave the number empty to add a row.",
        $"le numéro {row.Id} est celui d’une ligne d’une autre fiche\u202F: laissez le numéro vide pour ajouter une ligne.");
}
