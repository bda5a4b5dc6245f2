using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>The different topics of a store, in rising order of number, each with a place.</summary>
sealed class TopicTable
{
    const int Near = 1 << 20;
    readonly int[] near;

    public TopicTable(WorksStore store)
    {
        Numbers = [.. store.Segments.SelectMany(segment => segment.Topics.Some()).Distinct().Order()];
        near = new int[Numbers.Length == 0 ? 0 : (int)Math.Clamp(Numbers[^1] + 1L, 0, Near)];
        for (var place = 0; place < Numbers.Length; place++)
            if (Numbers[place] >= 0 && Numbers[place] < near.Length) near[Numbers[place]] = place;
    }

    public int[] Numbers { get; }

    /// <summary>The place of a topic that the store has.</summary>
    public int PlaceOf(int topic) => (uint)topic < (uint)near.Length ? near[topic] : Array.BinarySearch(Numbers, topic);
}
