using Entente.Core.Kernel;

namespace Entente.Core.Portfolio.Sheets;

/// <summary>
/// What a cell holds, as text: a number in digits with a point, a date as precise as its format shows it, yes or no. Fault: a
/// spreadsheet's own error such as #REF!, or a formula whose value was not stored, which is text “=”.
/// </summary>
public readonly record struct Cell(string Text, CellKind Kind = CellKind.Text)
{
    public static Cell Empty { get; } = new("");
    public bool IsEmpty => string.IsNullOrEmpty(Text);

    public override string ToString() => Text ?? "";
}

public enum CellKind { Text, Number, Date, YesNo, Fault }

/// <summary>One row that holds anything.</summary>
/// <param name="Line">where it stands: the row of a workbook, the line of a text on which it begins, the number of a JSON object</param>
public sealed record SheetRow(int Line, IReadOnlyList<Cell> Cells)
{
    /// <summary>The cell of a column, empty where the row ends before it.</summary>
    public Cell this[int column] => column < Cells.Count ? Cells[column] : Cell.Empty;
}

/// <summary>One sheet: its rows, the header among them.</summary>
public sealed record Sheet(string Name, IReadOnlyList<SheetRow> Rows)
{
    /// <summary>True where the spreadsheet program does not show it.</summary>
    public bool Hidden { get; init; }

    /// <summary>Why this sheet cannot be read, while the others can.</summary>
    public Refusal? Fault { get; init; }

    /// <summary>A sheet of text cells under a header.</summary>
    public static Sheet Of(string name, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<Cell>> rows) => new(name,
        [new(1, [.. header.Select(h => new Cell(h))]), .. rows.Select((cells, i) => new SheetRow(i + 2, cells))]);
}

public enum SheetFormat { Xlsx, Csv, Json }

/// <summary>A file of tables as read. Notes: what had to be decided while reading, such as the encoding, or what was left out.</summary>
public sealed record SheetFile(SheetFormat Format, IReadOnlyList<Sheet> Sheets, IReadOnlyList<Said> Notes);

/// <summary>How large a file may be. A legacy spreadsheet of a large office is a tenth of this.</summary>
public static class SheetLimits
{
    public const int Bytes = 10 * 1024 * 1024;
    public const int Rows = 50_000;
    public const int Columns = 200;

    /// <summary>What a cell of a workbook can hold.</summary>
    public const int CellText = 32_767;

    /// <summary>What a workbook may hold once unpacked.</summary>
    public const long Unpacked = 256L * 1024 * 1024;

    /// <summary>Characters of all cells together.</summary>
    public const int Text = 48 * 1024 * 1024;

    /// <summary>Where a column stands, as spreadsheets name it: 0 is A, 27 is AB.</summary>
    public static string Letters(int column) =>
        column < 26 ? ((char)('A' + column)).ToString() : Letters((column / 26) - 1) + (char)('A' + (column % 26));

    internal static Refusal? Refuse(string sheet, SheetRow row, int rows) =>
        rows > Rows ? TooManyRows(sheet) : row.Cells.Count > Columns ? TooManyColumns(sheet, row)
        : Enumerable.Range(0, row.Cells.Count).FirstOrDefault(i => row[i].Text.Length > CellText, -1) is >= 0 and var long_ ? TooLong(sheet, row.Line, long_) : null;

    static Refusal TooManyRows(string sheet) => Refusal.Invalid("sheet-rows",
        $"The sheet “{sheet}” holds more than {Rows} rows: split it, or leave out what is not to be imported.",
        $"La feuille «\u202F{sheet}\u202F» contient plus de {Rows} lignes\u202F: divisez-la, ou retirez ce qui n’est pas à importer.", "file");

    static Refusal TooManyColumns(string sheet, SheetRow row) => Refusal.Invalid("sheet-columns",
        $"Line {row.Line} of the sheet “{sheet}” reaches column {Letters(row.Cells.Count - 1)}: a sheet has at most {Columns} columns, to {Letters(Columns - 1)}.",
        $"La ligne {row.Line} de la feuille «\u202F{sheet}\u202F» va jusqu’à la colonne {Letters(row.Cells.Count - 1)}\u202F: une feuille a au plus {Columns} colonnes, jusqu’à {Letters(Columns - 1)}.", "file");

    static Refusal TooLong(string sheet, int line, int column) => Refusal.Invalid("cell-length",
        $"Cell {Letters(column)}{line} of the sheet “{sheet}” holds more than {CellText} characters: shorten it.",
        $"La cellule {Letters(column)}{line} de la feuille «\u202F{sheet}\u202F» contient plus de {CellText} caractères\u202F: raccourcissez-la.", "file");
}
