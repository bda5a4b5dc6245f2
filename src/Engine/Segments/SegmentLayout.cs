using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Entente.Engine.Segments;

/// <summary>
/// Header, directory and trailer of a segment, read and checked. A file is trusted in nothing before its checksums hold, and in
/// no number after that: columns must follow one another without gap or overlap from the header to the directory.
/// </summary>
sealed class SegmentLayout
{
    readonly string path;
    readonly Dictionary<string, int> byName = new(StringComparer.Ordinal);

    SegmentLayout(string path) => this.path = path;

    public string Kind { get; private set; } = "";
    public int Version { get; private set; }
    public ColumnEntry[] Columns { get; private set; } = [];
    public uint[] Checks { get; private set; } = [];

    public int Find(string column) => byName.GetValueOrDefault(column, -1);

    public static SegmentLayout Read(string path, SafeFileHandle file)
    {
        var layout = new SegmentLayout(path);
        var length = RandomAccess.GetLength(file);
        if (length < SegmentFormat.HeaderLength + SegmentFormat.TrailerLength)
            throw layout.Corrupt(length, "the file ends before a header and a trailer fit in");
        layout.ReadHeader(layout.Bytes(file, 0, SegmentFormat.HeaderLength));
        layout.ReadDirectory(file, length);
        return layout;
    }

    void ReadHeader(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(SegmentFormat.Magic)) throw Corrupt(0, "not a segment: the first bytes differ");
        if (!Sealed(bytes)) throw Corrupt(0, "the header fails its checksum");
        var version = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        if (version is < SegmentFormat.OldestVersion or > SegmentFormat.Version)
            throw Corrupt(8, $"format version {version}; this program reads versions {SegmentFormat.OldestVersion} to {SegmentFormat.Version}; import the sources again");
        Version = (int)version;
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]) != SegmentFormat.Block) throw Corrupt(12, "unknown block size");
        Kind = ReadName(bytes.Slice(16, SegmentFormat.KindLength), 16);
    }

    void ReadDirectory(SafeFileHandle file, long length)
    {
        var at = length - SegmentFormat.TrailerLength;
        var trailer = Bytes(file, at, SegmentFormat.TrailerLength);
        if (!trailer.AsSpan(48).StartsWith(SegmentFormat.EndMagic)) throw Corrupt(at, "the file is cut or has grown: no trailer at its end");
        if (!Sealed(trailer)) throw Corrupt(at, "the trailer fails its checksum");
        var offset = BinaryPrimitives.ReadInt64LittleEndian(trailer.AsSpan(8));
        var size = BinaryPrimitives.ReadInt32LittleEndian(trailer.AsSpan(16));
        var columns = BinaryPrimitives.ReadInt32LittleEndian(trailer.AsSpan(20));
        if (BinaryPrimitives.ReadInt64LittleEndian(trailer) != length) throw Corrupt(at, "the file is not as long as its trailer says");
        if (columns is < 0 or > SegmentFormat.MaxColumns || size < columns * SegmentFormat.EntryLength
            || offset < SegmentFormat.HeaderLength || offset != at - size)
            throw Corrupt(at, "the directory lies outside the file");
        var bytes = Bytes(file, offset, size);
        if (Crc32C.Of(bytes) != BinaryPrimitives.ReadUInt32LittleEndian(trailer.AsSpan(24))) throw Corrupt(offset, "the directory fails its checksum");
        ReadColumns(bytes, columns, offset);
    }

    void ReadColumns(ReadOnlySpan<byte> bytes, int columns, long directory)
    {
        Columns = new ColumnEntry[columns];
        long next = SegmentFormat.HeaderLength;
        var checks = 0;
        for (var i = 0; i < columns; i++)
        {
            var at = directory + i * SegmentFormat.EntryLength;
            var entry = ReadEntry(bytes.Slice(i * SegmentFormat.EntryLength, SegmentFormat.EntryLength), at);
            if (entry.Offset != next || entry.Length > directory - next) throw Corrupt(at, $"column {entry.Name} does not follow the one before it");
            if (entry.FirstCheck != checks) throw Corrupt(at, $"column {entry.Name} has its checksums in a wrong place");
            if (!byName.TryAdd(entry.Name, i)) throw Corrupt(at, $"two columns named {entry.Name}");
            next += entry.PaddedLength;
            checks += entry.Blocks;
            Columns[i] = entry;
        }
        if (next != directory) throw Corrupt(directory, "the columns do not reach the directory");
        ReadChecks(bytes[(columns * SegmentFormat.EntryLength)..], checks, directory);
    }

    ColumnEntry ReadEntry(ReadOnlySpan<byte> bytes, long at)
    {
        var entry = new ColumnEntry(
            ReadName(bytes[..SegmentFormat.NameLength], at),
            (ElementType)BinaryPrimitives.ReadUInt16LittleEndian(bytes[32..]),
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[34..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[40..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[48..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[56..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[36..]));
        if (!IsKnown(entry)) throw Corrupt(at, $"column {entry.Name} is of an unknown type");
        if (entry.Length is < 0 or > SegmentFormat.MaxColumnLength || entry.Rows is < 0 or > int.MaxValue || entry.Length != LengthOf(entry))
            throw Corrupt(at, $"column {entry.Name} has a length that cannot be");
        return entry;
    }

    static bool IsKnown(in ColumnEntry entry) => entry.Type == ElementType.Packed ? BitPacking.IsWidth(entry.Size)
        : entry.Type < ElementType.Packed && entry.Size > 0 && SegmentFormat.SizeOf(entry.Type) is var size && (size == 0 || size == entry.Size);

    static long LengthOf(in ColumnEntry entry) => entry.Type == ElementType.Packed ? BitPacking.LengthOf(entry.Rows, entry.Size) : entry.Rows * entry.Size;

    void ReadChecks(ReadOnlySpan<byte> bytes, int checks, long directory)
    {
        if (bytes.Length != SegmentFormat.Padded(4L * checks)) throw Corrupt(directory, "the directory has not one checksum for each block");
        Checks = new uint[checks];
        for (var i = 0; i < checks; i++) Checks[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(4 * i)..]);
    }

    byte[] Bytes(SafeFileHandle file, long offset, int count)
    {
        var bytes = new byte[count];
        for (var read = 0; read < count;)
        {
            var got = RandomAccess.Read(file, bytes.AsSpan(read), offset + read);
            if (got == 0) throw Corrupt(offset + read, "the file ends too early");
            read += got;
        }
        return bytes;
    }

    string ReadName(ReadOnlySpan<byte> bytes, long at)
    {
        var end = bytes.IndexOf((byte)0);
        var name = Encoding.Latin1.GetString(end < 0 ? bytes : bytes[..end]);
        if (!SegmentFormat.IsName(name) || (end >= 0 && bytes[end..].ContainsAnyExcept((byte)0))) throw Corrupt(at, "a name that cannot be");
        return name;
    }

    static bool Sealed(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[60..]) == Crc32C.Of(bytes[..60]);

    CorruptSegmentException Corrupt(long offset, string reason) => new(path, offset, reason);
}
