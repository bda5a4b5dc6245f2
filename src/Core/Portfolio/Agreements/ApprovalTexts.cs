using System.Globalization;
using Entente.Core.Kernel;

namespace Entente.Core.Portfolio.Agreements;

/// <summary>Writes down what is to be approved: a drafted structure, a drafted agreement with what was drafted with it, an amendment.</summary>
public static class ApprovalTexts
{
    // What is said of a row rather than by it.
    static readonly HashSet<string> Aside = ["draft", "audience", "source", "wording", "ended", "ended_why", "key", "structure", "event"];

    public static ApprovalText Of(PortfolioRecord record, Structure structure) => new($"structures/{structure.Key}", null, Distinct(
    [
        .. StructureLines(record, structure),
        .. record.Parties[structure.Key].Where(Open).Select(PartyLine),
        .. BudgetLines(record, structure.Key, null),
    ]));

    public static ApprovalText Of(PortfolioRecord record, Agreement agreement)
    {
        var structure = record.Structures[agreement.Structure];
        var from = agreement.Starts?.Year;
        return new($"agreements/{agreement.Key}", null, Distinct(
        [
            .. structure.Draft ? StructureLines(record, structure) : [new ApprovalLine("structure", structure.Key)],
            .. AgreementLines(Cells(agreement)),
            .. AgreementReading.PartiesOf(record, agreement).Where(Open).Select(PartyLine),
            .. agreement.Draft && (structure.Draft || from is not null) ? BudgetLines(record, structure.Key, structure.Draft ? null : from) : [],
        ]));
    }

    /// <summary>The agreement as the amendment would have it.</summary>
    public static ApprovalText Of(PortfolioRecord record, Agreement agreement, Amendment amendment)
    {
        var changes = AmendmentChanges.Parse(amendment.Changes);
        var cells = Cells(agreement);
        foreach (var (column, text) in changes.Cells) cells[column] = text;
        var parties = AgreementReading.PartiesOf(record, agreement).Where(Open).ToList();
        return new($"agreements/{agreement.Key}", amendment.Id, Distinct(
        [
            new ApprovalLine("structure", agreement.Structure),
            .. AgreementLines(cells),
            .. parties.Where(p => p.Organisation is not { } o || !changes.Leave.Contains(o)).Select(PartyLine),
            .. changes.Leave.Order(StringComparer.Ordinal).Select(o => new ApprovalLine($"party {o}", $"leaves {changes.From}".TrimEnd())),
            .. changes.Join.Order(StringComparer.Ordinal).Select(o => new ApprovalLine($"party {o}", $"joins {changes.From}".TrimEnd())),
        ]));
    }

    static bool Open(Cited row) => row.Audience.Kind is AudienceKind.Public or AudienceKind.Both;

    static Dictionary<string, string> Cells(object row) => RowCells.CellsOf(row).ToDictionary(StringComparer.Ordinal);

    static IEnumerable<ApprovalLine> AgreementLines(IReadOnlyDictionary<string, string> cells) =>
        RowCells.FileOf(typeof(Agreement)).Columns.Where(c => !Aside.Contains(c.Name) && cells.GetValueOrDefault(c.Name) is { Length: > 0 })
            .Select(c => new ApprovalLine(c.Name, cells[c.Name]));

    static IEnumerable<ApprovalLine> StructureLines(PortfolioRecord record, Structure structure)
    {
        var cells = Cells(structure);
        yield return new("structure", structure.Key);
        foreach (var column in RowCells.FileOf(typeof(Structure)).Columns.Where(c => !Aside.Contains(c.Name) && c.Name != "named" && cells[c.Name].Length > 0))
            yield return new($"structure {column.Name}", cells[column.Name]);
        foreach (var belonging in record.BelongingsOf(structure.Key).Where(Open).OrderBy(b => b.Centre, StringComparer.Ordinal))
            yield return new($"centre {belonging.Centre}", Span(belonging.Since, belonging.Until));
        foreach (var role in record.RolesOf(structure.Key).Where(Open).OrderBy(r => r.Person, StringComparer.Ordinal).ThenBy(r => r.Kind))
            yield return new($"role {role.Person} {Column.Kebab(role.Kind.ToString())}", $"{role.Side} {Span(role.Since, role.Until)}".Trim());
    }

    static ApprovalLine PartyLine(Party p) => new($"party {p.Organisation ?? p.NameThen}",
        string.Join(' ', new[] { Column.Kebab(p.Role.ToString()), p.Organisation is null ? null : p.NameThen, Span(p.Since, p.Until) }.Where(t => !string.IsNullOrEmpty(t))));

    static IEnumerable<ApprovalLine> BudgetLines(PortfolioRecord record, string structure, int? from) =>
        record.Money[structure].Where(m => m.Kind == MoneyKind.Budget && Open(m) && (from is null || m.Year >= from))
            .OrderBy(m => m.Side, StringComparer.Ordinal).ThenBy(m => m.Year).ThenBy(m => m.Category).ThenBy(m => m.Currency, StringComparer.Ordinal)
            .Select(m => new ApprovalLine(
                string.Create(CultureInfo.InvariantCulture, $"budget {m.Side} {m.Year} {Column.Kebab(m.Category.ToString())}"), $"{Amounts.Text(m.Amount)} {m.Currency}"));

    static string Span(PartialDate? since, PartialDate? until) => (since, until) switch
    {
        (null, null) => "",
        ({ } from, null) => $"from {from}",
        (null, { } to) => $"until {to}",
        ({ } from, { } to) => $"from {from} until {to}",
    };

    // Two statements of one thing are two lines, whatever they are called; alike ones are one.
    static ApprovalLine[] Distinct(IEnumerable<ApprovalLine> lines) =>
        [.. lines.Distinct().GroupBy(l => l.Name).SelectMany(g => g.Select((l, i) => i == 0 ? l : l with { Name = string.Create(CultureInfo.InvariantCulture, $"{l.Name} ({i + 1})") }))];
}
