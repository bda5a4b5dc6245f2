using System.Text;
using System.Text.Unicode;
using Entente.Core.Kernel;

namespace Entente.Core.Evidence;

/// <summary>A row and the line it begins on. Fields are as many as the row has, whatever the header says. Problem instead where it cannot be read.</summary>
public readonly record struct CsvRow(long Line, string[] Fields, Said? Problem = null);

/// <summary>
/// A table of text, row by row. Separator and encoding are found, not assumed: the separator is the one under which the header is
/// known; the text is UTF-8 unless most lines beyond ASCII are not, and then Windows-1252, which holds Latin-1. A line that breaks the
/// encoding of the others is a row with a problem. Quotes follow RFC 4180; a quote inside a field that closes nothing is kept as text,
/// and one that never closes costs its own line only.
/// </summary>
public sealed class CsvTable
{
    // A quoted text with more lines than this is a quote that was never closed.
    const int MaxLinesOfRow = 2_000;
    static readonly char[] Separators = [';', ',', '\t', '|'];
    static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    readonly Func<Stream> _open;
    readonly Encoding _encoding;

    CsvTable(Func<Stream> open, Encoding encoding, char separator, string[] header) =>
        (_open, _encoding, Separator, Header) = (open, encoding, separator, header);

    public char Separator { get; }
    public string[] Header { get; }
    public string Encoding => _encoding.WebName;

    /// <summary>Reads the header. Null when <paramref name="known"/> takes it under no separator. The source is opened twice, and a third time by <see cref="Rows"/>.</summary>
    public static CsvTable? Open(Func<Stream> open, Predicate<string[]> known)
    {
        var encoding = Guess(open);
        foreach (var separator in Separators)
        {
            var table = new CsvTable(open, encoding, separator, []);
            var header = table.All(open).FirstOrDefault().Fields?.Select(name => name.Trim().Trim('"')).ToArray();
            if (header is not null && known(header)) return new(open, encoding, separator, header);
        }
        return null;
    }

    /// <param name="open">opens the source for this pass, where how far it has come must be told; else as the table was opened</param>
    public IEnumerable<CsvRow> Rows(Func<Stream>? open = null) => All(open ?? _open).Skip(1);

    static Encoding Guess(Func<Stream> open)
    {
        using var stream = open();
        var (utf8, other) = (0L, 0L);
        foreach (var line in new RecordReader(stream).Lines())
            if (Ascii.IsValid(line.Bytes.Span)) continue;
            else if (Utf8.IsValid(line.Bytes.Span)) utf8++;
            else other++;
        return other > utf8 ? CodePagesEncodingProvider.Instance.GetEncoding(1252)! : Strict;
    }

    IEnumerable<CsvRow> All(Func<Stream> open)
    {
        using var stream = open();
        using var lines = new RecordReader(stream).Lines().Select(Decode).GetEnumerator();
        var ahead = new LinkedList<(long Line, string Text, Said? Problem)>();
        while (Next(lines, ahead) is { } line)
            yield return line.Problem is { } problem ? new(line.Line, [], problem) : Row(line.Line, line.Text, lines, ahead);
    }

    // Joins lines while a quote is open. Lines taken for a quote that never closes are given back.
    CsvRow Row(long number, string first, IEnumerator<(long Line, string Text, Said? Problem)> lines, LinkedList<(long Line, string Text, Said? Problem)> ahead)
    {
        if (Split(first) is { } whole) return new(number, whole);
        var text = new StringBuilder(first);
        var taken = new List<(long Line, string Text, Said? Problem)>();
        while (taken.Count < MaxLinesOfRow && text.Length < RecordReader.MaxRecord && Next(lines, ahead) is { } line)
        {
            taken.Add(line);
            text.Append('\n').Append(line.Text);
            // Only a line with a quote can close one.
            if (line.Text.Contains('"', StringComparison.Ordinal) && Split(text.ToString()) is { } fields) return new(number, fields);
        }
        for (var i = taken.Count - 1; i >= 0; i--) ahead.AddFirst(taken[i]);
        return new(number, [], new("a quotation mark is opened and never closed", "un guillemet est ouvert et jamais refermé"));
    }

    // The fields of a row; null while a quote is open.
    string[]? Split(string row)
    {
        var fields = new List<string>();
        var at = 0;
        while (true)
        {
            if (at < row.Length && row[at] == '"')
            {
                var end = Close(row, at + 1);
                if (end < 0) return null;
                fields.Add(row[(at + 1)..end].Replace("\"\"", "\"", StringComparison.Ordinal));
                at = end + 1;
            }
            else
            {
                var end = row.IndexOf(Separator, at);
                if (end < 0) end = row.Length;
                fields.Add(row[at..end]);
                at = end;
            }
            if (at >= row.Length) return [.. fields];
            at++;
        }
    }

    // The quote that ends the field begun before at: one that a separator or the end of the row follows.
    int Close(string row, int at)
    {
        while ((at = row.IndexOf('"', at)) >= 0)
        {
            if (at + 1 == row.Length || row[at + 1] == Separator) return at;
            at += row[at + 1] == '"' ? 2 : 1;
        }
        return -1;
    }

    static (long Line, string Text, Said? Problem)? Next(IEnumerator<(long Line, string Text, Said? Problem)> lines, LinkedList<(long Line, string Text, Said? Problem)> ahead)
    {
        if (ahead.First is { } node)
        {
            ahead.RemoveFirst();
            return node.Value;
        }
        return lines.MoveNext() ? lines.Current : null;
    }

    (long Line, string Text, Said? Problem) Decode(RawRecord line)
    {
        if (line.Problem is not null) return (line.Line, "", line.Problem);
        try
        {
            return (line.Line, _encoding.GetString(line.Bytes.Span), null);
        }
        catch (DecoderFallbackException)
        {
            return (line.Line, "", new("not UTF-8, though the other lines are", "n’est pas de l’UTF-8, alors que les autres lignes le sont"));
        }
    }
}
