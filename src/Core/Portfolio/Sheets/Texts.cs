using System.Text;
using Entente.Core.Kernel;

namespace Entente.Core.Portfolio.Sheets;

/// <summary>The characters of a file that does not say how it writes them.</summary>
static class Texts
{
    static readonly Encoding Windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>The text, and what was decided where the file left it open.</summary>
    public static Outcome<(string Text, Said? Note)> Decode(byte[] bytes)
    {
        if (bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return (Encoding.Unicode.GetString(bytes.AsSpan(2)), null);
        if (bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return (Encoding.BigEndianUnicode.GetString(bytes.AsSpan(2)), null);
        if (Zeros(bytes, 1) > bytes.Length / 5) return (Encoding.Unicode.GetString(bytes), Read("UTF-16"));
        if (Zeros(bytes, 0) > bytes.Length / 5) return (Encoding.BigEndianUnicode.GetString(bytes), Read("UTF-16"));
        var (text, bad) = CsvText.Decode(bytes);
        if (text is not null) return text.IndexOf('\0') is >= 0 and var zero ? Binary(Line(text, zero)) : (text, (Said?)null);
        var windows = Windows.GetString(bytes);
        return windows.IndexOfAny(['\0', '\u0001', '\u0002', '\u0003', '\u0081', '\u008D', '\u008F', '\u0090', '\u009D']) is >= 0 and var at
            ? Binary(Line(windows, at)) : (windows, Read("Windows-1252", bad));
    }

    static int Zeros(byte[] bytes, int from)
    {
        var count = 0;
        for (var i = from; i < bytes.Length; i += 2)
            if (bytes[i] == 0) count++;
        return count;
    }

    static int Line(string text, int at) => text.AsSpan(0, at).Count('\n') + 1;

    static Refusal Binary(int line) => Refusal.Invalid("sheet-text", $"Line {line} is not text: import a workbook (.xlsx), a CSV or a JSON file.",
        $"La ligne {line} n’est pas du texte\u202F: importez un classeur (.xlsx), un CSV ou un fichier JSON.", "file");

    static Said Read(string encoding, int line = 0) => line == 0
        ? new($"Read as {encoding}.", $"Lu comme {encoding}.")
        : new($"Read as {encoding}, since line {line} is not UTF-8. Look whether its accents are right.",
            $"Lu comme {encoding}, car la ligne {line} n’est pas en UTF-8. Vérifiez les accents.");
}
