using System.Text;
using System.Text.Json.Nodes;
using Entente.Core.Evidence;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Core.Tests.Evidence;

public sealed class RecordReaderTests
{
    // Hands out a few bytes at a time, so that every boundary falls inside a record somewhere.
    sealed class Dripping(byte[] bytes, int drop) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, drop));
    }

    static List<(long Line, string Text)> Objects(string text, int drop = 7) => Read(new Dripping(Encoding.UTF8.GetBytes(text), drop), r => r.Objects());

    static List<(long Line, string Text)> Read(Stream stream, Func<RecordReader, IEnumerable<RawRecord>> how) =>
        [.. how(new RecordReader(stream)).Select(raw => (raw.Line, raw.Problem is { } problem ? "!" + problem.En : Encoding.UTF8.GetString(raw.Bytes.Span)))];

    [Theory]
    [InlineData("""{"a":1}""")]
    [InlineData("""[{"a":1},{"b":"}{\"\\"},{"c":{"d":[{}]}}]""")]
    [InlineData("[\n  {\"a\": 1},\n  {\n    \"b\": 2\n  }\n]\n")]
    [InlineData("{\"a\":1}\n{\"b\":2}\n\n{\"c\":\"é…\"}")]
    [InlineData("\uFEFF{\"a\":1}\r\n{\"b\":2}\r\n")]
    [InlineData("{\n \"a\": {\"x\": \"{\"}\n}\n")]
    [InlineData("{\n\"a\": 1\n}\n{\n\"b\": 2\n}")]
    public void Objects_come_whole_from_an_array_from_lines_and_alone(string text)
    {
        var expected = text.TrimStart('\uFEFF') is var bare && bare.StartsWith('[')
            ? JsonNode.Parse(bare)!.AsArray().Select(n => n!.ToJsonString())
            : Split(bare);
        for (var drop = 1; drop < 9; drop++) Assert.Equal(expected, Objects(text, drop).Select(r => JsonNode.Parse(r.Text)!.ToJsonString()));
    }

    // Twin: grow a text until it parses.
    static IEnumerable<string> Split(string text)
    {
        var part = "";
        foreach (var line in text.Split('\n'))
        {
            part += line + "\n";
            if (part.Trim().Length > 0 && Parses(part) is { } node)
            {
                yield return node.ToJsonString();
                part = "";
            }
        }
    }

    static JsonNode? Parses(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    [Fact]
    public void A_record_knows_the_line_it_begins_on() =>
        Assert.Equal([1L, 2, 5], Objects("{\"a\":1}\n{\"b\":2}\n\n\n{\"c\":3}").Select(r => r.Line));

    [Fact]
    public void A_bad_line_costs_itself_only() =>
        Assert.Equal(["{\"a\":1}", "{\"b\":", "{\"c\":3}"], Objects("{\"a\":1}\n{\"b\":\n{\"c\":3}").Select(r => r.Text));

    [Fact]
    public void A_bad_first_line_does_not_swallow_the_rest() =>
        Assert.Equal(["{\"a\":", "{\"b\":2}"], Objects("{\"a\":\n{\"b\":2}").Select(r => r.Text));

    [Fact]
    public void An_object_that_is_cut_off_says_so() =>
        Assert.Equal(["{\"a\":1}", "!cut off before its end"], Objects("[{\"a\":1},{\"b\":").Select(r => r.Text));

    [Fact]
    public void What_is_no_object_inside_an_array_is_handed_on_as_it_is() =>
        Assert.Equal(["12", "{\"a\":1}", "null"], Objects("[12, {\"a\":1}, null]").Select(r => r.Text));

    [Theory]
    [InlineData("", false)]
    [InlineData("projectID;name", false)]
    [InlineData("  []", true)]
    public void What_is_not_JSON_is_told(string text, bool json)
    {
        var reader = new RecordReader(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        Assert.Empty(reader.Objects());
        Assert.Equal(json, reader.LooksLikeJson);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_record_of_200_MB_is_passed_over_in_bounded_memory(bool lines)
    {
        var long200 = new Repeated(lines ? "{\"a\":1}\n{\"b\":\"" : "[{\"a\":1},{\"b\":\"", 200_000_000, lines ? "\"}\n{\"c\":3}\n" : "\"},{\"c\":3}]");
        var before = GC.GetTotalAllocatedBytes();
        Assert.Equal(["{\"a\":1}", "!longer than 64 MiB", "{\"c\":3}"], Read(long200, r => r.Objects()).Select(r => r.Text));
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 400_000_000);
    }

    // head, then so many x, then tail, made as it is read.
    sealed class Repeated(string head, long count, string tail) : MemoryStream([])
    {
        long _at;

        public override int Read(byte[] buffer, int offset, int count1)
        {
            var n = 0;
            for (; n < count1 && _at < head.Length + count + tail.Length; n++, _at++)
                buffer[offset + n] = (byte)(_at < head.Length ? head[(int)_at] : _at < head.Length + count ? 'x' : tail[(int)(_at - head.Length - count)]);
            return n;
        }
    }

    [Fact]
    public void Lines_are_the_lines_of_any_text() => Prop.ForAll(
        Gen.Elements("a", "\n", "\r\n", "é", "{", "\"").ListOf().Select(string.Concat).ToArbitrary(),
        Gen.Choose(1, 9).ToArbitrary(),
        (text, drop) => text.Split('\n').Select(l => l.TrimEnd('\r')).Where(l => l.Length > 0)
            .SequenceEqual(Read(new Dripping(Encoding.UTF8.GetBytes(text), drop), r => r.Lines()).Select(r => r.Text)))
        .QuickCheckThrowOnFailure();
}
