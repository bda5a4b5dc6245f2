using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>Weighs the works of one segment for a set of units.</summary>
sealed class Scale(WorksSegment segment, UnitSet units, UnitGroups? groups)
{
    readonly Organisations organisations = new(segment);

    // Sharers of the work or authorship at hand: numbers of organisations or groups, and whether the set has them.
    readonly List<int> sharers = [];
    readonly List<bool> counted = [];

    // For authorships that list n organisations: how many organisations of the set they list together.
    readonly SortedDictionary<int, long> byListed = [];

    /// <summary>The share of the work's distinct organisations, or groups, that the set has.</summary>
    public double ByShare(int work)
    {
        Gather(segment.UnitsOf(work));
        return sharers.Count == 0 ? 0 : (double)Counted() / sharers.Count;
    }

    /// <summary>Each authorship with a unit has one part, and gives it evenly to its organisations.</summary>
    public double ByAuthor(int work)
    {
        byListed.Clear();
        var authors = 0;
        var (first, last) = segment.AuthorsOf(work);
        for (var author = first; author < last; author++)
        {
            Gather(segment.UnitsOfAuthor(author));
            if (sharers.Count == 0) continue;
            authors++;
            var own = Counted();
            if (own > 0) byListed[sharers.Count] = byListed.GetValueOrDefault(sharers.Count) + own;
        }
        return byListed.Count == 0 ? 0 : Divide(authors);
    }

    /// <summary>
    /// The sum of own / (listed x authors). Over the common denominator as long as that is below 2^53, where doubles hold every
    /// whole number, so that the one division rounds once; beyond that (no real work was seen there) part by part, by rising
    /// number of organisations listed.
    /// </summary>
    double Divide(int authors)
    {
        const long Exact = 1L << 53;
        var common = 1L;
        foreach (var listed in byListed.Keys)
        {
            common = common / Gcd(common, listed) * listed;
            if (common <= Exact / authors / 64) continue;
            var sum = 0.0;
            foreach (var (count, own) in byListed) sum += (double)own / count;
            return Math.Min(1, sum / authors);
        }
        var numerator = 0L;
        foreach (var (listed, own) in byListed) numerator += common / listed * own;
        return (double)numerator / (common * authors);
    }

    void Gather(ReadOnlySpan<int> listed)
    {
        sharers.Clear();
        counted.Clear();
        foreach (var unit in listed)
        {
            var sharer = groups is null ? organisations.Of(unit) : groups[unit];
            if (sharer < 0) continue;
            var at = sharers.IndexOf(sharer);
            if (at < 0)
            {
                at = sharers.Count;
                sharers.Add(sharer);
                counted.Add(false);
            }
            counted[at] |= units.Has(segment, unit);
        }
    }

    int Counted()
    {
        var sum = 0;
        foreach (var one in counted) sum += one ? 1 : 0;
        return sum;
    }

    static long Gcd(long a, long b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a;
    }
}
