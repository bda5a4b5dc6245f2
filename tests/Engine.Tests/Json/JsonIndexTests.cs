using System.Text;
using System.Text.Json;
using Entente.Engine.Json;
using Entente.Engine.Query;

namespace Entente.Engine.Tests.Json;

/// <summary>
/// The index against a slow twin that goes byte by byte, and the walk against the framework's reader: gone through whole, it takes just
/// what that reader takes. All widths alike.
/// </summary>
public sealed class JsonIndexTests
{
    static readonly Width[] Widths = [.. Enum.GetValues<Width>()];

    [Fact]
    public void Texts_of_every_shape_are_walked_as_the_reader_reads_them()
    {
        var random = new Random(1);
        for (var i = 0; i < 4000; i++)
        {
            var text = Encoding.UTF8.GetBytes(Invented(random, spaced: i % 3));
            foreach (var width in Widths) AssertWalked(text, width);
        }
    }

    [Fact]
    public void However_a_text_is_bent_the_walk_takes_it_just_where_the_reader_does()
    {
        var random = new Random(2);
        var telling = Encoding.ASCII.GetBytes("{}[]\",:\\ 0123456789-.eEtfnulrsa\u001f\u0009");
        var (taken, broken) = (0, 0);
        for (var i = 0; i < 60_000; i++)
        {
            var text = Encoding.UTF8.GetBytes(Invented(random, spaced: i % 3));
            for (var times = random.Next(1, 4); times > 0; times--) text = Bend(text, random, telling);
            var sound = IsJson(text);
            var indexed = SlowIndex(text) is not null;
            foreach (var width in Widths)
            {
                var index = new JsonIndex();
                Assert.True(indexed == index.Read(text, width), Encoding.UTF8.GetString(text));
                if (!indexed) continue;
                var (walked, escapedName) = Walk(index, text);
                Assert.True(walked == (sound && !escapedName), Encoding.UTF8.GetString(text));
                if (walked) taken++;
                else if (!sound) broken++;
            }
        }
        // The bends are neither all harmless nor all fatal.
        Assert.InRange(taken, 10_000, 150_000);
        Assert.InRange(broken, 10_000, 170_000);
    }

    [Fact]
    public void What_is_passed_is_held_to_its_strings_and_brackets_alone()
    {
        foreach (var width in Widths)
            for (var shift = 0; shift < 70; shift++)
            {
                var pad = new string('x', shift);
                Assert.True(Passed($"{{\"{pad}\":{{\"a\" 1,,[}}{{]}},\"b\":1}}", width));
                Assert.False(Passed($"{{\"{pad}\":[1}},\"b\":1}}", width));
                Assert.False(Passed($"{{\"{pad}\":[[1],\"b\":1}}", width));
                Assert.False(Passed($"{{\"{pad}\":[1]],\"b\":1}}", width));
            }
    }

