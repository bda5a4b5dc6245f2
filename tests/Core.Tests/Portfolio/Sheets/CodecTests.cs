using System.IO.Compression;
using System.Text;
using Entente.Core.Portfolio.Sheets;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Core.Tests.Portfolio.Sheets;

/// <summary>Whatever a table holds, each format gives it back the same.</summary>
public sealed class CodecTests
{
    public static TheoryData<SheetFormat> Formats => [.. Enum.GetValues<SheetFormat>()];

    /// <summary>Cells as the record can hold them: trimmed, any character that a text may have.</summary>
    static readonly Gen<string> Text = Gen.Frequency(
        (3, Gen.Elements("", "007", "2014", "2014-05", "2014-05-20", "=1+1", "+33", "-", "@x", "'=1", "''", "TRUE", "yes", "1e5", "null", "_x0041_", "_x005F_x0041_", "a;b", "«\u202Foui\u202F»",
            "日本", "😀", "line\nbreak", "line\r\nbreak", "tab\tin", "quote \" and “”", "sep=;", "#REF!", "\u0001control", "é\u0301", "<t>&amp;</t>", "]]>")),
        (2, ArbMap.Default.ArbFor<NonNull<string>>().Generator.Select(s => Clean(s.Get))));

    // Lone halves of a character are no text; UTF-8 cannot hold them.
    static string Clean(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace("\0", "", StringComparison.Ordinal).Replace("\uFEFF", "", StringComparison.Ordinal).Trim();

    static readonly Gen<string[][]> Tables =
        from width in Gen.Choose(2, 5)
        from rows in Text.ArrayOf(width).Where(r => r.Any(c => c.Length > 0)).NonEmptyListOf()
        select rows.ToArray();

    [Theory, MemberData(nameof(Formats))]
    public void A_table_written_is_read_back_the_same(SheetFormat format) => Prop.ForAll(Tables.ToArbitrary(), table =>
    {
        var header = table[0].Select((_, i) => $"column {i}").ToArray();
        var read = SheetReading.Read(SheetWriting.Write(format, Sheet.Of("S", header, table.Select(r => r.Select(c => new Cell(c)).ToList()))));
        var back = read.Value.Sheets[0].Rows;
        return back.Count == table.Length + 1 && table.Select((row, r) => row.Select((cell, c) => back[r + 1][c].Text == cell).All(same => same)).All(same => same);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_workbook_keeps_every_sheet_and_types_numbers()
    {
        var read = SheetReading.Read(SheetWriting.Write(SheetFormat.Xlsx, Sheet.Of("first", ["n"], [[new("12", CellKind.Number)], [new("0012")]]), Sheet.Of("a/b:c", ["x"], [[new("y")]]))).Value;
        Assert.Equal(["first", "a b c"], read.Sheets.Select(s => s.Name));
        Assert.Equal([new Cell("12", CellKind.Number), new Cell("0012")], read.Sheets[0].Rows.Skip(1).Select(r => r[0]));
    }

    [Fact]
    public void A_workbook_names_its_parts_as_spreadsheets_do()
    {
        using var zip = new ZipArchive(new MemoryStream(SheetWriting.Write(SheetFormat.Xlsx, Sheet.Of("S", ["h"], [[new(" a ")]]))));
        var parts = zip.Entries.Where(e => e.FullName.StartsWith("xl/", StringComparison.Ordinal) && e.FullName.EndsWith(".xml", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, parts.Count);
        foreach (var part in parts)
        {
            using var reader = new StreamReader(part.Open());
            Assert.DoesNotContain("x:", reader.ReadToEnd(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_workbook_holds_no_formula()
    {
        var bytes = SheetWriting.Write(SheetFormat.Xlsx, Sheet.Of("S", ["=h"], [[new("=1+1")], [new("@SUM(A1)")], [new("+1")], [new("-1")]]));
        using var zip = new ZipArchive(new MemoryStream(bytes));
        using var reader = new StreamReader(zip.Entries.Single(e => e.FullName.Contains("worksheets/sheet", StringComparison.Ordinal)).Open());
        var xml = reader.ReadToEnd();
        Assert.Contains("=1+1", xml, StringComparison.Ordinal);
        Assert.DoesNotContain("<f>", xml, StringComparison.Ordinal);
        Assert.Equal(5, xml.Split("t=\"inlineStr\"").Length - 1);
    }
}
