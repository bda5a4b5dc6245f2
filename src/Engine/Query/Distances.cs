using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>How far apart the units of each work of a set are.</summary>
public sealed class Distances
{
    /// <summary>So many works are measured by one thread.</summary>
    const int Few = 1 << 12;

    readonly WorkSet among;

    // Of each work in the order of the set: twice the metres, and one more where a place is not known.
    readonly int[] packed;

    Distances(WorkSet among, int[] packed) => (this.among, this.packed) = (among, packed);

    /// <param name="places">of the store's different units</param>
    public static Distances Of(WorkSet among, UnitPlaces places)
    {
        var (store, packed) = (among.Store, new int[among.Count]);
        var starts = new int[store.Segments.Count];
        for (var i = 1; i < starts.Length; i++) starts[i] = starts[i - 1] + among.Rows(store.Segments[i - 1]).Count;
        // The directory of units is made once, before several look into it.
        var directory = store.Units;
        Parallel.ForEach(store.Segments.Where(segment => among.Rows(segment).Count > 0), new ParallelOptions { MaxDegreeOfParallelism = among.Count < Few ? 1 : -1 }, segment =>
            Take(segment, Array.ConvertAll(directory.NumbersOf(segment), unit => places[unit]), among.Rows(segment), new(places), packed.AsSpan(starts[segment.Index])));
        return new(among, packed);
    }

    /// <summary>The works of the set and their distances.</summary>
    public IEnumerable<(WorksSegment Segment, int Work, Distance Distance)> Each()
    {
        var at = 0;
        foreach (var (segment, work) in among.Works())
        {
            var told = packed[at++];
            yield return (segment, work, new(told >> 1, (told & 1) != 0));
        }
    }

    static void Take(WorksSegment segment, int[] placeOf, RowSet works, Spread spread, Span<int> into)
    {
        var (listings, at, places) = (segment.Listings, 0, new int[64]);
        var rows = works.GetEnumerator();
        Span<int> together = stackalloc int[Listings.Together];
        Span<(int First, int Last)> spans = stackalloc (int, int)[Listings.Together];
        for (int taken; (taken = rows.Take(together)) > 0;)
        {
            listings.Spans(together[..taken], spans);
            foreach (var span in spans[..taken])
            {
                var units = listings.Units(span);
                if (units.Length > places.Length) places = new int[2 * units.Length];
                for (var i = 0; i < units.Length; i++) places[i] = placeOf[units[i]];
                var distance = spread.Of(places.AsSpan(0, units.Length));
                into[at++] = distance.Metres * 2 + (distance.Partly ? 1 : 0);
            }
        }
    }
}
