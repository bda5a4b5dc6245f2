using Entente.Engine.Query;
using Entente.Engine.Tests.Works;
using Entente.Engine.Works;

namespace Entente.Engine.Tests.Query;

/// <summary>The eight works of the test vectors, and what must come out for them.</summary>
public sealed class TestVectorTests
{
    static readonly Unit Cnrs = new(1, null, "FR", null, "CNRS", [1]), U1 = new(2, null, "FR", null, "U1", [2]), Icl = new(3, null, "GB", null, "ICL", [3]),
        Irl = new(4, null, "GB", null, "IRL", [4, 1, 3]), Utk = new(5, null, "JP", null, "UTK", [5]);

    static World Vectors => new([
        new(1, 2020, [[Cnrs], [Icl]]), new(2, 2020, [[Cnrs, U1], [U1], [Icl]]), new(3, 2020, [[Cnrs], [Utk]]), new(4, 2021, [[Icl]]),
        new(5, 2021, [[Cnrs, Icl]]), new(6, 2021, [[Irl]]), new(7, 2022, [[U1], [Utk]]), new(8, 2022, [[Cnrs], [Icl], [Utk], [Utk]])]);

    [Fact]
    public void Pairs()
    {
        using var world = Vectors;
        WorkSet Of(Func<Unit, bool> belongs) => Select.Listing(world.Store, UnitSet.Of(world.Store, belongs));
        Assert.Equal(["W1", "W2", "W5", "W8"], Of(u => u.Id == 1).And(Of(u => u.Id == 3)).Ids());
        var (a, b) = (UnitSet.Of(world.Store, u => u.Lineage.Contains(1)), UnitSet.Of(world.Store, u => u.Lineage.Contains(3)));
        var lineage = Select.Listing(world.Store, a).And(Select.Listing(world.Store, b));
        Assert.Equal(["W1", "W2", "W5", "W6", "W8"], lineage.Ids());
        Assert.Equal(["W1", "W2", "W8"], Select.TwoAuthors(lineage, a, b).Ids());
    }

    [Theory]
    [InlineData(Sharing.Author, 23 / 12.0, 31 / 12.0, 1, 1, 1.5)]
    [InlineData(Sharing.Organisation, 13 / 6.0, 8 / 3.0, 1, 5 / 6.0, 4 / 3.0)]
    public void Fractional_counts(Sharing sharing, double cnrs, double icl, double irl, double u1, double utk)
    {
        using var world = Vectors;
        double Of(Unit unit) => Fractions.Sum(
            Fractions.Weigh(Select.All(world.Store), UnitSet.Of(world.Store, u => u.Id == unit.Id), sharing).Select(w => w.Weight));
        double[] found = [Of(Cnrs), Of(Icl), Of(Irl), Of(U1), Of(Utk)];
        Assert.Equal([cnrs, icl, irl, u1, utk], found.Select(value => Math.Round(value, 12)), (x, y) => Math.Abs(x - y) < 1e-11);
        Assert.Equal(8, found.Sum(), 1e-12);
    }

    [Theory]
    [InlineData("FR", 17 / 6.0)]
    [InlineData("GB", 23 / 6.0)]
    [InlineData("JP", 4 / 3.0)]
    public void Fractional_counts_of_countries(string country, double expected)
    {
        using var world = Vectors;
        var set = UnitSet.Of(world.Store, u => u.Country == country);
        string[] countries = ["FR", "GB", "JP"];
        var weights = Fractions.Weigh(Select.All(world.Store), set, Sharing.Group, u => Array.IndexOf(countries, u.Country));
        Assert.Equal(expected, Fractions.Sum(weights.Select(w => w.Weight)), 1e-12);
    }
}
