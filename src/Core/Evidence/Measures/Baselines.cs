using Entente.Engine.Query;
using Entente.Engine.Works;

namespace Entente.Core.Evidence.Measures;

/// <summary>Works that are held against each other: of one field, type and year; 0 or empty where unknown.</summary>
readonly record struct Stratum(int Field, string Type, int Year) : IComparable<Stratum>
{
    public int CompareTo(Stratum other) => (Field, Year) != (other.Field, other.Year) ? (Field, Year).CompareTo((other.Field, other.Year)) : string.CompareOrdinal(Type, other.Type);
}

/// <summary>One work as its citations are weighed.</summary>
readonly record struct CitedWork(WorksSegment Segment, int Work, Stratum Stratum)
{
    public int Citations => Segment.Citations[Work];
}

/// <summary>How often works of a stratum are cited: so many works with so many citations each.</summary>
sealed class CitationCounts
{
    readonly SortedDictionary<int, long> _works = [];

    public long Works { get; private set; }
    public long Citations { get; private set; }

    public void Add(int citations)
    {
        _works[citations] = _works.GetValueOrDefault(citations) + 1;
        Works++;
        Citations += citations;
    }

    public long Above(int citations) => _works.Where(c => c.Key > citations).Sum(c => c.Value);

    public long At(int citations) => _works.GetValueOrDefault(citations);

    /// <summary>The mean number of citations; a mean of zero is set to 1.</summary>
    public double Mean => Citations == 0 ? 1 : (double)Citations / Works;

    /// <summary>
    /// Where the most cited tenth begins: the fewest citations that nine tenths of the works do not exceed. Works above weigh 1, works
    /// at it so much that all weights together come to a tenth: (10 C - 9 N) / (10 n), C the works up to it, n those at it.
    /// </summary>
    public (int Threshold, long Part, long Whole) TopTenth => field.Whole > 0 ? field : field = FindTopTenth();

    (int, long, long) FindTopTenth()
    {
        var upTo = 0L;
        foreach (var (citations, works) in _works)
        {
            upTo += works;
            if (10 * upTo >= 9 * Works) return (citations, 10 * upTo - 9 * Works, 10 * works);
        }
        return (0, 0, 1);
    }
}

/// <summary>The citations of a set of works by stratum, in rising order of stratum.</summary>
sealed class Baselines
{
    readonly SortedDictionary<Stratum, CitationCounts> _strata = [];

    public static IEnumerable<CitedWork> Each(WorkSet works, FieldsOf fields)
    {
        foreach (var (segment, work) in works.Works())
            yield return new(segment, work, new(fields.Of(segment.Topics[work]), segment.Type(work), segment.Years[work]));
    }

    public Baselines(WorkSet works, FieldsOf fields)
    {
        // Works lie in order of year and topic, so that the stratum of the last one nearly always holds.
        var (last, counts) = (new Stratum(-1, "", 0), new CitationCounts());
        foreach (var cited in Each(works, fields))
        {
            if (cited.Stratum != last)
            {
                last = cited.Stratum;
                if (!_strata.TryGetValue(last, out counts!)) _strata.Add(last, counts = new());
            }
            counts.Add(cited.Citations);
        }
    }

    public IEnumerable<KeyValuePair<Stratum, CitationCounts>> Strata => _strata;

    public CitationCounts this[Stratum stratum] => _strata[stratum];
}
