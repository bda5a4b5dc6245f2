using System.Runtime.CompilerServices;
using Entente.Engine.Segments;

namespace Entente.Engine.Works;

/// <summary>The years of the works of a segment, which lie in their order: each different year once, and where it begins.</summary>
public sealed class YearRuns
{
    readonly MappedColumn<short> years;
    readonly MappedColumn<uint> starts;

    internal YearRuns(Segment works, int count)
    {
        var different = works.Rows(WorksFormat.Year);
        years = new(works, WorksFormat.Year, different, ColumnChecks.RisingYears);
        starts = new(works, WorksFormat.YearStarts, different + 1, ColumnChecks.Starts(count));
    }

    /// <summary>The year of a work; 0 when unknown.</summary>
    public short this[int work]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var different = years.Span;
            var starts = this.starts.Span;
            if ((uint)work >= starts[^1]) throw new ArgumentOutOfRangeException(nameof(work));
            var (low, length) = (0, different.Length);
            while (length > 1)
            {
                var half = length >> 1;
                low += starts[low + half] <= (uint)work ? half : 0;
                length -= half;
            }
            return different[low];
        }
    }

    /// <summary>How many works come before a year.</summary>
    internal int Before(long year)
    {
        var at = year > short.MaxValue ? years.Span.Length : years.Span.BinarySearch((short)Math.Max(year, -1));
        return (int)starts.Span[at < 0 ? ~at : at];
    }

    internal static void Write(SegmentWriter writer, ReadOnlySpan<short> ofWorks)
    {
        var (years, starts) = (new List<short>(), new List<uint>());
        for (var work = 0; work < ofWorks.Length; work++)
            if (work == 0 || ofWorks[work] != ofWorks[work - 1])
            {
                years.Add(ofWorks[work]);
                starts.Add((uint)work);
            }
        writer.Column<short>(WorksFormat.Year, years.ToArray());
        writer.Column<uint>(WorksFormat.YearStarts, [.. starts, (uint)ofWorks.Length]);
    }
}
