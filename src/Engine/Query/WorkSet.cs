using System.Security.Cryptography;
using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>A set of works of a store: of each segment a range, a list or a bitmap of its rows. All figures are algebra on such sets. Immutable.</summary>
public sealed class WorkSet
{
    readonly RowSet[] rows;

    internal WorkSet(WorksStore store, RowSet[] rows) => (Store, this.rows, Count, Bytes) = (store, rows, rows.Sum(each => (long)each.Count), rows.Sum(each => each.Bytes));

    public WorksStore Store { get; }

    public long Count { get; }

    /// <summary>About how much memory it holds.</summary>
    internal long Bytes { get; }

    public WorkSet And(WorkSet other) => Store.Met.Take(this, other, (x, y) => x.Combine(y, (a, b) => a.And(b)));
    public WorkSet Or(WorkSet other) => Combine(other, (a, b) => a.Or(b));
    public WorkSet Except(WorkSet other) => Combine(other, (a, b) => a.Except(b));

    /// <summary>How many works of each year, indexed by year - first; works without a year are left out.</summary>
    public long[] CountByYear(int first, int last)
    {
        var counts = new long[Math.Max(0, last - first + 1)];
        foreach (var segment in Store.Segments)
            for (var year = Math.Max(first, 1); year <= last; year++)
            {
                var (from, to) = segment.WorksOfYears(year, year);
                counts[year - first] += rows[segment.Index].CountWithin(from, to);
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
}
