using System.Globalization;
using System.Numerics;
using Entente.Engine.Query;
using Entente.Engine.Tests.Works;
using Entente.Engine.Works;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Engine.Tests.Query;

public sealed class FractionTests
{
    static Unit Numbered(long id) => new(id, null, null, null, $"n° {id}", []);

    // The conversion of BigInteger cuts off; parsing rounds to the nearest.
    static double Nearest(BigInteger number) => double.Parse(number.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    [Fact]
    public void A_sum_is_exact_and_the_same_in_any_order() => Prop.ForAll<int[]>(numbers =>
    {
        var weights = numbers.Select(number => 1.0 / (1 + Math.Abs((long)number % 1000))).ToArray();
        var exact = weights.Aggregate(BigInteger.Zero, (sum, weight) => sum + (BigInteger)Math.ScaleB(weight, 90));
        return Fractions.Sum(weights) == Fractions.Sum(weights.Reverse()) && Fractions.Sum(weights) == Math.ScaleB(Nearest(exact), -90);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Thirds_make_a_whole() => Assert.Equal(1_000_000, Fractions.Sum(Enumerable.Repeat(1.0 / 3, 3_000_000)), 1e-9);

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void What_is_no_weight_is_refused(double weight) => Assert.Throws<ArgumentOutOfRangeException>(() => Fractions.Sum([weight]));

    [Fact]
    public void The_weights_of_all_units_of_a_work_make_one() => Assert.All(Enum.GetValues<Sharing>(), sharing =>
    {
        using var world = new World(World.Invent(3, 200));
        var all = UnitSet.Of(world.Store, _ => true);
        foreach (var (segment, work, weight) in Fractions.Weigh(Select.All(world.Store), all, sharing, unit => (int)unit.Id % 3))
            Assert.Equal(segment.UnitsOf(work).IsEmpty ? 0 : 1, weight);
    });

    [Fact]
    public void A_weight_is_the_double_nearest_to_its_fraction()
    {
        // 3 authors: 1/3 of two organisations, 1/3 of three, 1/3 of seven: (1/2 + 1/3 + 1/7) / 3 = 41/126.
        var authors = new[] { 2, 3, 7 }.Select(count => Enumerable.Range(1, count).Select(id => Numbered(id)).ToArray()).ToArray();
        using var world = new World([new(1, 2000, authors)]);
        Assert.Equal(41.0 / 126, Assert.Single(Fractions.Weigh(Select.All(world.Store), UnitSet.Of(world.Store, unit => unit.Id == 1), Sharing.Author)).Weight);
    }

    [Fact]
    public void A_work_whose_common_denominator_is_too_large_is_weighed_in_parts()
    {
        var authors = Enumerable.Range(1, 90).Select(count => Enumerable.Range(1, count).Select(id => Numbered(id)).ToArray()).ToArray();
        using var world = new World([new(1, 2000, authors)]);
        double Of(Func<Unit, bool> belongs) => Assert.Single(Fractions.Weigh(Select.All(world.Store), UnitSet.Of(world.Store, belongs), Sharing.Author)).Weight;
        Assert.Equal(Enumerable.Range(1, 90).Sum(count => 1.0 / count) / 90, Of(unit => unit.Id == 1), 1e-14);
        Assert.Equal(1, Of(_ => true), 1e-14);
    }

    [Fact]
    public void Units_without_an_id_are_one_organisation_each_and_no_row()
    {
        Unit one = new(0, null, "FR", null, "one", []), two = new(0, null, "FR", null, "two", []);
        using var world = new World([new(1, 2000, [[one, two, Numbered(5)]])]);
        var weigh = Fractions.Weigh(Select.All(world.Store), UnitSet.Of(world.Store, unit => unit.Name == "one"), Sharing.Organisation);
        Assert.Equal(1.0 / 3, Assert.Single(weigh).Weight);
        Assert.Equal([new(5, 1)], Select.CountByOrganisation(Select.All(world.Store)));
    }

    [Fact]
    public void An_organisation_listed_in_two_ways_is_one()
    {
        using var world = new World([new(1, 2000, [[Numbered(5), Numbered(5) with { Country = "FR" }, Numbered(6)]])]);
        var weigh = Fractions.Weigh(Select.All(world.Store), UnitSet.Of(world.Store, unit => unit.Country == "FR"), Sharing.Author);
        Assert.Equal(0.5, Assert.Single(weigh).Weight);
    }

    [Fact]
    public void Groups_need_their_function()
    {
        using var world = new World([new(1, 2000, [])]);
        Assert.Throws<ArgumentNullException>(() => Fractions.Weigh(Select.All(world.Store), UnitSet.Of(world.Store, _ => true), Sharing.Group).ToList());
    }
}
