using Entente.Engine.Query;
using Entente.Engine.Tests.Works;
using Entente.Engine.Works;

namespace Entente.Engine.Tests.Query;

/// <summary>A copy does not depend on how many threads made it, and what sets have in common not on whether it was kept.</summary>
public sealed class EgoBuildTests
{
    [Theory]
    [InlineData(1_000_000)]
    [InlineData(150)]
    public void A_copy_made_in_parts_is_the_one_made_in_one(int cut)
    {
        using var world = new World(World.Invent(6, 900, ids: 800), cut);
        Func<Unit, int> country = unit => unit.Country is { } code ? code[0] : -1;
        foreach (var belongs in new Func<Unit, bool>[] { unit => unit.Lineage.Contains(1), _ => true, unit => unit.Id == 7, _ => false })
        {
            var side = UnitSet.Of(world.Store, belongs);
            var whole = EgoBuild.Of(side, new(world.Store, country), new(world.Store), parts: 1);
            foreach (var parts in new[] { 2, 3, 7 }) Same(whole, EgoBuild.Of(side, new(world.Store, country), new(world.Store), parts));
        }
    }

    internal static void Same(Ego a, Ego b)
    {
        Assert.Equal(a.Works, b.Works);
        Assert.Equal(a.Stretches, b.Stretches);
        Assert.Equal(a.FirstYear, b.FirstYear);
        Assert.Equal(a.YearStarts, b.YearStarts);
        Assert.Equal(a.Topics, b.Topics);
        Assert.Equal(a.Posts, b.Posts);
        Assert.Equal(a.RowStarts, b.RowStarts);
        Assert.Equal(a.RowUnits, b.RowUnits);
        Assert.Equal(a.ByUnit, b.ByUnit);
        Assert.Equal(a.Partners, b.Partners);
        Assert.Equal(a.Groups, b.Groups);
        Assert.Equal(a.GroupWorks.Select(works => string.Join(' ', works.Each())), b.GroupWorks.Select(works => string.Join(' ', works.Each())));
        Assert.Equal(a.SeveralGroups, b.SeveralGroups);
    }

    [Fact]
    public void What_large_sets_have_in_common_is_kept_and_is_what_it_was()
    {
        using var world = new World([new(1, 2000, [])]);
        const int Length = 1 << 23;
        WorkSet Every(int step)
        {
            var words = new ulong[Length / 64];
            for (var row = 0; row < Length; row += step) words[row >> 6] |= 1UL << row;
            return new(world.Store, [RowSet.OfBits(Length, words)]);
        }
        var (twos, threes, fives) = (Every(2), Every(3), Every(5));
        var sixes = twos.And(threes);
        Assert.Same(sixes, twos.And(threes));
        Assert.Equal((Every(6).Count, Every(10).Count, Every(15).Count), (sixes.Count, twos.And(fives).Count, threes.And(fives).Count));
        // More than are kept: the first are given up, and answered anew.
        for (var i = 0; i < 600; i++) Assert.Equal(sixes.Count, Every(2).And(threes).Count);
        Assert.NotSame(sixes, twos.And(threes));
        Assert.Equal(sixes.Count, twos.And(threes).Count);
    }
}
