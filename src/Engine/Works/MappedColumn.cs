using System.Runtime.CompilerServices;
using Entente.Engine.Segments;

namespace Entente.Engine.Works;

/// <summary>A check of a column's values, beyond the checksum; answers what is wrong, or null.</summary>
delegate string? ColumnCheck<T>(ReadOnlySpan<T> values);

/// <summary>
/// A column of a segment that is checked at its first reading and costs two comparisons after that. A file may carry sound
/// checksums and wrong numbers, so that what is used as an index is checked to be one.
/// </summary>
sealed unsafe class MappedColumn<T>(Segment segment, string name, int rows, ColumnCheck<T>? check = null) where T : unmanaged
{
    readonly Segment segment = segment;
    readonly string name = name;
    readonly int rows = rows;
    readonly ColumnCheck<T>? check = check;
    nint start;
    nint raw;
    int[]? blocks;

    public ReadOnlySpan<T> Span
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => start != 0 && segment.IsOpen ? new((void*)start, rows) : Load();
    }

    /// <summary>
    /// Some of the values, of which only the blocks that they lie in are checked: for columns that are read in few places. The
    /// column's check must be one that looks at each value by itself.
    /// </summary>
    public ReadOnlySpan<T> Slice(int first, int last)
    {
        if (start != 0) return Span[first..last];
        if ((uint)last > (uint)rows || first > last) throw new CorruptSegmentException(segment.Path, 0, $"column {name} has no rows {first} to {last}");
        var values = raw != 0 && segment.IsOpen ? (T*)raw : Unchecked();
        if (first == last) return [];
        var good = blocks ?? Interlocked.CompareExchange(ref blocks, new int[BlockOf(rows) / 32 + 1], null) ?? blocks;
        for (var block = BlockOf(first); block <= BlockOf(last - 1); block++)
            if ((Volatile.Read(ref good[block >> 5]) >> block & 1) == 0)
            {
                CheckBlock(values, block);
                Interlocked.Or(ref good[block >> 5], 1 << block);
            }
        return new(values + first, last - first);
    }

    T* Unchecked()
    {
        var values = segment.Unchecked<T>(name, out var there);
        if (there != rows) throw new CorruptSegmentException(segment.Path, 0, $"column {name} has {there} rows, not {rows}");
        raw = (nint)values;
        return values;
    }

    void CheckBlock(T* values, int block)
    {
        segment.CheckBlock(name, block);
        var (first, last) = (block * RowsOfBlock, (int)Math.Min(rows, (block + 1L) * RowsOfBlock));
        if (check?.Invoke(new(values + first, last - first)) is { } wrong) throw new CorruptSegmentException(segment.Path, 0, $"column {name}: {wrong}");
    }

    static int RowsOfBlock => SegmentFormat.Block / sizeof(T);

    static int BlockOf(int row) => row / RowsOfBlock;

    ReadOnlySpan<T> Load()
    {
        var values = segment.Column<T>(name);
        if (values.Length != rows) throw new CorruptSegmentException(segment.Path, 0, $"column {name} has {values.Length} rows, not {rows}");
        if (check?.Invoke(values) is { } wrong) throw new CorruptSegmentException(segment.Path, 0, $"column {name}: {wrong}");
        // A span over no rows may have no address; nothing is read through it.
        start = rows == 0 ? 1 : (nint)Unsafe.AsPointer(ref Unsafe.AsRef(in values[0]));
        return values;
    }
}

/// <summary>The checks that columns of numbers pass before anything is looked up by them.</summary>
static class ColumnChecks
{
    /// <summary>Where each row's run begins, and at last where the last one ends.</summary>
    public static ColumnCheck<uint> Starts(int end) => starts =>
    {
        if (starts[0] != 0 || starts[^1] != end) return "the runs do not cover what they divide";
        for (var i = 1; i < starts.Length; i++)
            if (starts[i] < starts[i - 1]) return "the runs do not follow one another";
        return null;
    };

    public static ColumnCheck<int> Below(int count) => values =>
    {
        foreach (var value in values)
            if ((uint)value >= (uint)count) return "a number out of range";
        return null;
    };

    public static string? RisingIds(ReadOnlySpan<long> values)
    {
        for (var i = 1; i < values.Length; i++)
            if (values[i] <= values[i - 1]) return "the numbers do not rise";
        return null;
    }

    public static string? RisingYears(ReadOnlySpan<short> values)
    {
        for (var i = 0; i < values.Length; i++)
            if (values[i] < 0 || (i > 0 && values[i] <= values[i - 1])) return "the works are not in order of year";
        return null;
    }
}
