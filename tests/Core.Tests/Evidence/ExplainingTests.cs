using Entente.Core.Evidence;
using static Entente.Core.Tests.Evidence.Corpus;

namespace Entente.Core.Tests.Evidence;

/// <summary>What moved a figure, on worlds by hand.</summary>
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
    public async Task Links_partners_and_expectations_are_told_too()
    {
        await using var world = await WorldAsync([.. Eight.Take(7), "W9 a1:{CNRS} a2:{U1003}"]);
        var earlier = Vintages.List(world.Folder)[0].Id;
        var later = await ImportAsync(world, Coverage.Complete, Eight.Select(Work), "later.jsonl");
        IEnumerable<(MoveCause, double, long, long)> Walk(Question question) => Explain(world, question with { Vintage = earlier }, question with { Vintage = later })
            .Parts.Where(p => p.In + p.Out > 0).Select(p => (p.Cause, Math.Round(p.Amount!.Value, 12), p.In, p.Out));
        // W9 has one link of CNRS; W8 has three links, two of CNRS and two of ICL: 3 · 16 / (6 · 4), 3 · 14 / (5 · 4), 4 · 20 / (7 · 6).
        Assert.Equal([(MoveCause.Withdrawn, Math.Round(2.1 - 2, 12), 0L, 1L), (MoveCause.Added, Math.Round(80 / 42.0 - 2.1, 12), 1L, 0L)], Walk(Pair("CNRS", "ICL", Membership.Direct, "affinity")));
        // U1003 goes with W9; W8 brings nobody new, and yet it is a work of CNRS.
        Assert.Equal([(MoveCause.Withdrawn, -1, 0L, 1L), (MoveCause.Added, 0, 1L, 0L)], Walk(Of("CNRS", "partners")));
        // Of one unknown field: 5 · 4 / 8, 4 · 4 / 7, 5 · 5 / 8.
        Assert.Equal([(MoveCause.Withdrawn, Math.Round(16 / 7.0 - 2.5, 12), 0L, 1L), (MoveCause.Added, Math.Round(3.125 - 16 / 7.0, 12), 1L, 0L)], Walk(Pair("CNRS", "ICL", Membership.Direct, "expected-co-publications")));
    }

    // CNRS has one work of 6 citations; the mean of its field, type and year is that of the works there are.
    [Fact]
    public async Task Baselines_are_those_of_the_works_that_there_are()
    {
        await using var world = await WorldAsync("W1 a1:{CNRS} cited=6", "W2 a1:{UTK} cited=0", "W3 a1:{UTK} cited=3");
        var earlier = Vintages.List(world.Folder)[0].Id;
        var later = await ImportAsync(world, Coverage.Complete, new[] { "W1 a1:{CNRS} cited=8", "W3 a1:{UTK} cited=3", "W4 a1:{UTK} cited=1", "W5 a1:{UTK} cited=2" }.Select(Work), "later.jsonl");
        var question = Of("CNRS", "mncs") with { Vintage = earlier };
        var move = Explain(world, question, question with { Vintage = later });
        double[] walk = [6 / 3.0, 6 / 4.5, 6 / 3.0, 8 / 3.5];
        Assert.Equal([walk[1] - walk[0], walk[2] - walk[1], walk[3] - walk[2]], move.Parts.Skip(2).Select(p => p.Amount!.Value), (x, y) => Math.Abs(x - y) < 1e-12);
        Assert.Equal([(0L, 1L), (2L, 0L), (0L, 0L)], move.Parts.Skip(2).Select(p => (p.In, p.Out)));
    }

    [Fact]
    public async Task Two_figures_are_not_held_against_each_other()
    {
        await using var world = await WorldAsync(Eight);
        Assert.Equal("two-figures", Explaining.Explain(world.Work, Pair("CNRS", "ICL"), Pair("CNRS", "ICL", figure: "salton"), default).Refusal!.Code);
    }
}
