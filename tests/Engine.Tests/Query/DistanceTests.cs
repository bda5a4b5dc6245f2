using Entente.Engine.Query;
using Entente.Engine.Tests.Works;
using Entente.Engine.Works;

namespace Entente.Engine.Tests.Query;

/// <summary>Distances of works against every pair of their places by the haversine formula.</summary>
public sealed class DistanceTests
{
    static (double Latitude, double Longitude)? At(Unit unit) => unit.Id % 5 == 0 ? null : (-80 + unit.Id * 37 % 160, -180 + unit.Id * 71 % 360 / 2 * 2);

    static long Metres((double Latitude, double Longitude) x, (double Latitude, double Longitude) y)
    {
        static double Haversine(double degrees) => Math.Pow(Math.Sin(degrees * Math.PI / 360), 2);
        var h = Haversine(y.Latitude - x.Latitude) + Math.Cos(x.Latitude * Math.PI / 180) * Math.Cos(y.Latitude * Math.PI / 180) * Haversine(y.Longitude - x.Longitude);
        return (long)Math.Floor(2 * 6371010.0 * Math.Asin(Math.Sqrt(Math.Min(1, h))) + 0.5);
    }

    static void Hold(World world)
    {
        var places = new UnitPlaces(world.Store.DistinctUnits, At);
        var papers = world.Papers.ToDictionary(paper => paper.Id);
        var told = Distances.Of(Select.All(world.Store), places).Each().ToList();
        Assert.Equal(papers.Count, told.Count);
        foreach (var (segment, work, distance) in told)
        {
            var units = papers[segment.Ids[work]].Units.ToList();
            var known = units.Select(At).OfType<(double, double)>().ToList();
            Assert.Equal(known.Count == 0 ? -1 : known.Max(x => known.Max(y => Metres(x, y))), distance.Metres);
            Assert.Equal(units.Exists(unit => At(unit) is null), distance.Partly);
        }
        Assert.True(told.Exists(t => t.Distance.Metres > 1_000_000));
    }

    [Theory]
    [InlineData(1, 1_000_000)]
    [InlineData(2, 37)]
    public void Of_papers_drawn_at_random_in_one_segment_and_in_many(int seed, int worksPerSegment)
    {
        using var world = new World(World.Invent(seed, 400, 300), worksPerSegment);
        Hold(world);
    }

    [Fact]
    public void Of_more_works_than_one_thread_takes()
    {
        using var world = new World(World.Invent(3, 9_000), 1_000);
        Hold(world);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(150)]
    public void Of_a_work_of_many_institutions(int count)
    {
        using var world = new World([new(1, 2020, [.. Enumerable.Range(1, count).Select(id => new[] { new Unit(id, null, null, null, $"n° {id}", []) })])]);
        Hold(world);
    }

    [Fact]
    public void The_longest_way_is_half_around_and_the_shortest_is_none()
    {
        Unit[] units = [.. Enumerable.Range(0, 4).Select(id => new Unit(id + 1, null, null, null, null, []))];
        (double, double)?[] at = [(90, 0), (-90, 45), (90, 0), null];
        var spread = new Spread(new(units, unit => at[unit.Id - 1]));
        Assert.Equal(new(UnitPlaces.Farthest, false), spread.Of([0, 1]));
        Assert.Equal(UnitPlaces.Farthest, (int)Math.Round(Math.PI * UnitPlaces.Radius));
        Assert.Equal(new(0, false), spread.Of([0, 0]));
        Assert.Equal(new(-1, true), spread.Of([-1]));
        Assert.Equal(new(-1, false), spread.Of([]));
        Assert.Equal(new(0, true), spread.Of([-1, 0, -1]));
    }
}
