using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Entente.Engine.Query;

/// <summary>
/// Some of the rows of one segment: a range, a rising list, or a bit for each row, whichever takes least for what there is. Immutable.
/// What it is made of never shows in an answer.
/// </summary>
sealed class RowSet
{
    /// <summary>One row in so many takes as much as a list as all rows do as bits.</summary>
    const int Sparse = 32;

    readonly int length;
    readonly ulong[]? bits;
    readonly int[]? list;
    readonly int first, last;

    RowSet(int length, ulong[] bits, int count) => (this.length, this.bits, Count) = (length, bits, count);
    RowSet(int length, int[] list) => (this.length, this.list, Count) = (length, list, list.Length);
    RowSet(int length, int first, int last) => (this.length, this.first, this.last, Count) = (length, first, last, last - first);

    public int Count { get; }

    /// <summary>Whether so many rows of so many are held as a list.</summary>
    public static bool IsSparse(int length, int count) => count <= length / Sparse;

    /// <param name="length">how many rows the segment has</param>
    public static RowSet OfRange(int length, int first, int last) => first >= last ? new(length, []) : new(length, first, last);

    /// <summary>Takes the list as its own.</summary>
    public static RowSet OfList(int length, int[] list)
    {
        if (IsSparse(length, list.Length)) return new(length, list);
        var words = new ulong[(length + 63) / 64];
        foreach (var row in list) words[row >> 6] |= 1UL << row;
        return new(length, words, list.Length);
    }

    /// <summary>Takes the words as its own.</summary>
    public static RowSet OfBits(int length, ulong[] words)
    {
        var count = (int)Bitmaps.Count(words);
        if (!IsSparse(length, count)) return new(length, words, count);
        return new(length, Listed(words, new int[count]));
    }

    // Nearly every question ends here. Four rows of a word are written whether it has them or not, and the next word's written over what
    // is too much: few rows a word, in no order, would have each word's end guessed wrong.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int[] Listed(ulong[] words, int[] into)
    {
        unchecked
        {
            var (at, i) = (0, 0);
            for (; i < words.Length && at <= into.Length - 4; i++)
            {
                var (word, first, count) = (words[i], i << 6, BitOperations.PopCount(words[i]));
                var four = into.AsSpan(at, 4);
                four[0] = first + BitOperations.TrailingZeroCount(word);
                four[1] = first + BitOperations.TrailingZeroCount(word &= word - 1);
                four[2] = first + BitOperations.TrailingZeroCount(word &= word - 1);
                four[3] = first + BitOperations.TrailingZeroCount(word &= word - 1);
                word &= word - 1;
                for (var n = at + 4; word != 0; word &= word - 1) into[n++] = first + BitOperations.TrailingZeroCount(word);
                at += count;
            }
            for (; i < words.Length; i++)
                for (var word = words[i]; word != 0; word &= word - 1) into[at++] = (i << 6) + BitOperations.TrailingZeroCount(word);
            return into;
        }
    }

    public RowSet And(RowSet other)
    {
        if (IsRange) return other.Within(first, last);
        if (other.IsRange) return Within(other.first, other.last);
        if (list is not null && other.list is not null) return Merge(list, other.list, true);
        if (list is not null) return Probe(list, other.bits!, true);
        if (other.list is not null) return Probe(other.list, bits!, true);
        var words = GC.AllocateUninitializedArray<ulong>(bits!.Length);
        Bitmaps.And(bits, other.bits, words, Bitmaps.Widest);
        return OfBits(length, words);
    }

    public RowSet Or(RowSet other)
    {
        if (Count == 0 || other.Count == length) return other;
        if (other.Count == 0 || Count == length) return this;
        if (list is not null && other.list is not null && list.Length + other.list.Length <= length / Sparse)
        {
            var into = new int[list.Length + other.list.Length];
            return new(length, into.AsSpan(0, Lists.Union(list, other.list, into)).ToArray());
        }
        var words = ToBits();
        if (other.list is not null)
            foreach (var row in other.list) words[row >> 6] |= 1UL << row;
        else if (other.bits is not null) Bitmaps.Or(words, other.bits, words, Bitmaps.Widest);
        else Bitmaps.Fill(words, other.first, other.last);
        return OfBits(length, words);
    }

    public RowSet Except(RowSet other)
    {
        if (Count == 0 || other.Count == 0) return this;
        if (list is not null)
            return other.list is not null ? Merge(list, other.list, false)
                : other.bits is not null ? Probe(list, other.bits, false)
                : new(length, [.. Before(list, other.first), .. From(list, other.last)]);
        var words = ToBits();
        if (other.list is not null)
            foreach (var row in other.list) words[row >> 6] &= ~(1UL << row);
        else Bitmaps.Except(words, other.bits ?? other.ToBits(), words, Bitmaps.Widest);
        return OfBits(length, words);
    }

