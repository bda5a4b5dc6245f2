using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>How one work is divided among those who share it.</summary>
public enum Sharing { Author, Organisation, Group }

/// <summary>
/// Fractional counts. A weight is computed as one fraction of whole numbers and divided once, so that it is the double nearest
/// to the exact weight; <see cref="Sum"/> adds without rounding. Neither depends on the machine, on the order of works or on
/// how they are cut into segments.
/// </summary>
public static class Fractions
{
    /// <summary>So many works are weighed by one thread.</summary>
    const int Few = 1 << 14;

    /// <summary>
    /// The weight of each work among these for the units of the set: 1 divided over the authorships that have a unit (and
    /// evenly over an author's organisations), over the distinct organisations, or over the distinct groups. A work of which
    /// the set has nothing weighs 0. Units with one id are one organisation.
    /// </summary>
    /// <param name="group">used for <see cref="Sharing.Group"/>: the group of a unit, -1 for none; a group of the work counts when one of the work's units in the set belongs to it</param>
    public static IReadOnlyList<(WorksSegment Segment, int Work, double Weight)> Weigh(
        WorkSet among, UnitSet units, Sharing sharing, Func<Unit, int>? group = null)
    {
        if (sharing == Sharing.Group && group is null) throw new ArgumentNullException(nameof(group));
        var groups = sharing == Sharing.Group ? new UnitGroups(among.Store, group!) : null;
        groups?.AskAll();
        var weights = new (WorksSegment, int, double)[among.Count];
        var starts = new int[among.Store.Segments.Count];
        for (var i = 1; i < starts.Length; i++) starts[i] = starts[i - 1] + among.Rows(among.Store.Segments[i - 1]).Count;
        Parallel.ForEach(among.Store.Segments, new ParallelOptions { MaxDegreeOfParallelism = among.Count < Few ? 1 : -1 }, segment =>
            new Scale(among.Store, segment, units, groups).Weigh(among.Rows(segment), sharing == Sharing.Author, weights.AsSpan(starts[segment.Index])));
        return weights;
    }

    /// <summary>
    /// The weight of one work by author, from counts: for each organisation of the set that an authorship lists, how many
    /// organisations that authorship lists; and how many authorships list any.
    /// </summary>
    public static double OfAuthors(IReadOnlyCollection<int> listed, int authors)
    {
        var most = listed.Count == 0 ? 0 : listed.Max();
        var byListed = new long[most + 1];
        foreach (var count in listed) byListed[count]++;
        return Scale.Divide(byListed, most, authors);
    }

    /// <summary>The sum of weights from 0 to 1, by <see cref="ExactSum"/>.</summary>
    public static double Sum(IEnumerable<double> weights)
    {
        var sum = new ExactSum();
        foreach (var weight in weights) sum.Add(weight);
        return sum.Value;
    }
}

/// <summary>A sum of weights from 0 to 1, exact to 2^-90 and rounded once, when it is read: the same in whatever order they come.</summary>
public struct ExactSum
{
    const int Scale = 90;
    Int128 sum;

    public readonly double Value => Math.ScaleB((double)sum, -Scale);

    public void Add(double weight)
    {
        if (weight is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(weight), weight, "A weight is from 0 to 1.");
        sum += (Int128)Math.ScaleB(weight, Scale);
    }

    /// <summary>Adds one weight so many times.</summary>
    public void Add(double weight, long times)
    {
        if (weight is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(weight), weight, "A weight is from 0 to 1.");
        sum += (Int128)Math.ScaleB(weight, Scale) * times;
    }
}
