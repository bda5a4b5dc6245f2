using System.Security.Cryptography;
using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>A set of works of a store, one bitmap per segment. All figures are algebra on such sets. Immutable.</summary>
public sealed class WorkSet
{
    readonly ulong[][] bits;
    long count = -1;

    internal WorkSet(WorksStore store, ulong[][] bits) => (Store, this.bits) = (store, bits);

    public WorksStore Store { get; }

    public long Count => count >= 0 ? count : count = bits.Sum(words => Bitmaps.Count(words));

    public WorkSet And(WorkSet other) => Combine(other, Bitmaps.And);
    public WorkSet Or(WorkSet other) => Combine(other, Bitmaps.Or);
    public WorkSet Except(WorkSet other) => Combine(other, Bitmaps.Except);

    /// <summary>How many works of each year, indexed by year - first; works without a year are left out.</summary>
    public long[] CountByYear(int first, int last)
    {
        var counts = new long[Math.Max(0, last - first + 1)];
        foreach (var segment in Store.Segments)
            for (var year = Math.Max(first, 1); year <= last; year++)
            {
                var (from, to) = segment.WorksOfYears(year, year);
                counts[year - first] += Bitmaps.Count(bits[segment.Index], from, to);
            }
        return counts;
    }

    /// <summary>Segment and work numbers, in order.</summary>
    public IEnumerable<(WorksSegment Segment, int Work)> Works()
    {
        foreach (var segment in Store.Segments)
        {
            var words = bits[segment.Index];
            for (var i = 0; i < words.Length; i++)
                for (var word = words[i]; word != 0; word &= word - 1)
                    yield return (segment, i * 64 + System.Numerics.BitOperations.TrailingZeroCount(word));
        }
    }

    /// <summary>SHA-256 (lower-case hex) of the ids "W123" in ordinal order, each followed by a newline.</summary>
    public string Digest() => OrdinalIds.Of(this).Digest();

    /// <summary>Adds what <see cref="Digest"/> is the hash of to a hash of more than one set.</summary>
    public void AppendTo(IncrementalHash hash) => OrdinalIds.Of(this).AppendTo(hash);

    /// <summary>The ids "W123" in ordinal order.</summary>
    public IReadOnlyList<string> Ids() => OrdinalIds.Of(this).ToList();

    internal ReadOnlySpan<ulong> Bits(WorksSegment segment) => bits[segment.Index];

    WorkSet Combine(WorkSet other, Kernel kernel)
    {
        if (other.Store != Store) throw new ArgumentException("Sets of works of different stores.", nameof(other));
        var result = new ulong[bits.Length][];
        for (var i = 0; i < bits.Length; i++)
        {
            result[i] = GC.AllocateUninitializedArray<ulong>(bits[i].Length);
            kernel(bits[i], other.bits[i], result[i], Bitmaps.Widest);
        }
        return new(Store, result);
    }

    delegate void Kernel(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b, Span<ulong> into, Width width);
}
