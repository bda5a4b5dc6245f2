using System.Collections.Concurrent;
using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>How many works each topic has, of all that pass a filter and of those that list an organisation: what an expectation is made of. Made when first asked for, and kept.</summary>
sealed class TopicMarginals(WorksStore store, TopicTable topics)
{
    const int MostFilters = 32, Ahead = 16;
    const long MostBytes = 256 << 20;

    readonly ConcurrentDictionary<string, int[]> worlds = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<(int Organisation, string Filter), int[]> organisations = new();

    /// <summary>Works of each topic (by its place) that pass the filter.</summary>
    public int[] World(WorkFilter filter)
    {
        if (worlds.Count >= MostFilters) worlds.Clear();
        return worlds.GetOrAdd(filter.Key, _ => CountWorld(Select.Passing(store, filter)));
    }

    /// <summary>Works of each topic that pass the filter and list the organisation, by its number in the directory.</summary>
    public int[] Of(int organisation, WorkFilter filter)
    {
        if (organisations.Count >= MostBytes / (4L * topics.Numbers.Length + 64)) organisations.Clear();
        return organisations.GetOrAdd((organisation, filter.Key), _ => CountOf(organisation, Select.Passing(store, filter)));
    }

    int[] CountWorld(WorkSet passing)
    {
        var parts = new int[store.Segments.Count][];
        Parallel.For(0, parts.Length, i => parts[i] = Count(store.Segments[i].Topics, passing.Rows(store.Segments[i])));
        var counts = new int[topics.Numbers.Length];
        foreach (var part in parts)
            for (var place = 0; place < counts.Length; place++) counts[place] += part[place];
        return counts;
    }

    int[] Count(Coded<int> column, RowSet passing)
    {
        var counts = new int[topics.Numbers.Length];
        Span<int> block = stackalloc int[64];
        var bits = passing.Count == column.Length ? null : passing.Bits;
        for (var first = 0; first < column.Length; first += 64)
        {
            var some = block[..Math.Min(64, column.Length - first)];
            var word = bits is null ? ulong.MaxValue : bits[first >> 6];
            if (word == 0) continue;
            column.Unpack(first, some);
            for (var i = 0; i < some.Length; i++) counts[topics.PlaceOf(some[i])] += (int)(word >> i & 1);
        }
        return counts;
    }

    int[] CountOf(int organisation, WorkSet passing)
    {
        var counts = new int[topics.Numbers.Length];
        Parallel.ForEach(store.Segments, () => new int[counts.Length], (segment, _, part) => CountOf(organisation, segment, passing.Rows(segment), part), part =>
        {
            lock (counts)
                for (var place = 0; place < counts.Length; place++) counts[place] += part[place];
        });
        return counts;
    }

    int[] CountOf(int organisation, WorksSegment segment, RowSet passing, int[] counts)
    {
        var column = segment.Topics;
        var bits = passing.Count == segment.Count ? null : passing.Bits;
        var units = store.Units.UnitsOf(segment, organisation);
        // A work may list an organisation in two ways.
        var seen = units.Count > 1 ? new HashSet<int>() : null;
        foreach (var unit in units)
        {
            var works = segment.WorksOf(unit);
            for (var i = 0; i < works.Length; i++)
            {
                // Topics of works far apart lie in as many places: the memory is asked for one some works ahead.
                if (i + Ahead < works.Length) column.Prefetch(works[i + Ahead]);
                if ((bits is null || (bits[works[i] >> 6] >> works[i] & 1) != 0) && seen?.Add(works[i]) != false) counts[topics.PlaceOf(column[works[i]])]++;
            }
        }
        return counts;
    }
}
