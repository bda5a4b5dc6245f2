using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Entente.Engine.Query;

/// <summary>Algebra on rising lists of different numbers. Each kernel has a scalar reference, which the wider ones must equal.</summary>
static class Lists
{
    /// <summary>What a kernel may write beyond the numbers that it answers: so much longer than the first list must the target be.</summary>
    public const int Slack = 16;

    /// <summary>A list this many times as long as another is sought in, not walked.</summary>
    const int Uneven = 32;

    /// <summary>The numbers of <paramref name="a"/> that are in <paramref name="b"/>, or, where <paramref name="kept"/> is false, that are not.</summary>
    /// <returns>how many there are</returns>
    public static int Select(ReadOnlySpan<int> a, ReadOnlySpan<int> b, bool kept, Span<int> into, Width width)
    {
        if (into.Length < a.Length + Slack) throw new ArgumentException("The target is too short.", nameof(into));
        if (b.Length > (long)Uneven * a.Length) return Sought(a, b, kept, into);
        if (a.Length > (long)Uneven * b.Length) return kept ? Sought(b, a, true, into) : Between(a, b, into);
        return Walked(a, b, kept, into, width);
    }

    /// <summary>The numbers of either, each once; the target is as long as both together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Union(ReadOnlySpan<int> a, ReadOnlySpan<int> b, Span<int> into)
    {
        int i = 0, j = 0, count = 0;
        while (i < a.Length && j < b.Length)
        {
            var (x, y) = (a[i], b[j]);
            into[count++] = Math.Min(x, y);
            i += x <= y ? 1 : 0;
            j += y <= x ? 1 : 0;
        }
        a[i..].CopyTo(into[count..]);
        count += a.Length - i;
        b[j..].CopyTo(into[count..]);
        return count + b.Length - j;
    }

    /// <summary>The numbers whose bit is set, or is not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Select(ReadOnlySpan<int> a, ReadOnlySpan<ulong> bits, bool kept, Span<int> into)
    {
        if (into.Length < a.Length) throw new ArgumentException("The target is too short.", nameof(into));
        ref var to = ref MemoryMarshal.GetReference(into);
        var (count, turn) = (0, kept ? 0UL : 1);
        foreach (var number in a)
        {
            // Written in any case: whether it stays is no branch to guess.
            Unsafe.Add(ref to, count) = number;
            count += (int)((bits[number >> 6] >> number & 1) ^ turn);
        }
        return count;
    }

    static int Sought(ReadOnlySpan<int> few, ReadOnlySpan<int> many, bool kept, Span<int> into)
    {
        var (count, at) = (0, 0);
        foreach (var number in few)
        {
            at = Positions.Seek(many, at, number);
            if ((at < many.Length && many[at] == number) == kept) into[count++] = number;
        }
        return count;
    }

    /// <summary>What lies between a few numbers that go.</summary>
    static int Between(ReadOnlySpan<int> a, ReadOnlySpan<int> few, Span<int> into)
    {
        var (count, at) = (0, 0);
        foreach (var number in few)
        {
            var to = Positions.Seek(a, at, number);
            a[at..to].CopyTo(into[count..]);
            count += to - at;
            at = to < a.Length && a[to] == number ? to + 1 : to;
        }
        a[at..].CopyTo(into[count..]);
        return count + a.Length - at;
    }

    static int Walked(ReadOnlySpan<int> a, ReadOnlySpan<int> b, bool kept, Span<int> into, Width width)
    {
        // Blocks of both lists are held against each other, all numbers against all; the block with the lower end is done with. What
        // the block of a at hand has met so far stays in a mask until then.
        var (i, j, count) = (0, 0, 0);
        var met = width switch
        {
            Width.V512 when Avx512F.IsSupported => Blocks512(a, b, kept, into, ref i, ref j, ref count),
            Width.V256 or Width.V512 when Vector256.IsHardwareAccelerated => Blocks256(a, b, kept, into, ref i, ref j, ref count),
            _ => 0u,
        };
        for (; met != 0 || (i < a.Length && j < b.Length); i++, met >>= 1)
        {
            while (j < b.Length && b[j] < a[i]) j++;
            var found = (met & 1) != 0 || (j < b.Length && b[j] == a[i]);
            into[count] = a[i];
            count += found == kept ? 1 : 0;
        }
        if (kept) return count;
        a[i..].CopyTo(into[count..]);
        return count + a.Length - i;
    }

