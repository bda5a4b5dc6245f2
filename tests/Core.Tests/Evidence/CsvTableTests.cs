using System.Text;
using Entente.Core.Evidence;

namespace Entente.Core.Tests.Evidence;

public sealed class CsvTableTests
{
    static CsvTable? Open(string text, Encoding? encoding = null) =>
        CsvTable.Open(() => new MemoryStream((encoding ?? new UTF8Encoding(false)).GetBytes(text)), header => header.Length == 3);

    static string[] Rows(CsvTable table) => [.. table.Rows().Select(r => r.Problem is { } p ? $"{r.Line}!{p.En}" : $"{r.Line}:{string.Join('|', r.Fields)}")];

    [Theory]
    [InlineData("a;b;c\n1;2;3\n", ';')]
    [InlineData("a,b,c\n1,2,3\n", ',')]
    [InlineData("a\tb\tc\n1\t2\t3", '\t')]
    [InlineData("\"a\";\"b\";\"c\"\r\n\"1\";\"2\";\"3\"\r\n", ';')]
    public void The_separator_is_the_one_under_which_the_header_is_known(string text, char separator)
    {
        var table = Open(text)!;
        Assert.Equal(separator, table.Separator);
        Assert.Equal(["a", "b", "c"], table.Header);
        Assert.Equal(["2:1|2|3"], Rows(table));
    }

    [Fact]
    public void A_header_that_is_not_known_opens_no_table()
    {
        Assert.Null(Open("a;b\n1;2\n"));
        Assert.Null(Open(""));
    }

    [Fact]
    public void Quotes_hold_separators_line_ends_and_doubled_quotes() => Assert.Equal(
        ["2:x;y|say \"so\"|two\nlines", "4:|\"|", "5:1|2|3"],
        Rows(Open("a;b;c\n\"x;y\";\"say \"\"so\"\"\";\"two\r\nlines\"\n\"\";\"\"\"\";\n1;2;3")!));

    [Fact]
    public void A_quote_that_closes_nothing_is_text() => Assert.Equal(
        ["2:the \"inner\" one|5\" disk|3"], Rows(Open("a;b;c\n\"the \"inner\" one\";5\" disk;3\n")!));

    [Fact]
    public void A_quote_that_never_closes_costs_its_own_line_only() => Assert.Equal(
        ["2:1|2|3", "3!a quotation mark is opened and never closed", "4:4|5|6", "5:7|8|9"],
        Rows(Open("a;b;c\n1;2;3\n\"open;2;3\n4;5;6\n7;8;9\n")!));

    [Theory]
    [InlineData("utf-8")]
    [InlineData("latin1")]
    public void Texts_are_read_in_their_own_encoding(string name) =>
        Assert.Equal(["2:Société|Nº|é", "3:x|Ü|z"], Rows(Open("a;b;c\nSociété;Nº;é\nx;Ü;z\n", Encoding.GetEncoding(name))!));

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_header() => Assert.Equal("a", Open("\uFEFFa;b;c\n1;2;3\n")!.Header[0]);

    [Fact]
    public void A_line_that_breaks_UTF8_where_the_others_keep_it_is_told()
    {
        byte[] bytes = [.. "a;b;c\né;2;3\n"u8, (byte)'x', 0xE9, .. ";2;3\nü;5;6\n"u8];
        var table = CsvTable.Open(() => new MemoryStream(bytes), header => header.Length == 3)!;
        Assert.Equal(["2:é|2|3", "3!not UTF-8, though the other lines are", "4:ü|5|6"], Rows(table));
    }
}
