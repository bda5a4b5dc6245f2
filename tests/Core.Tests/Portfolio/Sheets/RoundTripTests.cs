using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Sheets;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Core.Tests.Portfolio.Sheets;

/// <summary>Every table in every format: what is exported makes the same rows again.</summary>
public sealed class RoundTripTests
{
    public static TheoryData<string, SheetFormat> Tables
    {
        get
        {
            var data = new TheoryData<string, SheetFormat>();
            foreach (var file in PortfolioFileSet.All)
                foreach (var format in Enum.GetValues<SheetFormat>())
                    data.Add(file.Name, format);
            return data;
        }
    }

    [Theory, MemberData(nameof(Tables))]
    public void A_table_exported_makes_the_same_rows(string table, SheetFormat format)
    {
        var file = PortfolioFileSet.All.Single(f => f.Name == table);
        Prop.ForAll(LegalRows.Row(file).NonEmptyListOf().ToArbitrary(), rows =>
        {
            var entities = rows.Select(file.Make).ToList();
            var known = entities.Select((entity, i) => new RecordRow(file, $"{i}", RowCells.Of(file, entity)));
            var sheet = SheetReading.Read(SheetWriting.Write(format, Exporting.Of(file, known))).Value.Sheets[0];
            var header = sheet.Rows[0].Cells.Select(c => c.Text).ToList();
            var made = sheet.Rows.Skip(1).Select(row => file.Make(new Row(file, row.Line, file.Columns.ToDictionary(c => c.Name, c => row[header.IndexOf(c.Name)].Text)))).ToList();
            return made.Count == entities.Count && made.Zip(entities).All(pair => RowCells.Of(file, pair.First).SequenceEqual(RowCells.Of(file, pair.Second)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }
}
