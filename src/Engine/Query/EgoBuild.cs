using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>Makes an ego copy in one pass over the listings of its works and one over what was found.</summary>
sealed class EgoBuild
{
    readonly WorksStore store;
    readonly UnitSet side;
    readonly UnitDirectory directory;
    readonly UnitGroups groups;
    readonly TopicTable topics;

    readonly int[] works, topicOf;
    readonly List<Ego.Stretch> stretches = [];
    readonly int firstYear;
    readonly int[] yearStarts;

    /// <summary>So many works are read by one thread; where there are more, by one for each processor.</summary>
    const int Few = 1 << 14;

    readonly int[] ends;
    readonly Dictionary<int, ulong[]> groupWorks = [];
    readonly ulong[] several;

    EgoBuild(UnitSet side, UnitGroups groups, TopicTable topics)
    {
        (store, this.side, this.groups, this.topics) = (side.Store, side, groups, topics);
        directory = store.Units;
        var rows = store.Segments.Select(segment => Rows(segment)).ToList();
        works = new int[rows.Sum(row => row.Length)];
        (topicOf, ends, several) = (new int[works.Length], new int[works.Length], new ulong[(works.Length + 63) / 64]);
        firstYear = store.FirstYear ?? 1;
        yearStarts = new int[(store.LastYear ?? 0) < firstYear ? 1 : store.LastYear!.Value - firstYear + 2];
        Lay(rows);
    }

    /// <param name="parts">on how many threads; the copy does not depend on it</param>
    public static Ego Of(UnitSet side, UnitGroups groups, TopicTable topics, int? parts = null)
    {
        var build = new EgoBuild(side, groups, topics);
        // Parts end where a word of bits does, so that no two write in one.
        var count = build.works.Length;
        var threads = parts ?? (count <= Few ? 1 : Environment.ProcessorCount);
        if (threads > 1) groups.AskAll();
        var bounds = Enumerable.Range(0, threads + 1).Select(part => part == threads ? count : (int)((long)count * part / threads) & ~63).ToArray();
        var read = new EgoPart[threads];
        Parallel.For(0, threads, part => read[part] = build.Read(bounds[part], bounds[part + 1]));
        return build.Finish(read, bounds);
    }

    EgoPart Read(int first, int last)
    {
        var part = new EgoPart(side, groups, last - first, BitsOf, several);
        foreach (var stretch in stretches)
            if (stretch.First < last && stretch.Last > first)
                part.Read(stretch with { First = Math.Max(first, stretch.First), Last = Math.Min(last, stretch.Last) }, works, ends, topicOf, topics);
        return part;
    }

    ulong[] BitsOf(int group)
    {
        lock (groupWorks)
        {
            if (!groupWorks.TryGetValue(group, out var bits)) groupWorks.Add(group, bits = new ulong[several.Length]);
            return bits;
        }
    }

    /// <summary>The works that list a unit of the side, rising.</summary>
    int[] Rows(WorksSegment segment)
    {
        var members = side.Members(segment);
        if (members.Length == 0) return [];
        if (members.Length == 1 && segment.Superseded is null) return segment.WorksOf(members[0]).ToArray();
        var length = 0;
        foreach (var unit in members) length += segment.WorksOf(unit).Length;
        var all = new int[length];
        length = 0;
        foreach (var unit in members)
        {
            segment.WorksOf(unit).CopyTo(all.AsSpan(length));
            length += segment.WorksOf(unit).Length;
        }
        if (members.Length > 1) RowSort.Sort(all, segment.Count);
        var kept = 0;
        foreach (var work in all)
            if ((kept == 0 || all[kept - 1] != work) && segment.Stands(work)) all[kept++] = work;
        return all[..kept];
    }

    /// <summary>Brings the works of all segments in order of year.</summary>
    void Lay(List<int[]> rows)
    {
        var next = new int[rows.Count];
        var at = 0;
        for (var i = -1; i < yearStarts.Length - 1; i++)
        {
            if (i >= 0) yearStarts[i] = at;
            foreach (var segment in store.Segments)
            {
                var (first, all) = (next[segment.Index], rows[segment.Index]);
                var end = segment.WorksOfYears(i < 0 ? 0 : firstYear + i, i < 0 ? 0 : firstYear + i).Last;
                var last = first;
                if (first < all.Length && all[first] < end)
                {
                    last = Array.BinarySearch(all, first, all.Length - first, end);
                    if (last < 0) last = ~last;
                }
                if (last == first) continue;
                all.AsSpan(first, last - first).CopyTo(works.AsSpan(at));
                stretches.Add(new(segment.Index, at, at + last - first));
                next[segment.Index] = last;
                at += last - first;
            }
        }
        yearStarts[^1] = at;
    }

