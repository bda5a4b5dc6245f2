using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;

namespace Entente.Core.Portfolio;

/// <summary>
/// The inverse of <see cref="PortfolioFile.Make"/>: a row of the record as the cells that make it. A column is the property of the
/// same name, date_note of DateNote, so that a table cannot be written otherwise than it is read.
/// </summary>
public static class RowCells
{
    static readonly ConcurrentDictionary<(Type, string), PropertyInfo> Known = new();

    /// <summary>The cells by column, in the order of the table; an unknown value is an empty cell.</summary>
    public static IReadOnlyDictionary<string, string> CellsOf(object entity) => Of(FileOf(entity.GetType()), entity);

    public static IReadOnlyDictionary<string, string> Of(PortfolioFile file, object entity) =>
        file.Columns.ToDictionary(c => c.Name, c => Text(PropertyOf(file, c).GetValue(entity)), StringComparer.Ordinal);

    /// <summary>The number that the record gives to a row of a table without keys; null for a table with keys.</summary>
    public static int? IdOf(object entity) => entity.GetType().GetProperty("Id")?.GetValue(entity) as int?;

    public static PortfolioFile FileOf(Type type) => PortfolioFileSet.All.Single(f => f.Type == type);

    /// <summary>The property that holds what the column says.</summary>
    public static PropertyInfo PropertyOf(PortfolioFile file, Column column) => Known.GetOrAdd((file.Type, column.Name), known =>
        known.Item1.GetProperty(NameOf(known.Item2)) ?? throw new InvalidOperationException($"{known.Item1.Name} has no property for the column {known.Item2}."));

    static string NameOf(string column) => string.Concat(column.Split('_').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));

    static string Text(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "yes" : "no",
        Enum choice => Column.Kebab(choice.ToString()),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
