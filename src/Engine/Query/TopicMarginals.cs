using System.Collections.Concurrent;
using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>How many works each topic has, of all that pass a filter and of those that list an organisation: what an expectation is made of. Made when first asked for, and kept.</summary>
sealed class TopicMarginals(WorksStore store, TopicTable topics)
{
    const int MostFilters = 32;
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

    /// <summary>Works of a topic follow one another within a year, so that few places are looked up.</summary>
    int[] Count(Coded<int> column, RowSet passing)
    {
        var counts = new int[topics.Numbers.Length];
        var (topic, place) = (-1, -1);
        foreach (var work in passing)
        {
            if (place < 0 || column[work] != topic) (topic, place) = (column[work], topics.PlaceOf(column[work]));
            counts[place]++;
        }
        return counts;
    }

    int[] CountOf(int organisation, WorkSet passing)
    {
        var counts = new int[topics.Numbers.Length];
        foreach (var segment in store.Segments)
        {
            var column = segment.Topics;
            var bits = passing.Rows(segment).Bits;
            var units = store.Units.UnitsOf(segment, organisation);
            // A work may list an organisation in two ways.
            var seen = units.Count > 1 ? new HashSet<int>() : null;
            foreach (var unit in units)
                foreach (var work in segment.WorksOf(unit))
                    if ((bits[work >> 6] >> work & 1) != 0 && seen?.Add(work) != false) counts[topics.PlaceOf(column[work])]++;
        }
        return counts;
    }
}
