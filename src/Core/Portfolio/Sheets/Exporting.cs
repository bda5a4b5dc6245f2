using Entente.Core.Kernel;
using Entente.Core.Portfolio.Editing;
using Entente.Core.Store;

namespace Entente.Core.Portfolio.Sheets;

/// <summary>Tables of the record as sheets that import back to the same record, as far as the reader may know it.</summary>
public static class Exporting
{
    /// <summary>The column that holds the number of a row in a table without keys.</summary>
    public const string Id = "id";

    /// <summary>One table under the name of its address.</summary>
    public static async Task<Outcome<Sheet>> TableAsync(Work work, string table, CancellationToken ct) =>
        RowEditing.Table(table) is { } file ? Of(file, (await RecordTables.ReadAsync(work, [table], ct)).Of(file))
        : Refusal.NotFound("unknown-table", $"There is no table “{table}”: the tables are {Names()}.", $"Il n’y a pas de table «\u202F{table}\u202F»\u202F: les tables sont {Names()}.");

    /// <summary>Every table that holds a row.</summary>
    public static async Task<IReadOnlyList<Sheet>> AllAsync(Work work, CancellationToken ct)
    {
        var tables = await RecordTables.ReadAsync(work, PortfolioFileSet.All.Select(f => f.Name), ct);
        return [.. PortfolioFileSet.All.Select(file => Of(file, tables.Of(file))).Where(sheet => sheet.Rows.Count > 1)];
    }

    static string Names() => string.Join(", ", PortfolioFileSet.All.Select(f => f.Name));

    public static Sheet Of(PortfolioFile file, IEnumerable<RecordRow> rows)
    {
        string[] header = [.. file.Keyed() ? [] : new[] { Id }, .. file.Columns.Select(c => c.Name)];
        return Sheet.Of(file.Name, header, rows.Select(row => (IReadOnlyList<Cell>)
            [.. file.Keyed() ? [] : new[] { new Cell(row.Id, CellKind.Number) }, .. file.Columns.Select(c => new Cell(row.Cells[c.Name], KindOf(c)))]));
    }

    /// <summary>The sheet as a file of a portfolio folder, whose rows bear no number of a record.</summary>
    public static Sheet WithoutNumbers(Sheet sheet) => sheet.Rows[0][0].Text != Id ? sheet
        : sheet with { Rows = [.. sheet.Rows.Select(row => row with { Cells = [.. row.Cells.Skip(1)] })] };

    static CellKind KindOf(Column column) => column.Kind is ColumnKind.Number or ColumnKind.Amount ? CellKind.Number : CellKind.Text;
}
