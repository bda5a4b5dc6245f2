using System.Collections.Concurrent;
using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>
/// An ego copy: the works of one side told again in one place, so that a question about them reads no other memory. Its works
/// are numbered in order of year (those without one first), segment and row, so that a window of years is a range of numbers.
/// For each unit that the works list there is a *row*: their numbers, rising. Ask it by <see cref="EgoView"/>.
/// </summary>
public sealed class Ego
{
    const int MostMasks = 16;
    readonly ConcurrentDictionary<string, ulong[]> masks = new(StringComparer.Ordinal);

    internal Ego(WorksStore store, UnitSet side) => (Store, Side) = (store, side);

    public WorksStore Store { get; }

    /// <summary>The units that stand for the side.</summary>
    public UnitSet Side { get; }

    /// <summary>How many works.</summary>
    public int Count => Works.Length;

    /// <summary>The row of each work within its segment, and which stretch of works lies in which segment.</summary>
    internal int[] Works { get; init; } = [];
    internal Stretch[] Stretches { get; init; } = [];

    internal readonly record struct Stretch(int Segment, int First, int Last);

    /// <summary>The works of year FirstYear + i are numbered YearStarts[i] .. YearStarts[i + 1] - 1; those before the first have no year.</summary>
    internal int FirstYear { get; init; }
    internal int[] YearStarts { get; init; } = [0];

    /// <summary>The topic of each work, as a place in <see cref="TopicTable.Numbers"/>.</summary>
    internal int[] Topics { get; init; } = [];

    /// <summary>The works of all rows, one row after another, and where each row begins.</summary>
    internal int[] Posts { get; init; } = [];
    internal int[] RowStarts { get; init; } = [0];

    /// <summary>The unit of each row, as a number of the store's directory. A unit may have two rows: see <see cref="Partners"/>.</summary>
    internal int[] RowUnits { get; init; } = [];

    /// <summary>All rows in order of unit, to find those of one.</summary>
    internal int[] ByUnit { get; init; } = [];

    /// <summary>
    /// The organisations outside the side, those with most works first. The first rows are theirs: each work stands there once
    /// for an organisation, under the first unit outside the side by which it lists it. All other pairs of work and unit (units of the
    /// side, second ways of listing one organisation, organisations without a number) stand in the rows behind these.
    /// </summary>
    internal Partner[] Partners { get; init; } = [];

    internal readonly record struct Partner(int Organisation, int FirstRow, int LastRow, int Works);

    /// <summary>For each group that the works' units belong to, its number and its works; and a bit for each work with two groups or more.</summary>
    internal int[] Groups { get; init; } = [];
    internal RowSet[] GroupWorks { get; init; } = [];
    internal ulong[] SeveralGroups { get; init; } = [];

    /// <summary>About how much memory it holds.</summary>
    public long Bytes => 4L * (Works.Length + YearStarts.Length + Topics.Length + Posts.Length + RowStarts.Length + RowUnits.Length + ByUnit.Length + Groups.Length)
        + 12L * Stretches.Length + 16L * Partners.Length + 8L * SeveralGroups.Length + GroupWorks.Sum(works => works.Bytes);

    /// <summary>The copy for a side, made at the first question and kept while there is room. Groups (countries) are told by <paramref name="group"/>, -1 for none.</summary>
    public static Ego Of(UnitSet side, Func<Unit, int> group) => side.Store.Egos.Take(side, group);

    internal ReadOnlySpan<int> Row(int row) => Posts.AsSpan(RowStarts[row], RowStarts[row + 1] - RowStarts[row]);

    /// <summary>Where the works of these years lie: first .. last - 1. Null at either end leaves it open, and both take works without a year too.</summary>
    internal (int First, int Last) Range(int? firstYear, int? lastYear)
    {
        if (firstYear is null && lastYear is null) return (0, Count);
        var first = StartOf(Math.Max(1, firstYear ?? 1));
        var last = lastYear is { } year ? StartOf(year + 1L) : Count;
        return (first, Math.Max(first, last));
    }

    /// <summary>A bit for each work that passes a filter; null where all do.</summary>
    internal ulong[]? Mask(WorkFilter filter)
    {
        if (filter == WorkFilter.None) return null;
        if (masks.Count >= MostMasks) masks.Clear();
        return masks.GetOrAdd(filter.Key, _ => BitsOf(Select.Passing(Store, filter)));
    }

    /// <summary>A bit for each work that is in a set.</summary>
    internal ulong[] BitsOf(WorkSet passing)
    {
        var mask = new ulong[(Count + 63) / 64];
        var all = Store.Segments.Select(segment => passing.Rows(segment).Bits).ToArray();
        foreach (var stretch in Stretches)
        {
            var bits = all[stretch.Segment];
            for (var work = stretch.First; work < stretch.Last; work++)
                mask[work >> 6] |= (bits[Works[work] >> 6] >> Works[work] & 1) << work;
        }
        return mask;
    }

    int StartOf(long year) => YearStarts[(int)Math.Clamp(year - FirstYear, 0, YearStarts.Length - 1)];
}
