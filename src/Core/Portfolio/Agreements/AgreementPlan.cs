using System.Globalization;
using Entente.Core.Kernel;

namespace Entente.Core.Portfolio.Agreements;

/// <summary>A structure that is drafted with its agreement, such as a project inside a centre.</summary>
public sealed record StructurePlan(string Name, string Instrument)
{
    public string? Key { get; init; }
    public string? NameFr { get; init; }
    public string? Country { get; init; }

    /// <summary>Key of the umbrella centre that it is drawn in.</summary>
    public string? Centre { get; init; }
}

/// <summary>One amount of a budget, in cells as a form gives them.</summary>
public sealed record BudgetCells(string Side, string Year, string Category, string Amount, string Currency)
{
    public bool Blank => Amount.Trim().Length == 0;
}

/// <summary>What somebody means to draft, as cells: the same rules read them as read a portfolio folder.</summary>
public sealed record AgreementPlan
{
    /// <summary>Key of the structure behind which the agreement stands; null where Founds says what it founds.</summary>
    public string? Structure { get; init; }
    public StructurePlan? Founds { get; init; }

    /// <summary>Null: made of the title.</summary>
    public string? Key { get; init; }

    /// <summary>Cells of the agreement by column: title, starts, ends, lead_months, renewable, terms and the French ones.</summary>
    public required IReadOnlyDictionary<string, string> Cells { get; init; }

    /// <summary>Keys of the organisations that are to be parties.</summary>
    public required IReadOnlyList<string> Parties { get; init; }
    public IReadOnlyList<BudgetCells> Budget { get; init; } = [];

    /// <summary>Key of the agreement that it renews.</summary>
    public string? Replaces { get; init; }

    /// <summary>Keys of sources; null where this record itself is the source.</summary>
    public string? Source { get; init; }

    /// <summary>Who may read the draft. It stays so once in effect, until somebody publishes it.</summary>
    public Audience Audience { get; init; } = Audience.Both;

    internal static string Budgeted(int i, string column) => string.Create(CultureInfo.InvariantCulture, $"budget.{i}.{column}");
}

/// <summary>The rows that a plan makes, or everything that is wrong with it.</summary>
sealed record PlannedRows(string Key, string Structure, IReadOnlyList<(Type Type, Dictionary<string, string> Cells)> Rows, IReadOnlyList<Complaint> Complaints);

static class Planning
{
    static readonly string[] Own = ["title", "title_fr", "starts", "ends", "lead_months", "renewable", "terms", "terms_fr"];

    public static PlannedRows Of(PortfolioRecord record, PortfolioRecord whole, AgreementPlan plan)
    {
        var structure = plan.Founds is { } founds ? founds.Key ?? AgreementCells.KeyOf(founds.Name, whole.Structures.ContainsKey) : plan.Structure ?? "";
        var key = plan.Key ?? AgreementCells.KeyOf(plan.Cells.GetValueOrDefault("title") ?? structure, k => whole.FindAgreement(k) is not null);
        var rows = new List<(Type, Dictionary<string, string>)>();
        var complaints = new List<Complaint>();
        if (plan.Founds is { } founded) complaints.AddRange(Found(record, whole, plan, founded, structure, rows));
        else if (!record.Structures.ContainsKey(structure))
            complaints.Add(new("structure", new("choose the structure behind which it stands.", "choisissez la structure derrière laquelle il se tient.")));
        complaints.AddRange(Agree(record, whole, plan, key, structure, rows));
        complaints.AddRange(Join(record, plan, key, structure, rows));
        complaints.AddRange(Pay(record, plan, structure, rows));
        return new(key, structure, rows, complaints);
    }

    static IEnumerable<Complaint> Found(PortfolioRecord record, PortfolioRecord whole, AgreementPlan plan, StructurePlan founds, string key, List<(Type, Dictionary<string, string>)> rows)
    {
        var cells = Cells(plan, ("key", key), ("instrument", founds.Instrument), ("name", founds.Name), ("name_fr", founds.NameFr), ("country", founds.Country),
            ("named", "yes"), ("draft", "yes"));
        rows.Add((typeof(Structure), cells));
        foreach (var complaint in AgreementCells.Complaints(record, typeof(Structure), cells)) yield return complaint with { Field = $"structure.{complaint.Field}" };
        if (whole.Structures.ContainsKey(key))
            yield return new("structure.key", new($"“{key}” is taken: choose another key.", $"« {key} » est déjà pris : choisissez une autre clé."));
        if (founds.Centre is not { Length: > 0 } centre) yield break;
        if (!record.Structures.TryGetValue(centre, out var umbrella) || !record.IsCentre(umbrella))
            yield return new("structure.centre", new("choose a centre on record.", "choisissez un centre du registre."));
        else rows.Add((typeof(Belonging), Cells(plan, ("structure", key), ("centre", centre))));
    }

