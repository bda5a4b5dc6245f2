using System.Runtime.CompilerServices;
using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>
/// Reads the listings of some of an ego copy's works, which follow one another. A pair of work and unit belongs to the row 2 * unit
/// where it tells a partner, else to 2 * unit + 1. The work at hand is remembered for each unit and each organisation met, so that neither comes twice.
/// </summary>
sealed class EgoPart
{
    readonly UnitSet side;
    readonly UnitDirectory directory;
    readonly UnitGroups groups;
    readonly int[] unitSeen, organisationSeen;
    readonly Dictionary<int, ulong[]> groupWorks = [];
    readonly Func<int, ulong[]> bitsOf;
    readonly ulong[] several;
    int[] keys;
    int found;

    /// <param name="bitsOf">the bits of all works for a group: parts write in different words of them</param>
    /// <param name="several">the bits of works with several groups, likewise</param>
    public EgoPart(UnitSet side, UnitGroups groups, int works, Func<int, ulong[]> bitsOf, ulong[] several)
    {
        (this.side, this.groups, this.bitsOf, this.several, directory) = (side, groups, bitsOf, several, side.Store.Units);
        (Counts, keys) = (new int[2 * directory.Units.Count + 1], new int[2 * works + 64]);
        (unitSeen, organisationSeen) = (new int[directory.Units.Count], new int[directory.Organisations.Count]);
        Array.Fill(unitSeen, -1);
        Array.Fill(organisationSeen, -1);
    }

    /// <summary>How many pairs belong to each row.</summary>
    public int[] Counts { get; }

    /// <summary>The rows of all pairs, work after work; where those of a work end is told as it is read.</summary>
    public ReadOnlySpan<int> Keys => keys.AsSpan(0, found);

    /// <param name="works">the row in the segment of each work</param>
    /// <param name="ends">where the pairs of each work end</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read(Ego.Stretch stretch, int[] works, int[] ends, int[] topicOf, TopicTable topics)
    {
        var segment = side.Store.Segments[stretch.Segment];
        var (listings, topicColumn) = (segment.Listings, segment.Topics);
        var (numbers, organisations) = (directory.NumbersOf(segment), directory.OrganisationsOf(segment));
        var flags = side.Flags(segment);
        Span<(int, int)> spans = stackalloc (int, int)[Listings.Together];
        for (var work = stretch.First; work < stretch.Last; work++)
        {
            var at = (work - stretch.First) % Listings.Together;
            if (at == 0) Look(works.AsSpan(work, Math.Min(Listings.Together, stretch.Last - work)), topicColumn, listings, spans);
            topicOf[work] = topics.PlaceOf(topicColumn[works[work]]);
            var listed = listings.Units(spans[at]);
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
                Counts[key]++;
                keys[found++] = key;
                group = Group(work, group, groups[number]);
            }
            ends[work] = found;
        }
    }

    static void Look(ReadOnlySpan<int> works, Coded<int> topics, Listings listings, Span<(int, int)> spans)
    {
        foreach (var work in works) topics.Prefetch(work);
        listings.Spans(works, spans);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    int Group(int work, int before, int group)
    {
        if (group < 0 || group == before) return before;
        if (!groupWorks.TryGetValue(group, out var bits)) groupWorks.Add(group, bits = bitsOf(group));
        bits[work >> 6] |= 1UL << work;
        if (before >= 0) several[work >> 6] |= 1UL << work;
        return group;
    }
}
