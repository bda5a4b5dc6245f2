using System.Globalization;
using System.IO.Compression;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using Entente.Core.Kernel;
using Xl = DocumentFormat.OpenXml.Spreadsheet;

namespace Entente.Core.Portfolio.Sheets;

/// <summary>
/// Reads the values of a workbook. Macros, links to other files and formulas are never followed: what a formula showed when the file
/// was saved is its value.
/// </summary>
sealed class XlsxReading
{
    const int Entries = 5_000;

    readonly SpreadsheetDocument _document;
    readonly List<string> _shared = [];
    readonly List<NumberFormat> _styles = [];
    readonly List<Said> _notes = [];
    readonly bool _from1904;
    int _text, _formulas;

    XlsxReading(SpreadsheetDocument document)
    {
        _document = document;
        _from1904 = document.WorkbookPart!.Workbook.WorkbookProperties?.Date1904?.Value ?? false;
    }

    public static Outcome<SheetFile> Read(byte[] bytes)
    {
        try
        {
            if (Refuse(bytes) is { } refusal) return refusal;
            using var stream = new MemoryStream();
            stream.Write(bytes);
            using var document = SpreadsheetDocument.Open(stream, isEditable: true, new OpenSettings
            {
                AutoSave = false,
                // A link typed with a slip in its address is no reason to refuse a workbook; it is not followed anyway.
                RelationshipErrorHandlerFactory = RelationshipErrorHandler.CreateRewriterFactory((_, _, _) => "https://invalid.invalid/"),
            });
            if (document.WorkbookPart?.Workbook is null) return NotAWorkbook();
            return new XlsxReading(document).ReadSheets();
        }
        catch (TooLargeException)
        {
            return Bomb();
        }
        catch (Exception e) when (e is InvalidDataException or OpenXmlPackageException or XmlException or FileFormatException or FormatException
            or InvalidOperationException or ArgumentException or IOException or NotSupportedException or IndexOutOfRangeException or OverflowException or KeyNotFoundException)
        {
            return Damaged();
        }
    }

    sealed class TooLargeException : Exception;

