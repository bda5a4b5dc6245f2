using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Entente.Engine.Query;

namespace Entente.Engine.Json;

/// <summary>
/// Where the parts of one JSON object lie. Every byte is checked while it is looked at, 64 together, so that what is indexed is
/// JSON and UTF-8 without a doubt; a text that is not, or that is unusual (deep, or with tabs between its tokens), is not
/// indexed, and a slower reader has to judge it. One thread at a time.
/// </summary>
public sealed class JsonIndex
{
    /// <summary>Deeper texts are not indexed.</summary>
    public const int MaxDepth = 60;

    const int Brackets = 64;

    ulong[] marks = new ulong[4096];
    ulong[] quotes = new ulong[1024];
    readonly int[] opened = new int[MaxDepth + 2];
    readonly byte[] tail = new byte[64];
    int count;
    bool escapes;

    /// <summary>How many marks there are: brackets in the order of the text, and the colons of the outermost object. Brackets of arrays that hold no other may be missing at depth 3.</summary>
    public int Count => count;

    /// <summary>Whether a backslash stands anywhere.</summary>
    public bool HasEscapes => escapes;

    /// <summary>Where the mark stands in the text.</summary>
    public int At(int mark) => unchecked((int)(uint)marks[mark]);

    /// <summary>The mark of the bracket that closes this one.</summary>
    public int Close(int mark) => (int)(marks[mark] >> 32);

    /// <summary>The quote that stands before this place; there is one.</summary>
    public int QuoteBefore(int place)
    {
        var block = place >> 6;
        var word = quotes[block] & (1UL << place) - 1;
        while (word == 0) word = quotes[--block];
        return (block << 6) + 63 - BitOperations.LeadingZeroCount(word);
    }

    /// <summary>The quote that stands after this place; there is one.</summary>
    public int QuoteAfter(int place)
    {
        var block = place >> 6;
        var word = quotes[block] & ulong.MaxValue - 1 << place;
        while (word == 0) word = quotes[++block];
        return (block << 6) + BitOperations.TrailingZeroCount(word);
    }

    /// <summary>Indexes an object that begins with its brace and ends with it; false where any byte is in doubt.</summary>
    public bool Read(ReadOnlySpan<byte> text) => Read(text, Bitmaps.Widest);

    internal bool Read(ReadOnlySpan<byte> text, Width width)
    {
        if (text.Length < 2 || text[0] != '{' || text[^1] != '}') return false;
        if (quotes.Length < text.Length / 64 + 1) quotes = new ulong[Math.Max(quotes.Length * 2, text.Length / 64 + 1)];
        (count, escapes) = (0, false);
        return width switch
        {
            Width.V512 => Read<Block512>(text),
            Width.V256 => Read<Block256>(text),
            _ => Read<ScalarBlock>(text),
        };
    }

