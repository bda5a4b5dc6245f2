using System.Text;
using Entente.Core.Portfolio.Sheets;

namespace Entente.Core.Tests.Portfolio.Sheets;

public sealed class CsvSheetsTests
{
    static SheetFile Read(byte[] bytes)
    {
        var read = SheetReading.Read(bytes);
        Assert.True(read.Ok, read.Refusal?.Message.En);
        return read.Value;
    }

    static SheetFile Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    static string Text(SheetFile file) => string.Join('|', file.Sheets[0].Rows.Select(r => string.Join('~', r.Cells.Select(c => c.Text))));

    [Theory]
    [InlineData("nom,pays\nCôte d’Azur,FR\n", "nom~pays|Côte d’Azur~FR")]
    [InlineData("nom;pays\nCôte, d’Azur;FR\n", "nom~pays|Côte, d’Azur~FR")]
    [InlineData("nom\tpays\nCôte, d’Azur\tFR\n", "nom~pays|Côte, d’Azur~FR")]
    [InlineData("sep=|\nnom|pays\na,b|FR\n", "nom~pays|a,b~FR")]
    [InlineData("nom,partenaires\nX,\"CNRS; Imperial; Tokyo\"\nY,\"A; B; C\"\n", "nom~partenaires|X~CNRS; Imperial; Tokyo|Y~A; B; C")]
    [InlineData("a;b\r1;2\r", "a~b|1~2")]
    [InlineData("a,b\r\n\"two\r\nlines\",\"a \"\"quote\"\"\"\r\n", "a~b|two\r\nlines~a \"quote\"")]
    [InlineData("a,b,,,\n1,2,,,\n,,,,\n", "a~b|1~2")]
    public void Separators_are_found(string text, string expected) => Assert.Equal(expected, Text(Read(text)));

    [Fact]
    public void Lines_are_those_of_the_file_even_after_cells_of_several() =>
        Assert.Equal([1, 2, 5], Read("a,b\n\"x\ny\",1\n\nz,2\n").Sheets[0].Rows.Select(r => r.Line));

    [Fact]
    public void Encodings_are_found_and_a_guess_is_said()
    {
        const string Table = "nom,ville\nCôte,Évry–€\n", Expected = "nom~ville|Côte~Évry–€";
        Assert.Equal((Expected, 0), Found(Encoding.UTF8.GetBytes(Table)));
        Assert.Equal((Expected, 0), Found([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(Table)]));
        Assert.Equal((Expected, 0), Found([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Table)]));
        Assert.Equal((Expected, 0), Found([.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(Table)]));
        Assert.Equal((Expected, 1), Found(Encoding.Unicode.GetBytes(Table)));
        Assert.Equal((Expected, 1), Found(CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(Table)));

        static (string, int) Found(byte[] bytes) => Read(bytes) is var file ? (Text(file), file.Notes.Count) : default;
    }

    [Fact]
    public void Windows_1252_is_said_with_the_line_that_showed_it() =>
        Assert.StartsWith("Read as Windows-1252, since line 2 is not UTF-8.", Read(Encoding.Latin1.GetBytes("nom,ville\nCôte,Nice\n")).Notes[0].En, StringComparison.Ordinal);

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+33 1", "'+33 1")]
    [InlineData("-", "'-")]
    [InlineData("@me", "'@me")]
    [InlineData("'=1", "''=1")]
    [InlineData("''@", "'''@")]
    [InlineData("＝1", "'＝1")]
    [InlineData("'quoted'", "'quoted'")]
    [InlineData("a=b", "a=b")]
    [InlineData("'", "'")]
    public void What_would_run_is_written_as_text_and_read_back_the_same(string text, string written)
    {
        var bytes = SheetWriting.Write(SheetFormat.Csv, Sheet.Of("S", ["h", "i"], [[new(text), new("x")]]));
        Assert.Equal($"\uFEFFh,i\r\n{written},x\r\n", "\uFEFF" + Encoding.UTF8.GetString(bytes.AsSpan(3)));
        Assert.Equal(text, Read(bytes).Sheets[0].Rows[1][0].Text);
    }
}
