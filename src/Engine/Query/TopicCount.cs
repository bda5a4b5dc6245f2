using System.Runtime.Intrinsics;

namespace Entente.Engine.Query;

/// <summary>Counts topics with partners, one partner after another, and holds them against the margins.</summary>
sealed class TopicCount
{
    readonly Ego ego;
    readonly WorkFilter filter;
    readonly IReadOnlyList<(Ego.Partner Partner, int Works)> partners;

    /// <summary>Of each topic, the side's works over all works that pass; 0 where the side has none.</summary>
    readonly double[] parts;

    public TopicCount(Ego ego, WorkFilter filter, int[] own, IReadOnlyList<(Ego.Partner Partner, int Works)> partners)
    {
        (this.ego, this.filter, this.partners) = (ego, filter, partners);
        var world = ego.Store.Egos.Marginals.World(filter);
        parts = new double[own.Length];
        for (var topic = 0; topic < parts.Length; topic++)
            if (own[topic] > 0) parts[topic] = (double)own[topic] / world[topic];
    }

    public delegate void AddRow(ReadOnlySpan<int> row, int[] counts);

    public TopicsByPartner Of(int most, AddRow add)
    {
        var (observed, expected) = (0L, 0.0);
        var best = new PriorityQueue<TopicCell, TopicCell>(Comparer<TopicCell>.Create(Order));
        var counts = new int[parts.Length];
        foreach (var (partner, works) in partners)
        {
            Array.Clear(counts);
            for (var row = partner.FirstRow; row < partner.LastRow; row++) add(ego.Row(row), counts);
            var margins = ego.Store.Egos.Marginals.Of(partner.Organisation, filter);
            observed += works;
            expected += Positions.Dot(parts, margins, Bitmaps.Widest);
            Offer(best, most, ego.Store.Units.Organisations[partner.Organisation], counts, margins);
        }
        var cells = new TopicCell[best.Count];
        for (var i = cells.Length - 1; i >= 0; i--) cells[i] = best.Dequeue();
        return new(observed, expected, cells);
    }

    void Offer(PriorityQueue<TopicCell, TopicCell> best, int most, long partner, int[] counts, int[] margins)
    {
        if (most == 0) return;
        var least = best.Count == most ? best.Peek().Observed : 1;
        for (var topic = 0; topic < counts.Length; topic++)
        {
            // Sixteen at a time are passed over that none of the best would make room for.
            while (topic + 16 <= counts.Length && Vector512.LessThanAll(Vector512.LoadUnsafe(ref counts[topic]), Vector512.Create((int)least))) topic += 16;
            if (topic == counts.Length || counts[topic] < least) continue;
            var cell = new TopicCell(partner, ego.Store.Egos.Topics.Numbers[topic], counts[topic], parts[topic] * margins[topic]);
            if (best.Count < most) best.Enqueue(cell, cell);
            else best.EnqueueDequeue(cell, cell);
            if (best.Count == most) least = (int)best.Peek().Observed;
        }
    }

    /// <summary>Most works first; of equals, the lower partner and topic.</summary>
    static int Order(TopicCell x, TopicCell y) => x.Observed != y.Observed ? x.Observed.CompareTo(y.Observed)
        : x.Partner != y.Partner ? y.Partner.CompareTo(x.Partner) : y.Topic.CompareTo(x.Topic);
}
