using System.Globalization;
using Entente.Core.Portfolio.Sheets;

namespace Entente.Web.Api;

/// <summary>Lists as tables, with the names of the JSON fields as header. How texts that would run as formulas are written is the codec's.</summary>
public static class Csv
{
    public static Sheet Sheet<T>(string name, IEnumerable<T> rows, IReadOnlyList<Column<T>> columns) =>
        Core.Portfolio.Sheets.Sheet.Of(name, [.. columns.Select(c => c.Name)], rows.Select(row => (IReadOnlyList<Cell>)[.. columns.Select(c => Cell(c.Value(row)))]));

    static Cell Cell(object? value) => new(Text(value), value is IFormattable and not Enum and not DateOnly and not DateTimeOffset ? CellKind.Number : CellKind.Text);

    public static string Text(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable<string> several => string.Join("; ", several),
        _ => value.ToString() ?? "",
    };
}
