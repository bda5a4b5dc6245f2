using Entente.Core.Kernel;

namespace Entente.Core.Portfolio;

/// <summary>What must hold of a row by itself, and what it names: the same for a folder, a form and a spreadsheet.</summary>
public static class RowRules
{
    /// <summary>All that is wrong with the cells of a row, references aside; what must hold between cells is asked only of sound ones.</summary>
    public static IReadOnlyList<Complaint> Complaints(Row row)
    {
        var found = new List<Complaint>();
        foreach (var column in row.File.Columns)
            if (row.Text(column.Name) is not { } cell)
            {
                if (column.Required) found.Add(new(column.Name, new("this cell is required and empty.", "cette cellule est obligatoire et vide.")));
            }
            else if (column.Complaint(cell) is { } complaint) found.Add(new(column.Name, complaint));
        if (found.Count == 0 && row.File.Check?.Invoke(row) is { } wrong) found.Add(wrong);
        return found;
    }

    /// <summary>The keys that a row names, each with its column and the table that should hold it.</summary>
    public static IEnumerable<(Column Column, string Of, string Key)> References(Row row) =>
        row.File.Columns.SelectMany(column => (column.Kind, row.Text(column.Name)) switch
        {
            (_, null) => [],
            (ColumnKind.Reference, var cell) => [(column, column.Of!, cell)],
            (ColumnKind.References, var cell) => Column.Items(cell).Select(key => (column, column.Of!, key)),
            (ColumnKind.Sources, var cell) => Citations.Parse(cell).Sources.Select(key => (column, "sources", key)),
            _ => Array.Empty<(Column, string, string)>(),
        });

    public static Said NoSuchKey(string key, string of) => new($"“{key}” is not a key of {of}.csv.", $"« {key} » n’est pas une clé de {of}.csv.");
}
