using System.Buffers.Binary;
using System.Text;

namespace Entente.Core.Evidence.ClickHouse;

/// <summary>Writes rows as ClickHouse's RowBinary: numbers little-endian, texts and arrays with their length before them.</summary>
sealed class RowWriter
{
    byte[] _bytes = new byte[1 << 16];

    public int Length { get; private set; }
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    public void Clear() => Length = 0;

    public RowWriter U8(byte value)
    {
        Room(1)[0] = value;
        Length++;
        return this;
    }

    public RowWriter U16(ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(Room(2), value);
        Length += 2;
        return this;
    }

    public RowWriter U32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Room(4), value);
        Length += 4;
        return this;
    }

    public RowWriter U64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(Room(8), value);
        Length += 8;
        return this;
    }

    public RowWriter F32(float value) => U32(BitConverter.SingleToUInt32Bits(value));

    public RowWriter Count(int value)
    {
        var room = Room(5);
        var rest = (uint)value;
        var written = 0;
        for (; rest >= 0x80; rest >>= 7) room[written++] = (byte)(rest & 0x7F | 0x80);
        room[written++] = (byte)rest;
        Length += written;
        return this;
    }

    public RowWriter Text(string? text)
    {
        var count = Encoding.UTF8.GetByteCount(text ?? "");
        Count(count);
        Encoding.UTF8.GetBytes(text ?? "", Room(count));
        Length += count;
        return this;
    }

    public RowWriter U32s(ReadOnlySpan<uint> values)
    {
        Count(values.Length);
        foreach (var value in values) U32(value);
        return this;
    }

    Span<byte> Room(int count)
    {
        if (Length + count > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        return _bytes.AsSpan(Length);
    }
}

/// <summary>Reads rows of RowBinary off an answer. <see cref="More"/> tells whether another row begins.</summary>
sealed class RowReader(Stream stream, Func<Exception, ClickHouseException> broken) : IDisposable
{
    readonly byte[] _bytes = new byte[1 << 16];
    int _at, _end;

    public bool More()
    {
        if (_at < _end) return true;
        try
        {
            (_at, _end) = (0, stream.Read(_bytes));
        }
        catch (IOException e)
        {
            throw broken(e);
        }
        return _end > 0;
    }

    public byte U8()
    {
        if (!More()) throw broken(new EndOfStreamException("its answer ends within a row."));
        return _bytes[_at++];
    }

    public short I16() => unchecked((short)(U8() | U8() << 8));

    public uint U32()
    {
        if (_end - _at < 4) return U8() | (uint)U8() << 8 | (uint)U8() << 16 | (uint)U8() << 24;
        var value = BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(_at));
        _at += 4;
        return value;
    }

    public float F32() => BitConverter.UInt32BitsToSingle(U32());

    public ulong U64()
    {
        if (_end - _at < 8) return U32() | (ulong)U32() << 32;
        var value = BinaryPrimitives.ReadUInt64LittleEndian(_bytes.AsSpan(_at));
        _at += 8;
        return value;
    }

    public int Count()
    {
        var (count, shift) = (0, 0);
        byte part;
        do
        {
            part = U8();
            count |= (part & 0x7F) << shift;
            shift += 7;
        }
        while (part >= 0x80 && shift < 35);
        return count;
    }

    public string Text()
    {
        var bytes = new byte[Count()];
        for (var i = 0; i < bytes.Length; i++) bytes[i] = U8();
        return Encoding.UTF8.GetString(bytes);
    }

    public T[] Array<T>(Func<RowReader, T> read)
    {
        var values = new T[Count()];
        for (var i = 0; i < values.Length; i++) values[i] = read(this);
        return values;
    }

    public void Dispose() => stream.Dispose();
}