    // Which block ends first is as good as random, so nothing branches on it: what the block of a at hand has is written each time, and written over until the block is done.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static uint Blocks512(ReadOnlySpan<int> a, ReadOnlySpan<int> b, bool kept, Span<int> into, ref int i, ref int j, ref int count)
    {
        ref var x = ref MemoryMarshal.GetReference(a);
        ref var y = ref MemoryMarshal.GetReference(b);
        ref var to = ref MemoryMarshal.GetReference(into);
        var (p, q, n) = (i, j, count);
        var turn = kept ? Vector512<int>.Zero : Vector512<int>.AllBitsSet;
        var apart = Vector512<uint>.AllBitsSet;
        unchecked
        {
            while (p + 16 <= a.Length && q + 16 <= b.Length)
            {
                var (left, right) = (Vector512.LoadUnsafe(ref x, (nuint)p), Vector512.LoadUnsafe(ref y, (nuint)q));
                apart = Vector512.Min(apart, Apart(left, right));
                var (endA, endB) = (Unsafe.Add(ref x, p + 15), Unsafe.Add(ref y, q + 15));
                // All ones where the block is done with.
                var (doneA, doneB) = (endA - endB - 1 >> 31, endB - endA - 1 >> 31);
                var stay = Met(apart) ^ turn;
                Avx512F.Compress(Vector512<int>.Zero, stay, left).StoreUnsafe(ref to, (nuint)n);
                n += BitOperations.PopCount(stay.ExtractMostSignificantBits()) & doneA;
                apart |= Vector512.Create((uint)doneA);
                p += doneA & 16;
                q += doneB & 16;
            }
        }
        (i, j, count) = (p, q, n);
        return (uint)Met(apart).ExtractMostSignificantBits();
    }

    static Vector512<int> Met(Vector512<uint> apart) => Vector512.Equals(apart, Vector512<uint>.Zero).AsInt32();

    /// <summary>The least that each number of the left and any of the right differ by, as bits: zero where it is among them. Held against the four turns within each quarter, then with the quarters turned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<uint> Apart(Vector512<int> left, Vector512<int> right) => Vector512.Min(
        Vector512.Min(Quarters(left, right), Quarters(left, Avx512F.Shuffle4x128(right, right, 0b00_11_10_01))),
        Vector512.Min(Quarters(left, Avx512F.Shuffle4x128(right, right, 0b01_00_11_10)), Quarters(left, Avx512F.Shuffle4x128(right, right, 0b10_01_00_11))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<uint> Quarters(Vector512<int> left, Vector512<int> right) => Vector512.Min(
        Vector512.Min((left ^ right).AsUInt32(), (left ^ Avx512F.Shuffle(right, 0b00_11_10_01)).AsUInt32()),
        Vector512.Min((left ^ Avx512F.Shuffle(right, 0b01_00_11_10)).AsUInt32(), (left ^ Avx512F.Shuffle(right, 0b10_01_00_11)).AsUInt32()));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static uint Blocks256(ReadOnlySpan<int> a, ReadOnlySpan<int> b, bool kept, Span<int> into, ref int i, ref int j, ref int count)
    {
        ref var x = ref MemoryMarshal.GetReference(a);
        ref var y = ref MemoryMarshal.GetReference(b);
        ref var to = ref MemoryMarshal.GetReference(into);
        var (p, q, n) = (i, j, count);
        var (turn, met) = (kept ? 0u : 0xFF, 0u);
        while (p + 8 <= a.Length && q + 8 <= b.Length)
        {
            var (left, right) = (Vector256.LoadUnsafe(ref x, (nuint)p), Vector256.LoadUnsafe(ref y, (nuint)q));
            met |= Equal(left, right).ExtractMostSignificantBits();
            var (endA, endB) = (Unsafe.Add(ref x, p + 7), Unsafe.Add(ref y, q + 7));
            if (endA <= endB)
            {
                for (var stay = met ^ turn; stay != 0; stay &= stay - 1)
                    Unsafe.Add(ref to, n++) = Unsafe.Add(ref x, p + BitOperations.TrailingZeroCount(stay));
                met = 0;
                p += 8;
            }
            if (endB <= endA) q += 8;
        }
        (i, j, count) = (p, q, n);
        return met;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<int> Equal(Vector256<int> left, Vector256<int> right)
    {
        var other = Vector256.Create(right.GetUpper(), right.GetLower());
        return Halves(left, right) | Halves(left, other);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<int> Halves(Vector256<int> left, Vector256<int> right) =>
        Vector256.Equals(left, right) | Vector256.Equals(left, Turned(right, 1)) | Vector256.Equals(left, Turned(right, 2)) | Vector256.Equals(left, Turned(right, 3));

    /// <summary>The numbers of each half turned by so many places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<int> Turned(Vector256<int> values, int by) => by switch
    {
        1 => Vector256.Shuffle(values, Vector256.Create(1, 2, 3, 0, 5, 6, 7, 4)),
        2 => Vector256.Shuffle(values, Vector256.Create(2, 3, 0, 1, 6, 7, 4, 5)),
        _ => Vector256.Shuffle(values, Vector256.Create(3, 0, 1, 2, 7, 4, 5, 6)),
    };
}
