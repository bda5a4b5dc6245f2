namespace Entente.Engine.Segments;

/// <summary>A segment that does not hold what was written. Names the file, the offset and the reason.</summary>
public sealed class CorruptSegmentException(string path, long offset, string reason) : Exception($"{path}, byte {offset}: {reason}")
{
    public string Path { get; } = path;
    public long Offset { get; } = offset;
    public string Reason { get; } = reason;
}
