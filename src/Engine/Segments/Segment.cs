namespace Entente.Engine.Segments;

/// <summary>An immutable file of named columns, memory-mapped. Layout: docs/format/segment.md.</summary>
public sealed class Segment : IDisposable
{
    /// <summary>Opens and checks the header and the directory; columns are checked when first read.</summary>
    /// <exception cref="CorruptSegmentException">The file is not a segment, is cut, or fails a checksum.</exception>
    public static Segment Open(string path) => throw new NotImplementedException();

    public string Path => throw new NotImplementedException();

    /// <summary>What the segment holds, such as "works" or "ror".</summary>
    public string Kind => throw new NotImplementedException();

    public bool Has(string column) => throw new NotImplementedException();

    /// <summary>The values of a column, straight from the mapped file. Checked once, block by block, at the first call.</summary>
    public ReadOnlySpan<T> Column<T>(string name) where T : unmanaged => throw new NotImplementedException();

    /// <summary>The texts of a column, by row.</summary>
    public TextColumn Text(string name) => throw new NotImplementedException();

    /// <summary>Checks every block of every column.</summary>
    public void Verify() => throw new NotImplementedException();

    public void Dispose() => throw new NotImplementedException();
}

/// <summary>Row n's UTF-8 text lies between two offsets; an empty text stands for an absent one.</summary>
public sealed class TextColumn
{
    public int Count => throw new NotImplementedException();
    public ReadOnlySpan<byte> Utf8(int row) => throw new NotImplementedException();
    public string this[int row] => throw new NotImplementedException();
}

/// <summary>A segment that does not hold what was written. Names the file, the offset and the reason.</summary>
public sealed class CorruptSegmentException(string path, long offset, string reason) : Exception($"{path}, byte {offset}: {reason}")
{
    public string Path { get; } = path;
    public long Offset { get; } = offset;
    public string Reason { get; } = reason;
}