    bool Read<TBlock>(ReadOnlySpan<byte> text) where TBlock : struct, IBlock
    {
        var shape = JsonShape.Begin();
        var nesting = default(JsonNesting);
        var numbers = new JsonNumbers(text);
        var (escaped, foreign) = (0UL, -1);
        ref var start = ref MemoryMarshal.GetReference(text);
        for (var at = 0; at < text.Length; at += 64)
        {
            ref var block = ref Unsafe.Add(ref start, at);
            if (text.Length - at < 64) block = ref Tail(text[at..]);
            TBlock.Read(ref block, out var masks);
            if (masks.Control != 0) return false;
            // Beyond ASCII: checked in stretches, each between two blocks of ASCII alone.
            if (masks.High != 0) foreign = foreign < 0 ? at : foreign;
            else if (foreign >= 0 && !Utf8(text, ref foreign, at)) return false;
            var quote = masks.Quote;
            if ((masks.Back | escaped) != 0 && !Escapes(text, at, masks.Back, ref escaped, ref quote)) return false;
            if (!shape.Take<TBlock>(masks, quote, ref block, ref numbers, at)) return false;
            quotes[at >> 6] = quote;
            if ((shape.Opens | shape.Closes | shape.Colons | shape.Items) != 0 && !Nest(ref nesting, shape, at, text.Length - 1)) return false;
        }
        return nesting.Depth == 0 && !shape.InString && (foreign < 0 || Utf8(text, ref foreign, text.Length));
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
        escapes = true;
        var escaped = carry;
        carry = 0;
        for (back &= ~escaped; back != 0;)
        {
            var place = Bits.Lowest(back);
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

    /// <summary>Holds each bracket against the one that it closes, and colons and items against the container that they stand in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    bool Nest(ref JsonNesting nesting, in JsonShape shape, int at, int last)
    {
        if (marks.Length < count + 2 * Brackets) Array.Resize(ref marks, marks.Length * 2);
        var (rest, seen, bad) = (shape.Opens | shape.Closes, ulong.MaxValue, 0UL);
        if (nesting.Depth >= 2 && rest != 0 && Arrays(ref nesting, shape, at)) return nesting.Sound;
        while (rest != 0)
        {
            var place = Bits.Lowest(rest);
            var upTo = rest ^ rest - 1;
            var gap = upTo & seen;
            bad |= gap & (nesting.InObject ? shape.Items : shape.Colons);
            if (nesting.Depth == 1) Colons(shape.Colons & gap, at);
            // Which bracket comes next cannot be guessed, so that both are done alike: one that opens closes itself for now.
            var opens = (int)(shape.Opens >> place & 1);
            var depth = nesting.Depth - 1 + opens;
            bad |= nesting.Bracket(opens, shape.Curly >> place & 1);
            if ((uint)depth >= MaxDepth || (depth == 0 && opens == 0 && at + place != last)) return false;
            var open = opens != 0 ? count : opened[depth];
            opened[depth] = open;
            if (open >= 0)
            {
                marks[count] = (uint)(at + place);
                marks[open] |= (ulong)(uint)((1 - opens) * count) << 32;
                count++;
            }
            seen = ~upTo;
            rest &= rest - 1;
        }
        bad |= seen & (nesting.InObject ? shape.Items : shape.Colons);
        if (nesting.Depth == 1) Colons(shape.Colons & seen, at);
        return bad == 0;
    }

    /// <summary>
    /// A block within an object at depth 2 all of whose brackets are those of arrays without others in them, as in an index of
    /// words: it is held against the grammar as a whole, and its arrays get no mark.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    bool Arrays(ref JsonNesting nesting, in JsonShape shape, int at)
    {
        var brackets = shape.Opens | shape.Closes;
        if ((brackets & shape.Curly) != 0) return false;
        ulong inArray;
        if (nesting.Depth == 2 && nesting.InObject) inArray = 0;
        else if (nesting.Depth == 3 && !nesting.InObject && nesting.ParentIsObject) inArray = ulong.MaxValue;
        else return false;
        var within = Bits.Parity(brackets) ^ inArray;
        // Opening brackets stand where an array begins, closing ones where it has just ended; else there is one array in another.
        if (shape.Opens != (brackets & within)) return false;
        nesting.Sound = (shape.Colons & within) == 0 && (shape.Items & ~(within & ~shape.Opens | shape.Closes)) == 0;
        if (inArray != 0 && opened[2] >= 0)
        {
            // The block before gave the array a mark.
            marks[opened[2]] |= (ulong)(uint)count << 32;
            marks[count++] = (uint)(at + Bits.Lowest(brackets));
        }
        var ends = within >> 63 != 0;
        if (ends) opened[2] = -1;
        if (ends && inArray == 0) nesting.Bracket(1, 0);
        else if (!ends && inArray != 0) nesting.Bracket(0, 0);
        return true;
    }

    void Colons(ulong colons, int at)
    {
        for (; colons != 0; colons &= colons - 1) marks[count++] = (uint)(at + Bits.Lowest(colons));
    }
}

/// <summary>Which containers are open: a bit for each, set for an object, the innermost the lowest.</summary>
struct JsonNesting
{
    ulong objects;

    public int Depth { get; private set; }
    public bool Sound { get; set; }
    public readonly bool InObject => (objects & 1) != 0;
    public readonly bool ParentIsObject => (objects & 2) != 0;

    /// <summary>Opens a container of the kind, or closes the innermost one; not 0 where that is of the other kind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Bracket(int opens, ulong isObject)
    {
        var wrong = opens != 0 ? 0 : (objects ^ isObject) & 1;
        objects = opens != 0 ? objects << 1 | isObject : objects >> 1;
        Depth += 2 * opens - 1;
        return wrong;
    }
}
