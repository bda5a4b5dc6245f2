using Entente.Engine.Query;
using Entente.Engine.Tests.Works;
using Entente.Engine.Works;

namespace Entente.Engine.Tests.Query;

/// <summary>Filters drawn at random, asked of the store and of the papers one by one.</summary>
public sealed class FilterTests
{
    [Theory, InlineData(1, 1_000_000), InlineData(2, 40), InlineData(3, 129), InlineData(4, 64)]
    public void Any_conditions_together(int seed, int cut)
    {
        using var world = new World(World.Invent(seed, 700, ids: 600), cut);
        var random = new Random(seed);
        var (some, none) = (0, 0);
        for (var i = 0; i < 300; i++)
        {
            var filter = Draw(random);
            var expected = world.Papers.Where(paper => Passes(paper, filter)).Select(paper => paper.Id).Order().ToList();
            Assert.Equal(expected, Select.Passing(world.Store, filter).Works().Select(at => at.Segment.Ids[at.Work]).Order());
            _ = expected.Count == 0 ? none++ : some++;
        }
        Assert.True(some > 100 && none > 0);
    }

    [Fact]
    public void No_condition_passes_all_and_an_empty_list_none()
    {
        using var world = new World(World.Invent(5, 100));
        Assert.Equal(world.Papers.Count, Select.Passing(world.Store, WorkFilter.None).Count);
        Assert.Equal(0, Select.Passing(world.Store, new WorkFilter { Topics = [] }).Count);
        Assert.Equal(0, Select.Passing(world.Store, new WorkFilter { Types = [] }).Count);
        Assert.Equal(0, Select.Passing(world.Store, new WorkFilter { With = WorkFlags.OpenAccess, Without = WorkFlags.OpenAccess }).Count);
        Assert.Equal(0, Select.Passing(world.Store, new WorkFilter { Topics = [-1, int.MaxValue] }).Count);
    }

    [Fact]
    public void The_order_of_conditions_is_no_condition()
    {
        var one = new WorkFilter { Topics = [3, 1, 2], Types = ["b", "a"], FirstYear = 2000 };
        var other = new WorkFilter { FirstYear = 2000, Types = ["a", "b", "b"], Topics = [1, 2, 3] };
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, one with { LastYear = 2000 });
        Assert.NotEqual(WorkFilter.None, new WorkFilter { Topics = [] });
    }

    /// <summary>Each condition is there about every third time.</summary>
    internal static WorkFilter Draw(Random random)
    {
        return new()
        {
            FirstYear = Sometimes() ? random.Next(1994, 2027) : null,
            LastYear = Sometimes() ? random.Next(1994, 2027) : null,
            Topics = Sometimes() ? [.. Enumerable.Range(0, 5).Where(_ => random.Next(2) == 0).Select(topic => topic * 1000)] : null,
            Types = Sometimes() ? [.. ((string[])["", "article", "book", "préprint", "letter"]).Where(_ => random.Next(2) == 0)] : null,
            Goals = Sometimes() ? (uint)random.Next(1 << 17) : 0,
            Funders = Sometimes() ? [.. Enumerable.Range(1, 6).Where(_ => random.Next(2) == 0).Select(funder => (long)funder)] : null,
            MostAuthors = Sometimes() ? random.Next(0, 5) : null,
            With = Sometimes() ? (WorkFlags)(random.Next(4) * 8) : 0,
            Without = Sometimes() ? (WorkFlags)random.Next(32) : 0,
        };

        bool Sometimes() => random.Next(3) == 0;
    }

    internal static bool Passes(Paper paper, WorkFilter filter) =>
        (filter.FirstYear is null || paper.Year >= filter.FirstYear)
        && (filter.LastYear is null || (paper.Year > 0 && paper.Year <= filter.LastYear))
        && (filter.Topics is null || filter.Topics.Contains(paper.Topic))
        && (filter.Types is null || filter.Types.Contains(paper.Type ?? ""))
        && (filter.Goals == 0 || (filter.Goals & paper.Goals) != 0)
        && (filter.Funders is null || paper.Funders.Any(filter.Funders.Contains))
        && (filter.MostAuthors is null || paper.Authors.Length <= filter.MostAuthors)
        && (paper.Flags & filter.With) == filter.With
        && (paper.Flags & filter.Without) == 0;
}
