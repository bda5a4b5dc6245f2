using System.IO.Compression;
using System.Text;
using Entente.Core.Portfolio.Sheets;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Core.Tests.Portfolio.Sheets;

/// <summary>Files made to harm, by malice or by accident: each is refused with a reason, and none is a failure of the program.</summary>
public sealed class HostileFileTests
{
    static string? Refused(byte[] bytes) => SheetReading.Read(bytes).Refusal?.Code;

    static byte[] Zip(params (string Name, byte[] Bytes)[] entries)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
            foreach (var (name, bytes) in entries)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.SmallestSize).Open();
                entry.Write(bytes);
            }
        return stream.ToArray();
    }

    [Fact]
    public void A_bomb_is_refused_before_it_is_unpacked()
    {
        var bytes = Zip(("[Content_Types].xml", "<x/>"u8.ToArray()), ("xl/workbook.xml", "<x/>"u8.ToArray()), ("xl/worksheets/sheet1.xml", new byte[300 * 1024 * 1024]));
        Assert.True(bytes.Length < 1024 * 1024);
        Assert.Equal("sheet-bomb", Refused(bytes));
    }

    [Fact]
    public void A_bomb_that_lies_about_its_size_is_refused_too()
    {
        // The size in the directory at the end of the archive is set to one byte.
        var bytes = new HandMadeWorkbook().With("S", "<row><c t=\"inlineStr\"><is><t>" + new string('a', 30_000) + "</t></is></c></row>").Bytes();
        var directory = bytes.AsSpan().IndexOf("PK\u0001\u0002"u8);
        for (var at = directory; at >= 0 && at < bytes.Length - 46 && bytes.AsSpan(at).StartsWith("PK\u0001\u0002"u8);)
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(at + 24), 1);
            at += 46 + BitConverter.ToUInt16(bytes, at + 28) + BitConverter.ToUInt16(bytes, at + 30) + BitConverter.ToUInt16(bytes, at + 32);
        }
        Assert.NotNull(Refused(bytes));
    }

    [Fact]
    public void Entities_are_never_expanded()
    {
        var bytes = new HandMadeWorkbook().With("S", "<row><c><v>1</v></c></row>")
            .Part("xl/sharedStrings.xml", "x").Bytes();
        var poisoned = Replace(bytes, "xl/sharedStrings.xml", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\"><!ENTITY c \"&b;&b;\">]><sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>&c;</t></si></sst>");
        Assert.Equal("sheet-damaged", Refused(poisoned));
    }

    static byte[] Replace(byte[] workbook, string path, string text)
    {
        using var stream = new MemoryStream();
        stream.Write(workbook);
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update))
        {
            zip.GetEntry(path)!.Delete();
            using var entry = zip.CreateEntry(path).Open();
            entry.Write(Encoding.UTF8.GetBytes(text));
        }
        return stream.ToArray();
    }

    [Fact]
    public void Limits_are_said_with_their_place()
    {
        Assert.Equal("sheet-size", Refused(new byte[SheetLimits.Bytes + 1]));
        Assert.Equal("sheet-empty", Refused([]));
        var wide = SheetReading.Read(new HandMadeWorkbook().With("Wide", "<row r=\"7\"><c r=\"GS7\"><v>1</v></c></row>").Bytes()).Value.Sheets[0].Fault!;
        Assert.Contains("Line 7 of the sheet “Wide” reaches column GS", wide.Message.En, StringComparison.Ordinal);
        var far = SheetReading.Read(new HandMadeWorkbook().With("Far", "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>").Bytes()).Value.Sheets[0].Fault!;
        Assert.Equal("sheet-columns", far.Code);
        Assert.Equal("sheet-rows", Refused(Encoding.UTF8.GetBytes("a,b\n" + string.Concat(Enumerable.Repeat("1,2\n", SheetLimits.Rows)))));
        Assert.Equal("cell-length", Refused(Encoding.UTF8.GetBytes("a,b\n1," + new string('x', SheetLimits.CellText + 1))));
        Assert.Equal("sheet-columns", Refused(Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Repeat("x", 201)))));
    }

    [Fact]
    public void Merges_over_the_whole_sheet_do_no_harm()
    {
        var merges = string.Concat(Enumerable.Range(0, 2000).Select(_ => "<mergeCell ref=\"A1:A1048576\"/>"));
        var read = SheetReading.Read(new HandMadeWorkbook().With("S", $"<sheetData>{string.Concat(Enumerable.Range(1, 1000).Select(i => $"<row r=\"{i}\"><c r=\"A{i}\"><v>1</v></c></row>"))}</sheetData><mergeCells>{merges}</mergeCells>").Bytes());
        Assert.Equal("sheet-bomb", read.Refusal?.Code);
    }

    [Theory]
    [InlineData("\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1", "sheet-locked")]
    [InlineData("%PDF-1.7", "sheet-format")]
    [InlineData("<html><table>", "sheet-format")]
    [InlineData("a,b\n1,\"never closed\n2,3", "csv-quote")]
    [InlineData("\u0089PNG\r\n\u001A\n\0\0\0", "sheet-text")]
    [InlineData("[1, 2]", "json-shape")]
    [InlineData("[{\"a\": {\"b\": 1}}]", "json-shape")]
    [InlineData("[{\"a\": 1, \"a\": 2}]", "json-shape")]
    [InlineData("[{\"a\": 1},", "json-damaged")]
    [InlineData("[]", "sheet-empty")]
    [InlineData("  \n \n", "sheet-empty")]
    public void What_is_no_table_is_refused_by_what_it_is(string latin, string code) => Assert.Equal(code, Refused(Encoding.Latin1.GetBytes(latin)));

    [Fact]
    public void Other_archives_are_told_from_workbooks()
    {
        Assert.Equal("sheet-format", Refused(Zip(("content.xml", "<x/>"u8.ToArray()))));
        Assert.Equal("sheet-format", Refused(Zip(("a.txt", "a"u8.ToArray()))));
        Assert.Equal("sheet-format", Refused(Zip(("[Content_Types].xml", "<x/>"u8.ToArray()), ("xl/workbook.bin", [1]))));
    }

    [Fact]
    public void A_quote_never_closed_is_named_by_its_line() =>
        Assert.Contains("line 3", SheetReading.Read("a,b\n1,2\n3,\"x\n4,5"u8.ToArray()).Refusal!.Message.En, StringComparison.Ordinal);

    [Fact]
    public void Any_byte_of_a_workbook_may_be_wrong()
    {
        var sound = SheetWriting.Write(SheetFormat.Xlsx, Sheet.Of("S", ["a", "b"], [[new("1"), new("x")], [new("2"), new("y")]]));
        Prop.ForAll<int, byte>((at, value) =>
        {
            var bytes = (byte[])sound.Clone();
            var place = unchecked((uint)at * 2654435761u) % bytes.Length;
            bytes[place] = value;
            SheetReading.Read(bytes);
            SheetReading.Read(bytes[..(int)place]);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public void Any_bytes_at_all_are_read_or_refused() => Prop.ForAll<byte[]>(bytes =>
    {
        SheetReading.Read(bytes);
        SheetReading.Read([.. "PK\u0003\u0004"u8, .. bytes]);
        SheetReading.Read([(byte)'[', .. bytes]);
    }).QuickCheckThrowOnFailure();
}
