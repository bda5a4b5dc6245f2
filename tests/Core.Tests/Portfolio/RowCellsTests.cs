using Entente.Core.Portfolio;
using Entente.Tests;

namespace Entente.Core.Tests.Portfolio;

public sealed class RowCellsTests
{
    static readonly PortfolioDraft Demo = PortfolioReading.Read(Path.Combine(Conditions.Root, "data", "portfolio", "demo"));

    public static TheoryData<string> Tables => [.. PortfolioFileSet.All.Select(f => f.Name)];

    [Theory, MemberData(nameof(Tables))]
    public void A_row_made_gives_back_its_cells(string table)
    {
        foreach (var row in Demo.Rows.GetValueOrDefault(table, []))
        {
            var cells = RowCells.CellsOf(row.File.Make(row));
            Assert.Equal(row.File.Columns.Select(c => c.Name), cells.Keys);
            foreach (var column in row.File.Columns)
                Assert.Equal(Written(row, column), cells[column.Name]);
        }
    }

    // As it stands in the file, but for a missing audience, which is everyone, a missing draft, which is none, and for spaces between sources.
    static string Written(Row row, Column column) => column.Kind switch
    {
        ColumnKind.Sources => row.Source.ToString(),
        ColumnKind.Audience => row.Text(column.Name) ?? "public",
        _ => row.Text(column.Name) ?? (column.Name == "draft" ? "no" : ""),
    };

    [Fact]
    public void Only_rows_without_a_key_bear_a_number()
    {
        foreach (var rows in Demo.Rows.Values.Where(rows => rows.Count > 0))
            Assert.Equal(rows[0].File.Find("key") is null, RowCells.IdOf(rows[0].File.Make(rows[0])) is not null);
    }
}
