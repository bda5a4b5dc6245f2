using System.Text;
using System.Text.Json;

namespace Entente.Fuzz;

/// <summary>Bends bytes: any of them, and where the text is JSON, its values and members as well.</summary>
public static class Bend
{
    static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "{", "}", "[", "]", "\"", ",", ":", "\\", "\\\"", "\\u0000", "\\ud800", "\\u00e9", "null", "true", "false", "0", "-0", "-1", "1e999", "1.5", "01", "2147483648", "99999999999999999999", "\0", "\u007f", " ", "\t",
            "{}", "[]", "\"\"", "[[[[[[[[", "{\"a\":", "é", "\u2028", "https://openalex.org/W", "https://ror.org/", ";", "\"\"", "\";\"", "|", "W1", "9999-99-99", "-",
        }.Select(Encoding.UTF8.GetBytes),
        [0xff], [0xc3], [0xed, 0xa0, 0x80], [0xef, 0xbb, 0xbf], [0xf4, 0x90, 0x80, 0x80],
    ];

    /// <summary>One to three changes of bytes.</summary>
    public static byte[] Bytes(byte[] text, Random random)
    {
        for (var times = random.Next(1, 4); times > 0 && text.Length > 0; times--) text = Once(text, random);
        return text;
    }

    static byte[] Once(byte[] text, Random random)
    {
        var at = random.Next(text.Length);
        var stretch = Math.Min(text.Length - at, 1 + random.Next(random.Next(4) == 0 ? 200 : 12));
        var other = random.Next(text.Length - stretch + 1);
        var token = Tokens[random.Next(Tokens.Length)];
        return random.Next(9) switch
        {
            0 => Splice(text, at, 1, [(byte)random.Next(256)]),
            1 => Splice(text, at, 1, [(byte)(text[at] ^ 1 << random.Next(8))]),
            2 => Splice(text, at, 0, token),
            3 => Splice(text, at, Math.Min(token.Length, text.Length - at), token),
            4 => Splice(text, at, stretch, []),
            5 => Splice(text, at, 0, text.AsSpan(at, stretch)),
            6 => Splice(text, at, stretch, text.AsSpan(other, stretch)),
            7 => random.Next(6) == 0 ? text[..at] : Splice(text, at, 1, []),
            _ => Splice(text, at, 0, [(byte)random.Next(32, 127)]),
        };
    }

    public static byte[] Splice(byte[] text, int at, int take, ReadOnlySpan<byte> put)
    {
        var bent = new byte[text.Length - take + put.Length];
        text.AsSpan(0, at).CopyTo(bent);
        put.CopyTo(bent.AsSpan(at));
        text.AsSpan(at + take).CopyTo(bent.AsSpan(at + put.Length));
        return bent;
    }

    internal static byte[] Token(Random random) => Tokens[random.Next(Tokens.Length)];
}

/// <summary>A sound JSON record, and where its values and members lie.</summary>
public sealed class JsonSeed
{
    readonly List<(int Key, int Start, int End)> _values = [];

    public JsonSeed(byte[] text)
    {
        Text = text;
        var reader = new Utf8JsonReader(text);
        var (open, key) = (new Stack<(int Key, int Start)>(), -1);
        while (reader.Read())
        {
            var start = (int)reader.TokenStartIndex;
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName: key = start; continue;
                case JsonTokenType.StartObject or JsonTokenType.StartArray: open.Push((key, start)); break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    var (itsKey, itsStart) = open.Pop();
                    if (itsStart > 0) _values.Add((itsKey, itsStart, (int)reader.BytesConsumed));
                    break;
                default: _values.Add((key, start, (int)reader.BytesConsumed)); break;
            }
            key = -1;
        }
    }

    public byte[] Text { get; }

    /// <summary>One value replaced, taken out or doubled; a member's name replaced by another's; or a value wrapped deep.</summary>
    public byte[] Bent(Random random, JsonSeed other)
    {
        if (_values.Count == 0) return Text;
        var (key, start, end) = _values[random.Next(_values.Count)];
        var mine = _values[random.Next(_values.Count)];
        var (_, itsStart, itsEnd) = other._values.Count > 0 ? other._values[random.Next(other._values.Count)] : (0, 0, 0);
        var begins = key >= 0 ? key : start;
        return random.Next(7) switch
        {
            0 => Bend.Splice(Text, start, end - start, other.Text.AsSpan(itsStart, itsEnd - itsStart)),
            1 => Bend.Splice(Text, start, end - start, Text.AsSpan(mine.Start, mine.End - mine.Start)),
            2 => Bend.Splice(Text, start, end - start, Bend.Token(random)),
            3 => Bend.Splice(Text, begins, 0, [.. Text.AsSpan(begins, end - begins), (byte)',']),
            4 => Text.AsSpan(end) is [(byte)',', ..] ? Bend.Splice(Text, begins, end + 1 - begins, []) : Bend.Splice(Text, begins, end - begins, []),
            5 when key >= 0 && mine.Key >= 0 => Bend.Splice(Text, key, start - key, Text.AsSpan(mine.Key, mine.Start - mine.Key)),
            _ => Wrapped(start, end, random.Next(1, 130)),
        };
    }

    byte[] Wrapped(int start, int end, int deep) =>
        [.. Text[..start], .. Enumerable.Repeat((byte)'[', deep), .. Text[start..end], .. Enumerable.Repeat((byte)']', deep), .. Text[end..]];

    /// <summary>As it is once in ten times; else bent as JSON, as bytes, or both.</summary>
    public byte[] Draw(Random random, JsonSeed other) => random.Next(10) switch
    {
        0 => Text,
        < 5 => Bent(random, other),
        < 8 => Bend.Bytes(Text, random),
        _ => Bend.Bytes(Bent(random, other), random),
    };
}
