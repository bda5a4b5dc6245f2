using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>Which works of a store are, by their ids, works of another store.</summary>
public static class SameIds
{
    /// <summary>Up to so many ids are looked up in a table.</summary>
    const int Few = 1 << 18;

    /// <summary>More are looked up as bits, 2^30 ids (128 MB) at a time: ids of OpenAlex lie below 2^33, so that a vintage of any size takes few passes and no more memory.</summary>
    const int Stretch = 30;

    /// <summary>The works of the store that the set of another store has too.</summary>
    public static WorkSet Of(WorksStore store, WorkSet other) => Of(store, other, Few, Stretch);

    internal static WorkSet Of(WorksStore store, WorkSet other, int few, int stretch)
    {
        if (other.Store == store) return other;
        var found = store.Segments.Select(segment => new ulong[(segment.Count + 63) / 64]).ToArray();
        if (other.Count <= few)
        {
            var table = Ids(other).ToHashSet();
            Mark(store, found, table.Contains);
        }
        else
        {
            foreach (var (number, last) in Stretches(other, stretch)) MarkStretch(store, found, other, number << stretch, last);
        }
        return new(store, [.. store.Segments.Select((segment, i) => Standing(segment, RowSet.OfBits(segment.Count, found[i])))]);
    }

    static void MarkStretch(WorksStore store, ulong[][] found, WorkSet other, long first, long last)
    {
        var bits = new ulong[((last - first) >> 6) + 1];
        foreach (var id in Ids(other))
            if (id >= first && id <= last) bits[(id - first) >> 6] |= 1UL << (int)(id - first);
        Mark(store, found, id => id >= first && id <= last && (bits[(id - first) >> 6] >> (int)(id - first) & 1) != 0);
    }

    /// <summary>The stretches that the ids lie in, each with the last id in it.</summary>
    static Dictionary<long, long> Stretches(WorkSet works, int stretch)
    {
        var last = new Dictionary<long, long>();
        foreach (var id in Ids(works)) last[id >> stretch] = Math.Max(id, last.GetValueOrDefault(id >> stretch));
        return last;
    }

    static void Mark(WorksStore store, ulong[][] found, Func<long, bool> isThere) => Parallel.ForEach(store.Segments, segment =>
    {
        var (ids, words) = (segment.Ids, found[segment.Index]);
        for (var work = 0; work < segment.Count; work++)
            if (isThere(ids[work])) words[work >> 6] |= 1UL << work;
    });

    static IEnumerable<long> Ids(WorkSet works) => works.Works().Select(each => each.Segment.Ids[each.Work]);

    static RowSet Standing(WorksSegment segment, RowSet rows) => segment.Dead is { } dead ? rows.Except(dead) : rows;
}
