using System.Text.RegularExpressions;
using Entente.Core.Kernel;

namespace Entente.Core.Portfolio;

/// <summary>
/// One table of a portfolio folder: NAME.csv, its columns, and how a sound row becomes a row of the record. The format page
/// docs/format/portfolio.md describes each, and a test holds the two together.
/// </summary>
public sealed class PortfolioFile(string name, Said meaning, IReadOnlyList<Column> columns, Type type, Func<Row, object> make)
{
    public string Name { get; } = name;
    public string FileName => Name + ".csv";
    public Said Meaning { get; } = meaning;
    public IReadOnlyList<Column> Columns { get; } = columns;

    /// <summary>What a row becomes: the entity whose table is emptied before a portfolio is replaced.</summary>
    public Type Type { get; } = type;
    public Func<Row, object> Make { get; } = make;

    /// <summary>What must hold between the cells of a row: the field at fault and the sentence, or null.</summary>
    public Func<Row, Complaint?>? Check { get; init; }

    public Column? Find(string column) => Columns.FirstOrDefault(c => c.Name == column);
}

public sealed record Complaint(string Field, Said What);

/// <summary>The files that a module brings. Found at start-up, as the mappings are, so that no module need know those to its right.</summary>
public abstract class PortfolioFileSet
{
    public abstract IReadOnlyList<PortfolioFile> Files { get; }

    public static IReadOnlyList<PortfolioFile> All { get; } =
    [
        .. typeof(PortfolioFileSet).Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(PortfolioFileSet)))
            .OrderBy(t => t.FullName == "Entente.Core.Portfolio.PortfolioFiles" ? "" : t.FullName, StringComparer.Ordinal)
            .SelectMany(t => ((PortfolioFileSet)Activator.CreateInstance(t)!).Files),
    ];
}

public enum ColumnKind { Text, Key, Number, Date, Choice, Country, Ror, Url, YesNo, Sources, Reference, References, Audience, Amount }

/// <summary>A column: what its cells may hold. An empty cell of a column that is not required is unknown, never a default.</summary>
public sealed partial record Column(string Name, ColumnKind Kind, bool Required)
{
    /// <summary>The file whose keys the cell names.</summary>
    public string? Of { get; init; }
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>No two rows may share a value.</summary>
    public bool Unique { get; init; }

    /// <summary>Set by a verb alone, such as draft by approval: shown and exported, in no form.</summary>
    public bool ByVerb { get; init; }

    public static Column Key() => new("key", ColumnKind.Key, true) { Unique = true };
    public static Column Text(string name) => new(name, ColumnKind.Text, false);
    public static Column Must(string name) => new(name, ColumnKind.Text, true);
    public static Column Date(string name) => new(name, ColumnKind.Date, false);
    public static Column Country(string name) => new(name, ColumnKind.Country, false);
    public static Column Number(string name, bool required = false) => new(name, ColumnKind.Number, required);
    public static Column To(string name, string of, bool required = false) => new(name, ColumnKind.Reference, required) { Of = of };
    public static Column ToAll(string name, string of) => new(name, ColumnKind.References, false) { Of = of };
    public static Column Choice<T>(string name, bool required = true) where T : struct, Enum =>
        new(name, ColumnKind.Choice, required) { Choices = [.. Enum.GetNames<T>().Select(Kebab)] };

    public static Column Audience() => new("audience", ColumnKind.Audience, false);

    /// <summary>The columns that every fact has.</summary>
    public static IReadOnlyList<Column> Cited { get; } = [new("source", ColumnKind.Sources, true), Text("wording"), Audience()];

    /// <summary>A name as a cell writes it: DeputyDirector is deputy-director.</summary>
    public static string Kebab(string name) => Boundary().Replace(name, "$1-$2").ToLowerInvariant();

    public static string[] Items(string cell) => cell.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Says what is wrong with a cell that is not empty; null when it is sound. References are checked once all files are read.</summary>
    public Said? Complaint(string cell) => Kind switch
    {
        ColumnKind.Text or ColumnKind.Reference or ColumnKind.References => null,
        ColumnKind.Key => KeyShape().IsMatch(cell) ? null : new(
            $"“{cell}” is not a key: use letters, digits and hyphens, such as abraham-de-moivre.",
            $"« {cell} » n’est pas une clé : employez lettres, chiffres et traits d’union, comme abraham-de-moivre."),
        ColumnKind.Number => int.TryParse(cell, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out _) ? null : new(
            $"“{cell}” is not a whole number.", $"« {cell} » n’est pas un nombre entier."),
        ColumnKind.Amount => Amounts.TryParse(cell, out _) ? null : new(
            $"“{cell}” is not an amount: write digits, with a point before cents, such as 14000 or 14000.50.",
            $"« {cell} » n’est pas un montant : écrivez des chiffres, un point avant les centimes, comme 14000 ou 14000.50."),
        ColumnKind.Date => PartialDate.TryParse(cell, out _) ? null : new(
            $"“{cell}” is not a date: write 2014, 2014-05 or 2014-05-20.",
            $"« {cell} » n’est pas une date : écrivez 2014, 2014-05 ou 2014-05-20."),
        ColumnKind.Choice => Choices.Contains(cell) ? null : new(
            $"“{cell}” is not one of {string.Join(", ", Choices)}.", $"« {cell} » n’est pas l’une des valeurs {string.Join(", ", Choices)}."),
        ColumnKind.Country => CountryShape().IsMatch(cell) ? null : new(
            $"“{cell}” is not an ISO country code of two capital letters, such as GB.",
            $"« {cell} » n’est pas un code de pays ISO de deux capitales, comme GB."),
        ColumnKind.Ror => RorId.Parse(cell) == cell ? null : new(
            $"“{cell}” is not a ROR id of nine characters, such as 02feahw73.",
            $"« {cell} » n’est pas un identifiant ROR de neuf caractères, comme 02feahw73."),
        ColumnKind.Url => Uri.TryCreate(cell, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? null : new(
            $"“{cell}” is not a web address that begins with https://.", $"« {cell} » n’est pas une adresse web commençant par https://."),
        ColumnKind.YesNo => cell is "yes" or "no" ? null : new($"“{cell}” is neither yes nor no.", $"« {cell} » n’est ni yes ni no."),
        ColumnKind.Audience => Kernel.Audience.Parse(cell) is not null ? null : new(
            $"“{cell}” is not an audience: write public, both, side:KEY or people:3,7.",
            $"« {cell} » n’est pas une audience : écrivez public, both, side:CLÉ ou people:3,7."),
        ColumnKind.Sources => Items(cell).Length > 0 ? null : new("no source is named.", "aucune source n’est nommée."),
    };

    [GeneratedRegex("([a-z0-9])([A-Z])")]
    private static partial Regex Boundary();

    [GeneratedRegex("^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$")]
    private static partial Regex KeyShape();

    [GeneratedRegex("^[A-Z]{2}$")]
    private static partial Regex CountryShape();
}
