using System.Runtime.CompilerServices;

namespace Entente.Engine.Json;

/// <summary>
/// Goes through an indexed object, member by member and item by item, in the order of the text. Where it goes it holds every token against
/// the grammar of JSON (RFC 8259); a value that it passes it holds to its brackets alone. Once anything is in doubt it is no longer sound,
/// and has no further members.
/// </summary>
/// <remarks>
/// <code>
/// for (var more = walk.Enter(); more; more = walk.NextMember())
///     if (walk.Name().SequenceEqual("id"u8)) id = walk.Text(); else walk.Pass();
/// </code>
/// </remarks>
public ref struct JsonWalk(JsonIndex index, ReadOnlySpan<byte> text)
{
    readonly ReadOnlySpan<byte> text = text;
    readonly JsonIndex index = index;
    int at;

    /// <summary>Whether nothing was in doubt so far.</summary>
    public bool Sound { get; private set; } = true;

    /// <summary>Whether all was gone through, and the text with it.</summary>
    public readonly bool Ended => Sound && at == text.Length;

    /// <summary>The first sign of the value that comes next, which tells its type.</summary>
    public readonly byte Sign => text[at];

    /// <summary>Goes into the object or list that comes next; false where it is empty, and then passed.</summary>
    public bool Enter()
    {
        var close = text[at] + 2;
        at = Blank(at + 1);
        return text[at] != close || Leave();
    }

    /// <summary>Goes on to the object's next member; false where it ends, and then it is passed.</summary>
    public bool NextMember() => Next((byte)'}');

    /// <summary>Goes on to the list's next item; false where it ends, and then it is passed.</summary>
    public bool NextItem() => Next((byte)']');

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    bool Next(byte close)
    {
        if (!Sound || at >= text.Length) return Doubt();
        at = Blank(at);
        if (text[at] == close) return Leave();
        if (text[at] != ',') return Doubt();
        at = Blank(at + 1);
        return true;
    }

    bool Leave()
    {
        at++;
        return false;
    }

    /// <summary>The member's name, as it stands in the text; one that is escaped is in doubt. Its value comes next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Name()
    {
        var name = Text();
        at = Blank(at);
        if (text[at] != ':') Doubt();
        else at = Blank(at + 1);
        return name;
    }

    /// <summary>Passes a string, and gives it; what is not one, or has an escape, is in doubt.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Text()
    {
        var value = Raw();
        if (index.HasEscapes && value.Contains((byte)'\\')) Doubt();
        return value;
    }

    /// <summary>Passes a string, and gives it with its escapes; what is not one is in doubt.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Raw()
    {
        if (!Sound || text[at] != '"')
        {
            Doubt();
            return default;
        }
        var start = at + 1;
        at = index.QuoteAfter(at) + 1;
        return text[start..(at - 1)];
    }

    /// <summary>Passes any value, and gives its text.</summary>
    public ReadOnlySpan<byte> Value()
    {
        var start = at;
        Pass();
        return Sound ? text[start..at] : default;
    }

    /// <summary>Passes any value. Into objects and lists it does not look.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Pass()
    {
        if (Sound && text[at] == '"') at = index.QuoteAfter(at) + 1;
        else PassOther();
    }

    void PassOther()
    {
        if (!Sound) return;
        var sign = text[at];
        var end = sign is (byte)'{' or (byte)'[' ? Bracketed(sign) : at + Scalar(text[at..]);
        if (end <= at) Doubt();
        else at = end;
    }

    readonly int Bracketed(byte open)
    {
        var close = index.Close(at);
        return close >= 0 && text[close] == open + 2 ? close + 1 : 0;
    }

    bool Doubt()
    {
        // The last sign of the text is a brace, on which nothing that is looked for begins.
        (Sound, at) = (false, text.Length - 1);
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    readonly int Blank(int from)
    {
        // The last sign of the text is a brace.
        while (text[from] == ' ') from++;
        return from;
    }

    /// <summary>The length of the number or word at the text's start; 0 where there is none, or something else follows at once.</summary>
    static int Scalar(ReadOnlySpan<byte> text)
    {
        var length = text[0] switch
        {
            (byte)'t' => text.StartsWith("true"u8) ? 4 : 0,
            (byte)'f' => text.StartsWith("false"u8) ? 5 : 0,
            (byte)'n' => text.StartsWith("null"u8) ? 4 : 0,
            _ => Number(text),
        };
        return text[length] is (byte)',' or (byte)'}' or (byte)']' or (byte)' ' ? length : 0;
    }

    /// <summary>The length of the number at the text's start; 0 where there is none.</summary>
    public static int Number(ReadOnlySpan<byte> text)
    {
        var i = text is [(byte)'-', ..] ? 1 : 0;
        var whole = Digits(text[i..]);
        if (whole == 0 || (whole > 1 && text[i] == '0')) return 0;
        i += whole;
        if (i < text.Length && text[i] == '.')
        {
            var part = Digits(text[(i + 1)..]);
            if (part == 0) return 0;
            i += part + 1;
        }
        if (i >= text.Length || text[i] is not ((byte)'e' or (byte)'E')) return i;
        i++;
        if (i < text.Length && text[i] is (byte)'+' or (byte)'-') i++;
        var exponent = i < text.Length ? Digits(text[i..]) : 0;
        return exponent == 0 ? 0 : i + exponent;
    }

    static int Digits(ReadOnlySpan<byte> text)
    {
        var i = 0;
        while (i < text.Length && char.IsAsciiDigit((char)text[i])) i++;
        return i;
    }
}
