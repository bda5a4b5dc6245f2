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

    // CNRS has 5 of 8 works in the subject, of a frame with 14 of 18.
    [Fact]
    public async Task A_figure_that_rests_on_the_frame_moves_with_works_that_are_not_its_own()
    {
        static string Others(int id, int goal) => $"W{id} a1:{{UTK}} goal={goal}";
        string[] same = [.. Enumerable.Range(1, 8).Select(i => $"W{i} a1:{{CNRS}} goal={(i <= 5 ? 3 : 4)}"), .. Enumerable.Range(9, 8).Select(i => Others(i, 3))];
        await using var world = await WorldAsync([.. same, Others(17, 3), Others(18, 4)]);
        var earlier = Vintages.List(world.Folder)[0].Id;
        var later = await ImportAsync(world, Coverage.Complete, same.Concat([Others(18, 3), Others(19, 4)]).Select(Work), "later.jsonl");
        var question = Of("CNRS", "activity-index") with { Vintage = earlier, Filters = new() { Goal = 3 } };
        var move = Explain(world, question, question with { Vintage = later });
        static double Index(double subject, double frame) => 5.0 / 8 / (subject / frame);
        // W17, of the subject, goes; W19 comes outside it; W18 comes into it.
        double[] walk = [Index(14, 18), Index(13, 17), Index(13, 18), Index(14, 18)];
        Assert.Equal(walk[0], move.Before.Value!.Value, 12);
        foreach (var (i, cause) in new[] { MoveCause.Withdrawn, MoveCause.Added, MoveCause.Reclassified }.Index())
            Assert.Equal(walk[i + 1] - walk[i], move.Parts.Single(p => p.Cause == cause).Amount!.Value, 12);
        Assert.Equal(0, move.Difference!.Value, 12);
    }

    [Fact]
    public async Task What_depends_on_links_or_on_fields_of_the_frame_is_not_explained()
    {
        await using var world = await WorldAsync(Eight);
        foreach (var figure in new[] { "affinity", "association-cwts", "observed-expected" })
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
        var onFrame = 0;
        foreach (var indicator in Indicators.All.Where(i => !i.IsProjects && i.Countings[0] == Counting.Full))
            foreach (var after in new[] { Membership.Direct, Membership.Lineage })
            {
                var question = AnyOf(indicator) with { Vintage = earlier };
                var move = Explaining.Explain(world.Work, question, question with { Vintage = later, Membership = after, Filters = question.Filters with { WithRetracted = true } }, default);
                if (move.Refusal is { } refusal)
                {
                    Assert.Equal(indicator.MovesByWorks ? "no-value-between" : "not-explained", refusal.Code);
                    continue;
                }
                if (indicator is { MovesByWorks: true, OfOwnWorks: false } && move.Value.Difference is not null) onFrame++;
                if (indicator.Unit == "works") Assert.Equal(move.Value.Difference, move.Value.Parts.Sum(p => p.Amount));
                else if (move.Value.Difference is { } whole) Assert.Equal(whole, move.Value.Parts.Sum(p => p.Amount!.Value), 12);
            }
        Assert.True(onFrame > 2, $"{onFrame} moves of figures that rest on the frame were told");
    }
}
