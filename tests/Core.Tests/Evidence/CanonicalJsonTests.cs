using System.Globalization;
using System.Text;
using System.Text.Json;
using Entente.Core.Evidence;

namespace Entente.Core.Tests.Evidence;

public sealed class CanonicalJsonTests
{
    // RFC 8785, appendix B: the bits of a double and how ECMAScript prints it.
    [Theory]
    [InlineData("0000000000000000", "0")]
    [InlineData("8000000000000000", "0")]
    [InlineData("0000000000000001", "5e-324")]
    [InlineData("8000000000000001", "-5e-324")]
    [InlineData("7fefffffffffffff", "1.7976931348623157e+308")]
    [InlineData("ffefffffffffffff", "-1.7976931348623157e+308")]
    [InlineData("4340000000000000", "9007199254740992")]
    [InlineData("c340000000000000", "-9007199254740992")]
    [InlineData("4430000000000000", "295147905179352830000")]
    [InlineData("44b52d02c7e14af5", "9.999999999999997e+22")]
    [InlineData("44b52d02c7e14af6", "1e+23")]
    [InlineData("44b52d02c7e14af7", "1.0000000000000001e+23")]
    [InlineData("444b1ae4d6e2ef4e", "999999999999999700000")]
    [InlineData("444b1ae4d6e2ef4f", "999999999999999900000")]
    [InlineData("444b1ae4d6e2ef50", "1e+21")]
    [InlineData("3eb0c6f7a0b5ed8c", "9.999999999999997e-7")]
    [InlineData("3eb0c6f7a0b5ed8d", "0.000001")]
    [InlineData("41b3de4355555553", "333333333.3333332")]
    [InlineData("41b3de4355555554", "333333333.33333325")]
    [InlineData("41b3de4355555555", "333333333.3333333")]
    [InlineData("41b3de4355555556", "333333333.3333334")]
    [InlineData("41b3de4355555557", "333333333.33333343")]
    [InlineData("becbf647612f3696", "-0.0000033333333333333333")]
    [InlineData("43143ff3c1cb0959", "1424953923781206.2")]
    public void Numbers_print_as_in_the_appendix_of_the_standard(string bits, string expected) =>
        Assert.Equal(expected, CanonicalJson.Number(BitConverter.UInt64BitsToDouble(ulong.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture))));

    [Fact]
    public void What_is_no_number_is_refused()
    {
        Assert.Throws<JsonException>(() => CanonicalJson.Number(double.NaN));
        Assert.Throws<JsonException>(() => CanonicalJson.Number(double.PositiveInfinity));
    }

    [Fact]
    public void Numbers_read_back_as_the_same_double()
    {
        var random = new Random(8785);
        for (var i = 0; i < 20_000; i++)
        {
            var value = i % 2 == 0 ? BitConverter.Int64BitsToDouble(random.NextInt64()) : Math.Round(random.NextDouble(), i % 16);
            if (!double.IsFinite(value)) continue;
            Assert.Equal(value, double.Parse(CanonicalJson.Number(value), CultureInfo.InvariantCulture));
        }
    }

    // RFC 8785, section 3.2.2 and 3.2.4.
    [Fact]
    public void The_sample_of_the_standard_comes_out_byte_for_byte()
    {
        const string sample = """
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """;
        const string expected = "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
            + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}";
        Assert.Equal(expected, Canonical(sample));
    }

    // RFC 8785, section 3.2.3: an astral character sorts by its first surrogate, before U+FB33.
    [Fact]
    public void Keys_sort_by_their_utf16_code_units()
    {
        const string sample = """
            {"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",
             "\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}
            """;
        var order = JsonDocument.Parse(Canonical(sample)).RootElement.EnumerateObject().Select(member => member.Value.GetString());
        Assert.Equal(["Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign",
            "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh"], order);
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":1e400}""")]
    [InlineData("""["\ud800"]""")]
    public void What_i_json_forbids_is_refused(string json) => Assert.ThrowsAny<JsonException>(() => Canonical(json));

    [Fact]
    public void The_key_left_out_is_only_the_outermost_one() =>
        Assert.Equal("""{"b":{"id":2}}""", Encoding.UTF8.GetString(CanonicalJson.Bytes(JsonDocument.Parse("""{"id":1,"b":{"id":2}}""").RootElement, without: "id")));

    [Fact]
    public void Order_of_keys_and_white_space_change_nothing() =>
        Assert.Equal(CanonicalJson.Hash(JsonDocument.Parse("""{"a":1,"b":[1.0,2]}""").RootElement),
            CanonicalJson.Hash(JsonDocument.Parse("""{ "b": [ 1, 2e0 ], "a": 1 }""").RootElement));

    static string Canonical(string json) => Encoding.UTF8.GetString(CanonicalJson.Bytes(JsonDocument.Parse(json).RootElement));
}