    /// <summary>Adds how many rows lie from each bound to before the next; bounds rise.</summary>
    public void CountBetween(ReadOnlySpan<int> bounds, Span<long> into)
    {
        var at = list is null ? 0 : Positions.Seek(list, 0, bounds[0]);
        for (var i = 0; i < into.Length; i++)
        {
            var (from, to) = (bounds[i], bounds[i + 1]);
            if (list is null)
            {
                into[i] += bits is not null ? Bitmaps.Count(bits, from, to) : Math.Max(0, Math.Min(to, last) - Math.Max(from, first));
                continue;
            }
            var next = Positions.Seek(list, at, to);
            into[i] += next - at;
            at = next;
        }
    }

    /// <summary>About how much memory it holds.</summary>
    public long Bytes => 8L * (bits?.Length ?? 0) + 4L * (list?.Length ?? 0);

    /// <summary>The rows as a list, where they are held as one.</summary>
    public bool IsList(out ReadOnlySpan<int> rows)
    {
        rows = list;
        return list is not null;
    }

    /// <summary>The same rows as bits, of which the caller may do what he likes.</summary>
    public ulong[] ToBits()
    {
        if (bits is not null) return [.. bits];
        var words = new ulong[(length + 63) / 64];
        if (list is not null)
            foreach (var row in list) words[row >> 6] |= 1UL << row;
        else Bitmaps.Fill(words, first, last);
        return words;
    }

    /// <summary>The same rows as bits, only to be read: its own where it has some.</summary>
    public ulong[] Bits => bits ?? ToBits();

    /// <summary>The rows, rising, for whoever cannot hold an enumerator on the stack.</summary>
    public IEnumerable<int> Each()
    {
        if (bits is null) return list ?? Enumerable.Range(first, last - first);
        return bits.Index().SelectMany(word => OfWord(word.Index * 64, word.Item));
    }

    static IEnumerable<int> OfWord(int start, ulong word)
    {
        for (; word != 0; word &= word - 1) yield return start + System.Numerics.BitOperations.TrailingZeroCount(word);
    }

    public Rows GetEnumerator() => new(bits, list, first, last);

    /// <summary>The rows, rising: foreach over it makes no object.</summary>
    public ref struct Rows(ulong[]? bits, int[]? list, int first, int last)
    {
        readonly int[]? list = list;
        SetBits set = new(bits);
        readonly bool isBits = bits is not null;
        int at = list is null ? first - 1 : -1;

        public int Current { get; private set; }

        /// <summary>The next rows, as many as go in; answers how many there were.</summary>
        public int Take(scoped Span<int> into)
        {
            var count = 0;
            while (count < into.Length && MoveNext()) into[count++] = Current;
            return count;
        }

        public bool MoveNext()
        {
            if (isBits)
            {
                var more = set.MoveNext();
                Current = set.Current;
                return more;
            }
            if (++at >= (list?.Length ?? last)) return false;
            Current = list is null ? at : list[at];
            return true;
        }
    }

    bool IsRange => bits is null && list is null;

    RowSet Within(int from, int to)
    {
        if (from <= 0 && to >= length) return this;
        if (IsRange) return OfRange(length, Math.Max(from, first), Math.Min(to, last));
        if (list is not null) return new(length, [.. From(Before(list, to), from)]);
        var words = new ulong[bits!.Length];
        Bitmaps.Fill(words, from, to);
        Bitmaps.And(words, bits, words, Bitmaps.Widest);
        return OfBits(length, words);
    }

    RowSet Merge(int[] a, int[] b, bool kept)
    {
        if (kept && a.Length > b.Length) (a, b) = (b, a);
        var into = ArrayPool<int>.Shared.Rent(a.Length + Lists.Slack);
        var result = into.AsSpan(0, Lists.Select(a, b, kept, into, Bitmaps.Widest)).ToArray();
        ArrayPool<int>.Shared.Return(into);
        return new(length, result);
    }

    RowSet Probe(int[] rows, ulong[] words, bool kept)
    {
        var into = ArrayPool<int>.Shared.Rent(rows.Length);
        var result = into.AsSpan(0, Lists.Select(rows, words, kept, into)).ToArray();
        ArrayPool<int>.Shared.Return(into);
        return new(length, result);
    }

    static ReadOnlySpan<int> Before(ReadOnlySpan<int> rows, int bound) => rows[..Positions.Seek(rows, 0, bound)];

    static ReadOnlySpan<int> From(ReadOnlySpan<int> rows, int bound) => rows[Positions.Seek(rows, 0, bound)..];
}
