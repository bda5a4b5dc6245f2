using System.Numerics;
using System.Runtime.InteropServices;

namespace Entente.Engine.Segments;

/// <summary>CRC-32C (Castagnoli, RFC 3720; of "123456789" it is E3069283), by the processor's instruction where it has one.</summary>
static class Crc32C
{
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes)) crc = BitOperations.Crc32C(crc, word);
        foreach (var tail in bytes[(bytes.Length & ~7)..]) crc = BitOperations.Crc32C(crc, tail);
        return ~crc;
    }

    /// <summary>
    /// The checksums of four blocks of one length, side by side: a step waits three cycles for the one before it, so that four
    /// independent chains keep the unit busy where one would leave it idle.
    /// </summary>
    public static (uint, uint, uint, uint) OfFour(ReadOnlySpan<byte> four)
    {
        var length = four.Length / 4;
        var a = MemoryMarshal.Cast<byte, ulong>(four[..length]);
        var b = MemoryMarshal.Cast<byte, ulong>(four.Slice(length, length))[..a.Length];
        var c = MemoryMarshal.Cast<byte, ulong>(four.Slice(2 * length, length))[..a.Length];
        var d = MemoryMarshal.Cast<byte, ulong>(four.Slice(3 * length, length))[..a.Length];
        uint w = uint.MaxValue, x = w, y = w, z = w;
        for (var i = 0; i < a.Length; i++)
        {
            w = BitOperations.Crc32C(w, a[i]);
            x = BitOperations.Crc32C(x, b[i]);
            y = BitOperations.Crc32C(y, c[i]);
            z = BitOperations.Crc32C(z, d[i]);
        }
        return (~w, ~x, ~y, ~z);
    }
}