    // What the archive says of itself before anything is unpacked; a stream never gives more than its entry says.
    static Refusal? Refuse(byte[] bytes)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
        if (zip.Entries.Count > Entries || zip.Entries.Sum(e => Math.Min(e.Length, SheetLimits.Unpacked + 1)) > SheetLimits.Unpacked) return Bomb();
        if (zip.GetEntry("[Content_Types].xml") is not null && zip.Entries.Any(e => e.FullName.EndsWith("workbook.xml", StringComparison.OrdinalIgnoreCase))) return null;
        if (zip.Entries.Any(e => e.FullName.EndsWith("workbook.bin", StringComparison.OrdinalIgnoreCase)))
            return Refusal.Invalid("sheet-format", "This is a binary workbook (.xlsb): save it as .xlsx.", "C’est un classeur binaire (.xlsb)\u202F: enregistrez-le en .xlsx.", "file");
        return zip.GetEntry("content.xml") is not null
            ? Refusal.Invalid("sheet-format", "This is an OpenDocument file: save it as .xlsx or .csv.", "C’est un fichier OpenDocument\u202F: enregistrez-le en .xlsx ou .csv.", "file")
            : NotAWorkbook();
    }

    static Refusal NotAWorkbook() => Refusal.Invalid("sheet-format", "This is an archive, but no workbook: import the .xlsx or .csv file that it holds.",
        "C’est une archive, mais pas un classeur\u202F: importez le fichier .xlsx ou .csv qu’elle contient.", "file");

    static Refusal Damaged() => Refusal.Invalid("sheet-damaged", "The workbook is damaged: open it in a spreadsheet program, save it again, and import that.",
        "Le classeur est endommagé\u202F: ouvrez-le dans un tableur, enregistrez-le de nouveau, puis importez-le.", "file");

    static Refusal Bomb() => Refusal.Invalid("sheet-bomb",
        $"Unpacked, the workbook is larger than {SheetLimits.Unpacked / 1024 / 1024} MB, which no table is: nothing was read.",
        $"Décompressé, le classeur dépasse {SheetLimits.Unpacked / 1024 / 1024} Mo, ce qu’aucun tableau n’atteint\u202F: rien n’a été lu.", "file");

    SheetFile ReadSheets()
    {
        var workbook = _document.WorkbookPart!;
        ReadStyles(workbook.WorkbookStylesPart?.Stylesheet);
        if (workbook.SharedStringTablePart is { } shared) ReadShared(shared);
        var sheets = new List<Sheet>();
        foreach (var sheet in workbook.Workbook.Sheets?.Elements<Xl.Sheet>() ?? [])
            if (sheet.Id?.Value is { } id && workbook.TryGetPartById(id, out var part) && part is WorksheetPart worksheet)
                sheets.Add(ReadSheet(worksheet, sheet.Name?.Value ?? "?") with
                {
                    Hidden = sheet.State is not null && sheet.State.InnerText is "hidden" or "veryHidden",
                });
        Note(workbook, sheets);
        return new(SheetFormat.Xlsx, sheets, _notes);
    }

    void Note(WorkbookPart workbook, List<Sheet> sheets)
    {
        if (workbook.VbaProjectPart is not null) _notes.Add(new("The macros were neither run nor kept.", "Les macros n’ont été ni exécutées ni gardées."));
        if (workbook.ExternalWorkbookParts.Any())
            _notes.Add(new("Links to other workbooks were not followed: what they showed when the file was saved was read.",
                "Les liens vers d’autres classeurs n’ont pas été suivis\u202F: les valeurs enregistrées ont été lues."));
        if (_formulas > 0)
            _notes.Add(new($"Cells with a formula: {_formulas}. What each showed when the file was saved was read.",
                $"Cellules à formule\u202F: {_formulas}. La valeur enregistrée de chacune a été lue."));
        foreach (var hidden in sheets.Where(s => s.Hidden))
            _notes.Add(new($"The sheet “{hidden.Name}” is hidden in the workbook.", $"La feuille «\u202F{hidden.Name}\u202F» est masquée dans le classeur."));
    }

    void ReadStyles(Xl.Stylesheet? styles)
    {
        var codes = new Dictionary<uint, string?>();
        foreach (var format in styles?.NumberingFormats?.Elements<Xl.NumberingFormat>() ?? [])
            if (format.NumberFormatId?.Value is { } id) codes[id] = format.FormatCode?.Value;
        foreach (var cell in styles?.CellFormats?.Elements<Xl.CellFormat>() ?? [])
            _styles.Add(NumberFormat.Of(cell.NumberFormatId?.Value ?? 0, codes.GetValueOrDefault(cell.NumberFormatId?.Value ?? 0)));
    }

    void ReadShared(SharedStringTablePart part)
    {
        using var reader = OpenXmlReader.Create(part);
        while (reader.Read())
            if (reader.ElementType == typeof(Xl.SharedStringItem) && reader.IsStartElement) _shared.Add(Counted(TextOf(reader.LoadCurrentElement()!)));
    }

    // How a word is pronounced stands beside it in the same item, and is no part of it.
    static string TextOf(OpenXmlElement item) => XmlText.Read(string.Concat(item.Descendants<Xl.Text>().Where(t => t.Parent is not Xl.PhoneticRun).Select(t => t.Text)));

    string Counted(string text)
    {
        _text = checked(_text + text.Length);
        return _text > SheetLimits.Text ? throw new TooLargeException() : text;
    }

    Sheet ReadSheet(WorksheetPart part, string name)
    {
        var rows = new List<SheetRow>();
        var (line, cells, merges) = (0, new List<Cell>(), new List<string>());
        Refusal? fault = null;
        using var reader = OpenXmlReader.Create(part);
        while (fault is null && reader.Read())
        {
            if (reader.ElementType == typeof(Xl.Row)) (line, fault) = reader.IsStartElement ? (LineOf(reader, line), null) : (line, Keep(name, line, cells, rows));
            else if (reader.ElementType == typeof(Xl.Cell) && reader.IsStartElement)
                fault = Add((Xl.Cell)reader.LoadCurrentElement()!, name, line, cells);
            else if (reader.ElementType == typeof(Xl.MergeCell) && reader.IsStartElement && reader.Attributes.FirstOrDefault(a => a.LocalName == "ref").Value is { } range)
                merges.Add(range);
        }
        rows.Sort((a, b) => a.Line.CompareTo(b.Line));
        if (fault is null) Merge(name, rows, merges);
        return new(name, fault is null ? rows : []) { Fault = fault };
    }

    static int LineOf(OpenXmlReader row, int before) =>
        int.TryParse(row.Attributes.FirstOrDefault(a => a.LocalName == "r").Value, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : before + 1;

    static Refusal? Keep(string sheet, int line, List<Cell> cells, List<SheetRow> rows)
    {
        while (cells.Count > 0 && cells[^1].IsEmpty) cells.RemoveAt(cells.Count - 1);
        if (cells.Count == 0) return null;
        rows.Add(new(line, [.. cells]));
        cells.Clear();
        return SheetLimits.Refuse(sheet, rows[^1], rows.Count);
    }

    Refusal? Add(Xl.Cell cell, string sheet, int line, List<Cell> cells)
    {
        var value = Value(cell);
        var at = ColumnOf(cell.CellReference?.Value) ?? cells.Count;
        if (value.IsEmpty && at >= SheetLimits.Columns) return null;
        // One beyond the limit is enough to refuse; a cell at the far end must not make a row of sixteen thousand.
        if (at >= SheetLimits.Columns)
            return SheetLimits.Refuse(sheet, new(line, new Cell[at + 1]), 1);
        while (cells.Count <= at) cells.Add(Cell.Empty);
        cells[at] = value;
        return null;
    }

    static int? ColumnOf(string? reference)
    {
        var column = 0;
        foreach (var c in reference ?? "")
            if (char.IsAsciiLetterUpper(c) && column < 20_000) column = (column * 26) + (c - 'A' + 1);
            else break;
        return column == 0 ? null : column - 1;
    }

    Cell Value(Xl.Cell cell)
    {
        var (raw, type) = (cell.CellValue?.Text, cell.DataType?.InnerText);
        if (cell.CellFormula is not null)
        {
            _formulas++;
            if (string.IsNullOrEmpty(raw) && type != "str") return new("=", CellKind.Fault);
        }
        if (type == "inlineStr") return new(Counted((cell.InlineString is { } inline ? TextOf(inline) : "").Trim()));
        if (string.IsNullOrEmpty(raw)) return Cell.Empty;
        return type switch
        {
            "s" => int.TryParse(raw, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < _shared.Count
                ? new(_shared[index].Trim()) : new("#REF!", CellKind.Fault),
            "str" => new(Counted(XmlText.Read(raw).Trim())),
            "b" => new(raw is "1" or "true" ? "yes" : "no", CellKind.YesNo),
            "e" => new(raw, CellKind.Fault),
            "d" => new(raw.EndsWith("T00:00:00", StringComparison.Ordinal) ? raw[..^9] : raw, CellKind.Date),
            _ => double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                ? StyleOf(cell).Show(number, _from1904) : new(raw),
        };
    }

    NumberFormat StyleOf(Xl.Cell cell) => cell.StyleIndex?.Value is { } style && style < _styles.Count ? _styles[(int)style] : default;

    // A value merged over several lines stands for each of them; merged over columns it stands in the first, as a heading does.
    void Merge(string sheet, List<SheetRow> rows, List<string> merges)
    {
        var (filled, byLine) = (0, rows.Select((row, i) => (row.Line, i)).DistinctBy(r => r.Line).ToDictionary(r => r.Line, r => r.i));
        foreach (var range in merges)
        {
            if (Corners(range) is not var (column, first, last) || !byLine.TryGetValue(first, out var top) || rows[top][column] is not { IsEmpty: false } value) continue;
            for (var i = top + 1; i < rows.Count && rows[i].Line <= last; i++, filled++)
                rows[i] = Filled(rows[i], column, value);
            if (filled > SheetLimits.Rows * 10) throw new TooLargeException();
        }
        if (filled > 0)
            _notes.Add(new($"In the sheet “{sheet}”, what is merged over several lines was read in each of them.",
                $"Dans la feuille «\u202F{sheet}\u202F», ce qui est fusionné sur plusieurs lignes a été lu dans chacune."));
    }

    static SheetRow Filled(SheetRow row, int column, Cell value)
    {
        var cells = row.Cells.ToList();
        while (cells.Count <= column) cells.Add(Cell.Empty);
        if (cells[column].IsEmpty) cells[column] = value;
        return row with { Cells = cells };
    }

    static (int Column, int First, int Last)? Corners(string range) => range.Split(':') is [var from, var to]
        && ColumnOf(from) is { } column and < SheetLimits.Columns && LineOf(from) is { } first && LineOf(to) is { } last && last > first ? (column, first, last) : null;

    static int? LineOf(string reference) =>
        int.TryParse(reference.AsSpan().TrimStart("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? line : null;
}
