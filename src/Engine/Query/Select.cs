using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>The questions that the engine answers about works. Sets hold only works that stand (not superseded).</summary>
public static class Select
{
    /// <summary>So many works that two processors are worth their waking.</summary>
    const int Many = 1 << 20;

    public static WorkSet All(WorksStore store) => Ranges(store, segment => (0, segment.Count));

    public static WorkSet OfYears(WorksStore store, int first, int last) => Ranges(store, segment => segment.WorksOfYears(first, last));

    /// <summary>Works that carry every one of these flags.</summary>
    public static WorkSet Flagged(WorksStore store, WorkFlags flags) => Passing(store, new() { With = flags });

    /// <summary>Works for which every condition of the filter holds. Kept by the store for the next that asks.</summary>
    public static WorkSet Passing(WorksStore store, WorkFilter filter) =>
        store.Filtered(filter, f => Each(store, segment => Standing(segment, FilterRows.Of(segment, f)), sideBySide: store.Works > Many));

    /// <summary>Works that list at least one unit of the set.</summary>
    public static WorkSet Listing(WorksStore store, UnitSet units) => Each(store, segment => Standing(segment, Listing(segment, units.Members(segment))));

    /// <summary>The works among these with two different authorships, one on each side.</summary>
    public static WorkSet TwoAuthors(WorkSet among, UnitSet a, UnitSet b) => Each(among.Store, segment =>
    {
        var words = Empty(segment);
        var listings = segment.Listings;
        var inA = a.Flags(segment);
        var inB = b.Flags(segment);
        var rows = among.Rows(segment).GetEnumerator();
        Span<int> together = stackalloc int[Listings.Together];
        for (int taken; (taken = rows.Take(together)) > 0;)
        {
            listings.Prefetch(together[..taken]);
            foreach (var work in together[..taken])
                if (TwoAuthors(listings, work, inA, inB)) words[work >> 6] |= 1UL << work;
        }
        return RowSet.OfBits(segment.Count, words);
    });

    /// <summary>The works among these whose units belong to at least so many groups, two or more; group gives a unit's, -1 for none.</summary>
    public static WorkSet SeveralGroups(WorkSet among, Func<Unit, int> group, int atLeast = 2)
    {
        var groups = new UnitGroups(among.Store, group);
        return Each(among.Store, segment =>
        {
            var words = Empty(segment);
            var listings = segment.Listings;
            var groupOf = Array.ConvertAll(among.Store.Units.NumbersOf(segment), unit => groups[unit]);
            var others = new int[atLeast - 1];
            foreach (var work in among.Rows(segment))
                if (atLeast == 2 ? Several(listings.UnitsOf(work), groupOf) : Several(listings.UnitsOf(work), groupOf, others)) words[work >> 6] |= 1UL << work;
            return RowSet.OfBits(segment.Count, words);
        }, sideBySide: among.Count > Many);
    }

    /// <summary>The same of all works. It walks every listing, or those of works of at least one group less, and is kept beside the works where copies are.</summary>
    public static WorkSet SeveralGroups(WorksStore store, Func<Unit, int> group, int atLeast = 2) =>
        SetFile.Of(store, atLeast == 2 ? "several-groups" : $"groups-{atLeast}", new UnitGroups(store, group).Stamp,
            () => SeveralGroups(atLeast == 2 ? All(store) : SeveralGroups(store, group, atLeast - 1), group, atLeast));

    /// <summary>All works that list at least two organisations, kept likewise.</summary>
    public static WorkSet SeveralOrganisations(WorksStore store) => SetFile.Of(store, "several-organisations", [], () => SeveralOrganisations(All(store)));

    /// <summary>The works among these that list at least two organisations.</summary>
    public static WorkSet SeveralOrganisations(WorkSet among)
    {
        var number = new Dictionary<Unit, int>(ReferenceEqualityComparer.Instance);
        var (units, organisations) = (among.Store.Units.Units, among.Store.Units.OrganisationNumbers);
        for (var unit = 0; unit < units.Count; unit++) number[units[unit]] = organisations[unit];
        return SeveralGroups(among, unit => number[unit]);
    }

