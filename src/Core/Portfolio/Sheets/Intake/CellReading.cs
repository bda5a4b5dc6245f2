using System.Text.RegularExpressions;
using Entente.Core.Kernel;

namespace Entente.Core.Portfolio.Sheets.Intake;

/// <summary>
/// A cell as people type it, in the words of the portfolio's own tables: dates and numbers of both languages, oui and non, names of
/// countries and choices. What cannot be read surely is refused, never guessed. References are read elsewhere.
/// </summary>
static partial class CellReading
{
    /// <summary>The cell's text, or why it cannot be read.</summary>
    public static (string Text, Said? Why) Read(Column column, Cell cell, DateOrder order)
    {
        if (Fault(cell) is { } fault) return ("", fault);
        var text = cell.Text;
        if (text.Length == 0 || column.Kind is ColumnKind.Date or ColumnKind.Number or ColumnKind.Amount && IsNothing(text)) return ("", null);
        return column.Kind switch
        {
            ColumnKind.Date => Date(text, order),
            ColumnKind.Number or ColumnKind.Amount => (Number(text, column.Kind) ?? text, null),
            ColumnKind.YesNo => (YesNo(text) ?? text, null),
            ColumnKind.Country => (Country(text) ?? text, null),
            ColumnKind.Ror => (RorId.Parse(text) ?? text, null),
            ColumnKind.Url => (text.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? "https://" + text : text, null),
            ColumnKind.Choice => (Choice(column, text) ?? text, null),
            _ => (text, null),
        };
    }

    /// <summary>Why a cell that its own spreadsheet could not compute says nothing; null for any other.</summary>
    public static Said? Fault(Cell cell) => cell.Kind != CellKind.Fault ? null
        : cell.Text == "=" ? new("the value of its formula was not saved: open the file in a spreadsheet program, save it, and import it again.",
            "la valeur de sa formule n’a pas été enregistrée\u202F: ouvrez le fichier dans un tableur, enregistrez-le et réimportez-le.")
        : new($"the spreadsheet itself shows an error there, {cell.Text}.", $"le tableur lui-même y affiche une erreur, {cell.Text}.");

    static (string, Said?) Date(string text, DateOrder order) => PeopleDates.Read(text, order) switch
    {
        ({ } date, _) => (date.ToString(), null),
        (null, true) => ("", new($"“{text}” can be two dates, and nothing in this column tells which: choose the order of days and months, or write 2014-05-20.",
            $"«\u202F{text}\u202F» peut être deux dates, et rien dans cette colonne ne les départage\u202F: choisissez l’ordre des jours et des mois, ou écrivez 2014-05-20.")),
        _ => ("", new($"“{text}” is not a date: write 2014, May 2014 or 20/05/2014, with four digits of the year.",
            $"«\u202F{text}\u202F» n’est pas une date\u202F: écrivez 2014, mai 2014 ou 20/05/2014, avec les quatre chiffres de l’année.")),
    };

    /// <summary>1,550 and 1 550 alike; 14,000.50 and 14 000,50. Null where it is no number, or where a comma could be either.</summary>
    public static string? Number(string text, ColumnKind kind)
    {
        var bare = text.Replace(" ", "", StringComparison.Ordinal).Replace("\u00A0", "", StringComparison.Ordinal).Replace("\u202F", "", StringComparison.Ordinal);
        if (Grouped().Match(bare) is { Success: true } grouped)
            bare = grouped.Groups[1].Value.Replace(",", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal) + grouped.Groups[3].Value.Replace(',', '.');
        else if (Decimal().IsMatch(bare)) bare = bare.Replace(',', '.');
        if (kind == ColumnKind.Number && WholeAfterAll().Match(bare) is { Success: true } whole) bare = whole.Groups[1].Value;
        return bare.All(c => char.IsAsciiDigit(c) || c == '.') ? bare : null;
    }

    // What people write where they have nothing to write: it is unknown, like an empty cell.
    static bool IsNothing(string text) => text.All(c => c is '-' or '–' or '—' or '?' or '/' or '.' or ' ')
        || Squash(text) is "n a" or "na" or "n c" or "nc" or "s o" or "so" or "sans objet" or "neant" or "aucun" or "aucune" or "inconnu" or "inconnue" or "non connu" or "non connue"
            or "a preciser" or "a definir" or "none" or "unknown" or "not known" or "tbd" or "tbc";

