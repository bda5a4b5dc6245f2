using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Entente.Engine.Segments;

/// <summary>
/// Numbers as first + step x bits, in as few bits as hold the largest: docs/format/segment.md, Packed numbers. Behind the bits
/// stand eight bytes of zeros, so that any number is read by one load of eight bytes.
/// </summary>
static class BitPacking
{
    public const int HeadLength = 16, TailLength = 8;

    /// <summary>What a load of eight bytes holds whole wherever its first bit lies; wider numbers take eight bytes.</summary>
    const int Widest = 57;

    public static bool IsWidth(int width) => width is >= 0 and <= Widest or 64;

    public static long LengthOf(long rows, int width) => HeadLength + (rows * width + 7) / 8 + TailLength;

    /// <summary>The bits that a number up to this one takes.</summary>
    public static int WidthOf(ulong most) => (64 - BitOperations.LeadingZeroCount(most)) is var bits && bits > Widest ? 64 : bits;

    /// <summary>The least number, the largest step that leads from it to all others, and the bits of the most steps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (long First, long Step, int Width) Plan<T>(ReadOnlySpan<T> values) where T : unmanaged, IBinaryInteger<T>
    {
        if (values.IsEmpty) return (0, 1, 0);
        var (least, most) = (values[0], values[0]);
        foreach (var value in values) (least, most) = (T.Min(least, value), T.Max(most, value));
        var (first, range) = (long.CreateTruncating(least), ulong.CreateTruncating(most) - ulong.CreateTruncating(least));
        var step = range;
        foreach (var value in values)
        {
            if (step <= 1) break;
            step = Gcd(step, unchecked((ulong)(long.CreateTruncating(value) - first)));
        }
        if (step is 0 or > long.MaxValue) step = 1;
        return (first, (long)step, WidthOf(range / step));
    }

    static ulong Gcd(ulong a, ulong b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a;
    }

    /// <summary>The whole column: first, step, bits and the zeros behind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static byte[] Pack<T>(ReadOnlySpan<T> values, long first, long step, int width) where T : unmanaged, IBinaryInteger<T>
    {
        var bytes = new byte[LengthOf(values.Length, width)];
        MemoryMarshal.Write(bytes, first);
        MemoryMarshal.Write(bytes.AsSpan(8), step);
        if (width == 0) return bytes;
        ref var to = ref bytes[HeadLength];
        var (gathered, filled) = (0UL, 0);
        foreach (var value in values)
        {
            var steps = unchecked((ulong)(long.CreateTruncating(value) - first));
            if (step != 1) steps /= (ulong)step;
            gathered |= steps << filled;
            filled += width;
            if (filled < 64) continue;
            Unsafe.WriteUnaligned(ref to, gathered);
            to = ref Unsafe.Add(ref to, 8);
            filled -= 64;
            gathered = filled == 0 ? 0 : steps >> width - filled;
        }
        // The zeros behind make room for a last word that is not full.
        if (filled > 0) Unsafe.WriteUnaligned(ref to, gathered);
        return bytes;
    }
}
