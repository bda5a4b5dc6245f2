namespace Entente.Core.Portfolio.Editing;

/// <summary>
/// The cells of a row as forms and the differences of a conflict hold them: as a portfolio folder writes them, and without those that
/// are unknown.
/// </summary>
public static class Cells
{
    public static IReadOnlyDictionary<string, string> Of(PortfolioFile file, object row) =>
        RowCells.Of(file, row).Where(c => c.Value.Length > 0).ToDictionary(StringComparer.Ordinal);

    /// <summary>A new row of sound cells.</summary>
    public static object Make(PortfolioFile file, IReadOnlyDictionary<string, string> cells) => file.Make(new Row(file, 0, cells));

    /// <summary>Trimmed, with plain line ends, and without the empty ones.</summary>
    public static IReadOnlyDictionary<string, string> Tidy(PortfolioFile file, IReadOnlyDictionary<string, string> cells) => file.Columns
        .Select(c => (c.Name, Text: cells.GetValueOrDefault(c.Name)?.ReplaceLineEndings("\n").Trim() ?? ""))
        .Where(c => c.Text.Length > 0).ToDictionary(c => c.Name, c => c.Text, StringComparer.Ordinal);

    /// <summary>A cell as the store and its journal hold it, in the words of the folder.</summary>
    public static string? FromStore(Column column, string? stored) => (column.Kind, stored) switch
    {
        (_, null or "") => null,
        (ColumnKind.Choice, _) => Column.Kebab(stored),
        (ColumnKind.YesNo, _) => stored == "true" ? "yes" : "no",
        _ => stored,
    };
}
