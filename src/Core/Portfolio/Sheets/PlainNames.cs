using System.Text;
using System.Xml;

namespace Entente.Core.Portfolio.Sheets;

/// <summary>
/// Writes a part of a workbook without the prefix that the library puts before every name: both say the same, but readers such as
/// exceljs look for “row” and take “x:row” for something else.
/// </summary>
static class PlainNames
{
    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    public static void Copy(Stream from, Stream to)
    {
        using var reader = XmlReader.Create(from);
        using var writer = XmlWriter.Create(to, new() { Encoding = new UTF8Encoding(false), CloseOutput = false });
        while (reader.Read())
            switch (reader.NodeType)
            {
                case XmlNodeType.Element: Start(reader, writer); break;
                case XmlNodeType.EndElement: writer.WriteEndElement(); break;
                case XmlNodeType.Text or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace: writer.WriteString(reader.Value); break;
            }
    }

    static void Start(XmlReader reader, XmlWriter writer)
    {
        var empty = reader.IsEmptyElement;
        writer.WriteStartElement(reader.NamespaceURI == Main ? "" : reader.Prefix, reader.LocalName, reader.NamespaceURI);
        while (reader.MoveToNextAttribute())
            if (reader.Value != Main) writer.WriteAttributeString(reader.Prefix, reader.LocalName, reader.NamespaceURI, reader.Value);
        if (empty) writer.WriteEndElement();
    }
}
