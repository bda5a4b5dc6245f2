using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Entente.Engine.Segments;

namespace Entente.Engine.Works;

/// <summary>
/// Where the entries of each row begin, in few bits (docs/format/segment.md, Runs): a one for each row, behind the zeros that its
/// start has more than the one before, counted in steps of a power of two; what a step leaves over stands beside. Of every 64th one the place is kept.
/// </summary>
sealed unsafe class Runs(Segment segment, string name, int rows, long end)
{
    /// <summary>A place is kept for one row in so many.</summary>
    public const int Kept = 64;

    readonly int low = LowBits(rows, end);
    readonly MappedColumn<ulong> bits = new(segment, name, (int)Words(rows, end));
    readonly MappedColumn<uint> places = new(segment, name + WorksFormat.Places, rows / Kept + 1);
    readonly Packed<int>? rest = LowBits(rows, end) == 0 ? null : new(segment, name + WorksFormat.Rest, rows + 1, 1L << LowBits(rows, end));
    bool good;

    /// <summary>The bits of a start that stand beside: those of the mean number of entries, so that a row takes about two bits more.</summary>
    public static int LowBits(long rows, long end) => rows == 0 || end < 2 * rows ? 0 : BitOperations.Log2((ulong)(end / rows));

    public static long Words(long rows, long end) => ((end >> LowBits(rows, end)) + rows + 1 + 63) / 64;

    /// <summary>The entries of a row are first .. last - 1.</summary>
    public (int First, int Last) Of(int row) => Spanning(row, row + 1);

    /// <summary>The entries of the rows from one to before another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (int First, int Last) Spanning(int from, int to)
    {
        if (!good) Check();
        return Between(bits.Span, places.Span, from, to);
    }

    /// <summary>Asks the memory for what says where these rows begin, for all of them at once: rows far apart lie in as many places, and one after another each would be waited for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Prefetch(ReadOnlySpan<int> from)
    {
        if (!Sse.IsSupported) return;
        if (!good) Check();
        var kept = places.Span;
        fixed (uint* place = kept)
            foreach (var row in from) Sse.Prefetch0(place + row / Kept);
        if (low > 0)
            foreach (var row in from) rest!.Prefetch(row);
        fixed (ulong* words = bits.Span)
            foreach (var row in from) Sse.Prefetch0(words + (kept[row / Kept] >> 6));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    (int First, int Last) Between(ReadOnlySpan<ulong> words, ReadOnlySpan<uint> places, int from, int to)
    {
        if ((uint)from > (uint)to || (uint)to > (uint)rows) throw new ArgumentOutOfRangeException(nameof(to));
        var place = places[from / Kept];
        var (word, at) = (words[(int)(place >> 6)] & ulong.MaxValue << (int)place, (int)(place >> 6));
        var first = Seek(words, ref word, ref at, from % Kept);
        var last = first;
        // Where the other row is near, the search goes on from here.
        if (to - from < 2 * Kept) last = Seek(words, ref word, ref at, to - from);
        else
        {
            place = places[to / Kept];
            (word, at) = (words[(int)(place >> 6)] & ulong.MaxValue << (int)place, (int)(place >> 6));
            last = Seek(words, ref word, ref at, to % Kept);
        }
        return low == 0 ? (first - from, last - to) : ((first - from << low) + rest![from], (last - to << low) + rest[to]);
    }

    /// <summary>The place of the one after so many others, from the word at hand on, of which only the ones from there on are left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Seek(ReadOnlySpan<ulong> words, ref ulong word, ref int at, int ones)
    {
        for (int count; (count = BitOperations.PopCount(word)) <= ones; ones -= count) word = words[++at];
        if (Bmi2.X64.IsSupported) word &= ulong.MaxValue << BitOperations.TrailingZeroCount(Bmi2.X64.ParallelBitDeposit(1UL << ones, word));
        else
            for (; ones > 0; ones--) word &= word - 1;
        return at * 64 + BitOperations.TrailingZeroCount(word);
    }

    /// <summary>A file may carry sound checksums and wrong bits: ones, places and what stands beside are checked to fit together before anything is sought.</summary>
    void Check()
    {
        var words = bits.Span;
        var kept = places.Span;
        var (ones, place) = (0L, -1L);
        for (var at = 0; at < words.Length; at++)
        {
            var count = BitOperations.PopCount(words[at]);
            var next = (ones + Kept - 1) / Kept * Kept;
            if (next < ones + count)
            {
                var word = words[at];
                for (var skip = next - ones; skip > 0; skip--) word &= word - 1;
                if (next / Kept >= kept.Length || kept[(int)(next / Kept)] != at * 64L + BitOperations.TrailingZeroCount(word)) Fail();
            }
            if (count > 0) place = at * 64L + 63 - BitOperations.LeadingZeroCount(words[at]);
            ones += count;
        }
        if (ones != rows + 1L || kept[0] != 0 || place - rows != end >> low) Fail();
        if (low > 0) CheckRest(words);
        good = true;
    }

    void CheckRest(ReadOnlySpan<ulong> words)
    {
        var (row, before) = (0, 0L);
        for (var at = 0; at < words.Length; at++)
            for (var word = words[at]; word != 0; word &= word - 1, row++)
            {
                var start = (at * 64L + BitOperations.TrailingZeroCount(word) - row << low) + rest![row];
                if (start < before || (row == 0 && start > 0)) Fail();
                before = start;
            }
        if (before != end) Fail();
    }

    void Fail() => throw new CorruptSegmentException(segment.Path, 0, $"column {name}: the runs do not cover what they divide");

    /// <param name="starts">one more than there are rows, from 0 to the number of entries</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(SegmentWriter writer, string name, ReadOnlySpan<uint> starts)
    {
        var (rows, end) = (starts.Length - 1, (long)starts[^1]);
        var low = LowBits(rows, end);
        var (words, places, rest) = (new ulong[Words(rows, end)], new uint[rows / Kept + 1], new int[low == 0 ? 0 : rows + 1]);
        for (var row = 0; row <= rows; row++)
        {
            var place = (starts[row] >> low) + (uint)row;
            words[place >> 6] |= 1UL << (int)place;
            if (row % Kept == 0) places[row / Kept] = place;
            if (low > 0) rest[row] = (int)(starts[row] & (1u << low) - 1);
        }
        writer.Column<ulong>(name, words);
        writer.Column<uint>(name + WorksFormat.Places, places);
        if (low > 0) writer.Packed<int>(name + WorksFormat.Rest, rest);
    }
}
