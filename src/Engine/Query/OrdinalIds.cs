using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>
/// Ids of works in the order of their texts: W10 before W9, W1 before W10. An id is sorted as one number, its digits moved to
/// the left and their count behind them, which gives the order of the texts without making any.
/// </summary>
readonly struct OrdinalIds
{
    /// <summary>Numbers of up to this many digits fit with their count in 64 bits; larger ones were never seen, and go as texts.</summary>
    const int MaxDigits = 17;

    readonly ulong[] keys;
    readonly int digits;
    readonly long[] large;

    OrdinalIds(ulong[] keys, int digits, long[] large) => (this.keys, this.digits, this.large) = (keys, digits, large);

    public static OrdinalIds Of(WorkSet set)
    {
        var ids = new ulong[set.Count];
        var count = 0;
        foreach (var segment in set.Store.Segments)
        {
            var column = segment.Ids;
            foreach (var work in set.Rows(segment)) ids[count++] = (ulong)column[work];
        }
        var digits = 1;
        foreach (var id in ids) digits = Math.Max(digits, Digits(id));
        if (digits > MaxDigits) return new([], digits, Array.ConvertAll(ids, id => (long)id));
        for (var i = 0; i < ids.Length; i++) ids[i] = Key(ids[i], digits);
        var rows = new int[count];
        RadixSort.Sort(ref ids, ref rows);
        return new(ids, digits, []);
    }

    public string Digest()
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendTo(sha);
        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }

    /// <summary>Hashes each id with its newline.</summary>
    public void AppendTo(IncrementalHash hash)
    {
        foreach (var id in large.Length > 0 ? ToList() : []) hash.AppendData(Encoding.ASCII.GetBytes(id + "\n"));
        var buffer = new byte[32 * 1024];
        var filled = 0;
        foreach (var key in keys)
        {
            if (filled > buffer.Length - 24)
            {
                hash.AppendData(buffer, 0, filled);
                filled = 0;
            }
            buffer[filled++] = (byte)'W';
            Id(key).TryFormat(buffer.AsSpan(filled), out var written, provider: CultureInfo.InvariantCulture);
            filled += written;
            buffer[filled++] = (byte)'\n';
        }
        hash.AppendData(buffer, 0, filled);
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

    ulong Id(ulong key) => key / 32 / Powers[digits - (int)(key % 32)];

    static ulong Key(ulong id, int digits)
    {
        var length = Digits(id);
        return id * Powers[digits - length] * 32 + (ulong)length;
    }

    /// <summary>1233 / 4096 is the logarithm of 2 to the base 10, near enough for 64 bits; the comparison settles the rest.</summary>
    static int Digits(ulong id)
    {
        var about = (BitOperations.Log2(id | 1) + 1) * 1233 >> 12;
        return about + (id >= Powers[about] || about == 0 ? 1 : 0);
    }

    static readonly ulong[] Powers = [.. Enumerable.Range(0, 20).Select(exponent => (ulong)BigInteger.Pow(10, exponent))];
}
