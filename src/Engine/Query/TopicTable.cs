using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>The different topics of a store, in rising order of number, each with a place.</summary>
sealed class TopicTable
{
    const int Near = 1 << 20;
    readonly int[] near;

    public TopicTable(WorksStore store)
    {
        var found = new HashSet<int>[store.Segments.Count];
        Parallel.For(0, found.Length, i => found[i] = Different(store.Segments[i].Topics));
        Numbers = [.. found.SelectMany(topics => topics).Distinct().Order()];
        near = new int[Numbers.Length == 0 ? 0 : (int)Math.Clamp(Numbers[^1] + 1L, 0, Near)];
        for (var place = 0; place < Numbers.Length; place++)
            if (Numbers[place] >= 0 && Numbers[place] < near.Length) near[Numbers[place]] = place;
    }

    public int[] Numbers { get; }

    static HashSet<int> Different(ReadOnlySpan<int> topics)
    {
        var found = new HashSet<int>();
        for (var work = 0; work < topics.Length; work++)
            if (work == 0 || topics[work] != topics[work - 1]) found.Add(topics[work]);
        return found;
    }

    /// <summary>The place of a topic that the store has.</summary>
    public int PlaceOf(int topic) => (uint)topic < (uint)near.Length ? near[topic] : Array.BinarySearch(Numbers, topic);
}
