using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Entente.Engine.Json;

/// <summary>
/// The grammar of JSON over blocks of 64 bytes: what each token is, and whether it may follow the one before. Everything is a
/// word of 64 bits; what a block leaves open is carried into the next one by a bit.
/// </summary>
struct JsonShape
{
    // Carries. Inside is all ones within a string; the others are 0 or 1.
    ulong inside, scalar, comma, colon, brace, bracket, value, afterKey, afterOther, afterItem, keys, others, items;
    ulong run, zero, dot;
    int tokenStart, sound;

    // What the last block held, outside strings.
    public ulong Quote, Opens, Closes, Curly, Colons, Items;

    public static JsonShape Begin() => new() { colon = 1 };

    public readonly bool InString => inside != 0;

    /// <summary>Takes in a block; false where it breaks the grammar, whatever containers it stands in.</summary>
    /// <param name="quote">the quotes that no backslash precedes</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Take<TBlock>(scoped in ByteMasks m, ulong quote, scoped ref byte block, scoped ref JsonNumbers numbers, int at) where TBlock : struct, IBlock
    {
        Quote = quote;
        if (quote == 0 && inside != 0)
        {
            (Opens, Closes, Colons, Items) = (0, 0, 0, 0);
            return true;
        }
        var text = Bits.Parity(quote) ^ inside;
        inside = (ulong)((long)text >> 63);
        var (opening, closing) = (quote & text, quote & ~text);
        var outside = ~(text | quote);
        var (open, close, space) = (m.Open & outside, m.Close & outside, m.Space & outside);
        var (colons, commas) = (m.Colon & outside, m.Comma & outside);
        var bare = outside & ~(open | close | colons | commas | space);
        var before = bare << 1 | scalar;
        scalar = bare >> 63;
        var bareStart = bare & ~before;

        var nextValue = Follow(before & ~bare | close << 1, close >> 63, space, ref value);
        var nextComma = Follow(commas << 1, commas >> 63, space, ref comma);
        var nextColon = Follow(colons << 1, colons >> 63, space, ref colon);
        var (braces, squares) = (open & m.Curly, open & ~m.Curly);
        var nextBrace = Follow(braces << 1, braces >> 63, space, ref brace);
        var nextBracket = Follow(squares << 1, squares >> 63, space, ref bracket);

        // Strings by what stands before them: after a brace they are keys, after a comma keys or items, elsewhere values.
        var keyEnds = Bits.Add(text, opening & nextBrace, ref keys) & closing;
        var itemEnds = Bits.Add(text, opening & nextComma, ref items) & closing;
        var otherEnds = Bits.Add(text, opening & (nextColon | nextBracket), ref others) & closing;
        var nextKey = Follow(keyEnds << 1, keyEnds >> 63, space, ref afterKey);
        var nextItem = Follow(itemEnds << 1, itemEnds >> 63, space, ref afterItem);
        var nextOther = Follow(otherEnds << 1, otherEnds >> 63, space, ref afterOther);

        var (starts, ends) = (opening | bareStart | open, commas | close);
        var bad = (nextValue | nextOther) & ~ends
            | nextKey & ~colons
            | nextItem & ~(ends | colons)
            | (nextComma | nextColon) & ~starts
            | nextBrace & ~(opening | close & m.Curly)
            | nextBracket & ~(starts | close & ~m.Curly);
        (Opens, Closes, Curly, Colons) = (open, close, m.Curly, colons);
        // Where a comma divides items, not members: this may only be in an array, as a colon may only be in an object.
        Items = nextComma & (bareStart | open) | nextItem & ~colons;
        return bad == 0 && ((bare | dot | run | zero) == 0 || Numbers<TBlock>(m, bare, bareStart, ref block, ref numbers, at));
    }

    /// <summary>Passes what was found over the blanks that follow it, to where the next token begins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Follow(ulong after, ulong over, ulong space, ref ulong carry)
    {
        after |= carry;
        var sum = unchecked((after & space) + space);
        carry = over | (sum < space ? 1UL : 0);
        return (after | sum) & ~space;
    }

