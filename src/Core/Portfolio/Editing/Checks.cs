using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Portfolio.Editing;

/// <summary>Everything that must hold of a row before it is written: each cell, the cells together, what they refer to, and for whom.</summary>
static class Checks
{
    /// <param name="before">the row as it stands; empty for a new one. What was sound then is not asked again.</param>
    public static async Task<IReadOnlyList<Fault>> FaultsAsync(Work work, PortfolioFile file, IReadOnlyDictionary<string, string> cells,
        IReadOnlyDictionary<string, string> before, string? id, Reach reach, CancellationToken ct)
    {
        var faults = Shapes(file, cells);
        if (faults.Count > 0) return faults;
        if (file.Check?.Invoke(new Row(file, 0, cells)) is { } wrong) faults.Add(new(wrong.Field, wrong.What));
        foreach (var column in file.Columns.Where(c => cells.GetValueOrDefault(c.Name) != before.GetValueOrDefault(c.Name)))
            if (cells.TryGetValue(column.Name, out var cell) && await FaultAsync(work, file, column, cell, id, ct) is { } fault) faults.Add(fault);
        if (AudienceFault(work.Actor, cells, reach) is { } closed) faults.Add(closed);
        return faults;
    }

    static List<Fault> Shapes(PortfolioFile file, IReadOnlyDictionary<string, string> cells)
    {
        var faults = new List<Fault>();
        foreach (var column in file.Columns)
            if (cells.TryGetValue(column.Name, out var cell))
            {
                if (column.Complaint(cell) is { } complaint) faults.Add(new(column.Name, complaint));
            }
            else if (column.Required) faults.Add(new(column.Name, Required(column)));
        return faults;
    }

    static Said Required(Column column) => column.Kind switch
    {
        ColumnKind.Sources => new("Choose the source that states this.", "Choisissez la source qui l’énonce."),
        ColumnKind.Choice or ColumnKind.Reference or ColumnKind.YesNo => new("Choose one: it is required.", "Choisissez une valeur\u202F: elle est obligatoire."),
        _ => new("Fill this in: it is required.", "Remplissez ce champ\u202F: il est obligatoire."),
    };

    static async Task<Fault?> FaultAsync(Work work, PortfolioFile file, Column column, string cell, string? id, CancellationToken ct)
    {
        if (column.Unique && await Stored.TakenAsync(work.Db, file, column, cell, id, ct))
            return new(column.Name, new($"“{cell}” is taken already: choose another.", $"«\u202F{cell}\u202F» est déjà pris\u202F: choisissez-en un autre."));
        foreach (var (of, key) in References(column, cell))
            if (!await KnownAsync(work, of, key, ct))
                return new(column.Name, new($"“{key}” is not on the record among the {of}.", $"«\u202F{key}\u202F» ne figure pas au registre ({of})."));
        return null;
    }

    public static IEnumerable<(string Of, string Key)> References(Column column, string cell) => column.Kind switch
    {
        ColumnKind.Reference => [(column.Of!, cell)],
        ColumnKind.References => Column.Items(cell).Select(key => (column.Of!, key)),
        ColumnKind.Sources => Citations.Parse(cell).Sources.Select(key => ("sources", key)),
        _ => [],
    };

    // What the actor may not know of is not there, in these words too.
    static async Task<bool> KnownAsync(Work work, string of, string key, CancellationToken ct)
    {
        var file = PortfolioFileSet.All.Single(f => f.Name == of);
        if (await Stored.FindAsync(work.Db, file, key, ct) is not { } row) return false;
        return await RowEditing.OpensAsync(work, file, row, ct);
    }

    static Fault? AudienceFault(Actor actor, IReadOnlyDictionary<string, string> cells, Reach reach)
    {
        var audience = cells.TryGetValue("audience", out var cell) ? Audience.Parse(cell)!.Value : Audience.Public;
        if (audience is { Kind: AudienceKind.Side, Who: { } side } && reach.Sides is { } sides && !sides.Contains(side))
            return new("audience", new($"“{side}” is no side of this record: its sides are {string.Join(", ", sides)}.",
                $"«\u202F{side}\u202F» n’est pas un côté de cette fiche\u202F: ses côtés sont {string.Join(", ", sides)}."));
        if (!reach.Opens(actor, audience))
            return new("audience", new("You could not read it yourself: choose an audience that you belong to.",
                "Vous ne pourriez pas le lire vous-même\u202F: choisissez une audience dont vous faites partie."));
        return null;
    }
}
