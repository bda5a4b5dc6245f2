using Entente.Engine.Segments;

namespace Entente.Engine.Works;

/// <summary>
/// Finds works that stand in several segments and lists all but the newest in a file of its own, since segments never change.
/// All segments are walked together in order of id, so that memory does not grow with the works.
/// </summary>
static class Tombstones
{
    /// <param name="dead">works that do not stand whatever other segments hold, by segment and row</param>
    public static (SegmentDigest File, long Count)? Write(string folder, int segments, IEnumerable<(int Segment, int Row)> dead)
    {
        using var store = WorksStore.Open(folder, Enumerable.Range(0, segments).Select(WorksFormat.WorksFile));
        return Write(folder, WorksFormat.TombstonesFile, [.. Older(store), .. dead]);
    }

    public static (SegmentDigest File, long Count)? Write(string folder, string name, List<(int Segment, int Row)> dead)
    {
        if (dead.Count == 0) return null;
        dead.Sort();
        // A work may have been told twice: there may be tens of millions, so that they are put in order, not gathered in a set.
        var kept = 1;
        for (var i = 1; i < dead.Count; i++)
            if (dead[i] != dead[kept - 1]) dead[kept++] = dead[i];
        dead.RemoveRange(kept, dead.Count - kept);
        using var writer = new SegmentWriter(Path.Combine(folder, name), WorksFormat.Tombstones);
        writer.Column<int>(WorksFormat.Segment, dead.ConvertAll(work => work.Segment).ToArray());
        writer.Column<int>(WorksFormat.Row, dead.ConvertAll(work => work.Row).ToArray());
        return (writer.Finish(), dead.Count);
    }

    static List<(int Segment, int Row)> Older(WorksStore store)
    {
        if (Apart(store)) return [];
        var dead = new List<(int, int)>();
        var next = new PriorityQueue<(int Segment, int Place), long>();
        foreach (var segment in store.Segments) next.Enqueue((segment.Index, 0), IdAt(store, segment.Index, 0));
        var (best, bestId) = ((Segment: -1, Row: -1), 0L);
        while (next.TryDequeue(out var at, out var id))
        {
            var work = (at.Segment, Row: store.Segments[at.Segment].ById[at.Place]);
            if (id != bestId) (best, bestId) = (work, id);
            else if (Newer(store, work, best))
            {
                dead.Add(best);
                best = work;
            }
            else dead.Add(work);
            if (at.Place + 1 < store.Segments[at.Segment].Count)
                next.Enqueue((at.Segment, at.Place + 1), IdAt(store, at.Segment, at.Place + 1));
        }
        return dead;
    }

    /// <summary>Whether each segment's ids end before another's begin, so that none can stand in two.</summary>
    static bool Apart(WorksStore store)
    {
        var ranges = store.Segments.Where(segment => segment.Count > 0).Select(segment => (First: IdAt(store, segment.Index, 0), Last: IdAt(store, segment.Index, segment.Count - 1))).Order().ToList();
        return ranges.Zip(ranges.Skip(1)).All(pair => pair.First.Last < pair.Second.First);
    }

    static long IdAt(WorksStore store, int segment, int place) => store.Segments[segment].Ids[store.Segments[segment].ById[place]];

    static bool Newer(WorksStore store, (int Segment, int Row) work, (int Segment, int Row) than) => Age(store, work).CompareTo(Age(store, than)) > 0;

    static (long, ulong) Age(WorksStore store, (int Segment, int Row) work) =>
        (store.Segments[work.Segment].Updated[work.Row], store.Segments[work.Segment].Hashes[work.Row]);
}
