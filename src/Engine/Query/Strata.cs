using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>Counts of works by what they are about. Works lie in order of year and topic, so that equal ones follow each other.</summary>
public static class Strata
{
    /// <summary>How many of these works are of each year and topic; 0 stands for an unknown one.</summary>
    public static IReadOnlyDictionary<(int Year, int Topic), long> ByYearAndTopic(WorkSet among)
    {
        var counts = new Dictionary<(int, int), long>();
        foreach (var segment in among.Store.Segments) Take(segment, among.Rows(segment), counts);
        return counts;
    }

    static void Take(WorksSegment segment, RowSet works, Dictionary<(int, int), long> counts)
    {
        var years = segment.Years;
        var topics = segment.Topics;
        var (at, run) = ((Year: -1, Topic: -1), 0L);
        foreach (var work in works)
        {
            if (years[work] != at.Year || topics[work] != at.Topic)
            {
                Add(counts, at, run);
                (at, run) = ((years[work], topics[work]), 0);
            }
            run++;
        }
        Add(counts, at, run);
    }

    static void Add(Dictionary<(int, int), long> counts, (int, int) at, long run)
    {
        if (run > 0) counts[at] = counts.GetValueOrDefault(at) + run;
    }
}
