using System.Globalization;
using System.Security;

namespace Entente.Core.Tests.Portfolio.Sheets;

/// <summary>
/// The workbook of an invented office, as such workbooks are: a title above the headings, a merged cell, dates of every kind, names
/// half known, formulas, a hidden sheet, and an error of each sort. Synthetic: no line of it is about a real cooperation.
/// </summary>
public static class LegacyWorkbook
{
    /// <summary>The lines of the sheet by what they hold; the tests name them so.</summary>
    public const int Sound = 5, Known = 6, Misspelt = 7, BadDate = 8, UpsideDown = 9, Fault = 10, NoKind = 11, NoName = 12, UnknownKind = 13, Merged = 14, SamePerson = 15, Ambiguous = 16;

    public static byte[] Bytes => new HandMadeWorkbook
    {
        Styles = "<numFmts><numFmt numFmtId=\"200\" formatCode=\"dd/mm/yyyy\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"200\"/></cellXfs>",
    }.With("Coopérations", $"<sheetData>{string.Concat(Rows())}</sheetData><mergeCells><mergeCell ref=\"A1:F1\"/><mergeCell ref=\"C14:C15\"/></mergeCells>")
        .With("Listes", "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", "hidden").Bytes();

    static IEnumerable<string> Rows()
    {
        yield return Row(1, "Portefeuille des coopérations (SYNTHÉTIQUE) – mise à jour 2026");
        yield return Row(4, "Nom", "Type", "Partenaires", "Pays", "Date de début", "Fin", "Coordinateur CNRS", "Coordinateur Imperial", "Thématiques", "Budget", "Référence interne");
        yield return Row(5, "Laboratoire Synthétique", "IRL", "CNRS; Imperial College London", "Royaume-Uni", "=41779", "2029", "Ada Exemple", "Bea Sample", "Mathématiques ; Statistique", "20 000 € par an", "x1");
        yield return Row(6, "MajuLab", "UMI", "CNRS ; NUS ; NTU", "Singapour", "mai 2014", "", "", "", "", "", "x2");
        yield return Row(7, "Projet Synthétique", "IRP", "CNRS; Imperial Colege London", "GB", "2021", "2026", "Cy Exemple", "", "", "", "x3");
        yield return Row(8, "Réseau Synthétique", "IRN", "CNRS; UTokyo", "Japon", "printemps 2020", "", "", "", "", "", "x4");
        yield return Row(9, "Action Synthétique", "IEA", "CNRS; TUM", "Allemagne", "2022", "2020", "", "", "", "", "x5");
        yield return Row(10, "Formule Synthétique", "IRP", "CNRS; MIT", "États-Unis", "!#REF!", "", "", "", "", "", "x6");
        yield return Row(11, "Sans type", "", "CNRS", "France", "2019", "", "", "", "", "", "x7");
        yield return Row(12, "", "IRP", "CNRS; Rennes", "France", "2019", "", "", "", "", "", "x8");
        yield return Row(13, "Type inconnu", "ZZZ", "CNRS", "France", "2019", "", "", "", "", "", "x9");
        yield return Row(14, "Projet Fusionné A", "IRP", "CNRS; Université de Tokyo", "JP", "20/05/2014", "", "Ada Exemple", "", "", "", "");
        yield return Row(15, "Projet Fusionné B", "IRP", "", "JP", "05/2016", "", "Ada Exemple; Richard Craster", "", "", "", "");
        yield return Row(16, "Projet Ambigu", "IRP", "CNRS; Lille", "France", "2018", "", "Richard Crasterr", "", "", "", "");
    }

    // A text beginning with = is a date by its serial number, with ! an error of the spreadsheet; the others are texts.
    static string Row(int line, params string[] cells) => string.Create(CultureInfo.InvariantCulture, $"<row r=\"{line}\">{string.Concat(cells.Select((text, i) => text switch
    {
        "" => "",
        ['=', ..] => $"<c r=\"{(char)('A' + i)}{line}\" s=\"1\"><v>{text[1..]}</v></c>",
        ['!', ..] => $"<c r=\"{(char)('A' + i)}{line}\" t=\"e\"><v>{text[1..]}</v></c>",
        _ => $"<c r=\"{(char)('A' + i)}{line}\" t=\"inlineStr\"><is><t>{SecurityElement.Escape(text)}</t></is></c>",
    }))}</row>");
}
