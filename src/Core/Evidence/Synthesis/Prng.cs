using System.Numerics;

namespace Entente.Core.Evidence.Synthesis;

/// <summary>
/// xoshiro256** 1.0 (Blackman and Vigna, doi:10.1145/3460772), its state filled by SplitMix64. Written out because the seeded
/// sequence of System.Random is not promised from one version of .NET to the next, and the invented world must stay the same.
/// </summary>
struct Prng
{
    ulong _a, _b, _c, _d;

    /// <param name="seed">of the world</param>
    /// <param name="stream">a number of its own for each thing drawn, so that things may be drawn in any order, on any thread</param>
    public Prng(ulong seed, ulong stream)
    {
        var state = unchecked(seed * 0xD1342543DE82EF95 + stream * 0x9E3779B97F4A7C15);
        (_a, _b, _c, _d) = (Split(ref state), Split(ref state), Split(ref state), Split(ref state));
    }

    public ulong Next()
    {
        unchecked
        {
            var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
            var shifted = _b << 17;
            _c ^= _a;
            _d ^= _b;
            _b ^= _c;
            _a ^= _d;
            _c ^= shifted;
            _d = BitOperations.RotateLeft(_d, 45);
            return result;
        }
    }

    /// <summary>A whole number from 0 to <paramref name="limit"/> - 1. The bias of the multiplication is below one in 2^32 here.</summary>
    public int Below(int limit) => (int)Math.BigMul(Next(), (ulong)limit, out _);

    public bool Chance(int perMillion) => Below(1_000_000) < perMillion;

    /// <summary>How often in a row a chance comes true, at most <paramref name="most"/> times.</summary>
    public int Run(int perMillion, int most)
    {
        var n = 0;
        while (n < most && Chance(perMillion)) n++;
        return n;
    }

    /// <summary>Normal enough: the sum of twelve uniform numbers less six, in exact arithmetic until the last step.</summary>
    public double Normal()
    {
        var sum = 0L;
        for (var i = 0; i < 12; i++) sum += (long)(Next() >> 32);
        return (sum - 6L * uint.MaxValue) / (double)uint.MaxValue;
    }

    static ulong Split(ref ulong state)
    {
        unchecked
        {
            var z = state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
