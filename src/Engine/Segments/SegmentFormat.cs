using System.Buffers.Binary;
using System.Text;

namespace Entente.Engine.Segments;

/// <summary>What the values of a column are. The number is part of the byte layout.</summary>
enum ElementType : ushort
{
    /// <summary>A structure of the writer's; only its size is known.</summary>
    Opaque = 0,
    U8 = 1, I8 = 2, U16 = 3, I16 = 4, U32 = 5, I32 = 6, U64 = 7, I64 = 8, F32 = 9, F64 = 10,
    /// <summary>Bytes of texts; where each begins stands in the column of the same name with ".starts".</summary>
    Utf8 = 11,
    /// <summary>Numbers in as few bits as hold them; the size is that of bits, and the rows are told by themselves.</summary>
    Packed = 12,
}

/// <summary>One line of the directory. Length is in bytes, without the padding to the next multiple of 64.</summary>
readonly record struct ColumnEntry(string Name, ElementType Type, int Size, long Offset, long Length, long Rows, int FirstCheck)
{
    public long PaddedLength => SegmentFormat.Padded(Length);
    public int Blocks => (int)((PaddedLength + SegmentFormat.Block - 1) / SegmentFormat.Block);
}

/// <summary>The numbers of docs/format/segment.md. Everything is little-endian.</summary>
static class SegmentFormat
{
    /// <summary>The first version had no packed numbers; what it has is read as ever.</summary>
    public const uint Version = 2, OldestVersion = 1;
    public const int Align = 64;
    public const int Block = 64 * 1024;
    public const int HeaderLength = 64;
    public const int TrailerLength = 64;
    public const int EntryLength = 64;
    public const int NameLength = 32;
    public const int KindLength = 32;
    public const int MaxColumns = 4096;
    public const string Starts = ".starts";

    /// <summary>Spans count in 32 bits: a column, and the texts of a column, end before this many bytes.</summary>
    public const long MaxColumnLength = int.MaxValue - Align;

    /// <summary>The line break and the end-of-file sign show a transfer that changed bytes, as in PNG.</summary>
    public static ReadOnlySpan<byte> Magic => "ENTSEG\r\n"u8;
    public static ReadOnlySpan<byte> EndMagic => "\x1A\nENTEND"u8;

    public static long Padded(long length) => (length + (Align - 1)) & ~(Align - 1L);

    public static ElementType TypeOf<T>() where T : unmanaged =>
        typeof(T) == typeof(byte) || typeof(T) == typeof(bool) ? ElementType.U8
        : typeof(T) == typeof(sbyte) ? ElementType.I8
        : typeof(T) == typeof(ushort) || typeof(T) == typeof(char) ? ElementType.U16
        : typeof(T) == typeof(short) ? ElementType.I16
        : typeof(T) == typeof(uint) ? ElementType.U32
        : typeof(T) == typeof(int) ? ElementType.I32
        : typeof(T) == typeof(ulong) ? ElementType.U64
        : typeof(T) == typeof(long) ? ElementType.I64
        : typeof(T) == typeof(float) ? ElementType.F32
        : typeof(T) == typeof(double) ? ElementType.F64
        : ElementType.Opaque;

    /// <summary>The size of a value of this type; 0 when any size may be.</summary>
    public static int SizeOf(ElementType type) => type switch
    {
        ElementType.U8 or ElementType.I8 or ElementType.Utf8 => 1,
        ElementType.U16 or ElementType.I16 => 2,
        ElementType.U32 or ElementType.I32 or ElementType.F32 => 4,
        ElementType.U64 or ElementType.I64 or ElementType.F64 => 8,
        _ => 0,
    };

    public static byte[] Header(string kind)
    {
        var bytes = new byte[HeaderLength];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), Version);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), Block);
        WriteName(bytes.AsSpan(16, KindLength), kind);
        Seal(bytes);
        return bytes;
    }

    public static byte[] Trailer(long directoryOffset, int directoryLength, int columns, uint directoryCheck)
    {
        var bytes = new byte[TrailerLength];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, directoryOffset + directoryLength + TrailerLength);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), directoryOffset);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), directoryLength);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(20), columns);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(24), directoryCheck);
        EndMagic.CopyTo(bytes.AsSpan(48));
        Seal(bytes);
        return bytes;
    }

    public static void WriteEntry(Span<byte> into, in ColumnEntry entry)
    {
        WriteName(into[..NameLength], entry.Name);
        BinaryPrimitives.WriteUInt16LittleEndian(into[32..], (ushort)entry.Type);
        BinaryPrimitives.WriteUInt16LittleEndian(into[34..], (ushort)entry.Size);
        BinaryPrimitives.WriteInt32LittleEndian(into[36..], entry.FirstCheck);
        BinaryPrimitives.WriteInt64LittleEndian(into[40..], entry.Offset);
        BinaryPrimitives.WriteInt64LittleEndian(into[48..], entry.Length);
        BinaryPrimitives.WriteInt64LittleEndian(into[56..], entry.Rows);
    }

    /// <summary>1 to 32 bytes of ASCII from space to tilde, so that a directory can be read in a hex dump.</summary>
    public static bool IsName(string name) => name.Length is > 0 and <= NameLength && name.All(c => c is > ' ' and <= '~');

    static void WriteName(Span<byte> into, string name) => Encoding.ASCII.GetBytes(name, into);

    /// <summary>The last four bytes of header and trailer are the checksum of the sixty before them.</summary>
    static void Seal(Span<byte> bytes) => BinaryPrimitives.WriteUInt32LittleEndian(bytes[60..], Crc32C.Of(bytes[..60]));
}
