namespace Entente.Engine.Segments;

/// <summary>Writes a segment column by column, hashing as it goes. Nothing is readable under the final name before <see cref="Finish"/>.</summary>
public sealed class SegmentWriter : IDisposable
{
    public SegmentWriter(string path, string kind) => throw new NotImplementedException();

    public void Column<T>(string name, ReadOnlySpan<T> values) where T : unmanaged => throw new NotImplementedException();

    public void Text(string name, IEnumerable<string?> values) => throw new NotImplementedException();

    /// <summary>Closes the file, flushed to disk, and tells its SHA-256 (lower-case hex) and size in bytes.</summary>
    public SegmentDigest Finish() => throw new NotImplementedException();

    public void Dispose() => throw new NotImplementedException();
}

/// <summary>A file of a vintage as the manifest names it.</summary>
public sealed record SegmentDigest(string Name, string Sha256, long Bytes);
