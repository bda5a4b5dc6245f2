using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>Weighs works of one segment for a set of units.</summary>
sealed class Scale
{
    const long Exact = 1L << 53;

    readonly WorksSegment segment;
    readonly UnitSet set;

    // The sharer that each unit stands for: an organisation of the store, or a group (-1 for none).
    readonly int[] sharerOf;

    // Sharers of the work or authorship at hand, and whether the set has them.
    int[] sharers = new int[64];
    bool[] counted = new bool[64];
    int found;

    // For authorships that list n organisations: how many organisations of the set they list together.
    long[] byListed = new long[64];
    int most;

    public Scale(WorksStore store, WorksSegment segment, UnitSet set, UnitGroups? groups)
    {
        (this.segment, this.set) = (segment, set);
        sharerOf = groups is null ? store.Units.OrganisationsOf(segment) : Array.ConvertAll(store.Units.NumbersOf(segment), unit => groups[unit]);
    }

    public void Weigh(RowSet among, bool byAuthor, Span<(WorksSegment, int, double)> into)
    {
        var listings = segment.Listings;
        var flags = set.Flags(segment);
        var rows = among.GetEnumerator();
        var count = 0;
        Span<int> together = stackalloc int[Listings.Together];
        for (int taken; (taken = rows.Take(together)) > 0;)
        {
            listings.Prefetch(together[..taken]);
            foreach (var work in together[..taken])
                into[count++] = (segment, work, byAuthor ? ByAuthor(listings, work, flags) : ByShare(listings.UnitsOf(work), flags));
        }
    }

    /// <summary>The share of the work's distinct organisations, or groups, that the set has.</summary>
    double ByShare(ReadOnlySpan<int> units, ReadOnlySpan<bool> flags)
    {
        var own = Gather(units, flags);
        return found == 0 ? 0 : (double)own / found;
    }

    /// <summary>Each authorship with a unit has one part, and gives it evenly to its organisations.</summary>
    double ByAuthor(Listings listings, int work, ReadOnlySpan<bool> flags)
    {
        Array.Clear(byListed, 0, most + 1);
        most = 0;
        var authors = 0;
        var (first, last) = listings.AuthorsOf(work);
        for (var author = first; author < last; author++)
        {
            var own = Gather(listings.UnitsOfAuthor(author), flags);
            if (found == 0) continue;
            authors++;
            if (own == 0) continue;
            if (found >= byListed.Length) Array.Resize(ref byListed, 2 * found);
            byListed[found] += own;
            most = Math.Max(most, found);
        }
        return Divide(byListed, most, authors);
    }

    /// <summary>
    /// The sum of own / (listed x authors). Over the common denominator as long as that is below 2^53, where doubles hold every
    /// whole number, so that the one division rounds once; beyond that part by part, by rising number of organisations listed.
    /// </summary>
    public static double Divide(ReadOnlySpan<long> byListed, int most, int authors)
    {
        if (most < 2) return most == 0 ? 0 : (double)byListed[1] / authors;
        var common = 1L;
        for (var listed = 2; listed <= most; listed++)
        {
            if (byListed[listed] == 0) continue;
            common = common / Gcd(common, listed) * listed;
            if (common > Exact / authors / (most + 1)) return DivideInParts(byListed, most, authors);
        }
        var numerator = 0L;
        for (var listed = 1; listed <= most; listed++) numerator += common / listed * byListed[listed];
        return (double)numerator / (common * authors);
    }

    static double DivideInParts(ReadOnlySpan<long> byListed, int most, int authors)
    {
        var sum = 0.0;
        for (var listed = 1; listed <= most; listed++) sum += (double)byListed[listed] / listed;
        return Math.Min(1, sum / authors);
    }

    /// <summary>Finds the different sharers behind the units; answers how many of them the set has.</summary>
    int Gather(ReadOnlySpan<int> units, ReadOnlySpan<bool> flags)
    {
        found = 0;
        var own = 0;
        foreach (var unit in units)
        {
            var sharer = sharerOf[unit];
            if (sharer < 0) continue;
            var at = sharers.AsSpan(0, found).IndexOf(sharer);
            if (at < 0) at = Append(sharer);
            if (!flags[unit] || counted[at]) continue;
            counted[at] = true;
            own++;
        }
        return own;
    }

    int Append(int sharer)
    {
        if (found == sharers.Length)
        {
            Array.Resize(ref sharers, 2 * found);
            Array.Resize(ref counted, 2 * found);
        }
        sharers[found] = sharer;
        counted[found] = false;
        return found++;
    }

    static long Gcd(long a, long b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a;
    }
}
