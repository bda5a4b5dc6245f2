using Entente.Engine.Segments;

namespace Entente.Engine.Works;

/// <summary>
/// Collects works and writes them as immutable segments, each in order of year, topic and id. Bounded memory: a segment is
/// written when enough works have gathered. A record whose id came before is replaced when newer, dropped when older;
/// both ways one record is counted as superseded, and the order of records changes nothing.
/// </summary>
public sealed class WorksWriter(string folder) : IDisposable
{
    public string Folder => folder;

    /// <summary>The number of a unit with exactly these properties. Any may be null or empty when the source does not give it.</summary>
    public int Intern(long id, string? ror, string? country, string? name, ReadOnlySpan<long> lineage) => throw new NotImplementedException();

    public void Add(WorkRecord work) => throw new NotImplementedException();

    public WorksWritten Finish() => throw new NotImplementedException();

    public void Dispose() { }
}

/// <summary>What was written: the files, the works that stand, and the records that a newer one replaced.</summary>
public sealed record WorksWritten(IReadOnlyList<SegmentDigest> Files, long Works, long Superseded, int? FirstYear, int? LastYear);
