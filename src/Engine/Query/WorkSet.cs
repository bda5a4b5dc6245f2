using System.Security.Cryptography;
using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>A set of works of a store: of each segment a range, a list or a bitmap of its rows. All figures are algebra on such sets. Immutable.</summary>
public sealed class WorkSet
{
    readonly RowSet[] rows;
    YearCounts? counted;

    internal WorkSet(WorksStore store, RowSet[] rows) => (Store, this.rows, Count, Bytes) = (store, rows, rows.Sum(each => (long)each.Count), rows.Sum(each => each.Bytes));

    public WorksStore Store { get; }

    public long Count { get; }

    /// <summary>About how much memory it holds.</summary>
    internal long Bytes { get; }

    public WorkSet And(WorkSet other) => Store.Met.Take(new(this, other, Meeting.And), static m => m.A.Combine(m.B, static (a, b) => a.And(b)));
    public WorkSet Or(WorkSet other) => Combine(other, static (a, b) => a.Or(b));
    public WorkSet Except(WorkSet other) => Store.Met.Take(new(this, other, Meeting.Except), static m => m.A.Combine(m.B, static (a, b) => a.Except(b)));

    /// <summary>How many works of each year, indexed by year - first; works without a year are left out.</summary>
    public long[] CountByYear(int first, int last)
    {
        var counts = new long[Math.Max(0, last - first + 1)];
        if (Store.FirstYear is not { } earliest || Store.LastYear is not { } latest) return counts;
        var (from, to) = (Math.Max(first, earliest), Math.Min(last, latest));
        if (from > to) return counts;
        // One answer asks a set for its years more than once, and a set never changes.
        if (counted is not { } known || from < known.First || to > known.Last) counted = known = new(from, to, Counted(from, to));
        known.Each.AsSpan(from - known.First, to - from + 1).CopyTo(counts.AsSpan(from - first));
        return counts;
    }

    long[] Counted(int first, int last)
    {
        var counts = new long[last - first + 1];
        var bounds = new int[counts.Length + 1];
        foreach (var segment in Store.Segments)
        {
            for (var i = 0; i < bounds.Length; i++) bounds[i] = segment.Years.Before(first + i);
            rows[segment.Index].CountBetween(bounds, counts);
        }
        return counts;
    }

    /// <summary>Segment and work numbers, in order.</summary>
    public IEnumerable<(WorksSegment Segment, int Work)> Works()
    {
        foreach (var segment in Store.Segments)
            foreach (var work in rows[segment.Index].Each()) yield return (segment, work);
    }

    /// <summary>SHA-256 (lower-case hex) of the ids "W123" in ordinal order, each followed by a newline.</summary>
    public string Digest() => OrdinalIds.Of(this).Digest();

    /// <summary>Adds what <see cref="Digest"/> is the hash of to a hash of more than one set.</summary>
    public void AppendTo(IncrementalHash hash) => OrdinalIds.Of(this).AppendTo(hash);

    /// <summary>The ids "W123" in ordinal order.</summary>
    public IReadOnlyList<string> Ids() => OrdinalIds.Of(this).ToList();

    internal RowSet Rows(WorksSegment segment) => rows[segment.Index];

    WorkSet Combine(WorkSet other, Func<RowSet, RowSet, RowSet> combine)
    {
        if (other.Store != Store) throw new ArgumentException("Sets of works of different stores.", nameof(other));
        var result = new RowSet[rows.Length];
        for (var i = 0; i < rows.Length; i++) result[i] = combine(rows[i], other.rows[i]);
        return new(Store, result);
    }

    /// <summary>Works of each year from First to Last.</summary>
    sealed record YearCounts(int First, int Last, long[] Each);
}
