using Entente.Engine.Query;
using Entente.Engine.Works;

namespace Entente.Engine.Tests.Works;

public sealed class MergeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Neither_the_order_of_records_nor_the_cuts_change_an_answer(int seed)
    {
        var papers = World.Invent(seed, 600, ids: 350);
        var shuffled = papers.ToArray();
        new Random(seed).Shuffle(shuffled);
        using var one = new World(papers);
        using var many = new World(papers, worksPerSegment: 50);
        using var other = new World(shuffled, worksPerSegment: 70);
        Assert.True(many.Store.Segments.Count > 5);
        Assert.Equal(Answers(one), Answers(many));
        Assert.Equal(Answers(one), Answers(other));
    }

    [Fact]
    public void Within_one_segment_the_order_of_records_does_not_change_a_byte()
    {
        var papers = World.Invent(9, 300, ids: 200).DistinctBy(paper => (paper.Id, paper.Updated, paper.Hash)).ToArray();
        using var one = new World(papers);
        new Random(1).Shuffle(papers);
        using var other = new World(papers);
        Assert.Equal(one.Written.Files, other.Written.Files);
    }

    [Fact]
    public void The_newest_record_stands_and_the_others_are_counted()
    {
        Paper[] papers = [
            new(7, 2001, []) { Updated = 1, Hash = 9, Title = "old" },
            new(7, 2003, []) { Updated = 2, Hash = 5, Title = "newest" },
            new(7, 2002, []) { Updated = 2, Hash = 4, Title = "tied, lower hash" },
            new(8, 2001, []) { Title = "another" }];
        foreach (var perSegment in new[] { 1, 2, 3, 4 })
        {
            using var world = new World(papers, perSegment);
            Assert.Equal((2, 2), (world.Written.Works, world.Written.Superseded));
            Assert.Equal(["another", "newest"], Select.All(world.Store).Works().Select(at => at.Segment.Title(at.Work)).Order());
            Assert.Equal((2001, 2003), (world.Store.FirstYear, world.Store.LastYear));
        }
    }

    static string Answers(World world)
    {
        var store = world.Store;
        var french = UnitSet.Of(store, unit => unit.Country == "FR");
        var british = UnitSet.Of(store, unit => unit.Country == "GB");
        var pair = Select.Listing(store, french).And(Select.Listing(store, british));
        var weights = Fractions.Weigh(Select.Listing(store, french), french, Sharing.Author).OrderBy(w => w.Segment.Ids[w.Work]).Select(w => w.Weight);
        return string.Join("\n",
            world.Written.Works, world.Written.Superseded, store.FirstYear, store.LastYear,
            pair.Count, pair.Digest(), Select.TwoAuthors(pair, french, british).Digest(),
            string.Join(' ', pair.CountByYear(1990, 2030)), string.Join(' ', pair.Ids()),
            Select.Flagged(store, WorkFlags.Retracted).Digest(),
            string.Join(' ', Select.CountByOrganisation(pair).OrderBy(row => row.Key)),
            string.Join(' ', weights), Fractions.Sum(weights));
    }
}