    Ego Finish(EgoPart[] parts, int[] bounds)
    {
        var counts = parts[0].Counts.ToArray();
        foreach (var part in parts.AsSpan(1))
            for (var key = 0; key < counts.Length; key++) counts[key] += part.Counts[key];
        var (rowUnits, rowOf, starts, partners) = Rows(counts);
        var posts = new int[starts[^1]];
        // Where each part goes on in each row.
        var next = new int[parts.Length][];
        for (var part = 0; part < parts.Length; part++)
        {
            next[part] = part == 0 ? Array.ConvertAll(rowOf, row => starts[row]) : [.. next[part - 1]];
            if (part > 0)
                for (var key = 0; key < counts.Length; key++) next[part][key] += parts[part - 1].Counts[key];
        }
        Parallel.For(0, parts.Length, part => Lay(parts[part].Keys, next[part], bounds[part], bounds[part + 1], posts));
        var groupNumbers = groupWorks.Keys.Order().ToArray();
        var groupSets = new RowSet[groupNumbers.Length];
        Parallel.For(0, groupSets.Length, i => groupSets[i] = RowSet.OfBits(works.Length, groupWorks[groupNumbers[i]]));
        return new(store, side)
        {
            Works = works, Stretches = [.. stretches], FirstYear = firstYear, YearStarts = yearStarts, Topics = topicOf,
            Posts = posts, RowStarts = starts, RowUnits = rowUnits, ByUnit = ByUnit(counts, rowOf), Partners = partners,
            Groups = groupNumbers, GroupWorks = groupSets, SeveralGroups = several,
        };
    }

    /// <summary>Each pair's work goes to its row; works come rising, and so do those of a row.</summary>
    void Lay(ReadOnlySpan<int> keys, int[] next, int first, int last, int[] posts)
    {
        var at = 0;
        for (var work = first; work < last; work++)
            for (; at < ends[work]; at++) posts[next[keys[at]]++] = work;
    }

    /// <summary>Numbers the rows: those of partners first, by falling number of works, then the others.</summary>
    (int[] Units, int[] RowOf, int[] Starts, Ego.Partner[] Partners) Rows(int[] counts)
    {
        var (order, unitsOf) = Partners(counts);
        var rows = counts.Length - counts.AsSpan().Count(0);
        var (units, rowOf, starts) = (new int[rows], new int[counts.Length], new int[rows + 1]);
        var partners = new Ego.Partner[order.Length];
        var row = 0;
        for (var i = 0; i < partners.Length; i++)
        {
            var first = row;
            for (var unit = unitsOf.First[order[i]]; unit >= 0; unit = unitsOf.Next[unit]) Add(unit, 2 * unit);
            partners[i] = new(order[i], first, row, starts[row] - starts[first]);
        }
        for (var unit = 0; unit < directory.Units.Count; unit++)
            if (counts[2 * unit + 1] > 0) Add(unit, 2 * unit + 1);
        return (units, rowOf, starts, partners);

        void Add(int unit, int key)
        {
            (units[row], rowOf[key]) = (unit, row);
            starts[row + 1] = starts[row] + counts[key];
            row++;
        }
    }

    /// <summary>The organisations that tell partners, those with most works first (of equals the lower id), and the telling units of each, rising.</summary>
    (int[] Order, (int[] First, int[] Next) UnitsOf) Partners(int[] counts)
    {
        var (works, first, next) = (new int[directory.Organisations.Count], new int[directory.Organisations.Count], new int[directory.Units.Count]);
        Array.Fill(first, -1);
        for (var unit = next.Length - 1; unit >= 0; unit--)
        {
            if (counts[2 * unit] == 0) continue;
            var organisation = directory.OrganisationOf(unit);
            works[organisation] += counts[2 * unit];
            (next[unit], first[organisation]) = (first[organisation], unit);
        }
        int[] order = [.. Enumerable.Range(0, works.Length).Where(organisation => works[organisation] > 0)];
        var keys = Array.ConvertAll(order, organisation => (long)-works[organisation] << 32 | (uint)directory.OrganisationRanks[organisation]);
        Array.Sort(keys, order);
        return (order, (first, next));
    }

    /// <summary>All rows in order of unit.</summary>
    static int[] ByUnit(int[] counts, int[] rowOf)
    {
        var (result, at) = (new int[counts.Length - counts.AsSpan().Count(0)], 0);
        for (var key = 0; key < counts.Length; key++)
            if (counts[key] > 0) result[at++] = rowOf[key];
        return result;
    }
}
