using Entente.Core.Portfolio.Sheets;

namespace Entente.Core.Tests.Portfolio.Sheets;

public sealed class XlsxReadingTests
{
    static SheetFile Read(HandMadeWorkbook workbook)
    {
        var read = SheetReading.Read(workbook.Bytes());
        Assert.True(read.Ok, read.Refusal?.Message.En);
        return read.Value;
    }

    static string[][] Rows(Sheet sheet) => [.. sheet.Rows.Select(r => r.Cells.Select(c => c.Text).ToArray())];

    static Cell One(string cell, string styles = "", string properties = "", params string[] shared) =>
        Read(new HandMadeWorkbook { Styles = styles, Properties = properties, Shared = shared }.With("S", $"<row r=\"1\">{cell}</row>")).Sheets[0].Rows[0][0];

    static string Style(string format) => $"<numFmts><numFmt numFmtId=\"200\" formatCode=\"{format}\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"200\"/></cellXfs>";

    [Fact]
    public void Texts_are_read_wherever_they_are_kept()
    {
        Assert.Equal("shared", One("<c r=\"A1\" t=\"s\"><v>1</v></c>", "", "", "no", "shared").Text);
        Assert.Equal("rich text", One("<c r=\"A1\" t=\"s\"><v>0</v></c>", "", "", "<r><t>rich </t></r><r><rPr><b/></rPr><t>text</t></r>").Text);
        Assert.Equal("東京", One("<c r=\"A1\" t=\"s\"><v>0</v></c>", "", "", "<t>東京</t><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh>").Text);
        Assert.Equal("inline", One("<c r=\"A1\" t=\"inlineStr\"><is><t>inline</t></is></c>").Text);
        Assert.Equal("of a formula", One("<c r=\"A1\" t=\"str\"><f>A2</f><v>of a formula</v></c>").Text);
        Assert.Equal("a\u0001_x0041_", One("<c r=\"A1\" t=\"inlineStr\"><is><t>a_x0001__x005F_x0041_</t></is></c>").Text);
    }

    [Theory]
    [InlineData("41779", "yyyy-mm-dd", "2014-05-20")]
    [InlineData("41779", "dd/mm/yyyy;@", "2014-05-20")]
    [InlineData("41779", "[$-40C]d\\ mmmm\\ yyyy", "2014-05-20")]
    [InlineData("41779", "mmm\\-yy", "2014-05")]
    [InlineData("41779", "yyyy", "2014")]
    [InlineData("41779.5", "yyyy-mm-dd hh:mm", "2014-05-20T12:00:00")]
    [InlineData("1", "yyyy-mm-dd", "1900-01-01")]
    [InlineData("59", "yyyy-mm-dd", "1900-02-28")]
    [InlineData("61", "yyyy-mm-dd", "1900-03-01")]
    [InlineData("0.66", "0.0%", "66%")]
    [InlineData("0.29", "0%", "29%")]
    [InlineData("42", "00000", "00042")]
    [InlineData("0.5", "hh:mm", "12:00:00")]
    [InlineData("41779", "0.00", "41779")]
    [InlineData("41779", "&quot;day&quot; 0", "41779")]
    [InlineData("41779", "[Red]#,##0", "41779")]
    [InlineData("0.30000000000000004", "General", "0.3")]
    [InlineData("1E+20", "General", "100000000000000000000")]
    public void A_number_is_read_as_its_format_shows_it(string number, string format, string expected) =>
        Assert.Equal(expected, One($"<c r=\"A1\" s=\"1\"><v>{number}</v></c>", Style(format)).Text);

    [Fact]
    public void The_day_that_never_was_is_a_fault() =>
        Assert.Equal(CellKind.Fault, One("<c r=\"A1\" s=\"1\"><v>60</v></c>", Style("yyyy-mm-dd")).Kind);

    [Theory]
    [InlineData("", "2014-05-20")]
    [InlineData("<workbookPr date1904=\"1\"/>", "2018-05-21")]
    [InlineData("<workbookPr date1904=\"true\"/>", "2018-05-21")]
    public void Both_calendars_are_read(string properties, string expected) =>
        Assert.Equal(expected, One("<c r=\"A1\" s=\"1\"><v>41779</v></c>", "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>", properties).Text);

