using Entente.Engine.Segments;

namespace Entente.Engine.Works;

/// <summary>The flags of the works of a segment: for each flag that some work carries, a bit for each work.</summary>
public sealed class FlagPlanes
{
    readonly MappedColumn<byte> flags;
    readonly MappedColumn<ulong> planes;
    readonly int count, words;

    internal FlagPlanes(Segment works, int count)
    {
        (this.count, words) = (count, (count + 63) / 64);
        var carried = works.Rows(WorksFormat.FlagBits);
        flags = new(works, WorksFormat.FlagBits, carried, Rising);
        planes = new(works, WorksFormat.Flags, carried * words);
    }

    /// <summary>The flags of a work.</summary>
    public ushort this[int work]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)work, (uint)count, nameof(work));
            var carried = flags.Span;
            var bits = planes.Span;
            var all = 0;
            for (var i = 0; i < carried.Length; i++) all |= (int)(bits[i * words + (work >> 6)] >> work & 1) << carried[i];
            return (ushort)all;
        }
    }

    /// <summary>A bit for each work that carries a flag; empty where none does.</summary>
    /// <param name="flag">one flag</param>
    internal ReadOnlySpan<ulong> Of(WorkFlags flag)
    {
        var at = flags.Span.IndexOf((byte)System.Numerics.BitOperations.Log2((uint)flag));
        return at < 0 ? [] : planes.Span.Slice(at * words, words);
    }

    static string? Rising(ReadOnlySpan<byte> values)
    {
        for (var i = 0; i < values.Length; i++)
            if (values[i] > 15 || (i > 0 && values[i] <= values[i - 1])) return "no such flags";
        return null;
    }

    internal static void Write(SegmentWriter writer, ReadOnlySpan<ushort> ofWorks)
    {
        var carried = 0;
        foreach (var flags in ofWorks) carried |= flags;
        byte[] present = [.. Enumerable.Range(0, 16).Where(flag => (carried >> flag & 1) != 0).Select(flag => (byte)flag)];
        var words = (ofWorks.Length + 63) / 64;
        var planes = new ulong[present.Length * words];
        for (var i = 0; i < present.Length; i++)
            for (var work = 0; work < ofWorks.Length; work++)
                planes[i * words + (work >> 6)] |= (ulong)(ofWorks[work] >> present[i] & 1) << work;
        writer.Column<byte>(WorksFormat.FlagBits, present);
        writer.Column<ulong>(WorksFormat.Flags, planes);
    }
}
