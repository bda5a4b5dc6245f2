using System.Buffers;
using System.Runtime.CompilerServices;

namespace Entente.Engine.Query;

/// <summary>An organisation and how many works list it.</summary>
public readonly record struct PartnerCount(long Id, long Works);

/// <summary>Works of a topic with a partner, and how many there would be if the two had nothing to do with each other.</summary>
public readonly record struct TopicCell(long Partner, int Topic, long Observed, double Expected);

/// <summary>Topics by partner: the sums over all cells of the partners asked for, and the cells with most works.</summary>
public sealed record TopicsByPartner(long Observed, double Expected, IReadOnlyList<TopicCell> Most);

/// <summary>
/// An ego copy seen through a filter, and the questions that are asked of it. Years of the filter are a range of works; its other
/// conditions a bit for each work, which the copy keeps for the next question with the same ones. For one thread.
/// </summary>
public sealed class EgoView
{
    readonly Ego ego;
    readonly WorkFilter filter;
    readonly ulong[]? mask;
    readonly int first, last;
    (int Year, int[]? Starts) bounds;

    public EgoView(Ego ego, WorkFilter filter)
    {
        (this.ego, this.filter) = (ego, filter);
        var (firstYear, lastYear) = (filter.FirstYear, filter.LastYear);
        (first, last) = ego.Range(firstYear, lastYear);
        mask = ego.Mask(filter with { FirstYear = null, LastYear = null });
    }

    /// <summary>How many works of the side pass.</summary>
    public long Count => CountBits(default, first, last);

    /// <summary>The works of the side that pass, by year from first to last.</summary>
    public long[] CountByYear(int firstYear, int lastYear) => ByYear(default(ReadOnlySpan<ulong>), firstYear, lastYear);

    /// <summary>Works that also list a unit of another side, by year.</summary>
    public long[] CountByYear(UnitSet with, int firstYear, int lastYear)
    {
        var rows = new List<int>();
        foreach (var unit in with.Numbers) AddRows(unit, rows);
        if (rows.Count == 0) return new long[Math.Max(0, lastYear - firstYear + 1)];
        if (rows.Count == 1) return ByYear(ego.Row(rows[0]), firstYear, lastYear);
        var length = (ego.Count + 63) / 64;
        var bits = ArrayPool<ulong>.Shared.Rent(length);
        try
        {
            bits.AsSpan(0, length).Clear();
            foreach (var row in rows)
                foreach (var work in ego.Row(row)) bits[work >> 6] |= 1UL << work;
            return ByYear((ReadOnlySpan<ulong>)bits.AsSpan(0, length), firstYear, lastYear);
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(bits);
        }
    }

    /// <summary>Works whose units belong to two groups or more, by year.</summary>
    public long[] SeveralGroupsByYear(int firstYear, int lastYear) => ByYear((ReadOnlySpan<ulong>)ego.SeveralGroups, firstYear, lastYear);

    /// <summary>For each group, by number, the works with a unit of it, by year; groups without any are left out.</summary>
    public IReadOnlyList<(int Group, long[] ByYear)> CountByGroupAndYear(int firstYear, int lastYear)
    {
        var found = new List<(int, long[])>(ego.Groups.Length);
        for (var i = 0; i < ego.Groups.Length; i++)
        {
            var counts = ego.GroupWorks[i].IsList(out var list) ? ByYear(list, firstYear, lastYear) : ByYear((ReadOnlySpan<ulong>)ego.GroupWorks[i].Bits, firstYear, lastYear);
            if (counts.AsSpan().ContainsAnyExcept(0)) found.Add((ego.Groups[i], counts));
        }
        return found;
    }

    /// <summary>
    /// The organisations outside the side that most works list; of equals, the one whose number comes first as a text. Partners come by
    /// their number of works under no filter, so that the search ends with the first who has fewer there than the last of those found has here.
    /// </summary>
    public IReadOnlyList<PartnerCount> TopPartners(int most) => [.. Top(most).Select(found => new PartnerCount(IdOf(found.Partner), found.Works))];

    /// <summary>Topics with each of the partners with most works, held against what would be expected: works of the topic of the side x of the partner / of all.</summary>
    public TopicsByPartner TopicsByPartner(int partners, int most) => new TopicCount(ego, filter, CountTopics(), Top(partners)).Of(most, Add);

    /// <summary>The works of the side in each topic, by the topic's number; topics without any are left out.</summary>
    public IReadOnlyList<(int Topic, long Works)> CountByTopic()
    {
        var counts = CountTopics();
        return [.. counts.Index().Where(topic => topic.Item > 0).Select(topic => (ego.Store.Egos.Topics.Numbers[topic.Index], (long)topic.Item))];
    }

