namespace Entente.Cli;

static class TextTable
{
    const string Gap = "  ";

    public static void Write(TextWriter output, IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var widths = headings.Select((heading, i) => rows.Select(row => row[i].Length).Append(heading.Length).Max()).ToArray();
        var right = headings.Select((_, i) => rows.Count > 0 && rows.All(row => IsNumber(row[i]))).ToArray();
        WriteRow(output, headings, widths, right);
        foreach (var row in rows) WriteRow(output, row, widths, right);
    }

    static void WriteRow(TextWriter output, IReadOnlyList<string> cells, int[] widths, bool[] right) =>
        output.WriteLine(string.Join(Gap, cells.Select((cell, i) => right[i] ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd());

    static bool IsNumber(string cell) => cell.Length == 0 || cell.All(c => char.IsAsciiDigit(c) || c is ',' or '.' or ' ' or '\u202F' or '%' or '-' or '–' or '+');
}
