using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Entente.Engine.Json;

/// <summary>What the 64 bytes of a block are, a bit for each, the first byte the lowest.</summary>
struct ByteMasks
{
    /// <summary>Open is { or [, Close } or ]. Control is below a space, High above ASCII.</summary>
    public ulong Quote, Back, Control, Open, Close, High;
}

/// <summary>One way to look at 64 bytes; all ways see the same.</summary>
interface IBlock
{
    static abstract void Read(ref byte block, out ByteMasks masks);
}

/// <summary>A byte at a time, by a table.</summary>
readonly struct ScalarBlock : IBlock
{
    static readonly byte[] Classes = [.. Enumerable.Range(0, 256).Select(Class)];

    static byte Class(int b)
    {
        bool[] bits = [b == '"', b == '\\', b < 0x20, b is '{' or '[', b is '}' or ']', b >= 0x80];
        return (byte)bits.Select((bit, i) => bit ? 1 << i : 0).Sum();
    }

    public static void Read(ref byte block, out ByteMasks masks)
    {
        masks = default;
        var classes = Classes;
        for (var i = 0; i < 64; i++)
        {
            ulong c = classes[Unsafe.Add(ref block, i)];
            masks.Quote |= (c & 1) << i;
            masks.Back |= (c >> 1 & 1) << i;
            masks.Control |= (c >> 2 & 1) << i;
            masks.Open |= (c >> 3 & 1) << i;
            masks.Close |= (c >> 4 & 1) << i;
            masks.High |= (c >> 5 & 1) << i;
        }
    }
}

/// <summary>Two halves of 32 bytes.</summary>
readonly struct Block256 : IBlock
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Read(ref byte block, out ByteMasks masks)
    {
        var (a, b) = (Vector256.LoadUnsafe(ref block), Vector256.LoadUnsafe(ref block, 32));
        var bit = Vector256.Create((byte)0x20);
        // { and [, as } and ], differ in that bit alone.
        var (x, y) = (a | bit, b | bit);
        masks.Quote = Equal(a, b, (byte)'"');
        masks.Back = Equal(a, b, (byte)'\\');
        masks.Control = Both(Vector256.LessThan(a, bit), Vector256.LessThan(b, bit));
        masks.Open = Equal(x, y, (byte)'{');
        masks.Close = Equal(x, y, (byte)'}');
        masks.High = Both(a, b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Equal(Vector256<byte> a, Vector256<byte> b, byte value)
    {
        var wanted = Vector256.Create(value);
        return Both(Vector256.Equals(a, wanted), Vector256.Equals(b, wanted));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Both(Vector256<byte> a, Vector256<byte> b) => a.ExtractMostSignificantBits() | (ulong)b.ExtractMostSignificantBits() << 32;
}

/// <summary>All 64 bytes at once.</summary>
readonly struct Block512 : IBlock
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Read(ref byte block, out ByteMasks masks)
    {
        var a = Vector512.LoadUnsafe(ref block);
        var bit = Vector512.Create((byte)0x20);
        var x = a | bit;
        masks.Quote = Equal(a, (byte)'"');
        masks.Back = Equal(a, (byte)'\\');
        masks.Control = Vector512.LessThan(a, bit).ExtractMostSignificantBits();
        masks.Open = Equal(x, (byte)'{');
        masks.Close = Equal(x, (byte)'}');
        masks.High = a.ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Equal(Vector512<byte> a, byte value) => Vector512.Equals(a, Vector512.Create(value)).ExtractMostSignificantBits();
}

/// <summary>Sums over the bits of a word.</summary>
static class Bits
{
    /// <summary>Bit n is the parity of the bits from 0 to n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Parity(ulong x)
    {
        if (Pclmulqdq.IsSupported) return Pclmulqdq.CarrylessMultiply(Vector128.CreateScalar(x), Vector128<ulong>.AllBitsSet, 0).ToScalar();
        for (var shift = 1; shift < 64; shift *= 2) x ^= x << shift;
        return x;
    }
}
