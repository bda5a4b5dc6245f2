using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Entente.Engine.Query;

namespace Entente.Engine.Json;

/// <summary>
/// Where the strings and brackets of one JSON object lie, a bit for each byte of the text. Every byte is looked at, 64 together: what
/// is indexed is UTF-8 without control characters, its strings end, and what follows a backslash may follow it. Whether the tokens
/// stand in order is for <see cref="JsonWalk"/> to see where it goes. One thread at a time.
/// </summary>
public sealed class JsonIndex
{
    ulong[] quotes = new ulong[1024];
    ulong[] opens = new ulong[1024];
    ulong[] closes = new ulong[1024];
    readonly byte[] tail = new byte[64];
    int blocks;

    /// <summary>Whether a backslash stands anywhere.</summary>
    public bool HasEscapes { get; private set; }

    /// <summary>Indexes an object that begins with its brace and ends with one; false where it is not so, or a byte is in doubt.</summary>
    public bool Read(ReadOnlySpan<byte> text) => Read(text, Bitmaps.Widest);

    internal bool Read(ReadOnlySpan<byte> text, Width width)
    {
        if (text.Length < 2 || text[0] != '{' || text[^1] != '}') return false;
        blocks = (text.Length + 63) / 64;
        if (quotes.Length < blocks) (quotes, opens, closes) = (new ulong[blocks * 2], new ulong[blocks * 2], new ulong[blocks * 2]);
        HasEscapes = false;
        return width switch
        {
            Width.V512 => Read<Block512>(text),
            Width.V256 => Read<Block256>(text),
            _ => Read<ScalarBlock>(text),
        };
    }

    /// <summary>The quote that ends the string which begins here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int QuoteAfter(int place)
    {
        var block = place >> 6;
        var word = quotes[block] & ulong.MaxValue - 1 << place;
        while (word == 0) word = quotes[++block];
        return (block << 6) + BitOperations.TrailingZeroCount(word);
    }

    /// <summary>The bracket that closes the one which stands here; -1 where there is none.</summary>
    internal int Close(int place)
    {
        var block = place >> 6;
        var after = ulong.MaxValue - 1 << place;
        var (open, close, depth) = (opens[block] & after, closes[block] & after, 1);
        while (true)
        {
            var ends = BitOperations.PopCount(close);
            // Only where that many close can the one looked for be among them.
            if (ends >= depth && Among(open, close, depth) is var found and >= 0) return (block << 6) + found;
            depth += BitOperations.PopCount(open) - ends;
            if (++block >= blocks) return -1;
            (open, close) = (opens[block], closes[block]);
        }
    }

    static int Among(ulong open, ulong close, int depth)
    {
        for (; close != 0; close &= close - 1, depth--)
            if (depth + BitOperations.PopCount(open & (close ^ close - 1)) == 1) return BitOperations.TrailingZeroCount(close);
        return -1;
    }

    /// <summary>Whether the other found the same in its text.</summary>
    internal bool IsLike(JsonIndex other) => blocks == other.blocks && HasEscapes == other.HasEscapes
        && quotes.AsSpan(0, blocks).SequenceEqual(other.quotes.AsSpan(0, blocks))
        && opens.AsSpan(0, blocks).SequenceEqual(other.opens.AsSpan(0, blocks)) && closes.AsSpan(0, blocks).SequenceEqual(other.closes.AsSpan(0, blocks));

    bool Read<TBlock>(ReadOnlySpan<byte> text) where TBlock : struct, IBlock
    {
        var (inside, escaped, control, foreign) = (0UL, 0UL, 0UL, -1);
        ref var start = ref MemoryMarshal.GetReference(text);
        ref var quoted = ref MemoryMarshal.GetArrayDataReference(quotes);
        ref var opened = ref MemoryMarshal.GetArrayDataReference(opens);
        ref var closed = ref MemoryMarshal.GetArrayDataReference(closes);
        for (var at = 0; at < text.Length; at += 64)
        {
            ref var block = ref Unsafe.Add(ref start, at);
            if (text.Length - at < 64) block = ref Tail(text[at..]);
            TBlock.Read(ref block, out var masks);
            control |= masks.Control;
            // Beyond ASCII: checked in stretches, each between two blocks of ASCII alone.
            if (masks.High != 0) foreign = foreign < 0 ? at : foreign;
            else if (foreign >= 0 && !Utf8(text, ref foreign, at)) return false;
            var quote = masks.Quote;
            if ((masks.Back | escaped) != 0 && !Escapes(text, at, masks.Back, ref escaped, ref quote)) return false;
            var within = Bits.Parity(quote) ^ inside;
            inside = (ulong)((long)within >> 63);
            // A backslash between tokens escapes nothing.
            control |= masks.Back & ~within;
            Unsafe.Add(ref quoted, at >> 6) = quote;
            Unsafe.Add(ref opened, at >> 6) = masks.Open & ~within;
            Unsafe.Add(ref closed, at >> 6) = masks.Close & ~within;
        }
        return (control | inside) == 0 && (foreign < 0 || Utf8(text, ref foreign, text.Length));
    }

    ref byte Tail(ReadOnlySpan<byte> text)
    {
        tail.AsSpan().Fill((byte)' ');
        text.CopyTo(tail);
        return ref tail[0];
    }

    static bool Utf8(ReadOnlySpan<byte> text, ref int from, int to)
    {
        var stretch = text[from..to];
        from = -1;
        return System.Text.Unicode.Utf8.IsValid(stretch);
    }

    /// <summary>Checks what follows each backslash, and takes quotes out that are escaped.</summary>
    bool Escapes(ReadOnlySpan<byte> text, int at, ulong back, ref ulong carry, ref ulong quote)
    {
        HasEscapes = true;
        var escaped = carry;
        carry = 0;
        for (back &= ~escaped; back != 0;)
        {
            var place = BitOperations.TrailingZeroCount(back);
            var next = at + place + 1;
            if (!IsEscape(text[next..Math.Min(next + 5, text.Length)])) return false;
            if (place == 63) carry = 1;
            var after = 2UL << place;
            escaped |= after;
            back &= ~(after | 1UL << place);
        }
        quote &= ~escaped;
        return true;
    }

    static bool IsEscape(ReadOnlySpan<byte> text) => text switch
    {
        [(byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t', ..] => true,
        [(byte)'u', var a, var b, var c, var d] => char.IsAsciiHexDigit((char)a) && char.IsAsciiHexDigit((char)b) && char.IsAsciiHexDigit((char)c) && char.IsAsciiHexDigit((char)d),
        _ => false,
    };
}
