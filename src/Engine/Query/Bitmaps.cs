using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Entente.Engine.Query;

/// <summary>How wide the kernels work. Set by tests to force a variant; otherwise the widest that the processor has.</summary>
enum Width { Scalar, V256, V512 }

/// <summary>Algebra and counting on bitmaps. Each kernel has a scalar reference, which the wider ones must equal.</summary>
static class Bitmaps
{
    public static Width Widest { get; } =
        Vector512.IsHardwareAccelerated ? Width.V512 : Vector256.IsHardwareAccelerated ? Width.V256 : Width.Scalar;

    public static void And(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b, Span<ulong> into, Width width) => Combine<AndOp>(a, b, into, width);
    public static void Or(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b, Span<ulong> into, Width width) => Combine<OrOp>(a, b, into, width);
    public static void Except(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b, Span<ulong> into, Width width) => Combine<ExceptOp>(a, b, into, width);

    public static long Count(ReadOnlySpan<ulong> words)
    {
        // Four counts side by side: the processor counts one word a cycle, and waits for no sum.
        long a = 0, b = 0, c = 0, d = 0;
        var i = 0;
        for (; i + 4 <= words.Length; i += 4)
        {
            a += BitOperations.PopCount(words[i]);
            b += BitOperations.PopCount(words[i + 1]);
            c += BitOperations.PopCount(words[i + 2]);
            d += BitOperations.PopCount(words[i + 3]);
        }
        for (; i < words.Length; i++) a += BitOperations.PopCount(words[i]);
        return a + b + c + d;
    }

    /// <summary>How many bits are set from bit first to bit last - 1.</summary>
    public static long Count(ReadOnlySpan<ulong> words, int first, int last)
    {
        if (first >= last) return 0;
        var (from, to) = (first >> 6, (last - 1) >> 6);
        var (head, tail) = (ulong.MaxValue << first, ulong.MaxValue >> (63 - (last - 1)));
        if (from == to) return BitOperations.PopCount(words[from] & head & tail);
        return BitOperations.PopCount(words[from] & head) + Count(words[(from + 1)..to]) + BitOperations.PopCount(words[to] & tail);
    }

    /// <summary>Sets the bits from first to last - 1.</summary>
    public static void Fill(Span<ulong> words, int first, int last)
    {
        if (first >= last) return;
        var (from, to) = (first >> 6, (last - 1) >> 6);
        var (head, tail) = (ulong.MaxValue << first, ulong.MaxValue >> (63 - (last - 1)));
        if (from == to)
        {
            words[from] |= head & tail;
            return;
        }
        words[from] |= head;
        words[(from + 1)..to].Fill(ulong.MaxValue);
        words[to] |= tail;
    }

    interface ICombine
    {
        static abstract ulong Of(ulong a, ulong b);
        static abstract Vector256<ulong> Of(Vector256<ulong> a, Vector256<ulong> b);
        static abstract Vector512<ulong> Of(Vector512<ulong> a, Vector512<ulong> b);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Combine<TOp>(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b, Span<ulong> into, Width width) where TOp : ICombine
    {
        if (a.Length != b.Length || a.Length != into.Length) throw new ArgumentException("Bitmaps of different lengths.");
        ref var x = ref MemoryMarshal.GetReference(a);
        ref var y = ref MemoryMarshal.GetReference(b);
        ref var z = ref MemoryMarshal.GetReference(into);
        nuint i = 0, length = (nuint)a.Length;
        if (width == Width.V512)
            for (; i + 8 <= length; i += 8)
                TOp.Of(Vector512.LoadUnsafe(ref x, i), Vector512.LoadUnsafe(ref y, i)).StoreUnsafe(ref z, i);
        else if (width == Width.V256)
            for (; i + 4 <= length; i += 4)
                TOp.Of(Vector256.LoadUnsafe(ref x, i), Vector256.LoadUnsafe(ref y, i)).StoreUnsafe(ref z, i);
        for (; i < length; i++) Unsafe.Add(ref z, i) = TOp.Of(Unsafe.Add(ref x, i), Unsafe.Add(ref y, i));
    }

    readonly struct AndOp : ICombine
    {
        public static ulong Of(ulong a, ulong b) => a & b;
        public static Vector256<ulong> Of(Vector256<ulong> a, Vector256<ulong> b) => a & b;
        public static Vector512<ulong> Of(Vector512<ulong> a, Vector512<ulong> b) => a & b;
    }

    readonly struct OrOp : ICombine
    {
        public static ulong Of(ulong a, ulong b) => a | b;
        public static Vector256<ulong> Of(Vector256<ulong> a, Vector256<ulong> b) => a | b;
        public static Vector512<ulong> Of(Vector512<ulong> a, Vector512<ulong> b) => a | b;
    }

    readonly struct ExceptOp : ICombine
    {
        public static ulong Of(ulong a, ulong b) => a & ~b;
        public static Vector256<ulong> Of(Vector256<ulong> a, Vector256<ulong> b) => Vector256.AndNot(a, b);
        public static Vector512<ulong> Of(Vector512<ulong> a, Vector512<ulong> b) => Vector512.AndNot(a, b);
    }
}
