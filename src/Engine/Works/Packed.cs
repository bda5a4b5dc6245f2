using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Entente.Engine.Segments;

namespace Entente.Engine.Works;

/// <summary>
/// Numbers of a segment that stand there in as few bits as hold them. The column is checked at its first reading; each number
/// that is read is held against the largest that may stand there, so that none points where nothing is.
/// </summary>
public sealed unsafe class Packed<T> where T : unmanaged
{
    readonly Segment segment;
    readonly string name;
    readonly long end;
    nint bits;
    int width;
    ulong mask, most;
    long first, step;

    /// <param name="rows">how many there must be</param>
    /// <param name="end">numbers that are used as indexes are from 0 to below this one; 0 for any number</param>
    internal Packed(Segment segment, string name, int rows, long end = 0) => (this.segment, this.name, Length, this.end) = (segment, name, rows, end);

    public int Length { get; }

    public T this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (Volatile.Read(ref bits) == 0 || !segment.IsOpen) Load();
            if ((uint)row >= (uint)Length) throw new ArgumentOutOfRangeException(nameof(row));
            var at = (ulong)(uint)row * (uint)width;
            var steps = Unsafe.ReadUnaligned<ulong>((byte*)bits + (at >> 3)) >> (int)(at & 7) & mask;
            if (steps > most) Fail();
            var value = first + step * (long)steps;
            return Unsafe.As<long, T>(ref value);
        }
    }

    /// <summary>Asks the memory for a number that is read soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Prefetch(int row)
    {
        if (Sse.IsSupported) Sse.Prefetch0((byte*)bits + ((ulong)(uint)row * (uint)width >> 3));
    }

    /// <summary>The numbers from a row on, as many as go in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Unpack(int row, Span<T> into)
    {
        if (Volatile.Read(ref bits) == 0 || !segment.IsOpen) Load();
        if ((uint)row > (uint)Length || into.Length > Length - row) throw new ArgumentOutOfRangeException(nameof(row));
        var (mask, most, first, step) = (this.mask, this.most, this.first, this.step);
        var from = (byte*)bits;
        var (at, width, over) = ((ulong)(uint)row * (uint)this.width, (uint)this.width, false);
        foreach (ref var to in into)
        {
            var steps = Unsafe.ReadUnaligned<ulong>(from + (at >> 3)) >> (int)(at & 7) & mask;
            over |= steps > most;
            at += width;
            var value = first + step * (long)steps;
            to = Unsafe.As<long, T>(ref value);
        }
        if (over) Fail();
    }

    /// <summary>All of them.</summary>
    public T[] ToArray()
    {
        var values = new T[Length];
        Unpack(0, values);
        return values;
    }

    void Load()
    {
        var from = segment.Packed(name, out var rows, out var bitsOfEach, out var least, out var apart);
        if (rows != Length) throw new CorruptSegmentException(segment.Path, 0, $"column {name} has {rows} rows, not {Length}");
        if (end > 0 && rows > 0 && (least < 0 || least >= end || apart < 1)) Fail();
        (width, first, step) = (bitsOfEach, least, apart);
        mask = width == 64 ? ulong.MaxValue : (1UL << width) - 1;
        most = end > 0 && rows > 0 ? (ulong)((end - 1 - least) / apart) : ulong.MaxValue;
        Volatile.Write(ref bits, (nint)from);
    }

    void Fail() => throw new CorruptSegmentException(segment.Path, 0, $"column {name}: a number out of range");
}

/// <summary>Numbers that stand either as they are or, where that takes less, as places in a list of all that are different.</summary>
public sealed class Coded<T> where T : unmanaged
{
    readonly Packed<T>? plain;
    readonly Packed<int>? places;
    readonly Packed<T>? values;
    T[]? different;

    internal Coded(Segment segment, string name, int rows)
    {
        if (!segment.Has(name + WorksFormat.Values)) plain = new(segment, name, rows);
        else
        {
            values = new(segment, name + WorksFormat.Values, segment.Rows(name + WorksFormat.Values));
            places = new(segment, name, rows, Math.Max(1, values.Length));
        }
    }

    public int Length => plain?.Length ?? places!.Length;

    public T this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => plain is not null ? plain[row] : Different[places![row]];
    }

    /// <summary>The numbers from a row on, as many as go in.</summary>
    internal void Unpack(int row, Span<T> into)
    {
        if (plain is not null)
        {
            plain.Unpack(row, into);
            return;
        }
        Span<int> at = stackalloc int[256];
        var different = Different;
        for (var done = 0; done < into.Length; done += at.Length)
        {
            var some = into.Slice(done, Math.Min(at.Length, into.Length - done));
            places!.Unpack(row + done, at[..some.Length]);
            for (var i = 0; i < some.Length; i++) some[i] = different[at[i]];
        }
    }

    internal void Prefetch(int row)
    {
        if (plain is not null) plain.Prefetch(row);
        else places!.Prefetch(row);
    }

    T[] Different => different ??= values!.ToArray();

    /// <summary>The different numbers, each at least once: those of the list, or of all rows.</summary>
    internal T[] Some() => plain?.ToArray() ?? Different;
}
