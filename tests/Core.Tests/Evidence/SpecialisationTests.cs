using Entente.Core.Evidence;
using Entente.Core.Evidence.Measures;
using static Entente.Core.Tests.Evidence.Corpus;

namespace Entente.Core.Tests.Evidence;

/// <summary>Activity index and its kin, and shares of a subject or goal.</summary>
public sealed class SpecialisationTests
{
    // 30 of 200 works in the field, world 500 of 10,000 (REFERENCE 4.7); A 100 of 1,000, B 240 of 800.
    static readonly Dictionary<string, long> Vector = new()
    {
        ["a_subject"] = 30, ["a"] = 200, ["frame_subject"] = 500, ["frame"] = 10_000,
    };

    static Counts Told(string figure, Dictionary<string, long> counts) =>
        Indicators.Find(figure).Value.Tally is { } tally ? new(tally, [.. tally.Parts.Select(p => counts[p.Name])]) : throw new InvalidOperationException();

    [Theory]
    [InlineData("activity-index", 3, 12)]
    [InlineData("relative-specialisation", 0.5, 12)]
    [InlineData("f-measure", 0.085714, 6)]
    public void The_vector(string figure, double expected, int digits) => Assert.Equal(expected, Indicators.Find(figure).Value.Tally!.Value(Told(figure, Vector))!.Value, digits);

    [Fact]
    public void Joint_specialisation_against_three_baselines()
    {
        var tally = Indicators.Find("joint-specialisation").Value.Tally!;
        var counts = Told("joint-specialisation", new()
        {
            ["joint_subject"] = 30, ["joint"] = 200, ["a_subject"] = 100, ["a"] = 1000, ["b_subject"] = 240, ["b"] = 800, ["frame_subject"] = 500, ["frame"] = 10_000,
        });
        Assert.Equal([3, 1.5, 0.5], new[] { tally.Value(counts) }.Concat(tally.Details!(counts).Take(2).Select(d => d.Value)).Select(v => Math.Round(v!.Value, 12)));
    }

    [Fact]
    public void Below_an_expected_count_of_five_no_index_is_given()
    {
        var tally = Indicators.Find("activity-index").Value.Tally!;
        Assert.Null(tally.Value(Told("activity-index", new(Vector) { ["a"] = 99 })));
        Assert.NotNull(tally.Value(Told("activity-index", new(Vector) { ["a"] = 100 })));
    }

    // Twelve works of ICL, six in the field; eight of UTK, two in it.
    static IEnumerable<string> World() => Enumerable.Range(1, 20).Select(i =>
        $"W{i} a1:{{{(i <= 12 ? "ICL" : "UTK")}}} topic={(i <= 6 || i > 18 ? "10001/1702/17/3" : "10003/2204/22/3")}{(i <= 3 ? " goal=13" : "")}{(i == 20 ? " truncated" : "")}");

    [Fact]
    public async Task An_index_on_a_world_by_hand_with_its_bounds_and_a_receipt_that_verifies()
    {
        await using var world = await WorldAsync([.. World()]);
        var question = Of("ICL", "activity-index") with { Filters = new() { Domain = "3" } };
        Assert.Equal(1, world.Ask(question).Value); // All is of the domain.
        var field = question with { Filters = new() { Field = "22" } };
        var answer = world.Ask(field, receipt: true);
        Assert.Equal(6.0 / 12 / (12.0 / 20), answer.Value);
        Assert.Equal(new Bounds(6.0 / 13 / (12.0 / 20), 6.0 / 12 / (12.0 / 20)), answer.Bounds);
        Assert.Equal(("7.2", 6.0), (answer.Details![0].Value!.Value.ToString("0.#", System.Globalization.CultureInfo.InvariantCulture), answer.Details[1].Value));
        Assert.Equal(Recomputation.Verified, Verifying.Verify(world.Work, Receipts.Text(answer.Receipt!), default).Value.Verdict);
        Assert.Null(world.Ask(field with { A = RorOf("UTK"), Filters = new() { Field = "17" } }).Value); // 8 of 20 expect 3.2.
    }

    [Fact]
    public async Task Shares_of_a_field_and_of_a_goal()
    {
        await using var world = await WorldAsync([.. World()]);
        Assert.Equal(0.5, world.Ask(Of("ICL", "subject-share") with { Filters = new() { Field = "17" } }).Value);
        var goal = world.Ask(Of("ICL", "goal-share") with { Filters = new() { Goal = 13 } }, receipt: true);
        Assert.Equal((0.25, "openalex-aurora-0.4"), (goal.Value, goal.Variant));
        Assert.Equal(new Bounds(3.0 / 13, 0.25), goal.Bounds);
        Assert.Equal(13, goal.Receipt!.Filters.Goal);
        // What it is about is no filter of the others: half of the field's works are labelled.
        Assert.Equal(0.5, world.Ask(Of("ICL", "goal-share") with { Filters = new() { Goal = 13, Types = "article" } }).Value * 2);
    }

    [Fact]
    public async Task A_figure_about_a_subject_is_refused_without_one()
    {
        await using var world = await WorldAsync(Eight);
        foreach (var figure in new[] { "activity-index", "subject-share", "goal-share" })
            Assert.Equal("figure-options", Figures.Ask(world.Work, Of("ICL", figure), false, default).Refusal!.Code);
    }
}
