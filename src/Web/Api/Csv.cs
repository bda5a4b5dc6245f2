using System.Globalization;
using System.Text;

namespace Entente.Web.Api;

/// <summary>Tables as RFC 4180 writes them, in UTF-8, with the names of the JSON fields as header.</summary>
public static class Csv
{
    public const string ContentType = "text/csv; charset=utf-8; header=present";

    public static string Write<T>(IEnumerable<T> rows, IReadOnlyList<Column<T>> columns)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', columns.Select(c => c.Name)).Append("\r\n");
        foreach (var row in rows)
            text.AppendJoin(',', columns.Select(c => Quoted(c.Value(row)))).Append("\r\n");
        return text.ToString();
    }

    public static string Text(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable<string> several => string.Join("; ", several),
        _ => value.ToString() ?? "",
    };

    static string Quoted(object? value)
    {
        var text = Text(value);
        // A spreadsheet runs a text that begins like a formula; titles come from outside.
        if (value is string or IEnumerable<string> && text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..]) text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
