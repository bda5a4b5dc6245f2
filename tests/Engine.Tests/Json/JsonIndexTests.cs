using System.Text;
using System.Text.Json;
using Entente.Engine.Json;
using Entente.Engine.Query;

namespace Entente.Engine.Tests.Json;

/// <summary>The index against the framework's reader: what it takes is JSON, and lies where that reader finds it. All widths alike.</summary>
public sealed class JsonIndexTests
{
    static readonly Width[] Widths = [.. Enum.GetValues<Width>()];

    [Fact]
    public void Texts_of_every_shape_are_indexed_as_the_reader_reads_them()
    {
        var random = new Random(1);
        for (var i = 0; i < 4000; i++)
        {
            var text = Encoding.UTF8.GetBytes(Invented(random, spaced: i % 3));
            foreach (var width in Widths) AssertIndexed(text, width);
        }
    }

    [Fact]
    public void What_is_not_json_is_never_indexed_however_a_text_is_bent()
    {
        var random = new Random(2);
        var telling = Encoding.ASCII.GetBytes("{}[]\",:\\ 0123456789-.eEtfnulrsa\u001f\u0009");
        var (taken, broken) = (0, 0);
        for (var i = 0; i < 60_000; i++)
        {
            var text = Encoding.UTF8.GetBytes(Invented(random, spaced: i % 3));
            for (var times = random.Next(1, 4); times > 0; times--) text = Bend(text, random, telling);
            var sound = IsJson(text);
            foreach (var width in Widths)
            {
                var indexed = new JsonIndex().Read(text, width);
                Assert.False(indexed && !sound, Encoding.UTF8.GetString(text));
                if (indexed && width == Width.Scalar) AssertIndexed(text, width);
                if (indexed) taken++;
                else if (!sound) broken++;
            }
        }
        // The bends are neither all harmless nor all fatal, and hardly any sound text is left to the slower reader.
        Assert.InRange(taken, 10_000, 150_000);
        Assert.InRange(broken, 10_000, 170_000);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"a\":{},\"b\":[],\"c\":[[],{}]}")]
    [InlineData("{\"a\":-0.5e+10,\"b\":0,\"c\":0.0,\"d\":1E5,\"e\":[true,false,null]}")]
    [InlineData("{\"é\":\"\\u00e9\\\\\\\"\"}      ", true)]
    public void Plain_texts_are_not_in_doubt(string text, bool trimmed = false)
    {
        foreach (var width in Widths) AssertIndexed(Encoding.UTF8.GetBytes(trimmed ? text.Trim() : text), width);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"a\":1}{}")]
    [InlineData("{},\"a\":{}")]
    [InlineData("{\"a\":01}")]
    [InlineData("{\"a\":.5}")]
    [InlineData("{\"a\":1.}")]
    [InlineData("{\"a\":1.5.2}")]
    [InlineData("{\"a\":tru}")]
    [InlineData("{\"a\":truex}")]
    [InlineData("{\"a\"}")]
    [InlineData("{\"a\":\"b\":1}")]
    [InlineData("{\"a\":[1,\"b\":2]}")]
    [InlineData("{\"a\":1,\"b\"}")]
    [InlineData("{\"a\":1,[2]}")]
    [InlineData("{\"a\":[1}")]
    [InlineData("{\"a\":[1]]}")]
    [InlineData("{\"a\":\"\\x\"      }")]
    [InlineData("{\"a\":\"\\u00g0\"      }")]
    [InlineData("{\"a\":\"\u0001\"}")]
    [InlineData("{\"a\":1 2}")]
    [InlineData("{,\"a\":1}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\":[1,]}")]
    [InlineData("{\"a\":[,1]}")]
    [InlineData("{\"a\"::1}")]
    [InlineData("{\"a\" \"b\":1}")]
    public void What_is_wrong_is_left_to_the_slower_reader_wherever_it_stands(string text)
    {
        foreach (var width in Widths)
            for (var shift = 0; shift < 70; shift++)
                Assert.False(new JsonIndex().Read(Encoding.UTF8.GetBytes(text.Length == 0 ? text : $"{{\"{new string('x', shift)}\":[{text}]}}"), width), text);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{},{}")]
    [InlineData("{}{}")]
    [InlineData("{}:{}")]
    [InlineData("{},\"a\":{}")]
    [InlineData("{} 1 {}")]
    [InlineData("\"{}")]
    [InlineData("{\"}")]
    [InlineData("{\"a\":{}")]
    public void What_is_not_one_object_is_left_to_the_slower_reader(string text)
    {
        foreach (var width in Widths) Assert.False(new JsonIndex().Read(Encoding.UTF8.GetBytes(text), width), text);
    }

    [Fact]
    public void What_is_not_utf8_is_left_to_the_slower_reader()
    {
        foreach (var width in Widths)
            for (var shift = 0; shift < 140; shift++)
            {
                var good = Encoding.UTF8.GetBytes($"{{\"{new string('x', shift)}\":\"{new string('é', 40)}😀{new string('y', 100)}\"}}");
                AssertIndexed(good, width);
                good[Array.IndexOf(good, (byte)0xf0) + 2] = (byte)'z';
                Assert.False(new JsonIndex().Read(good, width));
            }
    }

    [Fact]
    public void Deeper_texts_are_left_to_the_slower_reader()
    {
        foreach (var width in Widths)
        {
            AssertIndexed(Nested(JsonIndex.MaxDepth - 1), width);
            Assert.False(new JsonIndex().Read(Nested(JsonIndex.MaxDepth), width));
        }

        static byte[] Nested(int arrays) => Encoding.UTF8.GetBytes($"{{\"a\":{new string('[', arrays)}{new string(']', arrays)}}}");
    }

    static bool IsJson(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text);
            while (reader.Read()) { }
            return reader.BytesConsumed == text.Length && System.Text.Unicode.Utf8.IsValid(text);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Brackets with their partners, and the outermost colons, by the framework's reader; those of innermost arrays at depth 3 may be missing.</summary>
    static void AssertIndexed(byte[] text, Width width)
    {
        var index = new JsonIndex();
        Assert.True(index.Read(text, width), Encoding.UTF8.GetString(text));
        Assert.Equal(text.Contains((byte)'\\'), index.HasEscapes);
        var (open, expected, colons, needed) = (new Stack<int>(), new Dictionary<int, int>(), new List<int>(), new HashSet<int>());
        var reader = new Utf8JsonReader(text);
        while (reader.Read())
        {
            var at = (int)reader.TokenStartIndex;
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
            {
                open.Push(at);
                if (reader.TokenType == JsonTokenType.StartObject || open.Count != 3) needed.Add(at);
            }
            if (reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject) expected[open.Pop()] = at;
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
                colons.Add(Array.IndexOf(text, (byte)':', (int)reader.BytesConsumed - 1));
        }
        var found = Enumerable.Range(0, index.Count).ToDictionary(index.At);
        Assert.Equal(found.Keys.Order(), Enumerable.Range(0, index.Count).Select(index.At));
        Assert.Equal(colons, found.Keys.Where(at => text[at] == ':').Order());
        Assert.Subset(found.Keys.ToHashSet(), needed);
        foreach (var at in found.Keys.Where(at => text[at] is (byte)'{' or (byte)'[')) Assert.Equal(expected[at], index.At(index.Close(found[at])));
        Assert.All(found.Keys.Where(at => text[at] is (byte)'}' or (byte)']'), at => Assert.Contains(at, expected.Values));
    }

    static byte[] Bend(byte[] text, Random random, byte[] telling)
    {
        if (text.Length == 0) return text;
        var at = random.Next(text.Length);
        return random.Next(4) switch
        {
            0 => [.. text[..at], telling[random.Next(telling.Length)], .. text[at..]],
            1 => [.. text[..at], telling[random.Next(telling.Length)], .. text[(at + 1)..]],
            2 => [.. text[..at], .. text[(at + 1)..]],
            _ => [.. text[..at], (byte)random.Next(32, 256), .. text[(at + 1)..]],
        };
    }

    static string Invented(Random random, int spaced)
    {
        var text = new StringBuilder();
        Object(1);
        return text.ToString();

        void Space()
        {
            if (spaced == 1 || (spaced == 2 && random.Next(3) == 0)) text.Append(' ', spaced == 1 ? 1 : random.Next(80));
        }

        void Object(int depth)
        {
            text.Append('{');
            var members = random.Next(depth == 1 ? 12 : 5);
            for (var i = 0; i < members; i++)
            {
                if (i > 0) text.Append(',');
                Space();
                String();
                if (spaced == 2) Space();
                text.Append(':');
                Space();
                Value(depth);
                if (spaced == 2) Space();
            }
            text.Append('}');
        }

        void Value(int depth)
        {
            switch (random.Next(depth > 5 ? 6 : 10))
            {
                case 0: text.Append(random.Next(100_000)); break;
                case 1: text.Append(new[] { "true", "false", "null", "0", "-1", "0.5", "1.25", "-0.125", "1e9", "12.5E-3" }[random.Next(10)]); break;
                case 2 or 3 or 4 or 5: String(); break;
                case 6 or 7: Object(depth + 1); break;
                default:
                    text.Append('[');
                    var items = random.Next(6);
                    for (var i = 0; i < items; i++)
                    {
                        if (i > 0) text.Append(',');
                        Space();
                        Value(depth + 1);
                    }
                    if (spaced == 2) Space();
                    text.Append(']');
                    break;
            }
        }

        void String()
        {
            text.Append('"');
            for (var left = random.Next(random.Next(8) == 0 ? 200 : 20); left > 0; left--)
                text.Append(random.Next(40) switch { 0 => "\\\"", 1 => "\\\\", 2 => "\\u00e9", 3 => "é", 4 => "{", 5 => "]", 6 => ",", 7 => ":", 8 => "\\n", 9 => "😀", _ => ((char)random.Next('a', 'z')).ToString() });
            text.Append('"');
        }
    }
}
