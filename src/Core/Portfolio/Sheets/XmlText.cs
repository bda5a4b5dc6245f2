using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Entente.Core.Portfolio.Sheets;

/// <summary>Texts of a workbook: characters that XML cannot hold are written _x0001_, and an underscore that would be read so _x005F_.</summary>
static partial class XmlText
{
    public static string Write(string text)
    {
        if (text.AsSpan().IndexOfAnyExceptInRange(' ', '\uD7FF') < 0 && !text.Contains("_x", StringComparison.Ordinal)) return text;
        var written = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
            if (Escaped().IsMatch(text.AsSpan(i, Math.Min(7, text.Length - i)))) written.Append("_x005F_");
            else if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) written.Append(text[i]).Append(text[++i]);
            else if (text[i] is '\t' or '\n' || !(char.IsControl(text[i]) || char.IsSurrogate(text[i]) || text[i] is '\uFFFE' or '\uFFFF')) written.Append(text[i]);
            else written.Append(CultureInfo.InvariantCulture, $"_x{(int)text[i]:X4}_");
        return written.ToString();
    }

    public static string Read(string text) => text.Contains("_x", StringComparison.Ordinal)
        ? Escape().Replace(text, m => ((char)int.Parse(m.ValueSpan[2..6], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()) : text;

    [GeneratedRegex("^_x[0-9A-Fa-f]{4}_")]
    private static partial Regex Escaped();

    [GeneratedRegex("_x[0-9A-Fa-f]{4}_")]
    private static partial Regex Escape();
}
