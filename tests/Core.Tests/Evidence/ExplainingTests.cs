using System.Text.Json.Nodes;
using Entente.Core.Evidence;
using static Entente.Core.Tests.Evidence.Corpus;

namespace Entente.Core.Tests.Evidence;

/// <summary>What moved a figure, told work by work on worlds by hand, and summing to the whole on many drawn at random.</summary>
public sealed class ExplainingTests
{
    static FigureMove Explain(TestWorld world, Question before, Question after)
    {
        var move = Explaining.Explain(world.Work, before, after, default);
        Assert.True(move.Ok, move.Refusal?.Message.En);
        return move.Value;
    }

    static IEnumerable<(MoveCause, double)> Moves(FigureMove move) => move.Parts.Where(p => p.In + p.Out > 0).Select(p => (p.Cause, p.Amount!.Value));

    [Fact]
    public async Task Works_added_withdrawn_and_described_otherwise()
    {
        await using var world = await WorldAsync("W1 a1:{CNRS} a2:{ICL}", "W2 a1:{CNRS} a2:{ICL}", "W3 a1:{CNRS} a2:{ICL}", "W4 a1:{CNRS}");
        var earlier = Vintages.List(world.Folder)[0].Id;
        var later = await ImportAsync(world, Coverage.Complete, new[]
        {
            "W1 a1:{CNRS} a2:{ICL}", "W3 a1:{CNRS} a2:{ICL} retracted", "W4 a1:{CNRS} a2:{ICL}", "W5 a1:{CNRS} a2:{ICL}", "W6 a1:{CNRS} a2:{ICL}", "W7 a1:{UTK}",
        }.Select(Work), "later.jsonl");
        var question = Pair("CNRS", "ICL") with { Vintage = earlier };
        var move = Explain(world, question, question with { Vintage = later });
        Assert.Equal((3, 4, 1), (move.Before.Value, move.After.Value, move.Difference));
        Assert.Equal([(MoveCause.Withdrawn, -1), (MoveCause.Added, 2), (MoveCause.Reclassified, 0)], Moves(move));
        Assert.Equal((1, 1), move.Parts.Where(p => p.Cause == MoveCause.Reclassified).Select(p => (p.In, p.Out)).Single());
    }

    [Fact]
    public async Task Another_definition_on_the_same_works_is_told_apart()
    {
        await using var world = await WorldAsync([.. Eight, "W9 a1:{CNRS} a2:{ICL} retracted"]);
        var direct = Pair("CNRS", "ICL", Membership.Direct);
        Assert.Equal([(MoveCause.Definition, 1)], Moves(Explain(world, direct, direct with { Membership = Membership.Lineage })));
        Assert.Equal([(MoveCause.Definition, 1)], Moves(Explain(world, direct, direct with { Filters = new() { WithRetracted = true } })));
        Assert.Empty(Moves(Explain(world, direct, direct)));
    }

    [Fact]
    public async Task What_depends_on_the_whole_frame_is_not_explained()
    {
        await using var world = await WorldAsync(Eight);
        foreach (var figure in new[] { "affinity", "affinity-index", "observed-expected" })
            Assert.Equal("not-explained", Explaining.Explain(world.Work, Pair("CNRS", "ICL", figure: figure), Pair("CNRS", "ICL", figure: figure), default).Refusal!.Code);
        Assert.Equal("two-figures", Explaining.Explain(world.Work, Pair("CNRS", "ICL"), Pair("CNRS", "ICL", figure: "salton"), default).Refusal!.Code);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_parts_sum_to_the_whole(int seed)
    {
        var random = new Random(seed);
        string Draw(int id) => $"W{id} a1:{{{Any()}}} a2:{{{Any()},{Any()}}} year={random.Next(2018, 2022)}{(random.Next(8) == 0 ? " retracted" : "")}{(random.Next(9) == 0 ? " truncated" : "")} goal={random.Next(1, 4)}";
        string Any() => new[] { "CNRS", "ICL", "UTK", "IRL", "U1", "NOWHERE" }[random.Next(6)];
        JsonObject[] World() => [.. Enumerable.Range(1, 60).Where(_ => random.Next(4) > 0).Select(id => Work(Draw(id)))];
        await using var world = await WorldAsync(Coverage.Complete, World());
        var earlier = Vintages.List(world.Folder)[0].Id;
        var later = await ImportAsync(world, Coverage.Complete, World(), "later.jsonl");
        foreach (var indicator in Indicators.All.Where(i => !i.IsProjects && i.Countings[0] == Counting.Full))
            foreach (var after in new[] { Membership.Direct, Membership.Lineage })
            {
                var question = AnyOf(indicator) with { Vintage = earlier };
                var move = Explaining.Explain(world.Work, question, question with { Vintage = later, Membership = after, Filters = question.Filters with { WithRetracted = true } }, default);
                if (move.Refusal is { } refusal)
                {
                    Assert.Equal("not-explained", refusal.Code);
                    continue;
                }
                if (indicator.Unit == "works") Assert.Equal(move.Value.Difference, move.Value.Parts.Sum(p => p.Amount));
                else if (move.Value.Difference is { } whole) Assert.Equal(whole, move.Value.Parts.Sum(p => p.Amount!.Value), 12);
            }
    }
}
