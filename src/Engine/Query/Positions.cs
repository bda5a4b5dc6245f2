using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Entente.Engine.Query;

/// <summary>Counting on rising lists of numbers and on bitmaps. Each kernel has a scalar reference, which the wider ones must equal.</summary>
static class Positions
{
    /// <summary>The first place from <paramref name="from"/> on whose number is not below the bound: by growing steps, then by halving.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Seek(ReadOnlySpan<int> list, int from, int bound)
    {
        if (from >= list.Length || list[from] >= bound) return from;
        var (low, step) = (from, 1);
        while (low + step < list.Length && list[low + step] < bound)
        {
            low += step;
            step <<= 1;
        }
        var high = Math.Min(list.Length, low + step);
        for (low++; low < high;)
        {
            var middle = (low + high) >>> 1;
            if (list[middle] < bound) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>How many numbers of a list are below the bound: by halving without a branch to guess, so that several searches run side by side. No number is negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Below(ReadOnlySpan<int> list, int bound)
    {
        ref var start = ref MemoryMarshal.GetReference(list);
        var (low, length) = (0, list.Length);
        while (length > 1)
        {
            var half = length >> 1;
            low += half & (Unsafe.Add(ref start, low + half - 1) - bound) >> 31;
            length -= half;
        }
        return length == 0 ? 0 : low + (int)((uint)(Unsafe.Add(ref start, low) - bound) >> 31);
    }

    /// <summary>How many of these numbers have their bit set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int CountSet(ReadOnlySpan<int> list, ReadOnlySpan<ulong> bits)
    {
        ref var words = ref MemoryMarshal.GetReference(bits);
        ulong a = 0, b = 0, c = 0, d = 0;
        var i = 0;
        for (; i + 4 <= list.Length; i += 4)
        {
            a += Bit(ref words, list[i]);
            b += Bit(ref words, list[i + 1]);
            c += Bit(ref words, list[i + 2]);
            d += Bit(ref words, list[i + 3]);
        }
        for (; i < list.Length; i++) a += Bit(ref words, list[i]);
        return (int)(a + b + c + d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Bit(ref ulong words, int at) => Unsafe.Add(ref words, (nint)(uint)at >> 6) >> at & 1;

    /// <summary>How many bits from first to last - 1 are set in both.</summary>
    public static long CountBoth(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b, int first, int last)
    {
        if (first >= last) return 0;
        var (from, to) = (first >> 6, (last - 1) >> 6);
        var (head, tail) = (ulong.MaxValue << first, ulong.MaxValue >> (63 - (last - 1)));
        if (from == to) return BitOperations.PopCount(a[from] & b[from] & head & tail);
        return BitOperations.PopCount(a[from] & b[from] & head) + CountBoth(a[(from + 1)..to], b[(from + 1)..to]) + BitOperations.PopCount(a[to] & b[to] & tail);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static long CountBoth(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b)
    {
        long x = 0, y = 0, z = 0, w = 0;
        var i = 0;
        for (; i + 4 <= a.Length; i += 4)
        {
            x += BitOperations.PopCount(a[i] & b[i]);
            y += BitOperations.PopCount(a[i + 1] & b[i + 1]);
            z += BitOperations.PopCount(a[i + 2] & b[i + 2]);
            w += BitOperations.PopCount(a[i + 3] & b[i + 3]);
        }
        for (; i < a.Length; i++) x += BitOperations.PopCount(a[i] & b[i]);
        return x + y + z + w;
    }

    /// <summary>
    /// The sum of a[i] x b[i], as eight partial sums of every eighth product, added pair by pair: one order of additions whatever
    /// the width, so that every machine comes to the same last digit. No product and addition are fused.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<int> b, Width width)
    {
        if (a.Length != b.Length) throw new ArgumentException("Lists of different lengths.", nameof(b));
        Span<double> sums = stackalloc double[8];
        ref var x = ref MemoryMarshal.GetReference(a);
        ref var y = ref MemoryMarshal.GetReference(b);
        nuint i = 0, length = (nuint)a.Length;
        if (width == Width.V512)
        {
            var sum = Vector512<double>.Zero;
            for (; i + 8 <= length; i += 8)
                sum += Vector512.LoadUnsafe(ref x, i) * Wide(Vector256.LoadUnsafe(ref y, i));
            sum.CopyTo(sums);
        }
        else if (width == Width.V256)
        {
            var (low, high) = (Vector256<double>.Zero, Vector256<double>.Zero);
            for (; i + 8 <= length; i += 8)
            {
                low += Vector256.LoadUnsafe(ref x, i) * Wide(Vector128.LoadUnsafe(ref y, i));
                high += Vector256.LoadUnsafe(ref x, i + 4) * Wide(Vector128.LoadUnsafe(ref y, i + 4));
            }
            low.CopyTo(sums);
            high.CopyTo(sums[4..]);
        }
        for (; i < length; i++) sums[(int)(i & 7)] += Unsafe.Add(ref x, i) * Unsafe.Add(ref y, i);
        return (sums[0] + sums[1] + (sums[2] + sums[3])) + (sums[4] + sums[5] + (sums[6] + sums[7]));
    }

    static Vector512<double> Wide(Vector256<int> values) => Vector512.ConvertToDouble(Vector512.Create(Vector256.WidenLower(values), Vector256.WidenUpper(values)));

    static Vector256<double> Wide(Vector128<int> values) => Vector256.ConvertToDouble(Vector256.Create(Vector128.WidenLower(values), Vector128.WidenUpper(values)));
}
