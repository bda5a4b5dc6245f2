using System.Globalization;
using System.Security.Cryptography;
using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>
/// Ids of works in the order of their texts: W10 before W9, W1 before W10. An id is sorted as one number, its digits moved to
/// the left and their count behind them, which gives the order of the texts without making any.
/// </summary>
readonly struct OrdinalIds
{
    /// <summary>Numbers of up to this many digits fit with their count in 64 bits.</summary>
    const int Digits = 17;
    const ulong Limit = 100_000_000_000_000_000;

    readonly ulong[] keys;
    readonly long[] large;

    OrdinalIds(ulong[] keys, long[] large) => (this.keys, this.large) = (keys, large);

    public static OrdinalIds Of(WorkSet set)
    {
        var keys = new ulong[set.Count];
        var (count, large) = (0, new List<long>());
        foreach (var segment in set.Store.Segments)
        {
            var ids = segment.Ids;
            var words = set.Bits(segment);
            for (var i = 0; i < words.Length; i++)
                for (var word = words[i]; word != 0; word &= word - 1)
                {
                    var id = ids[i * 64 + System.Numerics.BitOperations.TrailingZeroCount(word)];
                    if ((ulong)id < Limit) keys[count++] = Key((ulong)id);
                    else large.Add(id);
                }
        }
        Array.Resize(ref keys, count);
        var rows = new int[count];
        RadixSort.Sort(ref keys, ref rows);
        return new(keys, [.. large]);
    }

    public string Digest()
    {
        if (large.Length > 0) return DigestOfTexts();
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[32 * 1024];
        var filled = 0;
        foreach (var key in keys)
        {
            if (filled > buffer.Length - 24)
            {
                sha.AppendData(buffer, 0, filled);
                filled = 0;
            }
            buffer[filled++] = (byte)'W';
            Id(key).TryFormat(buffer.AsSpan(filled), out var written, provider: CultureInfo.InvariantCulture);
            filled += written;
            buffer[filled++] = (byte)'\n';
        }
        sha.AppendData(buffer, 0, filled);
        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }

    public List<string> ToList()
    {
        var list = new List<string>(keys.Length + large.Length);
        foreach (var key in keys) list.Add(string.Create(CultureInfo.InvariantCulture, $"W{Id(key)}"));
        if (large.Length == 0) return list;
        foreach (var id in large) list.Add(string.Create(CultureInfo.InvariantCulture, $"W{id}"));
        list.Sort(StringComparer.Ordinal);
        return list;
    }

    string DigestOfTexts()
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var id in ToList()) sha.AppendData(System.Text.Encoding.ASCII.GetBytes(id + "\n"));
        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }

    static ulong Key(ulong id)
    {
        var length = 1;
        for (var rest = id; rest >= 10; rest /= 10) length++;
        return id * Power(Digits - length) * 32 + (ulong)length;
    }

    static ulong Id(ulong key) => key / 32 / Power(Digits - (int)(key % 32));

    static ulong Power(int exponent) => Powers[exponent];

    static readonly ulong[] Powers = [.. Enumerable.Range(0, Digits + 1).Select(exponent => (ulong)Math.Pow(10, exponent))];
}
