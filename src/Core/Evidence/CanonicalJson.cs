using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Entente.Core.Evidence;

/// <summary>
/// JSON in the one form that RFC 8785 gives it, so that a hash of it means something: keys in order of their UTF-16 code
/// units, numbers as ECMAScript prints them, no white space. What I-JSON forbids throws a <see cref="JsonException"/>:
/// a key given twice, half a surrogate pair, a number too large for a double.
/// </summary>
public static class CanonicalJson
{
    /// <summary>SHA-256, lower-case hex, of the canonical form.</summary>
    public static string Hash(JsonElement value, string? without = null) =>
        Convert.ToHexStringLower(SHA256.HashData(Bytes(value, without)));

    /// <param name="without">a key of the outermost object to leave out</param>
    public static byte[] Bytes(JsonElement value, string? without = null)
    {
        var text = new StringBuilder();
        Write(value, text, without);
        return Strict.GetBytes(text.ToString());
    }

    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    static void Write(JsonElement value, StringBuilder to, string? without = null)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object: WriteObject(value, to, without); break;
            case JsonValueKind.Array: WriteArray(value, to); break;
            case JsonValueKind.String: WriteText(Text(value), to); break;
            case JsonValueKind.Number: to.Append(Number(value.GetDouble())); break;
            case JsonValueKind.True: to.Append("true"); break;
            case JsonValueKind.False: to.Append("false"); break;
            case JsonValueKind.Null or JsonValueKind.Undefined: to.Append("null"); break;
        }
    }

    static void WriteObject(JsonElement value, StringBuilder to, string? without)
    {
        var members = value.EnumerateObject().Where(member => without is null || member.Name != without).ToList();
        members.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        to.Append('{');
        for (var i = 0; i < members.Count; i++)
        {
            if (i > 0 && members[i].Name == members[i - 1].Name) throw new JsonException($"The key “{members[i].Name}” comes twice.");
            if (i > 0) to.Append(',');
            WriteText(members[i].Name, to);
            to.Append(':');
            Write(members[i].Value, to);
        }
        to.Append('}');
    }

    static void WriteArray(JsonElement value, StringBuilder to)
    {
        to.Append('[');
        var first = true;
        foreach (var item in value.EnumerateArray())
        {
            if (!first) to.Append(',');
            first = false;
            Write(item, to);
        }
        to.Append(']');
    }

    static string Text(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("A text holds half a surrogate pair.", e);
        }
    }

    static void WriteText(string text, StringBuilder to)
    {
        to.Append('"');
        foreach (var c in text)
            _ = c switch
            {
                '"' => to.Append("\\\""),
                '\\' => to.Append("\\\\"),
                '\b' => to.Append("\\b"),
                '\t' => to.Append("\\t"),
                '\n' => to.Append("\\n"),
                '\f' => to.Append("\\f"),
                '\r' => to.Append("\\r"),
                < ' ' => to.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => to.Append(c),
            };
        to.Append('"');
    }

    /// <summary>A number as ECMAScript prints it (ECMA-262, Number::toString): the fewest digits that read back as the same double.</summary>
    public static string Number(double value)
    {
        if (!double.IsFinite(value)) throw new JsonException("A number is too large for JSON.");
        if (value == 0) return "0";
        var (digits, point) = Digits(Math.Abs(value));
        return (value < 0 ? "-" : "") + Layout(digits, point);
    }

    // .NET finds the same shortest digits as ECMAScript asks for; only where it puts the point and the exponent differs.
    static (string Digits, int Point) Digits(double value)
    {
        var parts = value.ToString("R", CultureInfo.InvariantCulture).Split('E');
        var exponent = parts.Length == 1 ? 0 : int.Parse(parts[1], CultureInfo.InvariantCulture);
        var dot = parts[0].IndexOf('.');
        var all = parts[0].Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        return (digits.TrimEnd('0'), (dot < 0 ? all.Length : dot) - (all.Length - digits.Length) + exponent);
    }

    // The value is 0.digits x 10^point; the five cases are those of the standard.
    static string Layout(string digits, int point)
    {
        var k = digits.Length;
        if (k <= point && point <= 21) return digits + new string('0', point - k);
        if (0 < point && point <= 21) return $"{digits[..point]}.{digits[point..]}";
        if (-6 < point && point <= 0) return $"0.{new string('0', -point)}{digits}";
        var exponent = string.Create(CultureInfo.InvariantCulture, $"e{(point > 0 ? "+" : "-")}{Math.Abs(point - 1)}");
        return k == 1 ? digits + exponent : $"{digits[..1]}.{digits[1..]}{exponent}";
    }
}
