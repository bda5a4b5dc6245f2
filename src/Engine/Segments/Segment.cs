using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Entente.Engine.Segments;

/// <summary>
/// An immutable file of named columns, memory-mapped. Layout: docs/format/segment.md. Any number of threads may read. Spans
/// point into the mapping: none may be read after <see cref="Dispose"/>.
/// </summary>
public sealed unsafe class Segment : IDisposable
{
    readonly SafeFileHandle file;
    readonly MemoryMappedFile map;
    readonly MemoryMappedViewAccessor view;
    readonly SegmentLayout layout;
    readonly bool[] good;
    readonly bool[] rising;
    readonly long length;
    byte* start;

    Segment(string path, SafeFileHandle file, SegmentLayout layout)
    {
        (Path, this.file, this.layout, good, rising) = (path, file, layout, new bool[layout.Columns.Length], new bool[layout.Columns.Length]);
        length = RandomAccess.GetLength(file);
        map = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        view = map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
    }

    /// <summary>Opens and checks the header and the directory; columns are checked when first read.</summary>
    /// <exception cref="CorruptSegmentException">The file is missing, not a segment, cut, or fails a checksum.</exception>
    public static Segment Open(string path)
    {
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            return new Segment(path, file, SegmentLayout.Read(path, file));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CorruptSegmentException(path, 0, "the file is missing");
        }
        catch
        {
            file?.Dispose();
            throw;
        }
    }

    public string Path { get; }

    /// <summary>What the segment holds, such as "works" or "ror".</summary>
    public string Kind => layout.Kind;

    /// <summary>The version of the byte layout that is written.</summary>
    public const int FormatVersion = (int)SegmentFormat.Version;

    /// <summary>The version of the byte layout that the file has.</summary>
    internal int Version => layout.Version;

    public bool Has(string column) => layout.Find(column) >= 0;

    /// <summary>The names of the columns, in the order of the file.</summary>
    public IReadOnlyList<string> Columns => [.. layout.Columns.Select(column => column.Name)];

    /// <summary>How many values a column has, without reading any.</summary>
    public int Rows(string column) => (int)Entry(column, out _).Rows;

    /// <summary>The values of a column, straight from the mapped file. Checked once, block by block, at the first call.</summary>
    /// <exception cref="CorruptSegmentException">There is no such column, it holds other values, or it fails a checksum.</exception>
    public ReadOnlySpan<T> Column<T>(string name) where T : unmanaged
    {
        var entry = Entry(name, out var index);
        if (entry.Size != Unsafe.SizeOf<T>() || entry.Type != SegmentFormat.TypeOf<T>())
            throw new CorruptSegmentException(Path, entry.Offset, $"column {name} holds values of another type ({entry.Type})");
        return new(Checked(entry, index), (int)entry.Rows);
    }

    /// <summary>Where the bits of packed numbers begin, behind their least number and the step, and how many bits each takes. Checked once, at the first call.</summary>
    internal byte* Packed(string name, out int rows, out int width, out long first, out long step)
    {
        var entry = Entry(name, out var index);
        if (entry.Type != ElementType.Packed) throw new CorruptSegmentException(Path, entry.Offset, $"column {name} holds no packed numbers ({entry.Type})");
        var head = Checked(entry, index);
        (rows, width, first, step) = ((int)entry.Rows, entry.Size, *(long*)head, *(long*)(head + 8));
        return head + BitPacking.HeadLength;
    }

    /// <summary>Where the values of a column begin, none of them checked: whoever reads a block calls <see cref="CheckBlock"/> before.</summary>
    internal T* Unchecked<T>(string name, out int rows) where T : unmanaged
    {
        var entry = Entry(name, out _);
        if (entry.Size != Unsafe.SizeOf<T>() || entry.Type != SegmentFormat.TypeOf<T>())
            throw new CorruptSegmentException(Path, entry.Offset, $"column {name} holds values of another type ({entry.Type})");
        rows = (int)entry.Rows;
        return (T*)(start + entry.Offset);
    }

    /// <summary>Checks one block of a column.</summary>
    /// <exception cref="CorruptSegmentException">It fails its checksum.</exception>
    internal void CheckBlock(string name, int block)
    {
        var entry = Entry(name, out _);
        CheckLength();
        Check(entry, new(start + entry.Offset, (int)entry.PaddedLength), layout.Checks.AsSpan(entry.FirstCheck, entry.Blocks), block);
    }

    /// <summary>The texts of a column, by row. Looked over once, at the first call.</summary>
    /// <exception cref="CorruptSegmentException">There is no such column, it holds no texts, or it fails a checksum.</exception>
    public TextColumn Text(string name)
    {
        var entry = Entry(name, out var index);
        if (entry.Type != ElementType.Utf8) throw new CorruptSegmentException(Path, entry.Offset, $"column {name} does not hold texts");
        var starts = Column<uint>(name + SegmentFormat.Starts);
        if (!Volatile.Read(ref rising[index]) && (starts.Length == 0 || starts[0] != 0 || starts[^1] != entry.Length || !Rising(starts)))
            throw new CorruptSegmentException(Path, entry.Offset, $"the texts of column {name} do not follow one another");
        Volatile.Write(ref rising[index], true);
        return new(this, Checked(entry, index), (uint*)Unsafe.AsPointer(ref Unsafe.AsRef(in starts[0])), starts.Length - 1);
    }

    /// <summary>Checks header, directory and every block of every column, whatever was checked before.</summary>
    /// <exception cref="CorruptSegmentException">A byte of the file has changed.</exception>
    public void Verify()
    {
        ObjectDisposedException.ThrowIf(start == null, this);
        SegmentLayout.Read(Path, file);
        foreach (var entry in layout.Columns) Check(entry);
    }

    /// <summary>Adds to a hash what tells this segment from any other: its columns and the checksums of all their blocks. Reads none of them.</summary>
    internal void AppendTo(IncrementalHash hash)
    {
        foreach (var entry in layout.Columns) hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{entry.Name} {entry.Length}\n")));
        hash.AppendData(MemoryMarshal.AsBytes(layout.Checks.AsSpan()));
    }

    /// <summary>Unmaps the file. The caller sees to it that nobody reads any more.</summary>
    public void Dispose()
    {
        if (start == null) return;
        start = null;
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
        map.Dispose();
        file.Dispose();
    }

    internal bool IsOpen => start != null;

    ColumnEntry Entry(string name, out int index)
    {
        ObjectDisposedException.ThrowIf(start == null, this);
        index = layout.Find(name);
        return index >= 0 ? layout.Columns[index] : throw new CorruptSegmentException(Path, 0, $"a segment of kind {Kind} without a column {name}");
    }

    byte* Checked(in ColumnEntry entry, int index)
    {
        // Two threads may check the same column at once, which costs time but changes nothing.
        if (!Volatile.Read(ref good[index])) Check(entry);
        Volatile.Write(ref good[index], true);
        return start + entry.Offset;
    }

    void Check(in ColumnEntry entry)
    {
        CheckLength();
        var bytes = new ReadOnlySpan<byte>(start + entry.Offset, (int)entry.PaddedLength);
        var expected = layout.Checks.AsSpan(entry.FirstCheck, entry.Blocks);
        var block = 0;
        for (; (block + 4) * SegmentFormat.Block <= bytes.Length; block += 4)
        {
            var four = Crc32C.OfFour(bytes.Slice(block * SegmentFormat.Block, 4 * SegmentFormat.Block));
            if (four != (expected[block], expected[block + 1], expected[block + 2], expected[block + 3])) break;
        }
        for (; block < expected.Length; block++) Check(entry, bytes, expected, block);
    }

    void Check(in ColumnEntry entry, ReadOnlySpan<byte> bytes, ReadOnlySpan<uint> expected, int block)
    {
        var at = block * SegmentFormat.Block;
        if (Crc32C.Of(bytes.Slice(at, Math.Min(SegmentFormat.Block, bytes.Length - at))) != expected[block])
            throw new CorruptSegmentException(Path, entry.Offset + at, $"column {entry.Name} fails the checksum of its block {block}");
    }

    /// <summary>A page that lies beyond the end of its file ends the process when it is touched: a file that was cut is told before.</summary>
    void CheckLength()
    {
        if (RandomAccess.GetLength(file) is var now && now != length)
            throw new CorruptSegmentException(Path, Math.Min(now, length), $"the file had {length} bytes when it was opened and has {now} now");
    }

    static bool Rising(ReadOnlySpan<uint> starts)
    {
        for (var i = 1; i < starts.Length; i++)
            if (starts[i] < starts[i - 1]) return false;
        return true;
    }
}
