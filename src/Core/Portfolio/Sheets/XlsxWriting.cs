using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using Xl = DocumentFormat.OpenXml.Spreadsheet;

namespace Entente.Core.Portfolio.Sheets;

/// <summary>
/// Writes a workbook. Texts are typed and formatted as text, so that no spreadsheet makes a formula of “=1+1”, a number of “007” or a day
/// of “2014-05”, when it opens the file or when somebody edits the cell.
/// </summary>
static class XlsxWriting
{
    const uint Plain = 0, AsText = 1, Quoted = 2, Heading = 3;

    public static byte[] Write(IReadOnlyList<Sheet> sheets)
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            document.ChangeIdOfPart(workbook, "workbook");
            workbook.AddNewPart<WorkbookStylesPart>("styles").Stylesheet = Styles();
            var listed = new Xl.Sheets();
            for (var i = 0; i < sheets.Count; i++)
            {
                var part = workbook.AddNewPart<WorksheetPart>(string.Create(CultureInfo.InvariantCulture, $"sheet{i + 1}"));
                Write(part, sheets[i]);
                listed.Append(new Xl.Sheet { Id = workbook.GetIdOfPart(part), SheetId = (uint)i + 1, Name = NameOf(sheets[i].Name) });
            }
            workbook.Workbook = new Xl.Workbook(listed);
        }
        return Packing.Undated(stream, CopyPart);
    }

    static void CopyPart(string name, Stream from, Stream to)
    {
        if (name.StartsWith("xl/", StringComparison.Ordinal) && name.EndsWith(".xml", StringComparison.Ordinal)) PlainNames.Copy(from, to);
        else from.CopyTo(to);
    }

    // What a sheet may be called: at most 31 characters, none of those that a reference needs.
    static string NameOf(string name)
    {
        var clean = string.Concat(name.Select(c => c is '[' or ']' or ':' or '*' or '?' or '/' or '\\' ? ' ' : c)).Trim(' ', '\'');
        return clean.Length == 0 ? "Sheet" : clean.Length > 31 ? clean[..31] : clean;
    }

    static Xl.Stylesheet Styles() => new(
        new Xl.Fonts(new Xl.Font(), new Xl.Font(new Xl.Bold())), new Xl.Fills(new Xl.Fill(), new Xl.Fill()), new Xl.Borders(new Xl.Border()),
        new Xl.CellStyleFormats(new Xl.CellFormat()),
        new Xl.CellFormats(
            new Xl.CellFormat(),
            new Xl.CellFormat { NumberFormatId = 49, ApplyNumberFormat = true },
            new Xl.CellFormat { NumberFormatId = 49, ApplyNumberFormat = true, QuotePrefix = true },
            new Xl.CellFormat { NumberFormatId = 49, ApplyNumberFormat = true, FontId = 1, ApplyFont = true }));

    static void Write(WorksheetPart part, Sheet sheet)
    {
        using var xml = OpenXmlWriter.Create(part);
        xml.WriteStartElement(new Xl.Worksheet());
        xml.WriteElement(new Xl.SheetViews(new Xl.SheetView(new Xl.Pane
        {
            VerticalSplit = 1, TopLeftCell = "A2", ActivePane = Xl.PaneValues.BottomLeft, State = Xl.PaneStateValues.Frozen,
        })
        { WorkbookViewId = 0 }));
        if (sheet.Rows.Count > 0 && sheet.Rows[0].Cells.Count > 0)
            xml.WriteElement(new Xl.Columns(Enumerable.Range(0, sheet.Rows[0].Cells.Count).Select(i => new Xl.Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = Width(sheet, i), CustomWidth = true })));
        xml.WriteStartElement(new Xl.SheetData());
        var line = 0u;
        foreach (var row in sheet.Rows)
        {
            line++;
            xml.WriteStartElement(new Xl.Row { RowIndex = line });
            for (var i = 0; i < row.Cells.Count; i++)
                if (!row[i].IsEmpty) Write(xml, row[i], string.Create(CultureInfo.InvariantCulture, $"{SheetLimits.Letters(i)}{line}"), line == 1);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    // As wide as the texts at its head, within what a screen holds.
    static double Width(Sheet sheet, int column) => Math.Clamp(sheet.Rows.Take(50).Max(r => r[column].Text?.Length ?? 0) + 2, 8, 48);

    static void Write(OpenXmlWriter xml, Cell cell, string at, bool heading)
    {
        if (cell.Kind == CellKind.Number && double.TryParse(cell.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && NumberFormat.Plain(number) == cell.Text)
        {
            xml.WriteElement(new Xl.Cell(new Xl.CellValue(cell.Text)) { CellReference = at, StyleIndex = Plain });
            return;
        }
        var style = heading ? Heading : cell.Text[0] is '=' or '+' or '-' or '@' or '\'' ? Quoted : AsText;
        xml.WriteElement(new Xl.Cell(new Xl.InlineString(new Xl.Text(XmlText.Write(cell.Text)) { Space = SpaceProcessingModeValues.Preserve }))
        {
            CellReference = at,
            DataType = Xl.CellValues.InlineString,
            StyleIndex = style,
        });
    }
}
