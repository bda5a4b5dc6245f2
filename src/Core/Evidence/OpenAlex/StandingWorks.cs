using System.Globalization;
using Entente.Engine.Works;

namespace Entente.Core.Evidence.OpenAlex;

/// <summary>The works of a segment that stand, handed to a writer as if they had been read again.</summary>
static class StandingWorks
{
    /// <summary>So many rows are copied between two ticks.</summary>
    public const int Stride = 4096;

    /// <summary>The pair of files that hold the works of this number.</summary>
    public static IEnumerable<string> FilesOf(int number) =>
        from kind in new[] { "works", "texts" } select string.Create(CultureInfo.InvariantCulture, $"{kind}-{number:D4}.seg");

    /// <summary>Whether written anew a segment would say all that it says now: one that does not know who funded its works, or where their topics belong, would say that nobody did.</summary>
    public static bool IsWhole(WorksSegment segment) => segment.Funders is not null && segment.Topical is not null;

    public static int Count(WorksSegment segment)
    {
        var count = 0;
        for (var row = 0; row < segment.Count; row++)
            if (segment.Stands(row)) count++;
        return count;
    }

    /// <summary>Tells how many works were left out.</summary>
    /// <param name="tick">called now and then</param>
    /// <param name="leaveOut">whether a work that stood is not to stand any more</param>
    public static long Copy(WorksSegment segment, WorksWriter writer, Action tick, Func<WorkRecord, bool> leaveOut)
    {
        var (work, left) = (new WorkRecord(), 0L);
        var units = new int?[segment.UnitCount];
        var funders = segment.Funders?.ByWork(segment.Count);
        var topics = Enumerable.Range(0, segment.Topical?.Count ?? 0).ToDictionary(row => segment.Topical!.Ids[row], row => writer.Place(segment.Topical!.Topic(row)));
        for (var row = 0; row < segment.Count; row++)
        {
            if (row % Stride == 0) tick();
            if (!segment.Stands(row)) continue;
            Fill(work, segment, row, unit => units[unit] ??= Intern(writer, segment.Unit(unit)));
            work.Placed = topics.GetValueOrDefault(work.Topic, -1);
            if (funders?[row] is { } named) work.Funders.AddRange(named);
            if (leaveOut(work)) left++;
            else writer.Add(work);
        }
        return left;
    }

    static void Fill(WorkRecord work, WorksSegment segment, int row, Func<int, int> unitOf)
    {
        work.Clear();
        (work.Id, work.Year, work.Topic, work.Type) = (segment.Ids[row], segment.Years[row], segment.Topics[row], segment.Type(row));
        (work.Citations, work.Fwci, work.Flags, work.Goals) = (segment.Citations[row], segment.Fwci[row], (WorkFlags)segment.Flags[row], segment.Goals[row]);
        (work.Updated, work.Hash, work.Title, work.Doi) = (segment.Updated[row], segment.Hashes[row], segment.Title(row), segment.Doi(row));
        var (first, last) = segment.AuthorsOf(row);
        for (var author = first; author < last; author++)
        {
            foreach (var unit in segment.UnitsOfAuthor(author)) work.Units.Add(unitOf(unit));
            work.AuthorEnds.Add(work.Units.Count);
        }
    }

    static int Intern(WorksWriter writer, Unit unit) => writer.Intern(unit.Id, unit.Ror, unit.Country, unit.Type, unit.Name, unit.Lineage);
}
