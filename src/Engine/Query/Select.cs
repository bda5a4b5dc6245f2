using System.Runtime.InteropServices;
using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>The questions that the engine answers about works. Sets hold only works that stand (not superseded).</summary>
public static class Select
{
    public static WorkSet All(WorksStore store) => Ranges(store, segment => (0, segment.Count));

    public static WorkSet OfYears(WorksStore store, int first, int last) => Ranges(store, segment => segment.WorksOfYears(first, last));

    /// <summary>Works that carry every one of these flags.</summary>
    public static WorkSet Flagged(WorksStore store, WorkFlags flags) => Each(store, segment => segment.Flagged(flags, Flagged));

    /// <summary>Works that list at least one unit of the set.</summary>
    public static WorkSet Listing(WorksStore store, UnitSet units) => Each(store, segment =>
    {
        var words = Empty(segment);
        foreach (var unit in units.Members(segment))
            foreach (var work in segment.WorksOf(unit)) words[work >> 6] |= 1UL << work;
        return Standing(segment, words);
    });

    /// <summary>The works among these with two different authorships, one on each side.</summary>
    public static WorkSet TwoAuthors(WorkSet among, UnitSet a, UnitSet b) => Filter(among, segment =>
    {
        return work => TwoAuthors(segment, work, a.Flags(segment), b.Flags(segment));
    });

    /// <summary>The works among these whose units belong to at least two groups; group gives a unit's, -1 for none.</summary>
    public static WorkSet SeveralGroups(WorkSet among, Func<Unit, int> group) => Filter(among, segment =>
    {
        var groups = new UnitGroups(segment, group);
        return work =>
        {
            var first = -1;
            foreach (var unit in segment.UnitsOf(work))
            {
                var of = groups[unit];
                if (of < 0) continue;
                if (first >= 0 && of != first) return true;
                first = of;
            }
            return false;
        };
    });

    /// <summary>How many works among these list each organisation (by OpenAlex number), each work once. Units without a number are left out.</summary>
    public static IReadOnlyDictionary<long, long> CountByOrganisation(WorkSet among)
    {
        var counts = new Dictionary<long, long>();
        foreach (var segment in among.Store.Segments)
        {
            var organisations = new Organisations(segment);
            var found = new long[organisations.Count];
            var last = new int[organisations.Count];
            Array.Fill(last, -1);
            foreach (var work in new SetBits(among.Bits(segment)))
                foreach (var unit in segment.UnitsOf(work))
                {
                    var organisation = organisations.Of(unit);
                    if (last[organisation] == work) continue;
                    last[organisation] = work;
                    found[organisation]++;
                }
            for (var i = 0; i < found.Length; i++)
                if (found[i] > 0 && organisations.Id(i) != 0) CollectionsMarshal.GetValueRefOrAddDefault(counts, organisations.Id(i), out _) += found[i];
        }
        return counts;
    }

    /// <summary>Two different authorships, one on each side: true unless one side is empty or a single authorship is all there is of both.</summary>
    static bool TwoAuthors(WorksSegment segment, int work, ReadOnlySpan<bool> a, ReadOnlySpan<bool> b)
    {
        var (first, last) = segment.AuthorsOf(work);
        int ofA = 0, ofB = 0, ofEither = 0;
        for (var author = first; author < last; author++)
        {
            bool inA = false, inB = false;
            foreach (var unit in segment.UnitsOfAuthor(author))
            {
                inA |= a[unit];
                inB |= b[unit];
            }
            if (inA) ofA++;
            if (inB) ofB++;
            if (inA | inB) ofEither++;
            if (ofA > 0 && ofB > 0 && ofEither > 1) return true;
        }
        return false;
    }

    static WorkSet Ranges(WorksStore store, Func<WorksSegment, (int First, int Last)> range) => Each(store, segment =>
    {
        var words = Empty(segment);
        var (first, last) = range(segment);
        Bitmaps.Fill(words, first, last);
        return Standing(segment, words);
    });

    static WorkSet Filter(WorkSet among, Func<WorksSegment, Func<int, bool>> test) => Each(among.Store, segment =>
    {
        var words = Empty(segment);
        var holds = test(segment);
        foreach (var work in new SetBits(among.Bits(segment)))
            if (holds(work)) words[work >> 6] |= 1UL << work;
        return words;
    });

    static WorkSet Each(WorksStore store, Func<WorksSegment, ulong[]> bits) => new(store, [.. store.Segments.Select(bits)]);

    static ulong[] Flagged(WorksSegment segment, WorkFlags wanted)
    {
        var words = Empty(segment);
        var flags = segment.Flags;
        for (var work = 0; work < flags.Length; work++)
            if (((WorkFlags)flags[work] & wanted) == wanted) words[work >> 6] |= 1UL << work;
        return Standing(segment, words);
    }

    static ulong[] Empty(WorksSegment segment) => new ulong[(segment.Count + 63) / 64];

    static ulong[] Standing(WorksSegment segment, ulong[] words)
    {
        if (segment.Superseded is { } superseded) Bitmaps.Except(words, superseded, words, Bitmaps.Widest);
        return words;
    }
}
