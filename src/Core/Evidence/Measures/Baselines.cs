namespace Entente.Core.Evidence.Measures;

/// <summary>Works that are held against each other: of one field, type and year; 0 or empty where unknown.</summary>
readonly record struct Stratum(int Field, string Type, int Year) : IComparable<Stratum>
{
    public int CompareTo(Stratum other) => (Field, Year) != (other.Field, other.Year) ? (Field, Year).CompareTo((other.Field, other.Year)) : string.CompareOrdinal(Type, other.Type);
}

/// <summary>How often works of a stratum are cited: so many works with so many citations each.</summary>
sealed class CitationCounts
{
    readonly SortedDictionary<int, long> _works = [];

    public long Works { get; private set; }
    public long Citations { get; private set; }

    public void Add(int citations, long works = 1)
    {
        _works[citations] = _works.GetValueOrDefault(citations) + works;
        Works += works;
        Citations += citations * works;
    }

    /// <summary>How many works have each number of citations.</summary>
    public IEnumerable<KeyValuePair<int, long>> Levels => _works;

    public long Above(int citations) => _works.Where(c => c.Key > citations).Sum(c => c.Value);

    public long At(int citations) => _works.GetValueOrDefault(citations);

    /// <summary>The works of both, which have none in common, in rising order of stratum.</summary>
    public static SortedDictionary<Stratum, CitationCounts> Merged(IEnumerable<KeyValuePair<Stratum, CitationCounts>> some, IEnumerable<KeyValuePair<Stratum, CitationCounts>> more)
    {
        var merged = new SortedDictionary<Stratum, CitationCounts>();
        foreach (var (stratum, counts) in some.Concat(more))
        {
            if (!merged.TryGetValue(stratum, out var both)) merged.Add(stratum, both = new());
            foreach (var (citations, works) in counts.Levels) both.Add(citations, works);
        }
        return merged;
    }

    public Baseline Baseline
    {
        get
        {
            var upTo = 0L;
            foreach (var (citations, works) in _works)
            {
                upTo += works;
                if (Baseline.Reaches(upTo, Works)) return new(Works, Citations, citations, upTo, works);
            }
            return new(0, 0, 0, 0, 1);
        }
    }
}

/// <summary>
/// What works of a stratum are held against. The most cited tenth begins at the threshold: the fewest citations that nine tenths of
/// the works do not exceed; so many works have up to these, and so many have just these.
/// </summary>
readonly record struct Baseline(long Works, long Citations, int Threshold, long UpTo, long At)
{
    public static bool Reaches(long upTo, long works) => 10 * upTo >= 9 * works;

    /// <summary>The mean number of citations; a mean of zero is set to 1.</summary>
    public double Mean => Citations == 0 ? 1 : (double)Citations / Works;

    /// <summary>
    /// What a work at the threshold weighs, as a part of a whole; works above it weigh 1, and all weights of the stratum together
    /// come to a tenth: (10 C - 9 N) / (10 n), C the works up to it, n those at it.
    /// </summary>
    public (long Part, long Whole) AtThreshold => (10 * UpTo - 9 * Works, 10 * At);
}

/// <summary>The baselines of a frame.</summary>
sealed class Baselines(IReadOnlyDictionary<Stratum, Baseline> strata)
{
    public static Baselines Of(IEnumerable<KeyValuePair<Stratum, CitationCounts>> strata) => new(strata.ToDictionary(s => s.Key, s => s.Value.Baseline));

    public Baseline this[Stratum stratum] => strata[stratum];
}
