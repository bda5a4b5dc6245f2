using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Entente.Engine.Segments;

/// <summary>Writes a segment column by column, hashing as it goes. Nothing is readable under the final name before <see cref="Finish"/>.</summary>
public sealed class SegmentWriter : IDisposable
{
    /// <summary>What the name of a file ends with while it is written.</summary>
    internal const string Partial = ".partial";

    readonly string path;
    readonly string partial;
    readonly SafeFileHandle file;
    readonly IncrementalHash sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly List<ColumnEntry> columns = [];
    readonly List<uint> checks = [];
    readonly byte[] block = new byte[SegmentFormat.Block];
    int filled;
    long position;
    bool finished;

    /// <param name="path">where the segment will stand; it is written beside it, under the name with ".partial"</param>
    /// <param name="kind">what the segment holds; 1 to 32 letters of ASCII</param>
    public SegmentWriter(string path, string kind)
    {
        if (!SegmentFormat.IsName(kind)) throw new ArgumentException("A kind is 1 to 32 letters of ASCII.", nameof(kind));
        this.path = path;
        partial = path + Partial;
        file = File.OpenHandle(partial, FileMode.Create, FileAccess.Write, FileShare.None);
        try
        {
            Write(SegmentFormat.Header(kind));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <exception cref="ArgumentException">The name is taken or no name, or the column would pass 2 GiB.</exception>
    public void Column<T>(string name, ReadOnlySpan<T> values) where T : unmanaged
    {
        var bytes = (long)values.Length * Unsafe.SizeOf<T>();
        if (bytes > SegmentFormat.MaxColumnLength) throw new ArgumentException($"Column {name} would pass 2 GiB; write another segment.", nameof(values));
        Column(name, SegmentFormat.TypeOf<T>(), Unsafe.SizeOf<T>(), values.Length, MemoryMarshal.AsBytes(values));
    }

    /// <summary>A column of numbers in as few bits as hold them.</summary>
    internal void Packed<T>(string name, ReadOnlySpan<T> values) where T : unmanaged, IBinaryInteger<T>
    {
        var (first, step, width) = BitPacking.Plan(values);
        if (BitPacking.LengthOf(values.Length, width) > SegmentFormat.MaxColumnLength) throw new ArgumentException($"Column {name} would pass 2 GiB; write another segment.", nameof(values));
        Column(name, ElementType.Packed, width, values.Length, BitPacking.Pack(values, first, step, width));
    }

    /// <summary>A column of texts, and with it the column NAME.starts; an absent text is written as an empty one.</summary>
    /// <exception cref="ArgumentException">The name is taken or no name, or the texts would pass 2 GiB.</exception>
    public void Text(string name, IEnumerable<string?> values)
    {
        CheckName(name);
        CheckName(name + SegmentFormat.Starts);
        var starts = new List<uint> { 0 };
        var (offset, first) = (position, checks.Count);
        var length = 0L;
        foreach (var value in values)
        {
            length += Append(value);
            if (length > SegmentFormat.MaxColumnLength) throw new ArgumentException($"Column {name} would pass 2 GiB; write another segment.", nameof(values));
            starts.Add((uint)length);
        }
        EndBlock();
        columns.Add(new(name, ElementType.Utf8, 1, offset, length, length, first));
        Column<uint>(name + SegmentFormat.Starts, CollectionsMarshal.AsSpan(starts));
    }

    /// <summary>A column of texts that are UTF-8 already; row n lies from starts[n] to starts[n + 1].</summary>
    internal void Utf8(string name, ReadOnlySpan<byte> bytes, ReadOnlySpan<uint> starts)
    {
        Column(name, ElementType.Utf8, 1, bytes.Length, bytes);
        Column(name + SegmentFormat.Starts, starts);
    }

    /// <summary>How many bytes the columns take up to here.</summary>
    internal long Written => position;

    /// <summary>Closes the file, flushed to disk, and tells its SHA-256 (lower-case hex) and size in bytes.</summary>
    public SegmentDigest Finish()
    {
        var directory = Directory();
        var offset = position;
        Write(directory);
        Write(SegmentFormat.Trailer(offset, directory.Length, columns.Count, Crc32C.Of(directory)));
        RandomAccess.FlushToDisk(file);
        file.Dispose();
        File.Move(partial, path, overwrite: true);
        finished = true;
        return new(Path.GetFileName(path), Convert.ToHexStringLower(sha.GetHashAndReset()), position);
    }

    /// <summary>Without <see cref="Finish"/> before it, takes away what was written.</summary>
    public void Dispose()
    {
        file.Dispose();
        sha.Dispose();
        if (!finished) File.Delete(partial);
        finished = true;
    }

    void Column(string name, ElementType type, int size, int rows, ReadOnlySpan<byte> bytes)
    {
        CheckName(name);
        var (offset, first) = (position, checks.Count);
        var whole = bytes.Length / SegmentFormat.Block * SegmentFormat.Block;
        for (var at = 0; at < whole; at += SegmentFormat.Block) WriteBlock(bytes.Slice(at, SegmentFormat.Block));
        bytes[whole..].CopyTo(block);
        filled = bytes.Length - whole;
        EndBlock();
        columns.Add(new(name, type, size, offset, bytes.Length, rows, first));
    }

    int Append(string? value)
    {
        if (string.IsNullOrEmpty(value)) return 0;
        var bytes = Encoding.UTF8.GetByteCount(value);
        if (filled + bytes <= block.Length) Encoding.UTF8.GetBytes(value, block.AsSpan(filled));
        else { AppendAcross(Encoding.UTF8.GetBytes(value)); return bytes; }
        filled += bytes;
        return bytes;
    }

    void AppendAcross(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var take = Math.Min(bytes.Length, block.Length - filled);
            bytes[..take].CopyTo(block.AsSpan(filled));
            filled += take;
            bytes = bytes[take..];
            if (filled < block.Length) continue;
            WriteBlock(block);
            filled = 0;
        }
    }

    /// <summary>Pads the last block of a column, so that the padding is under a checksum too.</summary>
    void EndBlock()
    {
        if (filled == 0) return;
        var padded = (int)SegmentFormat.Padded(filled);
        block.AsSpan(filled, padded - filled).Clear();
        WriteBlock(block.AsSpan(0, padded));
        filled = 0;
    }

    void WriteBlock(ReadOnlySpan<byte> bytes)
    {
        checks.Add(Crc32C.Of(bytes));
        Write(bytes);
    }

    void Write(ReadOnlySpan<byte> bytes)
    {
        sha.AppendData(bytes);
        RandomAccess.Write(file, bytes, position);
        position += bytes.Length;
    }

    byte[] Directory()
    {
        var entries = columns.Count * SegmentFormat.EntryLength;
        var bytes = new byte[entries + SegmentFormat.Padded(4L * checks.Count)];
        for (var i = 0; i < columns.Count; i++)
            SegmentFormat.WriteEntry(bytes.AsSpan(i * SegmentFormat.EntryLength, SegmentFormat.EntryLength), columns[i]);
        for (var i = 0; i < checks.Count; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(entries + 4 * i), checks[i]);
        return bytes;
    }

    void CheckName(string name)
    {
        if (!SegmentFormat.IsName(name)) throw new ArgumentException($"A column is named by 1 to 32 letters of ASCII, not “{name}”.", nameof(name));
        if (columns.Any(column => column.Name == name)) throw new ArgumentException($"Column {name} is written already.", nameof(name));
        if (columns.Count >= SegmentFormat.MaxColumns) throw new ArgumentException($"A segment has at most {SegmentFormat.MaxColumns} columns.", nameof(name));
    }
}

/// <summary>A file of a vintage as the manifest names it.</summary>
public sealed record SegmentDigest(string Name, string Sha256, long Bytes);
