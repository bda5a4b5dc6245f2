using System.Numerics;
using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>Where units are: points on a sphere, each different one once and numbered, and the number of each unit's.</summary>
public sealed class UnitPlaces
{
    /// <summary>The mean radius of the earth in metres, as CWTS has it, and half the way around.</summary>
    public const int Radius = 6_371_010, Farthest = 20_015_118;

    readonly int[] placeOf;

    /// <param name="at">degrees north and east of a unit; null where its place is not known</param>
    public UnitPlaces(IReadOnlyList<Unit> units, Func<Unit, (double Latitude, double Longitude)?> at)
    {
        var known = new Dictionary<(double, double), int>();
        placeOf = new int[units.Count];
        for (var unit = 0; unit < placeOf.Length; unit++)
        {
            if (at(units[unit]) is not { } point) placeOf[unit] = -1;
            else if (!known.TryGetValue(point, out placeOf[unit])) known.Add(point, placeOf[unit] = known.Count);
        }
        (X, Y, Z) = (new double[known.Count], new double[known.Count], new double[known.Count]);
        foreach (var ((latitude, longitude), place) in known)
        {
            var (sinLatitude, cosLatitude) = Math.SinCos(latitude * (Math.PI / 180));
            var (sinLongitude, cosLongitude) = Math.SinCos(longitude * (Math.PI / 180));
            (X[place], Y[place], Z[place]) = (cosLatitude * cosLongitude, cosLatitude * sinLongitude, sinLatitude);
        }
    }

    /// <summary>The number of a unit's place, by the place of the unit among the units; -1 where it is not known.</summary>
    public int this[int unit] => placeOf[unit];

    /// <summary>How many different places there are.</summary>
    public int Count => X.Length;

    internal double[] X { get; }
    internal double[] Y { get; }
    internal double[] Z { get; }

    /// <summary>
    /// The great-circle distance of two points in whole metres, by the square of the chord between them on a sphere of radius 1. A quarter of
    /// that square is the haversine of the angle (Sinnott 1984), so that this is the haversine formula; the longest chord is the longest way.
    /// </summary>
    internal static int Metres(double chordSquared)
    {
        var haversine = Math.Min(1, chordSquared / 4);
        return (int)Math.Round(2.0 * Radius * Math.Atan2(Math.Sqrt(haversine), Math.Sqrt(1 - haversine)), MidpointRounding.AwayFromZero);
    }
}

/// <summary>How far apart the units of one work are.</summary>
/// <param name="Metres">the longest great-circle distance between two of them whose places are known, in whole metres; 0 for one place, -1 for none</param>
/// <param name="Partly">a unit has no known place, so that it may be more</param>
public readonly record struct Distance(int Metres, bool Partly);

/// <summary>Measures works one after another. For one thread.</summary>
public sealed class Spread(UnitPlaces places)
{
    readonly int[] seen = new int[places.Count];
    int now;
    double[] x = new double[16], y = new double[16], z = new double[16];

    /// <summary>The distance of a work that lists units in these places; -1 stands for one that is not known.</summary>
    public Distance Of(ReadOnlySpan<int> of)
    {
        var (count, partly) = (0, false);
        now++;
        foreach (var place in of)
        {
            if (place < 0) partly = true;
            else if (seen[place] != now)
            {
                seen[place] = now;
                Put(count++, place);
            }
        }
        return new(count == 0 ? -1 : count == 1 ? 0 : UnitPlaces.Metres(Longest(count)), partly);
    }

    void Put(int at, int place)
    {
        if (at == x.Length)
        {
            Array.Resize(ref x, 2 * at);
            Array.Resize(ref y, 2 * at);
            Array.Resize(ref z, 2 * at);
        }
        (x[at], y[at], z[at]) = (places.X[place], places.Y[place], places.Z[place]);
    }

    /// <summary>The square of the longest chord. Works of hundreds of institutions have tens of thousands of them, so that several are measured at once.</summary>
    double Longest(int count)
    {
        var (most, longest) = (Vector<double>.Zero, 0.0);
        for (var i = 0; i < count - 1; i++)
        {
            var (xi, yi, zi, j) = (x[i], y[i], z[i], i + 1);
            var (vx, vy, vz) = (new Vector<double>(xi), new Vector<double>(yi), new Vector<double>(zi));
            for (; j <= count - Vector<double>.Count; j += Vector<double>.Count)
            {
                var (dx, dy, dz) = (new Vector<double>(x, j) - vx, new Vector<double>(y, j) - vy, new Vector<double>(z, j) - vz);
                most = Vector.Max(most, dx * dx + dy * dy + dz * dz);
            }
            for (; j < count; j++)
            {
                var (dx, dy, dz) = (x[j] - xi, y[j] - yi, z[j] - zi);
                longest = Math.Max(longest, dx * dx + dy * dy + dz * dz);
            }
        }
        for (var lane = 0; lane < Vector<double>.Count; lane++) longest = Math.Max(longest, most[lane]);
        return longest;
    }
}