    static IEnumerable<Complaint> Agree(PortfolioRecord record, PortfolioRecord whole, AgreementPlan plan, string key, string structure, List<(Type, Dictionary<string, string>)> rows)
    {
        var cells = Cells(plan, [("key", key), ("structure", structure), ("event", $"agreement-{key}"), ("replaces", plan.Replaces), ("draft", "yes"),
            .. Own.Select(column => (column, plan.Cells.GetValueOrDefault(column)))]);
        rows.Add((typeof(Agreement), cells));
        foreach (var complaint in AgreementCells.Complaints(record, typeof(Agreement), cells).Where(c => c.Field != "structure")) yield return complaint;
        if (whole.FindAgreement(key) is not null)
            yield return new("key", new($"“{key}” is taken: choose another key.", $"« {key} » est déjà pris : choisissez une autre clé."));
        if (Upside(cells)) yield return new("ends", new("it ends before it starts.", "la fin précède le début."));
    }

    internal static bool Upside(IReadOnlyDictionary<string, string> cells) =>
        PartialDate.TryParse(cells.GetValueOrDefault("starts") ?? "", out var starts) && PartialDate.TryParse(cells.GetValueOrDefault("ends") ?? "", out var ends) && ends.Last < starts.First;

    static IEnumerable<Complaint> Join(PortfolioRecord record, AgreementPlan plan, string key, string structure, List<(Type, Dictionary<string, string>)> rows)
    {
        foreach (var organisation in plan.Parties.Distinct())
        {
            var cells = Cells(plan, ("structure", structure), ("organisation", organisation), ("role", "party"), ("agreement", key), ("event", $"agreement-{key}"));
            rows.Add((typeof(Party), cells));
            if (!record.Organisations.ContainsKey(organisation)) yield return new("parties", RowRules.NoSuchKey(organisation, "organisations"));
        }
        if (plan.Parties.Where(record.Organisations.ContainsKey).Select(record.RootOf).Distinct().Count() < 2)
            yield return new("parties", new("name parties of two sides at least: an agreement with oneself is none.",
                "nommez des parties d’au moins deux côtés : on ne s’accorde pas avec soi-même."));
    }

    static IEnumerable<Complaint> Pay(PortfolioRecord record, AgreementPlan plan, string structure, List<(Type, Dictionary<string, string>)> rows)
    {
        var sides = plan.Parties.Where(record.Organisations.ContainsKey).SelectMany(p => new[] { p, record.RootOf(p) }).ToHashSet();
        foreach (var (i, line) in plan.Budget.Index())
        {
            if (line.Blank) continue;
            var cells = Cells(plan, ("structure", structure), ("side", line.Side), ("year", line.Year), ("kind", "budget"), ("category", line.Category),
                ("amount", line.Amount), ("currency", line.Currency));
            rows.Add((typeof(Money), cells));
            foreach (var complaint in AgreementCells.Complaints(record, typeof(Money), cells).Where(c => c.Field != "structure"))
                yield return complaint with { Field = AgreementPlan.Budgeted(i, complaint.Field) };
            if (record.Organisations.ContainsKey(line.Side) && !sides.Contains(line.Side))
                yield return new(AgreementPlan.Budgeted(i, "side"), new("only a party can pay.", "seule une partie peut payer."));
        }
    }

    static Dictionary<string, string> Cells(AgreementPlan plan, params (string Column, string? Text)[] cells)
    {
        var filled = cells.Where(c => !string.IsNullOrWhiteSpace(c.Text)).ToDictionary(c => c.Column, c => c.Text!.Trim(), StringComparer.Ordinal);
        filled["source"] = string.IsNullOrWhiteSpace(plan.Source) ? OwnSource.Key : plan.Source.Trim();
        filled["audience"] = plan.Audience.ToString();
        return filled;
    }
}
