using Entente.Engine.Segments;

namespace Entente.Engine.Works;

/// <summary>
/// Collects works and writes them as immutable segments, each in order of year, topic and id. Bounded memory: a segment is
/// written, while the next one gathers, when enough works have come. A record whose id came before is replaced when newer,
/// dropped when older; both ways one record is counted as superseded, and the order of records changes nothing. One thread at a time.
/// </summary>
/// <param name="folder">where the files go; it is made when missing</param>
/// <param name="worksPerSegment">a segment is cut after this many records; the answers do not depend on it</param>
/// <param name="beside">false to write segments on the thread that adds works, where other threads have work of their own</param>
public sealed class WorksWriter(string folder, int worksPerSegment = WorksWriter.WorksPerSegment, bool beside = true) : IDisposable
{
    /// <summary>So many that a bitmap of a segment is 32 KiB, and that the two segments at hand, one gathered and one written, take a few hundred megabytes.</summary>
    public const int WorksPerSegment = 1 << 18;

    /// <summary>A segment is cut as well when its lists or texts grow beyond what a column holds with ease.</summary>
    const int MaxEdges = 50_000_000, MaxTextBytes = 256 * 1024 * 1024;

    string folder = folder;
    readonly UnitTable units = new();
    readonly TopicList topics = new();
    readonly List<string> types = [""];
    readonly Dictionary<string, ushort> typeNumbers = new(StringComparer.Ordinal) { [""] = 0 };
    readonly List<SegmentDigest> files = [];
    readonly List<(Topic Topic, long Updated)> kept = [];
    WorksBuffer buffer = new();
    WorksBuffer spare = new();
    Task<SegmentCut>? cutting;
    ushort lastType;
    int segments;
    long records;
    long superseded;

    public string Folder => folder;

    /// <summary>The number of a unit with exactly these properties. Any may be null or empty when the source does not give it.</summary>
    public int Intern(long id, string? ror, string? country, string? type, string? name, ReadOnlySpan<long> lineage) => units.Intern(id, ror, country, type, name, lineage);

    /// <summary>The unit of this number.</summary>
    public Unit Known(int unit) => units[unit];

    /// <summary>The number of what is said of a topic, for <see cref="WorkRecord.Placed"/>.</summary>
    public int Place(Topic topic) => topics.Intern(topic);

    /// <summary>Keeps where a topic was placed by a record of this date, though the record itself may not be added; it stands in the next segment.</summary>
    public void Keep(Topic topic, long updated) => kept.Add((topic, updated));

    /// <summary>Takes a copy of the record.</summary>
    /// <exception cref="ArgumentException">Id below 1, year outside 0..32767, units or authorships that do not fit together, or more than 65,535 types.</exception>
    /// <exception cref="IOException">A segment could not be written; it may be one that was cut before.</exception>
    public void Add(WorkRecord work)
    {
        Check(work);
        buffer.Add(work, TypeNumber(work.Type ?? ""));
        records++;
        if (buffer.Count >= worksPerSegment || buffer.Units.Count >= MaxEdges || buffer.AuthorUnits.Count >= MaxEdges
            || buffer.Titles.Length >= MaxTextBytes || buffer.Dois.Length >= MaxTextBytes) Cut();
    }

    /// <summary>Writes what is left, and the list of works that a newer record in another segment replaces.</summary>
    /// <exception cref="IOException">A file could not be written.</exception>
    public WorksWritten Finish()
    {
        var (written, before) = End();
        return Join(folder, written, records, before);
    }

    /// <summary>Begins anew, maybe in another folder and with another number, and keeps the numbers of units, topics and types.</summary>
    public void Begin(string other, int first = 0)
    {
        (folder, segments, records, superseded) = (other, first, 0, 0);
        files.Clear();
    }

    /// <summary>Writes what is left, and no list of works that a newer record in another segment replaces: <see cref="Join"/> does, once all segments are there.</summary>
    public (IReadOnlyList<SegmentDigest> Files, long Superseded) End()
    {
        if (buffer.Count > 0) Cut();
        EndCut();
        return ([.. files], superseded);
    }

