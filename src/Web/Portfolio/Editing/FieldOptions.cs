using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Web.Shell;
using Entente.Web.Shell.Forms;

namespace Entente.Web.Portfolio.Editing;

/// <summary>The values that a field offers, from what the reader may know of the record.</summary>
static class FieldOptions
{
    // More than one can look through: the key is typed instead.
    const int Most = 500;

    /// <summary>Null where the field is written, not chosen.</summary>
    public static IReadOnlyList<Option>? Of(PortfolioRecord record, Column column, Reader l, Actor actor, IReadOnlyCollection<string>? sides) => column.Kind switch
    {
        ColumnKind.Choice => [.. column.Choices.Select(c => new Option(c, l.Say(FieldWords.Value(c))))],
        ColumnKind.YesNo => [new("yes", l.Say("yes", "oui")), new("no", l.Say("no", "non"))],
        ColumnKind.Country => [.. Countries.Codes.Select(c => new Option(c, Countries.Name(c, l.Lang))).OrderBy(o => Words.Fold(o.Text), StringComparer.Ordinal)],
        ColumnKind.Reference => Count(record, column.Of!) <= Most ? References(record, column.Of!, l) : null,
        ColumnKind.Audience => Audiences(record, l, actor, sides),
        _ => null,
    };

    public static IReadOnlyList<Option> References(PortfolioRecord record, string of, Reader l) => Count(record, of) > Most
        ? [.. Named(record, of, l).OrderBy(o => o.Text, StringComparer.OrdinalIgnoreCase)]
        : [.. Named(record, of, l).OrderBy(o => Words.Fold(o.Text), StringComparer.Ordinal)];

    /// <summary>True where there are too many to choose from a list.</summary>
    public static bool Typed(PortfolioRecord record, Column column) => column.Kind == ColumnKind.Reference && Count(record, column.Of!) > Most;

    static int Count(PortfolioRecord record, string of) => of switch
    {
        "structures" => record.Structures.Count,
        "organisations" => record.Organisations.Count,
        "people" => record.People.Count,
        _ => 0,
    };

    static IEnumerable<Option> Named(PortfolioRecord record, string of, Reader l) => of switch
    {
        "structures" => record.Structures.Values.Select(s => new Option(s.Key, l.Say(s.SaidName))),
        "organisations" => record.Organisations.Values.Select(o => new Option(o.Key, PortfolioWords.NameOf(o, l))),
        "people" => record.People.Values.Select(p => new Option(p.Key, p.Name)),
        "instruments" => record.Instruments.Values.Select(i => new Option(i.Key, $"{i.Code}, {l.Say(i.SaidName)}")),
        "sources" => Sources(record),
        "agreements" => record.Agreements.SelectMany(a => a).Select(a => new Option(a.Key, l.Say(a.SaidTitle))),
        _ => [],
    };

    /// <summary>Sources by key, each with enough of its title to be told from the others.</summary>
    public static IReadOnlyList<Option> Sources(PortfolioRecord record) =>
        [.. record.Sources.Values.OrderBy(s => s.Kind).ThenBy(s => s.Key, StringComparer.Ordinal).Select(s => new Option(s.Key, $"{s.Key}, {Short(s.Title)}"))];

    static string Short(string title) => title.Length <= 48 ? title : string.Concat(title.AsSpan(0, 47), "…");

    static List<Option> Audiences(PortfolioRecord record, Reader l, Actor actor, IReadOnlyCollection<string>? sides)
    {
        var own = actor.Operator ? sides ?? [] : actor.Sides.Where(s => sides is null || sides.Contains(s));
        return
        [
            new("public", l.Say(FieldWords.Value("public"))), new("both", l.Say(FieldWords.Value("both"))),
            .. own.Select(s => new Option($"side:{s}", l.Say($"{NameOf(record, s)} alone", $"{NameOf(record, s)} seul"))),
        ];
    }

    static string NameOf(PortfolioRecord record, string side) => record.Organisations.GetValueOrDefault(side) is { } o ? PortfolioWords.ShortOf(o) : side;

    /// <summary>An audience in words.</summary>
    public static string Audience(PortfolioRecord record, string text, Reader l) => Core.Kernel.Audience.Parse(text) switch
    {
        { Kind: AudienceKind.Side, Who: { } side } => l.Say($"{NameOf(record, side)} alone", $"{NameOf(record, side)} seul"),
        { Kind: AudienceKind.People, Who: { } who } => l.Say($"accounts {who}", $"comptes {who}"),
        _ => l.Say(FieldWords.Value(text)),
    };

    /// <summary>A cell as a reader sees it: names for keys, words for choices.</summary>
    public static string Shown(PortfolioRecord record, Column column, string cell, Reader l) => column.Kind switch
    {
        ColumnKind.Reference => NameOfKey(record, column.Of!, cell, l),
        ColumnKind.References => string.Join(", ", Column.Items(cell).Select(k => NameOfKey(record, column.Of!, k, l))),
        ColumnKind.Choice or ColumnKind.YesNo => l.Say(FieldWords.Value(cell)),
        ColumnKind.Country => Countries.Name(cell, l.Lang),
        ColumnKind.Date => l.PartialDate(cell),
        ColumnKind.Audience => Audience(record, cell, l),
        _ => cell,
    };

    /// <summary>The name behind a key; the key where the reader may not know it.</summary>
    public static string NameOfKey(PortfolioRecord record, string of, string key, Reader l) => of switch
    {
        "structures" => record.Structures.TryGetValue(key, out var s) ? l.Say(s.SaidName) : key,
        "organisations" => record.Organisations.TryGetValue(key, out var o) ? PortfolioWords.NameOf(o, l) : key,
        "people" => record.People.TryGetValue(key, out var p) ? p.Name : key,
        "instruments" => record.Instruments.TryGetValue(key, out var i) ? i.Code : key,
        "agreements" => record.FindAgreement(key) is { } agreement ? l.Say(agreement.SaidTitle) : key,
        "deadlines" => record.Deadlines.FirstOrDefault(d => d.Key == key) is { } deadline ? l.Say(deadline.SaidTitle) : key,
        _ => key,
    };

    /// <summary>What tells one row of a record from the others, in a line.</summary>
    public static string Summary(PortfolioRecord record, PortfolioFile file, IReadOnlyDictionary<string, string> cells, Reader l, string? owner = null)
    {
        var french = l.French && file.Columns.Any(c => c.Name.EndsWith("_fr", StringComparison.Ordinal));
        var parts = file.Columns
            .Where(c => c.Name != owner && c.Kind is not (ColumnKind.Sources or ColumnKind.Audience or ColumnKind.YesNo) && c.Name is not ("wording" or "event" or "position" or "long_name") && cells.ContainsKey(c.Name))
            .Where(c => !c.Name.EndsWith("_fr", StringComparison.Ordinal) ? !(french && cells.ContainsKey(c.Name + "_fr")) : french)
            .Select(c => Shown(record, c, cells[c.Name], l)).Take(5);
        return string.Join(" · ", parts);
    }
}
