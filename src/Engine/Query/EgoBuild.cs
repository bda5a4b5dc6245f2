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

    // A pair of work and unit belongs to the row 2 * unit where it tells a partner, else to 2 * unit + 1. The work at hand is
    // remembered for each unit and each organisation met, so that neither comes twice.
    readonly int[] rowCounts, unitSeen, organisationSeen;
    int[] keys = new int[1024];
    int found;
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
        (rowCounts, unitSeen, organisationSeen) = (new int[2 * directory.Units.Count + 1], new int[directory.Units.Count], new int[directory.Organisations.Count]);
        Array.Fill(unitSeen, -1);
        Array.Fill(organisationSeen, -1);
        firstYear = store.FirstYear ?? 1;
        yearStarts = new int[(store.LastYear ?? 0) < firstYear ? 1 : store.LastYear!.Value - firstYear + 2];
        Lay(rows);
    }

    public static Ego Of(UnitSet side, UnitGroups groups, TopicTable topics)
    {
        var build = new EgoBuild(side, groups, topics);
        foreach (var stretch in build.stretches) build.Read(stretch);
        return build.Finish();
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

    void Read(Ego.Stretch stretch)
    {
        var segment = store.Segments[stretch.Segment];
        var listings = segment.Listings;
        var topicColumn = segment.Topics;
        var (numbers, organisations) = (directory.NumbersOf(segment), directory.OrganisationsOf(segment));
        var flags = side.Flags(segment);
        for (var work = stretch.First; work < stretch.Last; work++)
        {
            topicOf[work] = topics.PlaceOf(topicColumn[works[work]]);
            var listed = listings.UnitsOf(works[work]);
            if (found + listed.Length > keys.Length) Array.Resize(ref keys, 2 * (found + listed.Length));
            var group = -1;
            foreach (var unit in listed)
            {
                var number = numbers[unit];
                if (unitSeen[number] == work) continue;
                unitSeen[number] = work;
                var key = 2 * number + 1;
                var organisation = organisations[unit];
                if (!flags[unit] && organisationSeen[organisation] != work && directory.Organisations[organisation] != 0)
                {
                    organisationSeen[organisation] = work;
                    key--;
                }
                rowCounts[key]++;
                keys[found++] = key;
                group = Group(work, group, groups[number]);
            }
            ends[work] = found;
        }
    }

    int Group(int work, int before, int group)
    {
        if (group < 0 || group == before) return before;
        if (!groupWorks.TryGetValue(group, out var bits)) groupWorks.Add(group, bits = new ulong[several.Length]);
        bits[work >> 6] |= 1UL << work;
        if (before >= 0) several[work >> 6] |= 1UL << work;
        return group;
    }

    Ego Finish()
    {
        var (rowUnits, rowOf, starts, partners) = Rows();
        var next = starts.AsSpan(0, rowUnits.Length).ToArray();
        var posts = new int[found];
        for (int work = 0, at = 0; work < works.Length; work++)
            for (; at < ends[work]; at++) posts[next[rowOf[keys[at]]]++] = work;
        var byUnit = Enumerable.Range(0, rowUnits.Length).ToArray();
        Array.Sort([.. rowUnits], byUnit);
        var groupNumbers = groupWorks.Keys.Order().ToArray();
        return new(store, side)
        {
            Works = works, Stretches = [.. stretches], FirstYear = firstYear, YearStarts = yearStarts, Topics = topicOf,
            Posts = posts, RowStarts = starts, RowUnits = rowUnits, ByUnit = byUnit, Partners = partners,
            Groups = groupNumbers, GroupWorks = [.. groupNumbers.Select(group => RowSet.OfBits(works.Length, groupWorks[group]))], SeveralGroups = several,
        };
    }

    /// <summary>Numbers the rows: those of partners first, by falling number of works, then the others.</summary>
    (int[] Units, int[] RowOf, int[] Starts, Ego.Partner[] Partners) Rows()
    {
        var telling = new List<(int Organisation, int Unit)>();
        var others = new List<int>();
        for (var unit = 0; unit < directory.Units.Count; unit++)
        {
            if (rowCounts[2 * unit] > 0) telling.Add((directory.OrganisationOf(unit), unit));
            if (rowCounts[2 * unit + 1] > 0) others.Add(unit);
        }
        var byWorks = telling.GroupBy(row => row.Organisation)
            .Select(rows => (Organisation: rows.Key, Rows: rows.Select(row => row.Unit).ToArray(), Works: rows.Sum(row => rowCounts[2 * row.Unit])))
            .OrderByDescending(partner => partner.Works).ThenBy(partner => directory.Organisations[partner.Organisation]).ToArray();
        var (units, rowOf, starts) = (new int[telling.Count + others.Count], new int[rowCounts.Length], new int[telling.Count + others.Count + 1]);
        var partners = new Ego.Partner[byWorks.Length];
        var row = 0;
        for (var i = 0; i < partners.Length; i++)
        {
            var first = row;
            foreach (var unit in byWorks[i].Rows) Add(unit, 2 * unit);
            partners[i] = new(byWorks[i].Organisation, first, row, byWorks[i].Works);
        }
        foreach (var unit in others) Add(unit, 2 * unit + 1);
        return (units, rowOf, starts, partners);

        void Add(int unit, int key)
        {
            (units[row], rowOf[key]) = (unit, row);
            starts[row + 1] = starts[row] + rowCounts[key];
            row++;
        }
    }
}
