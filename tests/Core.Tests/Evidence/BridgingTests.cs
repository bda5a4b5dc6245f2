using Entente.Core.Evidence;
using Entente.Core.Evidence.Synthesis;
using static Entente.Core.Tests.Evidence.Corpus;

namespace Entente.Core.Tests.Evidence;

/// <summary>Series that break, and how stable a figure is.</summary>
public sealed class BridgingTests
{
    static IEnumerable<string> Works(int first, params int[] counts) =>
        counts.SelectMany((count, i) => Enumerable.Range(0, count).Select(n => $"W{(first + i) * 1000 + n} a1:{{ICL}} year={first + i}"));

    [Fact]
    public async Task Two_vintages_are_bridged_over_the_years_that_both_have()
    {
        await using var world = await WorldAsync([.. Works(2015, 2, 4, 4, 6)]);
        var earlier = Vintages.List(world.Folder)[0].Id;
        var later = await ImportAsync(world, Coverage.Complete, Works(2017, 6, 6, 9).Select(Work), "later.jsonl");
        var told = Bridging.Bridge(world.Work, Of("ICL") with { Vintage = later }, earlier, default).Value;
        Assert.Equal((1.2, new Bounds(1, 1.5), new Entente.Core.Kernel.Years(2017, 2018)), (told.Factor, told.Interval, told.Overlap));
        Assert.Equal([(2015, 2.4, 2, 3), (2016, 4.8, 4, 6)], told.Years.Where(y => y.New is null).Select(y => (y.Year, Math.Round(y.Bridged!.Value, 12), y.BridgedLower!.Value, y.BridgedUpper!.Value)));
        Assert.Equal(2017, Assert.Single(told.Years, y => y.Break).Year);
        Assert.Null(told.Years[^1].Old);
    }

    [Fact]
    public async Task An_imported_series_is_read_with_or_without_a_heading_and_refused_where_a_line_is_none()
    {
        await using var world = await WorldAsync([.. Works(2018, 3, 6)]);
        var told = Bridging.BridgeCsv(world.Work, Of("ICL"), "old.csv", "\uFEFFyear,value\n2016,10\n2018,1.5\n", default).Value;
        Assert.Equal((2, "old.csv", 20), (told.Factor, told.OldSource, told.Years[0].Bridged));
        Assert.Null(Bridging.BridgeCsv(world.Work, Of("ICL"), "old.csv", "1990;4", default).Value.Factor);
        foreach (var wrong in new[] { "2016,ten", "2016", "2016,1\n2016,2", "year,value\n16,1" })
            Assert.Equal("series", Bridging.BridgeCsv(world.Work, Of("ICL"), "old.csv", wrong, default).Refusal!.Code);
    }

    [Fact]
    public async Task A_stability_interval_is_drawn_from_its_seed_and_verifies()
    {
        await using var world = await WorldAsync([.. Enumerable.Range(1, 400).Select(i => $"W{i} a1:{{{(i <= 100 ? "ICL" : "UTK")}}}{(i <= 40 ? " a2:{CNRS}" : "")}")]);
        var question = Of("ICL", "international-share") with { Stability = 7 };
        var answer = world.Ask(question, receipt: true);
        Assert.Equal(answer.Stability, world.Ask(question).Stability);
        Assert.NotEqual(answer.Stability, world.Ask(question with { Stability = 8 }).Stability);
        // 0.4 of about a hundred works: a standard deviation of 0.049.
        Assert.InRange(answer.Stability!.Lower!.Value, 0.28, 0.33);
        Assert.InRange(answer.Stability.Upper!.Value, 0.47, 0.52);
        Assert.Equal(7UL, answer.Receipt!.Stability!.Seed);
        Assert.Equal(Recomputation.Verified, Verifying.Verify(world.Work, Receipts.Text(answer.Receipt), default).Value.Verdict);
        Assert.InRange(world.Ask(Of("ICL") with { Stability = 1 }).Stability!.Lower!.Value, 78, 90);
        Assert.Equal("no-stability", Figures.Ask(world.Work, Pair("ICL", "CNRS", figure: "affinity") with { Stability = 1 }, false, default).Refusal!.Code);
    }

    [Theory]
    [InlineData(10, 0.3)]
    [InlineData(1000, 0.02)]
    [InlineData(100_000, 0.7)]
    [InlineData(5, 1)]
    [InlineData(5, 0)]
    public void Draws_have_the_mean_and_the_variance_of_their_chance(long tries, double chance)
    {
        var draws = Enumerable.Range(0, 20_000).Select(i =>
        {
            var random = new Prng(3, (ulong)i);
            return (double)Binomial.Draw(ref random, tries, chance);
        }).ToList();
        var (mean, variance) = (tries * chance, tries * chance * (1 - chance));
        Assert.All(draws, draw => Assert.InRange(draw, 0, tries));
        Assert.InRange(draws.Average(), mean - 5 * Math.Sqrt(variance / 20_000), mean + 5 * Math.Sqrt(variance / 20_000));
        var spread = draws.Sum(d => (d - mean) * (d - mean)) / 20_000;
        Assert.InRange(spread, variance * 0.93, variance * 1.07);
    }
}
