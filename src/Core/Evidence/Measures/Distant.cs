using Entente.Engine.Query;

namespace Entente.Core.Evidence.Measures;

/// <summary>How far apart the institutions of some works are.</summary>
abstract class Distant
{
    /// <summary>How many works of each year (0 without one) have each distance, by whether their list of authors is cut; one row may stand for one work or for many.</summary>
    public abstract IEnumerable<DistantWorks> ByYear { get; }

    /// <summary>The works in ordinal order of their ids "W123".</summary>
    public abstract IEnumerable<(string Id, Distance Distance)> InOrder();

    /// <summary>The works as lines, in no order that means anything.</summary>
    public abstract IEnumerable<(WorkLine Line, Distance Distance)> Lines();
}

/// <summary>So many works of a year.</summary>
readonly record struct DistantWorks(int Year, bool Truncated, Distance Distance, long Works);

/// <summary>Works by what is known of their distances, and the metres of those that have one.</summary>
/// <param name="Known">with a distance</param>
/// <param name="Partly">with a distance, and an institution whose place is not known</param>
/// <param name="Sure">with a distance that nothing hidden or unknown can make longer</param>
/// <param name="Short">of at most a hundred kilometres</param>
/// <param name="Long">of at least the threshold</param>
/// <param name="MayBeLong">with a distance below it that may be longer</param>
readonly record struct DistanceCount(long Works, long Known, long Metres, long Partly, long Sure, long SureMetres, long Short, long Long, long MayBeLong)
{
    const int ShortMetres = 100_000;

    public static DistanceCount Of(DistantWorks told, int longMetres)
    {
        var ((metres, partly), times) = (told.Distance, told.Works);
        if (metres < 0) return new() { Works = times };
        var sure = !partly && !told.Truncated ? times : 0;
        return new(times, times, times * metres, partly ? times : 0, sure, sure * metres, metres <= ShortMetres ? times : 0,
            metres >= longMetres ? times : 0, metres >= longMetres ? 0 : times - sure);
    }

    public DistanceCount Plus(DistanceCount other) => new(Works + other.Works, Known + other.Known, Metres + other.Metres, Partly + other.Partly,
        Sure + other.Sure, SureMetres + other.SureMetres, Short + other.Short, Long + other.Long, MayBeLong + other.MayBeLong);
}

/// <summary>The counts of some works, all and by year.</summary>
sealed class DistanceCounts
{
    readonly Dictionary<int, DistanceCount> _byYear = [];

    public DistanceCounts(Distant works, int longMetres)
    {
        foreach (var told in works.ByYear)
        {
            ref var count = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_byYear, told.Year, out _);
            count = count.Plus(DistanceCount.Of(told, longMetres));
        }
        Whole = _byYear.Values.Aggregate(default(DistanceCount), (sum, of) => sum.Plus(of));
    }

    public DistanceCount Whole { get; }

    public DistanceCount OfYear(int year) => _byYear.GetValueOrDefault(year);
}

sealed class LocalDistant(Distances distances) : Distant
{
    public override IEnumerable<DistantWorks> ByYear => distances.Each().Select(each =>
        new DistantWorks(each.Segment.Years[each.Work], ((Engine.Works.WorkFlags)each.Segment.Flags[each.Work]).HasFlag(Engine.Works.WorkFlags.Truncated), each.Distance, 1));

    public override IEnumerable<(string Id, Distance Distance)> InOrder() => distances.Each()
        .Select(each => (Id: string.Create(System.Globalization.CultureInfo.InvariantCulture, $"W{each.Segment.Ids[each.Work]}"), each.Distance)).OrderBy(each => each.Id, StringComparer.Ordinal);

    public override IEnumerable<(WorkLine Line, Distance Distance)> Lines() => distances.Each().Select(each => (LocalWorks.Line(each.Segment, each.Work, ""), each.Distance));
}