    static bool Passed(string text, Width width)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var index = new JsonIndex();
        if (!index.Read(bytes, width)) return false;
        var walk = new JsonWalk(index, bytes);
        for (var more = walk.Enter(); more; more = walk.NextMember())
        {
            walk.Name();
            walk.Pass();
        }
        return walk.Ended;
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"a\":{},\"b\":[],\"c\":[[],{}]}")]
    [InlineData("{\"a\":-0.5e+10,\"b\":0,\"c\":0.0,\"d\":1E5,\"e\":[true,false,null]}")]
    [InlineData("{\"é\":\"\\u00e9\\\\\\\"\"}      ", true)]
    public void Plain_texts_are_not_in_doubt(string text, bool trimmed = false)
    {
        foreach (var width in Widths) AssertWalked(Encoding.UTF8.GetBytes(trimmed ? text.Trim() : text), width);
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
    [InlineData("{\"a\":\\\"b\"}")]
    public void What_is_wrong_where_the_walk_goes_is_found_wherever_it_stands(string text)
    {
        foreach (var width in Widths)
            for (var shift = 0; shift < 70; shift++)
                Assert.False(IsWalked(text.Length == 0 ? text : $"{{\"{new string('x', shift)}\":[{text}]}}", width), text);
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
    public void What_is_not_one_object_is_found(string text)
    {
        foreach (var width in Widths) Assert.False(IsWalked(text, width), text);
    }

    static bool IsWalked(string text, Width width)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var index = new JsonIndex();
        return index.Read(bytes, width) && Walk(index, bytes).Sound;
    }

    [Fact]
    public void What_is_not_utf8_is_left_to_the_slower_reader()
    {
        foreach (var width in Widths)
            for (var shift = 0; shift < 140; shift++)
            {
                var good = Encoding.UTF8.GetBytes($"{{\"{new string('x', shift)}\":\"{new string('é', 40)}😀{new string('y', 100)}\"}}");
                AssertWalked(good, width);
                good[Array.IndexOf(good, (byte)0xf0) + 2] = (byte)'z';
                Assert.False(new JsonIndex().Read(good, width));
            }
    }

    static bool IsJson(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = 1000 });
            while (reader.Read()) { }
            return reader.BytesConsumed == text.Length && System.Text.Unicode.Utf8.IsValid(text);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The walk finds the names, strings and plain values that the framework's reader finds, and the index the strings and brackets of its slow twin.</summary>
    static void AssertWalked(byte[] text, Width width)
    {
        var index = new JsonIndex();
        Assert.True(index.Read(text, width), Encoding.UTF8.GetString(text));
        Assert.Equal(text.Contains((byte)'\\'), index.HasEscapes);
        foreach (var (from, to) in SlowIndex(text)!) Assert.Equal(to, text[from] == '"' ? index.QuoteAfter(from) : index.Close(from));
        var (found, expected) = (new List<string>(), new List<string>());
        var reader = new Utf8JsonReader(text);
        while (reader.Read())
            if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.EndObject or JsonTokenType.EndArray))
                expected.Add(Encoding.UTF8.GetString(reader.ValueSpan));
        var (sound, escapedName) = Walk(index, text, found);
        Assert.Equal(!escapedName, sound);
        if (sound) Assert.Equal(expected, found);
    }

    /// <summary>Goes through everything; tells whether a name was escaped, which the walk leaves in doubt.</summary>
    static (bool Sound, bool EscapedName) Walk(JsonIndex index, byte[] text, List<string>? found = null)
    {
        var walk = new JsonWalk(index, text);
        Members(ref walk, found);
        return (walk.Ended, HasEscapedName(text));
    }

    static void Members(ref JsonWalk walk, List<string>? found)
    {
        for (var more = walk.Enter(); more; more = walk.NextMember())
        {
            var name = walk.Name();
            found?.Add(Encoding.UTF8.GetString(name));
            Any(ref walk, found);
        }
    }

    static void Items(ref JsonWalk walk, List<string>? found)
    {
        for (var more = walk.Enter(); more; more = walk.NextItem()) Any(ref walk, found);
    }

    static void Any(ref JsonWalk walk, List<string>? found)
    {
        if (!walk.Sound) return;
        if (walk.Sign == '{') Members(ref walk, found);
        else if (walk.Sign == '[') Items(ref walk, found);
        else
        {
            var value = walk.Sign == '"' ? walk.Raw() : walk.Value();
            found?.Add(Encoding.UTF8.GetString(value));
        }
    }

    static bool HasEscapedName(byte[] text)
    {
        try
        {
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = 1000 });
            while (reader.Read())
                if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueIsEscaped) return true;
        }
        catch (JsonException)
        {
            // What is broken is in doubt either way.
        }
        return false;
    }

    /// <summary>Byte by byte: each string's two quotes and each bracket with the one that closes it, of whatever kind, or -1; null where the index has to refuse.</summary>
    static List<(int From, int To)>? SlowIndex(byte[] text)
    {
        if (text.Length < 2 || text[0] != '{' || text[^1] != '}' || !System.Text.Unicode.Utf8.IsValid(text) || text.Any(b => b < 0x20)) return null;
        var (pairs, open) = (new List<(int, int)>(), new Stack<int>());
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\') return null;
            if (text[i] is (byte)'{' or (byte)'[') open.Push(i);
            if (text[i] is (byte)'}' or (byte)']' && open.Count > 0) pairs.Add((open.Pop(), i));
            if (text[i] != '"') continue;
            var from = i++;
            for (; i < text.Length && text[i] != '"'; i++)
                if (text[i] == '\\')
                {
                    var escape = Encoding.UTF8.GetString(text[i..Math.Min(text.Length, i + 6)]);
                    if (!System.Text.RegularExpressions.Regex.IsMatch(escape, """^\\(["\\/bfnrt]|u[0-9a-fA-F]{4})""")) return null;
                    i++;
                }
            if (i == text.Length) return null;
            pairs.Add((from, i));
        }
        pairs.AddRange(open.Select(left => (left, -1)));
        return pairs;
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
                String(random.Next(60) == 0 ? 0 : 3);
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

        // The first three of what may stand in a string are escapes, which the walk does not take in names.
        void String(int from = 0)
        {
            text.Append('"');
            for (var left = random.Next(random.Next(8) == 0 ? 200 : 20); left > 0; left--)
                text.Append(random.Next(from, 40) switch { 0 => "\\\"", 1 => "\\\\", 2 => "\\u00e9", 3 => "é", 4 => "{", 5 => "]", 6 => ",", 7 => ":", 8 => from > 0 ? "n" : "\\n", 9 => "😀", _ => ((char)random.Next('a', 'z')).ToString() });
            text.Append('"');
        }
    }
}
