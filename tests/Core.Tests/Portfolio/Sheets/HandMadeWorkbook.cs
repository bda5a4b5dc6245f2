using System.IO.Compression;
using System.Text;

namespace Entente.Core.Tests.Portfolio.Sheets;

/// <summary>A workbook written part by part, as other programs write them, so that tests can say exactly what stands in it.</summary>
public sealed class HandMadeWorkbook
{
    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const string Relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const string Package = "http://schemas.openxmlformats.org/package/2006";

    readonly List<(string Name, string State, string Data)> _sheets = [];
    readonly Dictionary<string, string> _parts = [];

    public string Properties { get; init; } = "";
    public string Styles { get; init; } = "<numFmts count=\"0\"/><cellXfs count=\"1\"><xf numFmtId=\"0\"/></cellXfs>";
    public IReadOnlyList<string> Shared { get; init; } = [];
    public string WorkbookType { get; init; } = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
    public string MoreTypes { get; init; } = "";
    public string MoreRelations { get; init; } = "";

    /// <param name="rows">row elements, or the whole content of the worksheet where it begins with sheetData</param>
    public HandMadeWorkbook With(string name, string rows, string state = "visible")
    {
        _sheets.Add((name, state, rows.StartsWith("<sheetData", StringComparison.Ordinal) ? rows : $"<sheetData>{rows}</sheetData>"));
        return this;
    }

    /// <summary>A part as it stands; one of those that every workbook has is taken instead of ours.</summary>
    public HandMadeWorkbook Part(string path, string text)
    {
        _parts.TryAdd(path, text);
        return this;
    }

    public byte[] Bytes()
    {
        WritePackage();
        Part("xl/workbook.xml", $"""
            <workbook xmlns="{Main}" xmlns:r="{Relation}">{Properties}<sheets>{Each((s, i) => $"<sheet name=\"{s.Name}\" sheetId=\"{i}\" state=\"{s.State}\" r:id=\"s{i}\"/>")}</sheets></workbook>
            """);
        Part("xl/styles.xml", $"""<styleSheet xmlns="{Main}">{Styles}</styleSheet>""");
        Part("xl/sharedStrings.xml", $"""<sst xmlns="{Main}">{string.Concat(Shared.Select(s => s.StartsWith('<') ? $"<si>{s}</si>" : $"<si><t>{s}</t></si>"))}</sst>""");
        for (var i = 0; i < _sheets.Count; i++) Part($"xl/worksheets/sheet{i + 1}.xml", $"""<worksheet xmlns="{Main}">{_sheets[i].Data}</worksheet>""");
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
            foreach (var (path, text) in _parts)
            {
                using var entry = zip.CreateEntry(path).Open();
                entry.Write(Encoding.UTF8.GetBytes(path.EndsWith(".bin", StringComparison.Ordinal) ? text : "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + text));
            }
        return stream.ToArray();
    }

    void WritePackage()
    {
        const string Spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml";
        Part("[Content_Types].xml", $"""
            <Types xmlns="{Package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>
            <Override PartName="/xl/workbook.xml" ContentType="{WorkbookType}"/>
            <Override PartName="/xl/styles.xml" ContentType="{Spreadsheet}.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="{Spreadsheet}.sharedStrings+xml"/>
            {Each((_, i) => $"<Override PartName=\"/xl/worksheets/sheet{i}.xml\" ContentType=\"{Spreadsheet}.worksheet+xml\"/>")}{MoreTypes}</Types>
            """);
        Part("_rels/.rels", $"""<Relationships xmlns="{Package}/relationships"><Relationship Id="r1" Type="{Relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        Part("xl/_rels/workbook.xml.rels", $"""
            <Relationships xmlns="{Package}/relationships">{Each((_, i) => $"<Relationship Id=\"s{i}\" Type=\"{Relation}/worksheet\" Target=\"worksheets/sheet{i}.xml\"/>")}
            <Relationship Id="st" Type="{Relation}/styles" Target="styles.xml"/><Relationship Id="ss" Type="{Relation}/sharedStrings" Target="sharedStrings.xml"/>{MoreRelations}</Relationships>
            """);
    }

    string Each(Func<(string Name, string State, string Data), int, string> text) => string.Concat(_sheets.Select((sheet, i) => text(sheet, i + 1)));
}