    /// <summary>How many works among these list each organisation (by OpenAlex number), each work once. Units without a number are left out.</summary>
    public static IReadOnlyDictionary<long, long> CountByOrganisation(WorkSet among)
    {
        var directory = among.Store.Units;
        var found = new long[directory.Organisations.Count];
        var last = new int[found.Length];
        foreach (var segment in among.Store.Segments)
        {
            var organisations = directory.OrganisationsOf(segment);
            var listings = segment.Listings;
            Array.Fill(last, -1);
            foreach (var work in among.Rows(segment))
                foreach (var unit in listings.UnitsOf(work))
                {
                    var organisation = organisations[unit];
                    if (last[organisation] == work) continue;
                    last[organisation] = work;
                    found[organisation]++;
                }
        }
        var counts = new Dictionary<long, long>();
        for (var i = 0; i < found.Length; i++)
            if (found[i] > 0 && directory.Organisations[i] != 0) counts.Add(directory.Organisations[i], found[i]);
        return counts;
    }

    /// <summary>One authorship on each side, and more than one authorship that is on either: then two of them are different.</summary>
    static bool TwoAuthors(Listings listings, int work, ReadOnlySpan<bool> a, ReadOnlySpan<bool> b)
    {
        var (first, last) = listings.AuthorsOf(work);
        int ofEither = 0;
        bool anyA = false, anyB = false;
        for (var author = first; author < last; author++)
        {
            bool inA = false, inB = false;
            foreach (var unit in listings.UnitsOfAuthor(author))
            {
                inA |= a[unit];
                inB |= b[unit];
            }
            if (!(inA | inB)) continue;
            (anyA, anyB, ofEither) = (anyA | inA, anyB | inB, ofEither + 1);
            if (anyA & anyB && ofEither > 1) return true;
        }
        return false;
    }

    static bool Several(ReadOnlySpan<int> units, int[] groupOf)
    {
        var first = -1;
        foreach (var unit in units)
        {
            var group = groupOf[unit];
            if (group < 0) continue;
            if (first >= 0 && group != first) return true;
            first = group;
        }
        return false;
    }

    /// <param name="others">room for all groups but the last that is looked for</param>
    static bool Several(ReadOnlySpan<int> units, int[] groupOf, Span<int> others)
    {
        var found = 0;
        foreach (var unit in units)
        {
            var group = groupOf[unit];
            if (group < 0 || others[..found].Contains(group)) continue;
            if (found == others.Length) return true;
            others[found++] = group;
        }
        return false;
    }

    static RowSet Listing(WorksSegment segment, ReadOnlySpan<int> units)
    {
        if (units.Length == 1) return RowSet.OfList(segment.Count, segment.WorksOf(units[0]).ToArray());
        var length = 0;
        foreach (var unit in units) length += segment.WorksOf(unit).Length;
        if (length < segment.Count / 64) return RowSet.OfList(segment.Count, Sorted(segment, units, length));
        var words = Empty(segment);
        foreach (var unit in units)
            foreach (var work in segment.WorksOf(unit)) words[work >> 6] |= 1UL << work;
        return RowSet.OfBits(segment.Count, words);
    }

    static int[] Sorted(WorksSegment segment, ReadOnlySpan<int> units, int length)
    {
        var (all, at) = (new int[length], 0);
        foreach (var unit in units)
        {
            var works = segment.WorksOf(unit);
            works.CopyTo(all.AsSpan(at));
            at += works.Length;
        }
        RowSort.Sort(all, segment.Count);
        var kept = 0;
        foreach (var work in all)
            if (kept == 0 || all[kept - 1] != work) all[kept++] = work;
        return all[..kept];
    }

    static WorkSet Ranges(WorksStore store, Func<WorksSegment, (int First, int Last)> range) => Each(store, segment =>
    {
        var (first, last) = range(segment);
        return Standing(segment, RowSet.OfRange(segment.Count, first, last));
    });

    /// <param name="sideBySide">on all processors: what reads columns of many works</param>
    static WorkSet Each(WorksStore store, Func<WorksSegment, RowSet> rows, bool sideBySide = false)
    {
        var result = new RowSet[store.Segments.Count];
        if (sideBySide) Parallel.For(0, result.Length, i => result[i] = rows(store.Segments[i]));
        else
            for (var i = 0; i < result.Length; i++) result[i] = rows(store.Segments[i]);
        return new(store, result);
    }

    static ulong[] Empty(WorksSegment segment) => new ulong[(segment.Count + 63) / 64];

    static RowSet Standing(WorksSegment segment, RowSet rows) => segment.Dead is { } dead ? rows.Except(dead) : rows;
}