    /// <summary>Makes segments one store: lists the works among them that a newer record in another one replaces.</summary>
    /// <param name="files">pairs of files numbered through from 0, in that order</param>
    /// <param name="superseded">records that were replaced within a segment</param>
    /// <param name="dead">works that do not stand whatever the other segments hold, by number of segment and row</param>
    public static WorksWritten Join(string folder, IReadOnlyList<SegmentDigest> files, long records, long superseded, IReadOnlyCollection<(int Segment, int Row)>? dead = null)
    {
        var all = files.ToList();
        if ((all.Count > 2 || dead is { Count: > 0 }) && Tombstones.Write(folder, all.Count / 2, dead ?? []) is { } tombstones)
        {
            all.Add(tombstones.File);
            superseded += tombstones.Count;
        }
        using var store = WorksStore.Open(folder, all.Select(file => file.Name));
        return new(all, records - superseded, superseded, store.FirstYear, store.LastYear);
    }

    /// <summary>Writes the list of works that do not stand, beside segments of which the first written anew has this number; null where all stand.</summary>
    public static SegmentDigest? Bury(string folder, int first, IEnumerable<(int Segment, int Row)> dead) => Tombstones.Write(folder, WorksFormat.TombstonesOf(first), [.. dead])?.File;

    /// <summary>Waits for a segment that is being written; its failure was told, or nobody wants to know it any more.</summary>
    public void Dispose() => cutting?.ContinueWith(_ => { }, TaskScheduler.Default).Wait();

    void Cut()
    {
        EndCut();
        Directory.CreateDirectory(folder);
        var (gathered, number) = (buffer, segments++);
        var (known, names, placed, before) = (units.ToArray(), types.ToArray(), topics.ToArray(), kept.ToArray());
        kept.Clear();
        (buffer, spare) = (spare, buffer);
        var to = folder;
        if (beside)
        {
            cutting = Task.Run(() => SegmentCut.Write(gathered, known, names, placed, before, to, number));
            return;
        }
        cutting = Task.FromResult(SegmentCut.Write(gathered, known, names, placed, before, to, number));
        EndCut();
        // Nobody waits for it: the same room gathers the next one, and the other is never filled.
        (buffer, spare) = (spare, buffer);
    }

    /// <summary>Waits for the segment that is being written and takes in what came of it.</summary>
    void EndCut()
    {
        if (cutting is null) return;
        var cut = cutting.GetAwaiter().GetResult();
        cutting = null;
        files.AddRange(cut.Files);
        superseded += cut.Superseded;
        spare.Clear();
    }

    ushort TypeNumber(string type)
    {
        if (ReferenceEquals(type, types[lastType])) return lastType;
        if (typeNumbers.TryGetValue(type, out var number)) return lastType = number;
        if (types.Count > ushort.MaxValue) throw new ArgumentException("More than 65,535 different types of work.", nameof(type));
        types.Add(type);
        return typeNumbers[type] = lastType = (ushort)(types.Count - 1);
    }

    void Check(WorkRecord work)
    {
        if (work.Id < 1) throw new ArgumentException($"Work {work.Id}: an id is a positive number.", nameof(work));
        if (work.Year is < 0 or > short.MaxValue) throw new ArgumentException($"Work {work.Id}: year {work.Year} is outside 0..32767.", nameof(work));
        var end = 0;
        foreach (var next in work.AuthorEnds)
        {
            if (next < end) throw new ArgumentException($"Work {work.Id}: its authorships do not follow one another.", nameof(work));
            end = next;
        }
        if (end != work.Units.Count) throw new ArgumentException($"Work {work.Id}: its authorships end at unit {end} of {work.Units.Count}.", nameof(work));
        if (work.Placed < -1 || work.Placed >= topics.Count) throw new ArgumentException($"Work {work.Id}: no topic is numbered {work.Placed}.", nameof(work));
        foreach (var unit in work.Units)
            if ((uint)unit >= (uint)units.Count) throw new ArgumentException($"Work {work.Id}: no unit is numbered {unit}.", nameof(work));
    }
}

/// <summary>What was written: the files, the works that stand, and the records that a newer one replaced.</summary>
public sealed record WorksWritten(IReadOnlyList<SegmentDigest> Files, long Works, long Superseded, int? FirstYear, int? LastYear);
