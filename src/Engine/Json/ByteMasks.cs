using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Entente.Engine.Json;

/// <summary>What the 64 bytes of a block are, a bit for each, the first byte the lowest.</summary>
struct ByteMasks
{
    /// <summary>Open is { or [, Close } or ], and Curly tells among those the braces. Control is below a space, High above ASCII.</summary>
    public ulong Quote, Back, Control, Space, Open, Close, Curly, Colon, Comma, Digit, Zero, High;
}

/// <summary>One way to look at 64 bytes; all ways see the same.</summary>
interface IBlock
{
    static abstract void Read(ref byte block, out ByteMasks masks);
    static abstract ulong Equal(ref byte block, byte value);
}

/// <summary>A byte at a time, by a table.</summary>
readonly struct ScalarBlock : IBlock
{
    static ReadOnlySpan<ushort> Classes => Table;

    static readonly ushort[] Table = Make();

    static ushort[] Make()
    {
        var table = new ushort[256];
        for (var b = 0; b < 256; b++)
        {
            bool[] bits = [b == '"', b == '\\', b < 0x20, b == ' ', b is '{' or '[', b is '}' or ']', b is '{' or '}', b == ':', b == ',', b is >= '0' and <= '9', b == '0', b >= 0x80];
            for (var i = 0; i < bits.Length; i++)
                if (bits[i]) table[b] |= (ushort)(1 << i);
        }
        return table;
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
            masks.Space |= (c >> 3 & 1) << i;
            masks.Open |= (c >> 4 & 1) << i;
            masks.Close |= (c >> 5 & 1) << i;
            masks.Curly |= (c >> 6 & 1) << i;
            masks.Colon |= (c >> 7 & 1) << i;
            masks.Comma |= (c >> 8 & 1) << i;
            masks.Digit |= (c >> 9 & 1) << i;
            masks.Zero |= (c >> 10 & 1) << i;
            masks.High |= (c >> 11 & 1) << i;
        }
    }

    public static ulong Equal(ref byte block, byte value)
    {
        var mask = 0UL;
        for (var i = 0; i < 64; i++)
            if (Unsafe.Add(ref block, i) == value) mask |= 1UL << i;
        return mask;
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
        var (x, y) = (a | bit, b | bit);
        masks.Quote = Equal(a, b, (byte)'"');
        masks.Back = Equal(a, b, (byte)'\\');
        masks.Control = Both(Vector256.LessThan(a, bit), Vector256.LessThan(b, bit));
        masks.Space = Equal(a, b, (byte)' ');
        masks.Open = Equal(x, y, (byte)'{');
        masks.Close = Equal(x, y, (byte)'}');
        masks.Curly = Both(Vector256.Equals(a & bit, bit), Vector256.Equals(b & bit, bit));
        masks.Colon = Equal(a, b, (byte)':');
        masks.Comma = Equal(a, b, (byte)',');
        var (zero, ten) = (Vector256.Create((byte)'0'), Vector256.Create((byte)10));
        masks.Digit = Both(Vector256.LessThan(a - zero, ten), Vector256.LessThan(b - zero, ten));
        masks.Zero = Equal(a, b, (byte)'0');
        masks.High = Both(a, b);
    }

    public static ulong Equal(ref byte block, byte value) => Equal(Vector256.LoadUnsafe(ref block), Vector256.LoadUnsafe(ref block, 32), value);

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
        masks.Space = Equal(a, (byte)' ');
        masks.Open = Equal(x, (byte)'{');
        masks.Close = Equal(x, (byte)'}');
        masks.Curly = Vector512.Equals(a & bit, bit).ExtractMostSignificantBits();
        masks.Colon = Equal(a, (byte)':');
        masks.Comma = Equal(a, (byte)',');
        masks.Digit = Vector512.LessThan(a - Vector512.Create((byte)'0'), Vector512.Create((byte)10)).ExtractMostSignificantBits();
        masks.Zero = Equal(a, (byte)'0');
        masks.High = a.ExtractMostSignificantBits();
    }

    public static ulong Equal(ref byte block, byte value) => Equal(Vector512.LoadUnsafe(ref block), value);

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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Lowest(ulong x) => BitOperations.TrailingZeroCount(x);

    /// <summary>Adds a word and a bit to a word: where bits of b stand at the low end of runs of a, each run is cleared and the bit after it set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Add(ulong a, ulong b, ref ulong carry)
    {
        var sum = unchecked(a + b);
        var over = sum < a ? 1UL : 0;
        var all = unchecked(sum + carry);
        carry = over | (all < sum ? 1UL : 0);
        return all;
    }
}