    [Theory]
    [InlineData("<c r=\"A1\" t=\"b\"><v>1</v></c>", "yes", CellKind.YesNo)]
    [InlineData("<c r=\"A1\" t=\"b\"><v>0</v></c>", "no", CellKind.YesNo)]
    [InlineData("<c r=\"A1\" t=\"e\"><v>#REF!</v></c>", "#REF!", CellKind.Fault)]
    [InlineData("<c r=\"A1\" t=\"d\"><v>2014-05-20T00:00:00</v></c>", "2014-05-20", CellKind.Date)]
    [InlineData("<c r=\"A1\"><f>SUM(B1:B9)</f><v>45</v></c>", "45", CellKind.Number)]
    [InlineData("<c r=\"A1\"><f>SUM(B1:B9)</f></c>", "=", CellKind.Fault)]
    [InlineData("<c r=\"A1\" t=\"s\"><v>99</v></c>", "#REF!", CellKind.Fault)]
    public void Other_values_keep_their_kind(string cell, string text, CellKind kind) => Assert.Equal(new Cell(text, kind), One(cell));

    [Fact]
    public void Sheets_come_with_their_names_and_the_hidden_ones_are_said()
    {
        var file = Read(new HandMadeWorkbook().With("Visible", "<row><c><v>1</v></c></row>").With("Hidden", "<row><c><v>2</v></c></row>", "hidden").With("Deep", "", "veryHidden"));
        Assert.Equal([("Visible", false), ("Hidden", true), ("Deep", true)], file.Sheets.Select(s => (s.Name, s.Hidden)));
        Assert.Contains(file.Notes, n => n.En == "The sheet “Hidden” is hidden in the workbook.");
    }

    [Fact]
    public void Rows_keep_their_lines_and_gaps_stay_empty()
    {
        var sheet = Read(new HandMadeWorkbook().With("S", "<row r=\"3\"><c r=\"B3\"><v>1</v></c><c r=\"D3\"><v>2</v></c></row><row r=\"9\"><c r=\"A9\"/></row><row r=\"12\"><c><v>3</v></c><c><v>4</v></c></row>")).Sheets[0];
        Assert.Equal([3, 12], sheet.Rows.Select(r => r.Line));
        Assert.Equal([["", "1", "", "2"], ["3", "4"]], Rows(sheet));
    }

    [Fact]
    public void What_is_merged_over_lines_stands_in_each_of_them()
    {
        var file = Read(new HandMadeWorkbook { Shared = ["CNRS", "Title"] }.With("S", """
            <sheetData><row r="1"><c r="A1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2"><v>1</v></c></row>
            <row r="3"><c r="B3"><v>2</v></c></row><row r="4"><c r="B4"><v>3</v></c></row></sheetData>
            <mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="A2:A3"/></mergeCells>
            """));
        Assert.Equal([["Title"], ["CNRS", "1"], ["CNRS", "2"], ["", "3"]], Rows(file.Sheets[0]));
        Assert.Contains(file.Notes, n => n.En.Contains("merged over several lines", StringComparison.Ordinal));
    }

    [Fact]
    public void Macros_and_links_to_other_files_are_said_and_left_alone()
    {
        const string Relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        var workbook = new HandMadeWorkbook
        {
            WorkbookType = "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
            MoreTypes = "<Override PartName=\"/xl/vbaProject.bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/><Override PartName=\"/xl/externalLinks/externalLink1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml\"/>",
            MoreRelations = $"<Relationship Id=\"vba\" Type=\"http://schemas.microsoft.com/office/2006/relationships/vbaProject\" Target=\"vbaProject.bin\"/><Relationship Id=\"x1\" Type=\"{Relation}/externalLink\" Target=\"externalLinks/externalLink1.xml\"/>",
        }.With("S", "<row><c><f>[1]Sheet1!A1</f><v>7</v></c></row>").Part("xl/vbaProject.bin", "not run")
            .Part("xl/externalLinks/externalLink1.xml", $"<externalLink xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{Relation}\"><externalBook r:id=\"e1\"/></externalLink>")
            .Part("xl/externalLinks/_rels/externalLink1.xml.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"e1\" Type=\"{Relation}/externalLinkPath\" Target=\"file:///server/secret.xlsx\" TargetMode=\"External\"/></Relationships>");
        var file = Read(workbook);
        Assert.Equal("7", file.Sheets[0].Rows[0][0].Text);
        Assert.Equal(3, file.Notes.Count(n => n.En.StartsWith("The macros", StringComparison.Ordinal) || n.En.StartsWith("Links to", StringComparison.Ordinal) || n.En.StartsWith("Cells with a formula: 1.", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_link_with_a_slip_in_its_address_does_not_stop_the_reading()
    {
        var workbook = new HandMadeWorkbook().With("S", "<sheetData><row><c><v>1</v></c></row></sheetData><hyperlinks><hyperlink ref=\"A1\" r:id=\"h1\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"/></hyperlinks>")
            .Part("xl/worksheets/_rels/sheet1.xml.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"h1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" Target=\"mailto:a@b@c, d@e\" TargetMode=\"External\"/></Relationships>");
        Assert.Equal("1", Read(workbook).Sheets[0].Rows[0][0].Text);
    }
}