    /// <summary>Numbers and the three words. Most numbers are digits alone, or have one point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    bool Numbers<TBlock>(scoped in ByteMasks m, ulong bare, ulong start, scoped ref byte block, scoped ref JsonNumbers numbers, int at) where TBlock : struct, IBlock
    {
        var digit = m.Digit & bare;
        var whole = Bits.Add(digit, start & digit, ref run) & ~digit;
        var led = start & m.Zero;
        var bad = (led << 1 | zero) & digit;
        zero = led >> 63;
        var rest = bare & ~digit;
        if ((rest | dot) != 0)
        {
            var points = TBlock.Equal(ref block, (byte)'.') & bare & whole;
            bad |= (points << 1 | dot) & ~digit;
            dot = points >> 63;
            rest &= ~points;
            if (rest != 0) rest = numbers.PassWords(rest, bare, start, at);
            if (rest != 0 && !numbers.Check(rest, start, tokenStart, at, ref sound)) return false;
        }
        if ((bare & 1UL << 63) != 0 && start != 0) tokenStart = at + 63 - System.Numerics.BitOperations.LeadingZeroCount(start);
        return bad == 0;
    }
}

/// <summary>Checks one by one the numbers that are more than digits and a point, and the words true, false and null.</summary>
readonly ref struct JsonNumbers(ReadOnlySpan<byte> text)
{
    readonly ReadOnlySpan<byte> text = text;

    /// <summary>Takes out the words that lie whole in the block, without a branch to guess for each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong PassWords(ulong rest, ulong bare, ulong start, int at)
    {
        for (var words = rest & start; words != 0; words &= words - 1)
        {
            var place = Bits.Lowest(words);
            // Beyond the block's end, or near that of the text, a word is left to the check of one token.
            if (place > 58 || at + place + 8 > text.Length) break;
            var eight = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref MemoryMarshal.GetReference(text), at + place));
            if (!BitConverter.IsLittleEndian) break;
            var four = eight & 0xFFFFFFFF;
            var five = (eight & 0xFF_FFFFFFFF) == False ? 1 : 0;
            var length = four is True or Null ? 4 : 5 * five;
            var over = ulong.MaxValue >> 63 - length >> 1;
            // The sign after it must not belong to the word.
            var ended = (bare >> (place + length) & 1) == 0 ? over << place : 0;
            rest &= ~ended;
        }
        return rest;
    }

    const ulong True = 0x65757274, Null = 0x6C6C756E, False = 0x65_736C6166;

    /// <param name="rest">signs that belong to such a token</param>
    /// <param name="start">where tokens of the block begin</param>
    /// <param name="earlier">where the token begins that the block before left open</param>
    /// <param name="sound">up to where tokens were checked</param>
    public bool Check(ulong rest, ulong start, int earlier, int at, ref int sound)
    {
        for (; rest != 0; rest &= rest - 1)
        {
            var sign = Bits.Lowest(rest);
            if (at + sign < sound) continue;
            var upTo = start & ulong.MaxValue >> (63 - sign);
            var from = upTo == 0 ? earlier : at + 63 - System.Numerics.BitOperations.LeadingZeroCount(upTo);
            var end = End(text[from..]);
            if (end < 0) return false;
            sound = from + end;
        }
        return true;
    }

    /// <summary>The length of the token at the text's start; -1 where it is none, or runs on.</summary>
    static int End(ReadOnlySpan<byte> token)
    {
        var length = token[0] switch
        {
            (byte)'t' => token.StartsWith("true"u8) ? 4 : -1,
            (byte)'f' => token.StartsWith("false"u8) ? 5 : -1,
            (byte)'n' => token.StartsWith("null"u8) ? 4 : -1,
            _ => Number(token),
        };
        return length > 0 && length < token.Length && token[length] is (byte)',' or (byte)'}' or (byte)']' or (byte)' ' ? length : -1;
    }

    static int Number(ReadOnlySpan<byte> token)
    {
        var i = token[0] == '-' ? 1 : 0;
        var whole = Digits(token[i..]);
        if (whole == 0 || (whole > 1 && token[i] == '0')) return -1;
        i += whole;
        if (i < token.Length && token[i] == '.')
        {
            var part = Digits(token[(i + 1)..]);
            if (part == 0) return -1;
            i += part + 1;
        }
        if (i >= token.Length || token[i] is not ((byte)'e' or (byte)'E')) return i;
        i++;
        if (i < token.Length && token[i] is (byte)'+' or (byte)'-') i++;
        var exponent = i < token.Length ? Digits(token[i..]) : 0;
        return exponent == 0 ? -1 : i + exponent;
    }

    static int Digits(ReadOnlySpan<byte> text) => text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') is var end and >= 0 ? end : text.Length;
}
