using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Entente.Core.Evidence.OpenAlex;

/// <summary>A fast 64-bit hash of bytes, the same on every machine and in every run. Not for secrets.</summary>
static class Hash64
{
    const ulong K = 0x9E3779B97F4A7C15;

    /// <summary>Eight sums side by side over blocks of 64 bytes, then what is left, word by word and byte by byte.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        unchecked
        {
            var hash = (ulong)bytes.Length * K;
            if (bytes.Length >= 64)
            {
                hash = Mix(hash, Blocks(bytes));
                bytes = bytes[(bytes.Length & ~63)..];
            }
            for (; bytes.Length >= 8; bytes = bytes[8..]) hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            foreach (var last in bytes) hash = Mix(hash, last);
            return hash ^ (hash >> 29);
        }
    }

    static ulong Blocks(ReadOnlySpan<byte> bytes)
    {
        var (key, sums) = (Vector512.Create(K), Vector512.Create(K, ~K, K >> 7, ~(K >> 7), K >> 13, ~(K >> 13), K >> 19, ~(K >> 19)));
        ref var start = ref MemoryMarshal.GetReference(bytes);
        for (nuint at = 0; at + 64 <= (nuint)bytes.Length; at += 64)
        {
            sums = (sums ^ Vector512.LoadUnsafe(ref start, at).AsUInt64()) * key;
            sums = sums << 31 | sums >> 33;
        }
        var hash = 0UL;
        for (var lane = 0; lane < 8; lane++) hash = Mix(hash, sums[lane]);
        return hash;
    }

    static ulong Mix(ulong state, ulong word) => unchecked(ulong.RotateLeft((state ^ word) * K, 31));
}
