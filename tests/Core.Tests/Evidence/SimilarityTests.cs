using Entente.Core.Evidence;
using Entente.Core.Evidence.Measures;
using static Entente.Core.Tests.Evidence.Corpus;

namespace Entente.Core.Tests.Evidence;

/// <summary>Similarity and affinity of a pair: the test vectors of REFERENCE 4.7, and bounds against every outcome there is.</summary>
public sealed class SimilarityTests
{
    [Theory]
    [InlineData("salton", "0.800000")]
    [InlineData("jaccard", "0.666667")]
    [InlineData("inclusion", "0.800000")]
    [InlineData("equivalence", "0.640000")]
    [InlineData("association-bibliometrix", "0.160000")]
    [InlineData("association-cwts", "1.904762")]
    [InlineData("affinity", "1.904762")]
    [InlineData("affinity-symmetric", "0.311475")]
    [InlineData("affinity-symmetric-squares", "0.567859")]
    public async Task The_eight_works(string figure, string expected)
    {
        await using var world = await WorldAsync(Eight);
        var answer = world.Ask(Pair("CNRS", "ICL", Membership.Direct, figure));
        Assert.Equal(expected, Six(answer.Value!.Value));
        Assert.Equal(new Bounds(answer.Value, answer.Value), answer.Bounds);
        Assert.Equal("index", answer.Unit);
    }

    [Fact]
    public async Task Links_of_the_eight_works_are_those_of_the_reference()
    {
        await using var world = await WorldAsync(Eight);
        double[] Links(string a, string b) => [.. world.Ask(Pair(a, b, Membership.Direct, "affinity")).Details!.Select(d => d.Value!.Value)];
        Assert.Equal([4, 7, 6, 20], Links("CNRS", "ICL"));
        Assert.Equal([2, 7, 4, 20], Links("CNRS", "UTK"));
        Assert.Equal([1, 3, 6, 20], Links("U1", "ICL"));
    }

    [Fact]
    public async Task The_affinity_index_differs_by_direction()
    {
        await using var world = await WorldAsync(Eight);
        var answer = world.Ask(Pair("UTK", "ICL", Membership.Direct, "affinity-index"));
        Assert.Equal(["0.333333", "0.250000", "0.500000"], new[] { answer.Value, answer.Details![0].Value, answer.Details[1].Value }.Select(v => Six(v!.Value)));
        Assert.Equal("0.250000", Six(world.Ask(Pair("ICL", "UTK", Membership.Direct, "affinity-index")).Value!.Value));
    }

    // By lineage W6, of the joint laboratory alone, is of CNRS and of ICL: a unit of both sides is at both nodes.
    [Fact]
    public async Task A_unit_in_the_lineage_of_both_sides_links_them()
    {
        await using var world = await WorldAsync(Eight);
        Assert.Equal([5, 8, 7, 22], world.Ask(Pair("CNRS", "ICL", Membership.Lineage, "affinity")).Details!.Select(d => d.Value!.Value));
    }

    [Fact]
    public async Task A_pair_without_works_has_no_similarity_and_a_receipt_that_verifies()
    {
        await using var world = await WorldAsync([.. Eight, "W9 a1:{NOWHERE} retracted"]);
        var answer = world.Ask(Pair("CNRS", "NOWHERE", Membership.Direct, "salton"), receipt: true);
        Assert.Null(answer.Value);
        Assert.Equal(Recomputation.Verified, Verifying.Verify(world.Work, Receipts.Text(answer.Receipt!), default).Value.Verdict);
    }

    [Fact]
    public async Task Every_figure_of_the_eight_works_has_a_receipt_that_verifies_and_works_that_hash_to_it()
    {
        await using var world = await WorldAsync([.. Eight, "W9 a1:{UTK} truncated"]);
        foreach (var indicator in Indicators.All.Where(i => i.Needs == Needs.Pair && !i.IsProjects))
        {
            var answer = world.Ask(Pair("CNRS", "ICL", figure: indicator.Key), receipt: true);
            Assert.Equal(Recomputation.Verified, Verifying.Verify(world.Work, Receipts.Text(answer.Receipt!), default).Value.Verdict);
            Assert.NotEmpty(world.Lines(Pair("CNRS", "ICL", figure: indicator.Key)));
        }
    }

    // Each truncated work turns out one way; whatever they turn out to be, the value lies inside, and both ends are reached.
    [Fact]
    public void Bounds_are_the_least_and_the_most_of_all_outcomes()
    {
        for (var joint = 0; joint < 3; joint++)
            for (var (a, step) = (joint + 1, 0); step < 3; a++, step++)
                for (var b = joint + 1; b < joint + 4; b++)
                    foreach (var (neither, onlyA, onlyB) in new[] { (0, 0, 0), (1, 0, 0), (3, 1, 0), (4, 0, 1), (2, 1, 1), (5, 1, 1) }.Where(t => t.Item2 <= a - joint && t.Item3 <= b - joint))
                    {
                        var cells = new PairCells(joint, a, b, neither, onlyA, onlyB);
                        Hold(cells, cells.Salton, (c, x, y) => c / Math.Sqrt(x * y));
                        Hold(cells, cells.Jaccard, (c, x, y) => c / (x + y - c));
                        Hold(cells, cells.Inclusion, (c, x, y) => c / Math.Min(x, y));
                        Hold(cells, cells.Equivalence, (c, x, y) => c * c / (x * y));
                        Hold(cells, cells.Association, (c, x, y) => c / (x * y));
                    }
    }

    static void Hold(PairCells cells, Bounds bounds, Func<double, double, double, double> formula)
    {
        var outcomes = new List<double>();
        for (var both = 0; both <= cells.Neither; both++)
            for (var justA = 0; justA <= cells.Neither - both; justA++)
                for (var justB = 0; justB <= cells.Neither - both - justA; justB++)
                    for (var fromA = 0; fromA <= cells.OnlyA; fromA++)
                        for (var fromB = 0; fromB <= cells.OnlyB; fromB++)
                            outcomes.Add(formula(cells.Joint + both + fromA + fromB, cells.A + both + justA + fromB, cells.B + both + justB + fromA));
        Assert.Equal(outcomes.Min(), bounds.Lower!.Value, 12);
        Assert.Equal(outcomes.Max(), bounds.Upper!.Value, 12);
    }

    static string Six(double value) => value.ToString("F6", System.Globalization.CultureInfo.InvariantCulture);
}
