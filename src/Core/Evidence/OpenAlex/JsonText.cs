using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Entente.Core.Evidence.OpenAlex;

/// <summary>Texts of a JSON reader, read leniently: what is not Unicode becomes the replacement character, since the record as a whole is judged elsewhere.</summary>
static class JsonText
{
    /// <summary>The current value when it is a text, else null.</summary>
    public static string? Text(this ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String) return null;
        var raw = reader.ValueSpan;
        return reader.ValueIsEscaped ? Unescape(raw) : Encoding.UTF8.GetString(raw);
    }

    /// <summary>Whether the current property has this name, however it is escaped.</summary>
    public static bool IsNamed(this scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> name) => reader.ValueIsEscaped
        ? name.SequenceEqual(Encoding.UTF8.GetBytes(Unescape(reader.ValueSpan)))
        : name.SequenceEqual(reader.ValueSpan);

    /// <summary>What stands for an identifier: the bytes after the last slash.</summary>
    public static ReadOnlySpan<byte> LastSegment(this scoped ref Utf8JsonReader reader) =>
        LastSegment(reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(Unescape(reader.ValueSpan)) : reader.ValueSpan);

    public static ReadOnlySpan<byte> LastSegment(ReadOnlySpan<byte> text) => text[(text.LastIndexOf((byte)'/') + 1)..];

    /// <summary>The number of an OpenAlex id of one kind ("https://openalex.org/W123", "W123"); 0 where the value is none.</summary>
    public static long OpenAlexId(this scoped ref Utf8JsonReader reader, char kind)
    {
        if (reader.TokenType != JsonTokenType.String) return 0;
        return OpenAlexId(reader.LastSegment(), kind);
    }

    public static long OpenAlexId(ReadOnlySpan<byte> text, char kind)
    {
        var segment = LastSegment(text);
        return segment.Length > 1 && (segment[0] | 0x20) == (kind | 0x20) ? Digits(segment[1..]) : 0;
    }

    /// <summary>A positive number without a leading zero; 0 where the text is none.</summary>
    public static long Digits(ReadOnlySpan<byte> text) =>
        text[0] != '0' && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9') && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    // The framework's own unescaping throws on half a surrogate pair, which JSON allows and real records hold.
    public static string Unescape(ReadOnlySpan<byte> raw)
    {
        var text = new StringBuilder(raw.Length);
        while (raw.IndexOf((byte)'\\') is var at and >= 0)
        {
            text.Append(Encoding.UTF8.GetString(raw[..at]));
            var code = raw[at + 1];
            if (code == 'u')
            {
                text.Append((char)ushort.Parse(raw.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                raw = raw[(at + 6)..];
                continue;
            }
            text.Append(code switch { (byte)'n' => '\n', (byte)'t' => '\t', (byte)'r' => '\r', (byte)'b' => '\b', (byte)'f' => '\f', _ => (char)code });
            raw = raw[(at + 2)..];
        }
        text.Append(Encoding.UTF8.GetString(raw));
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) i++;
            else text[i] = '\uFFFD';
        }
        return text.ToString();
    }
}
