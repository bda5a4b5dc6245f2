using System.Globalization;
using Entente.Engine.Query;

namespace Entente.Core.Evidence.Measures;

/// <summary>One work as its citations are weighed.</summary>
/// <param name="Fwci">as the source gives it; not a number where it gives none</param>
readonly record struct CitedWork(long Id, Stratum Stratum, int Citations, float Fwci)
{
    public string Name => string.Create(CultureInfo.InvariantCulture, $"W{Id}");

    /// <summary>The source's impact in whole millionths, so that a sum is the same in any order.</summary>
    public long? Millionths => MillionthsOf(Fwci);

    public static long? MillionthsOf(float fwci) => float.IsNaN(fwci) ? null : (long)Math.Round(fwci * 1e6, MidpointRounding.AwayFromZero);
}

/// <summary>How works are cited, added up; Known are those that the source gives an impact of.</summary>
readonly record struct CitedSum(long Works, long Citations, long Known, long Millionths)
{
    public CitedSum Plus(CitedSum other) => new(Works + other.Works, Citations + other.Citations, Known + other.Known, Millionths + other.Millionths);
}

/// <summary>How the works of a set are cited.</summary>
abstract class Cited
{
    /// <summary>The sums of each year, 0 for works without one.</summary>
    public abstract IReadOnlyDictionary<int, CitedSum> ByYear { get; }

    /// <summary>The works of each stratum by their citations, in rising order of stratum.</summary>
    public abstract IReadOnlyCollection<KeyValuePair<Stratum, CitationCounts>> Strata { get; }

    /// <summary>What other works are held against where these are the frame.</summary>
    public abstract Baselines Baselines { get; }

    /// <summary>The works in ordinal order of their ids "W123".</summary>
    public abstract IEnumerable<CitedWork> InOrder();
}

sealed class LocalCited(WorkSet works, FieldsOf fields) : Cited
{
    public override IReadOnlyDictionary<int, CitedSum> ByYear => field ??= SumYears();

    public override IReadOnlyCollection<KeyValuePair<Stratum, CitationCounts>> Strata => field ??= CountStrata();

    public override Baselines Baselines => Baselines.Of(Strata);

    public override IEnumerable<CitedWork> InOrder() => Each().Select(work => (work.Name, Work: work)).OrderBy(w => w.Name, StringComparer.Ordinal).Select(w => w.Work);

    IEnumerable<CitedWork> Each()
    {
        foreach (var (segment, work) in works.Works())
            yield return new(segment.Ids[work], new(fields.Of(segment.Topics[work]), segment.Type(work), segment.Years[work]), segment.Citations[work], segment.Fwci[work]);
    }

    Dictionary<int, CitedSum> SumYears()
    {
        var sums = new Dictionary<int, CitedSum>();
        foreach (var (segment, work) in works.Works())
        {
            var (year, millionths) = ((int)segment.Years[work], CitedWork.MillionthsOf(segment.Fwci[work]));
            sums[year] = sums.GetValueOrDefault(year).Plus(new(1, segment.Citations[work], millionths is null ? 0 : 1, millionths ?? 0));
        }
        return sums;
    }

    SortedDictionary<Stratum, CitationCounts> CountStrata()
    {
        var strata = new SortedDictionary<Stratum, CitationCounts>();
        // Works lie in order of year and topic, so that the stratum of the last one nearly always holds.
        var (last, counts) = (new Stratum(-1, "", 0), new CitationCounts());
        foreach (var cited in Each())
        {
            if (cited.Stratum != last)
            {
                last = cited.Stratum;
                if (!strata.TryGetValue(last, out counts!)) strata.Add(last, counts = new());
            }
            counts.Add(cited.Citations);
        }
        return strata;
    }
}
