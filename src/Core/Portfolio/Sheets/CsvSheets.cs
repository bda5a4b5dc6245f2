using System.Text;
using Entente.Core.Kernel;

namespace Entente.Core.Portfolio.Sheets;

/// <summary>
/// Comma-separated tables (RFC 4180). A text that a spreadsheet would run as a formula is written with an apostrophe before it, which
/// the reader takes away again.
/// </summary>
static class CsvSheets
{
    static readonly char[] Separators = [',', ';', '\t', '|'];
    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: true);

    // What Excel, LibreOffice and Google Sheets take for the start of a formula; the last four are the wide forms.
    const string Starts = "=+-@\t\r＝＋－＠";

    static readonly System.Buffers.SearchValues<char> Marks = System.Buffers.SearchValues.Create(",;\"\r\n\t");

    public static Outcome<SheetFile> Read(byte[] bytes)
    {
        var decoded = Texts.Decode(bytes);
        if (!decoded.Ok) return decoded.Refusal!;
        var text = decoded.Value.Text;
        if (!text.Contains('\n', StringComparison.Ordinal)) text = text.Replace('\r', '\n');
        var (body, line, separator) = Separated(text);
        var open = 0;
        var rows = new List<SheetRow>();
        foreach (var (at, cells) in CsvText.Rows(body, separator, quote => open = quote))
        {
            var row = new SheetRow(at + line - 1, Trimmed(cells));
            if (row.Cells.Count == 0) continue;
            rows.Add(row);
            if (SheetLimits.Refuse("CSV", row, rows.Count) is { } refusal) return refusal;
        }
        if (open > 0)
            return Refusal.Invalid("csv-quote", $"A double quote opened in line {open + line - 1} is never closed: double it inside a cell, or take it out.",
                $"Un guillemet droit ouvert à la ligne {open + line - 1} n’est jamais fermé\u202F: doublez-le dans la cellule, ou retirez-le.", "file");
        if (rows.Count == 0) return Refusal.Invalid("sheet-empty", "The file holds no row.", "Le fichier ne contient aucune ligne.", "file");
        List<Said> notes = [.. decoded.Value.Note is { } note ? [note] : Array.Empty<Said>()];
        if (separator != ',') notes.Add(new($"Columns separated by {Name(separator).En}.", $"Colonnes séparées par {Name(separator).Fr}."));
        return new SheetFile(SheetFormat.Csv, [new("CSV", rows)], notes);
    }

    static Cell[] Trimmed(string[] cells)
    {
        var length = cells.Length;
        while (length > 0 && cells[length - 1].Length == 0) length--;
        return [.. cells.Take(length).Select(cell => new Cell(Plain(cell)))];
    }

    /// <summary>The text, where it begins, and its separator: named in a first line sep=; as Excel does, or found.</summary>
    static (string Body, int Line, char Separator) Separated(string text)
    {
        if (text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && text.IndexOf('\n', StringComparison.Ordinal) is >= 5 and <= 6 and var end)
            return (text[(end + 1)..], 2, text[4]);
        var head = text.Length > 64 * 1024 ? text[..(64 * 1024)] : text;
        return (text, 1, Separators.MaxBy(separator => Score(head, separator)));
    }

    // First by the share of rows that it cuts into the same number of cells, then by that number; the first of equals.
    static (int Share, int Cells) Score(string head, char separator)
    {
        var counts = CsvText.Rows(head, separator).Take(30).Select(row => row.Cells.Length).ToList();
        var best = counts.Where(cells => cells > 1).CountBy(cells => cells).OrderByDescending(c => c.Value).ThenByDescending(c => c.Key).FirstOrDefault();
        return best.Value == 0 ? default : (best.Value * 10 / counts.Count, best.Key);
    }

    static Said Name(char separator) => separator switch
    {
        ';' => new("semicolons", "des points-virgules"),
        '\t' => new("tabs", "des tabulations"),
        _ => new($"“{separator}”", $"«\u202F{separator}\u202F»"),
    };

    public static byte[] Write(Sheet sheet)
    {
        var text = new StringBuilder();
        var width = sheet.Rows.Count == 0 ? 0 : sheet.Rows.Max(r => r.Cells.Count);
        foreach (var row in sheet.Rows)
            text.AppendJoin(',', Enumerable.Range(0, width).Select(i => Quoted(row[i]))).Append("\r\n");
        return [.. Utf8.GetPreamble(), .. Utf8.GetBytes(text.ToString())];
    }

    /// <summary>A cell as it stands in a file: guarded where it would run, quoted where it must be.</summary>
    public static string Quoted(Cell cell)
    {
        var text = cell.Kind == CellKind.Text && Runs(cell.Text) ? "'" + cell.Text : cell.ToString();
        return text.AsSpan().IndexOfAny(Marks) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    static string Plain(string text) => text.StartsWith('\'') && Runs(text) ? text[1..] : text;

    // Apostrophes before the start count too: so that a text which has one already is still told from one that was guarded.
    static bool Runs(string text)
    {
        var first = text.AsSpan().IndexOfAnyExcept('\'');
        return first >= 0 && Starts.Contains(text[first], StringComparison.Ordinal);
    }
}