    List<(Ego.Partner Partner, int Works)> Top(int most)
    {
        var best = new PriorityQueue<(Ego.Partner, int), (int, string)>(Comparer<(int Works, string Id)>.Create((x, y) =>
            x.Works != y.Works ? x.Works.CompareTo(y.Works) : string.CompareOrdinal(y.Id, x.Id)));
        var least = 1;
        foreach (var partner in ego.Partners)
        {
            if (most == 0 || partner.Works < least) break;
            var works = 0;
            for (var row = partner.FirstRow; row < partner.LastRow; row++) works += CountRow(ego.Row(row));
            if (works < least) continue;
            best.Enqueue((partner, works), (works, IdOf(partner).ToString(System.Globalization.CultureInfo.InvariantCulture)));
            if (best.Count > most) best.Dequeue();
            if (best.Count == most && best.TryPeek(out _, out var last)) least = last.Item1;
        }
        var found = new List<(Ego.Partner, int)>(best.Count);
        while (best.TryDequeue(out var partner, out _)) found.Add(partner);
        found.Reverse();
        return found;
    }

    long IdOf(Ego.Partner partner) => ego.Store.Units.Organisations[partner.Organisation];

    void AddRows(int unit, List<int> rows)
    {
        var (low, high) = (0, ego.ByUnit.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (ego.RowUnits[ego.ByUnit[middle]] < unit) low = middle + 1;
            else high = middle;
        }
        for (; low < ego.ByUnit.Length && ego.RowUnits[ego.ByUnit[low]] == unit; low++) rows.Add(ego.ByUnit[low]);
    }

    int CountRow(ReadOnlySpan<int> row)
    {
        row = Windowed(row);
        return mask is null ? row.Length : Positions.CountSet(row, mask);
    }

    ReadOnlySpan<int> Windowed(ReadOnlySpan<int> row) => first == 0 && last == ego.Count ? row : row[Positions.Below(row, first)..Positions.Below(row, last)];

    /// <summary>Adds one to the topic of each work of a row that passes.</summary>
    void Add(ReadOnlySpan<int> row, int[] counts)
    {
        row = Windowed(row);
        var topics = ego.Topics;
        if (mask is null)
            foreach (var work in row) counts[topics[work]]++;
        else
            foreach (var work in row) counts[topics[work]] += (int)(mask[work >> 6] >> work & 1);
    }

    int[] CountTopics()
    {
        var counts = new int[ego.Store.Egos.Topics.Numbers.Length];
        for (var work = first; work < last; work++)
            counts[ego.Topics[work]] += mask is null ? 1 : (int)(mask[work >> 6] >> work & 1);
        return counts;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    long[] ByYear(ReadOnlySpan<int> row, int firstYear, int lastYear)
    {
        var counts = new long[Math.Max(0, lastYear - firstYear + 1)];
        var bounds = Bounds(firstYear, counts.Length);
        var from = Positions.Below(row, bounds[0]);
        for (var year = 0; year < counts.Length; year++)
        {
            var to = Positions.Below(row, bounds[year + 1]);
            counts[year] = mask is null ? to - from : Positions.CountSet(row[from..to], mask);
            from = to;
        }
        return counts;
    }

    /// <param name="bits">empty for all works</param>
    long[] ByYear(ReadOnlySpan<ulong> bits, int firstYear, int lastYear)
    {
        var counts = new long[Math.Max(0, lastYear - firstYear + 1)];
        var bounds = Bounds(firstYear, counts.Length);
        for (var year = 0; year < counts.Length; year++) counts[year] = CountBits(bits, bounds[year], bounds[year + 1]);
        return counts;
    }

    /// <summary>Where each of these years begins, and where the last ends, within the years that the filter lets pass.</summary>
    int[] Bounds(int firstYear, int years)
    {
        if (bounds.Year == firstYear && bounds.Starts?.Length == years + 1) return bounds.Starts;
        var starts = new int[years + 1];
        for (var year = 0; year <= years; year++) starts[year] = Math.Clamp(ego.Range(Math.Max(1, firstYear + year), short.MaxValue).First, first, last);
        bounds = (firstYear, starts);
        return starts;
    }

    long CountBits(ReadOnlySpan<ulong> bits, int from, int to)
    {
        if (to <= from) return 0;
        if (mask is null) return bits.IsEmpty ? to - from : Bitmaps.Count(bits, from, to);
        return bits.IsEmpty ? Bitmaps.Count(mask, from, to) : Positions.CountBoth(bits, mask, from, to);
    }
}