    static string? YesNo(string text) => Words.Fold(text) switch
    {
        "yes" or "y" or "oui" or "o" or "true" or "vrai" or "1" or "x" => "yes",
        "no" or "n" or "non" or "false" or "faux" or "0" => "no",
        _ => null,
    };

    static string? Country(string text)
    {
        if (text.Length == 2 && Countries.IsKnown(text.ToUpperInvariant())) return text.ToUpperInvariant();
        var folded = Squash(text);
        return folded switch
        {
            "uk" or "great britain" or "england" or "angleterre" or "grande bretagne" => "GB",
            "usa" or "us" or "etats unis d amerique" or "united states of america" => "US",
            _ => Countries.Codes.FirstOrDefault(code => Squash(Countries.Said(code).En) == folded || Squash(Countries.Said(code).Fr) == folded),
        };
    }

    static string? Choice(Column column, string text)
    {
        var folded = Squash(text);
        return column.Choices.FirstOrDefault(c => c.Replace('-', ' ') == folded)
            ?? French.Where(f => f.Word == folded).Select(f => f.Choice).FirstOrDefault(column.Choices.Contains);
    }

    static readonly (string Word, string Choice)[] French =
    [
        ("etablissement", "institution"), ("universite", "institution"), ("organisme", "institution"), ("institut", "institute"), ("laboratoire", "laboratory"),
        ("registre", "register"), ("repertoire", "register"), ("contexte", "context"), ("ancien", "former"), ("autre", "also"), ("aussi", "also"), ("autre", "other"),
        ("projet", "project"), ("reseau", "network"), ("fonds", "fund"), ("mobilite", "mobility"), ("formation doctorale", "doctoral"), ("doctorat", "doctoral"),
        ("fondateur", "founder"), ("partenaire", "party"), ("tutelle", "supervisor"), ("parente", "parent"), ("principal", "main"), ("miroir", "mirror"), ("partenaire", "partner"),
        ("directeur", "director"), ("directrice", "director"), ("directeur adjoint", "deputy-director"), ("directrice adjointe", "deputy-director"),
        ("coordinateur", "coordinator"), ("coordinatrice", "coordinator"), ("coordonnateur", "coordinator"), ("responsable", "coordinator"), ("sujet", "subject"),
        ("non precise", "unspecified"), ("convenu", "agreed"), ("accord", "agreed"), ("signe", "signed"), ("signature", "signed"), ("effectif", "effective"), ("inaugure", "inaugurated"),
        ("annonce", "announced"), ("lance", "launched"), ("lancement", "launched"), ("en cours", "running"), ("suspendu", "suspended"), ("termine", "ended"), ("fin", "ended"),
        ("depense", "spent"), ("depenses", "spent"), ("salaires", "salaries"), ("equipement", "equipment"), ("equipement", "facility"), ("reunions", "meetings"), ("donnees", "data"),
        ("renouvele", "renewed"), ("scinde", "split"), ("fusionne", "merged"), ("renomme", "renamed"), ("rapport", "report"), ("evaluation", "review"), ("renouvellement", "renewal"),
        ("stock", "stock"), ("flux", "flow"), ("part", "share"), ("evenement", "event"),
    ];

    /// <summary>Without capitals, accents and marks: how two writings of one name are held against each other.</summary>
    public static string Squash(string text) => Marks().Replace(Words.Fold(text), " ").Trim();

    [GeneratedRegex("[^\\p{L}\\p{Nd}]+")] private static partial Regex Marks();
    [GeneratedRegex("^([0-9]{1,3}(?:([,.])[0-9]{3})(?:\\2[0-9]{3})*)((?!\\2)[.,][0-9]{1,2})?$")] private static partial Regex Grouped();
    [GeneratedRegex("^[0-9]+,[0-9]{1,2}$")] private static partial Regex Decimal();
    [GeneratedRegex("^([0-9]+)\\.0+$")] private static partial Regex WholeAfterAll();
}
