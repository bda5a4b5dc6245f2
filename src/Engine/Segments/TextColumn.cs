using System.Text;

namespace Entente.Engine.Segments;

/// <summary>Row n's UTF-8 text lies between two offsets; an empty text stands for an absent one.</summary>
public sealed unsafe class TextColumn
{
    readonly Segment segment;
    readonly byte* bytes;
    readonly uint* starts;

    internal TextColumn(Segment segment, byte* bytes, uint* starts, int count)
    {
        this.segment = segment;
        this.bytes = bytes;
        this.starts = starts;
        Count = count;
    }

    public int Count { get; }

    public ReadOnlySpan<byte> Utf8(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Count, nameof(row));
        ObjectDisposedException.ThrowIf(!segment.IsOpen, segment);
        return new(bytes + starts[row], (int)(starts[row + 1] - starts[row]));
    }

    public string this[int row] => Encoding.UTF8.GetString(Utf8(row));
}
