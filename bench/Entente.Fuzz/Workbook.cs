using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Entente.Fuzz;

/// <summary>A sound workbook taken apart, and put together again with one of its parts bent or with other rows.</summary>
sealed class Workbook
{
    static readonly string[] Types = ["", " t=\"inlineStr\"", " t=\"s\"", " t=\"str\"", " t=\"b\"", " t=\"e\"", " t=\"d\"", " t=\"n\"", " t=\"x\"", " t=\"\""];
    static readonly string[] Numbers = ["", "0", "1", "2", "3", "4", "9", "99", "-1", "2147483648", "99999999999999999999", "1.5", "x", "1e999", "-0", "60", "2958466", "NaN"];
    static readonly string[] Texts = ["a", "é", " ", "=1+1", "_x0000_", "_x000D_", "_xD800_", "&amp;", "&#x1F600;", "&#x10FFFD;", "2024-02-30", "2024-01-01T00:00:00", "true", "#REF!", "https://ror.org/02feahw73", "\t\n"];
    static readonly string[] References = ["A", "B", "C", "D", "Z", "AA", "GR", "GS", "XFD", "XFE", "ZZZZZZZZ", "", "a", "1"];

    readonly List<(string Name, byte[] Text)> _parts = [];
    readonly int _sheet;
    readonly string _before, _after;

    public Workbook(byte[] workbook)
    {
        using var zip = new ZipArchive(new MemoryStream(workbook));
        foreach (var entry in zip.Entries)
        {
            using var part = new MemoryStream();
            using (var opened = entry.Open()) opened.CopyTo(part);
            _parts.Add((entry.FullName, part.ToArray()));
        }
        _sheet = _parts.FindIndex(part => part.Name.Contains("worksheets/sheet", StringComparison.Ordinal));
        var xml = Encoding.UTF8.GetString(_parts[_sheet].Text);
        // The first row is the header; its end is where others begin.
        var (first, last) = (xml.IndexOf("</row>", StringComparison.Ordinal) + 6, xml.LastIndexOf("</row>", StringComparison.Ordinal) + 6);
        (_before, _after) = (xml[..first], xml[last..]);
    }

    public byte[] WithPartBent(Random random)
    {
        var which = random.Next(_parts.Count);
        return Packed(which, Bend.Bytes(_parts[which].Text, random));
    }

    /// <summary>With rows that are sound XML and say odd things: cells elsewhere, of other types, in styles that are not there, merged at random.</summary>
    public byte[] WithRows(Random random, int count)
    {
        var xml = new StringBuilder(_before);
        for (var i = 0; i < count; i++) Row(xml, random, i + 2);
        if (random.Next(3) > 0) return Packed(_sheet, Encoding.UTF8.GetBytes(xml.Append(_after).ToString()));
        var rest = _after.Replace("</sheetData>", $"</sheetData><mergeCells><mergeCell ref=\"{Corner(random)}:{Corner(random)}\"/></mergeCells>", StringComparison.Ordinal);
        return Packed(_sheet, Encoding.UTF8.GetBytes(xml.Append(rest).ToString()));
    }

    static void Row(StringBuilder xml, Random random, int line)
    {
        xml.Append(CultureInfo.InvariantCulture, $"<row r=\"{(random.Next(12) == 0 ? One(Numbers, random) : line.ToString(CultureInfo.InvariantCulture))}\">");
        for (var cells = random.Next(1, 5); cells > 0; cells--)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<c r=\"{(random.Next(8) == 0 ? Corner(random) : $"{(char)('A' + cells)}{line}")}\" s=\"{One(Numbers, random)}\"{One(Types, random)}>");
            if (random.Next(6) == 0) xml.Append(CultureInfo.InvariantCulture, $"<f>{One(Texts, random)}</f>");
            if (random.Next(3) == 0) xml.Append(CultureInfo.InvariantCulture, $"<is><t>{One(Texts, random)}</t></is>");
            if (random.Next(5) > 0) xml.Append(CultureInfo.InvariantCulture, $"<v>{One(random.Next(2) == 0 ? Texts : Numbers, random)}</v>");
            xml.Append("</c>");
        }
        xml.Append("</row>");
    }

    static string Corner(Random random) => One(References, random) + One(Numbers, random);

    static string One(string[] of, Random random) => of[random.Next(of.Length)];

    byte[] Packed(int which, byte[] text)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
            for (var i = 0; i < _parts.Count; i++)
            {
                using var written = zip.CreateEntry(_parts[i].Name, CompressionLevel.NoCompression).Open();
                written.Write(i == which ? text : _parts[i].Text);
            }
        return packed.ToArray();
    }
}
