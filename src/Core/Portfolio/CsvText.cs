using System.Text;

namespace Entente.Core.Portfolio;

/// <summary>
/// The rows of a small comma-separated table (RFC 4180) held as text, each with the line on which it begins. Written here, since
/// an error must name the exact line even after cells that span several.
/// </summary>
static class CsvText
{
    /// <summary>Rows that hold anything; blank lines are passed over. A quote left open takes the rest of the file as its cell.</summary>
    /// <param name="unclosed">told the line of a quote that is never closed</param>
    public static IEnumerable<(int Line, string[] Cells)> Rows(string text, char separator = ',', Action<int>? unclosed = null)
    {
        var (line, start, opened) = (1, 1, 0);
        var cells = new List<string>();
        var cell = new StringBuilder();
        var (quoted, any) = (false, false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\n') line++;
            if (quoted)
            {
                if (c != '"') cell.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[i++]);
                else quoted = false;
            }
            else if (c == '"' && cell.ToString().Trim().Length == 0) (quoted, any, opened) = (true, true, line);
            else if (c == separator) { Close(); any = true; }
            else if (c == '\n')
            {
                if (any || cell.ToString().Trim().Length > 0) yield return Row();
                Reset();
            }
            else cell.Append(c);
        }
        if (quoted) unclosed?.Invoke(opened);
        if (any || cell.ToString().Trim().Length > 0) yield return Row();

        void Close()
        {
            cells.Add(cell.ToString().Trim());
            cell.Clear();
        }

        (int, string[]) Row()
        {
            Close();
            return (start, [.. cells]);
        }

        void Reset()
        {
            cells.Clear();
            cell.Clear();
            any = false;
            start = line;
        }
    }

    /// <summary>The text of UTF-8 bytes, with or without a byte order mark; where they are not UTF-8, the line at which that begins.</summary>
    public static (string? Text, int BadLine) Decode(byte[] bytes)
    {
        ReadOnlySpan<byte> body = bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsSpan(3) : bytes;
        if (System.Text.Unicode.Utf8.IsValid(body)) return (Encoding.UTF8.GetString(body), 0);
        var line = 1;
        while (!body.IsEmpty && Rune.DecodeFromUtf8(body, out var rune, out var used) == System.Buffers.OperationStatus.Done)
        {
            if (rune.Value == '\n') line++;
            body = body[used..];
        }
        return (null, line);
    }
}
