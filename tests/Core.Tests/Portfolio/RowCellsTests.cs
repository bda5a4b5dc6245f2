using Entente.Core.Portfolio;
using Entente.Core.Tests.Portfolio.Sheets;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Core.Tests.Portfolio;

public sealed class RowCellsTests
{
    public static TheoryData<string> Tables => [.. PortfolioFileSet.All.Select(f => f.Name)];

    static PortfolioFile File(string table) => PortfolioFileSet.All.Single(f => f.Name == table);

    [Theory, MemberData(nameof(Tables))]
    public void A_row_made_gives_back_its_cells(string table) => Prop.ForAll(LegalRows.Row(File(table)).ToArbitrary(), row =>
    {
        var cells = RowCells.CellsOf(row.File.Make(row));
        return cells.Keys.SequenceEqual(row.File.Columns.Select(c => c.Name)) && row.File.Columns.All(c => cells[c.Name] == Written(row, c) || Default(row, c, cells[c.Name]));
    }).QuickCheckThrowOnFailure();

    // As it stands in the file, but for spaces between sources.
    static string Written(Row row, Column column) => column.Kind == ColumnKind.Sources ? row.Source.ToString() : row.Text(column.Name) ?? "";

    // A missing audience is everyone, and what is not said to be a draft is none.
    static bool Default(Row row, Column column, string cell) => row.Text(column.Name) is null
        && (column.Kind, cell) is (ColumnKind.Audience, "public") or (ColumnKind.YesNo, "no");

    [Theory, MemberData(nameof(Tables))]
    public void Only_rows_without_a_key_bear_a_number(string table) =>
        Assert.Equal(File(table).Find("key") is null, RowCells.IdOf(File(table).Make(LegalRows.Row(File(table)).Sample(1, 10)[0])) is not null);
}
