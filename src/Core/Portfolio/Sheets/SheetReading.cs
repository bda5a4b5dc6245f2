using Entente.Core.Kernel;

namespace Entente.Core.Portfolio.Sheets;

/// <summary>Reads a file of tables by what its bytes are, whatever its name says. Refusals say what is wrong and where.</summary>
public static class SheetReading
{
    public static Outcome<SheetFile> Read(byte[] bytes)
    {
        if (bytes.Length == 0) return Refusal.Invalid("sheet-empty", "The file is empty.", "Le fichier est vide.", "file");
        if (bytes.Length > SheetLimits.Bytes)
            return Refusal.Invalid("sheet-size", $"The file is larger than {SheetLimits.Bytes / 1024 / 1024} MB: split it, or take pictures and other sheets out.",
                $"Le fichier dépasse {SheetLimits.Bytes / 1024 / 1024} Mo\u202F: divisez-le, ou retirez-en images et autres feuilles.", "file");
        if (bytes.AsSpan().StartsWith("PK"u8)) return XlsxReading.Read(bytes);
        if (Unreadable(bytes) is { } refusal) return refusal;
        return Begins(bytes, '[') ? JsonSheets.Read(bytes) : CsvSheets.Read(bytes);
    }

    // The formats that people have at hand and that are none of the three, by their first bytes.
    static Refusal? Unreadable(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]) ? Refusal.Invalid("sheet-locked",
            "This is a workbook of the old .xls format, or one locked by a password: save it as .xlsx without a password.",
            "C’est un classeur à l’ancien format .xls, ou protégé par un mot de passe\u202F: enregistrez-le en .xlsx sans mot de passe.", "file")
        : bytes.StartsWith("%PDF"u8) ? Refusal.Invalid("sheet-format", "This is a PDF: import the spreadsheet that it was made from.",
            "C’est un PDF\u202F: importez le tableur dont il provient.", "file")
        : bytes.StartsWith("<"u8) ? Refusal.Invalid("sheet-format", "This is a page or an XML file, whatever its name says: save it as .xlsx or .csv.",
            "C’est une page ou un fichier XML, quel que soit son nom\u202F: enregistrez-le en .xlsx ou .csv.", "file")
        : null;

    static bool Begins(ReadOnlySpan<byte> bytes, char with)
    {
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        return bytes.TrimStart(" \t\r\n"u8) is [var first, ..] && first == with;
    }
}

/// <summary>Writes tables so that they are read back the same.</summary>
public static class SheetWriting
{
    /// <summary>Of CSV and JSON only the first sheet: their files hold one.</summary>
    public static byte[] Write(SheetFormat format, params IReadOnlyList<Sheet> sheets) => format switch
    {
        SheetFormat.Xlsx => XlsxWriting.Write(sheets),
        SheetFormat.Csv => CsvSheets.Write(sheets[0]),
        SheetFormat.Json => JsonSheets.Write(sheets[0]),
    };

    public static string Extension(SheetFormat format) => format.ToString().ToLowerInvariant();

    public static string ContentType(SheetFormat format) => format switch
    {
        SheetFormat.Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        SheetFormat.Csv => "text/csv; charset=utf-8; header=present",
        SheetFormat.Json => "application/json",
    };

    public static SheetFormat? Parse(string? text) => text switch
    {
        "xlsx" => SheetFormat.Xlsx,
        "csv" => SheetFormat.Csv,
        "json" => SheetFormat.Json,
        _ => null,
    };
}
