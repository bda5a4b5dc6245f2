namespace Entente.Engine.Works;

/// <summary>The works of one vintage: its segments opened together, never changed.</summary>
public sealed class WorksStore : IDisposable
{
    /// <param name="folder">the vintage's folder</param>
    /// <param name="files">the names of its segments, as the manifest lists them</param>
    public static WorksStore Open(string folder, IEnumerable<string> files) => throw new NotImplementedException();

    public IReadOnlyList<WorksSegment> Segments => throw new NotImplementedException();

    /// <summary>Works that stand: superseded records are not among them.</summary>
    public long Works => throw new NotImplementedException();

    public int? FirstYear => throw new NotImplementedException();
    public int? LastYear => throw new NotImplementedException();

    public void Dispose() => throw new NotImplementedException();
}

/// <summary>One segment. Works are numbered 0..Count-1 in order of year, topic, id. Spans point into the mapped file.</summary>
public sealed class WorksSegment
{
    public int Count => throw new NotImplementedException();
    public ReadOnlySpan<long> Ids => throw new NotImplementedException();
    public ReadOnlySpan<short> Years => throw new NotImplementedException();
    public ReadOnlySpan<int> Topics => throw new NotImplementedException();
    public ReadOnlySpan<int> Citations => throw new NotImplementedException();
    public ReadOnlySpan<float> Fwci => throw new NotImplementedException();
    public ReadOnlySpan<ushort> Flags => throw new NotImplementedException();
    public ReadOnlySpan<uint> Goals => throw new NotImplementedException();
    public string Type(int work) => throw new NotImplementedException();
    public string Title(int work) => throw new NotImplementedException();
    public string Doi(int work) => throw new NotImplementedException();

    /// <summary>The units that this segment's works list, numbered 0..UnitCount-1.</summary>
    public int UnitCount => throw new NotImplementedException();
    public Unit Unit(int unit) => throw new NotImplementedException();

    /// <summary>The works that list a unit, ascending, each once.</summary>
    public ReadOnlySpan<int> WorksOf(int unit) => throw new NotImplementedException();

    /// <summary>The authorships of a work are numbered First..Last-1.</summary>
    public (int First, int Last) AuthorsOf(int work) => throw new NotImplementedException();

    /// <summary>The units of one authorship, as listed.</summary>
    public ReadOnlySpan<int> UnitsOfAuthor(int author) => throw new NotImplementedException();

    /// <summary>The units of all authorships of a work, as listed: one unit comes as often as authors list it.</summary>
    public ReadOnlySpan<int> UnitsOf(int work) => throw new NotImplementedException();

    /// <summary>The works of a window of years: First..Last-1.</summary>
    public (int First, int Last) WorksOfYears(int firstYear, int lastYear) => throw new NotImplementedException();
}
