using Entente.Engine.Works;

namespace Entente.Core.Evidence.OpenAlex;

/// <summary>Which segments of a vintage are worth writing anew together, a step at a time.</summary>
/// <param name="Full">works of a segment that needs nothing added</param>
/// <param name="Thorough">true: every segment that is not full or holds a work that does not stand; false: those under half, and those of which more than a quarter does not stand</param>
sealed record MergePlan(int Full, bool Thorough)
{
    /// <summary>So many small segments are left alone: what a merge of fewer saves is less than what it costs.</summary>
    const int Few = 8;

    /// <summary>A step writes so many segments at most, and is committed: what a break costs, and the room that it needs beside.</summary>
    const int StepSegments = 8;

    public static MergePlan Asked { get; } = new(WorksWriter.WorksPerSegment, Thorough: true);

    public static MergePlan Daily { get; } = new(WorksWriter.WorksPerSegment, Thorough: false);

    /// <summary>The segments of the next step, the smallest first; none where nothing is worth it.</summary>
    /// <param name="settled">numbers of segments that a step before wrote and that will come no fuller</param>
    public IReadOnlyList<WorksSegment> Next(WorksStore store, IReadOnlySet<int> settled)
    {
        var loose = store.Segments.Where(segment => !settled.Contains(segment.Number) && StandingWorks.IsWhole(segment))
            .Select(segment => (Segment: segment, Standing: StandingWorks.Count(segment))).Where(IsLoose).OrderBy(each => each.Standing).ThenBy(each => each.Segment.Number).ToList();
        if (!IsWorth(loose)) return [];
        var (chosen, works) = (new List<WorksSegment>(), 0L);
        foreach (var (segment, standing) in loose)
        {
            if (chosen.Count > 1 && works + standing > (long)StepSegments * Full) break;
            chosen.Add(segment);
            works += standing;
        }
        return chosen;
    }

    bool IsLoose((WorksSegment Segment, int Standing) each) => Thorough
        ? each.Standing < Math.Max(Full, each.Segment.Count)
        : each.Standing < Full / 2 || IsHollow(each);

    static bool IsHollow((WorksSegment Segment, int Standing) each) => each.Standing < each.Segment.Count - each.Segment.Count / 4;

    bool IsWorth(List<(WorksSegment Segment, int Standing)> loose) => Thorough
        ? loose.Count > 1 || loose.Exists(each => each.Standing < each.Segment.Count)
        : loose.Count >= Few || loose.Exists(IsHollow);
}
