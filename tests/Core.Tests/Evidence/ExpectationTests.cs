using Entente.Core.Evidence;
using Entente.Core.Evidence.Statistics;
using static Entente.Core.Tests.Evidence.Corpus;

namespace Entente.Core.Tests.Evidence;

/// <summary>Observed against expected: the vector of REFERENCE 4.7, fields, and the statistics under them against known values.</summary>
public sealed class ExpectationTests
{
    [Fact]
    public async Task The_eight_works_in_one_unknown_field()
    {
        await using var world = await WorldAsync(Eight);
        var answer = world.Ask(Pair("CNRS", "ICL", Membership.Direct, "observed-expected"), receipt: true);
        Assert.Equal(["4.000000", "3.125000", "1.280000", "0.348757", "3.277308", "0.502232", "1.234684", "0.285714"], answer.Details!.Select(d => Six(d.Value!.Value)));
        Assert.Equal(3.125, world.Ask(Pair("CNRS", "ICL", Membership.Direct, "expected-co-publications")).Value);
        Assert.Equal(Recomputation.Verified, Verifying.Verify(world.Work, Receipts.Text(answer.Receipt!), default).Value.Verdict);
    }

    // Within each field everything is joint; between the fields nothing is: a frame of both fields expects too little.
    [Fact]
    public async Task What_is_expected_is_added_field_by_field()
    {
        await using var world = await WorldAsync(
            "W1 a1:{CNRS} a2:{ICL} topic=1/1/17/3", "W2 a1:{CNRS} topic=1/1/17/3", "W3 a1:{ICL} topic=1/1/17/3", "W4 a1:{U1} topic=2/2/22/3", "W5 a1:{CNRS} topic=2/2/22/3", "W6 a1:{UTK}");
        var answer = world.Ask(Pair("CNRS", "ICL", Membership.Direct, "observed-expected"));
        Assert.Equal(4.0 / 3, answer.Details![1].Value!.Value, 12);
        Assert.Equal([("17", 1, 2, 2, 3), ("22", 0, 1, 0, 2)], answer.Table!.Rows.Select(r => (r.Key, (int)r.Values[0]!, (int)r.Values[1]!, (int)r.Values[2]!, (int)r.Values[3]!)));
        Assert.Equal("field 17", answer.Table.Rows[0].Label.En);
    }

    [Fact]
    public async Task A_truncated_work_widens_what_is_expected_and_observed()
    {
        await using var world = await WorldAsync([.. Eight, "W9 a1:{UTK} truncated"]);
        var answer = world.Ask(Pair("CNRS", "ICL", Membership.Direct, "observed-expected"));
        Assert.Equal(new Bounds(4 / (6.0 * 6 / 9), 5 / (5.0 * 5 / 9)), answer.Bounds);
    }

    // Garwood's table (1936), as every textbook prints it.
    [Theory]
    [InlineData(0, "0.000000", "3.688879")]
    [InlineData(1, "0.025318", "5.571643")]
    [InlineData(5, "1.623486", "11.668332")]
    [InlineData(10, "4.795389", "18.390356")]
    [InlineData(100, "81.363991", "121.626794")]
    public void Intervals_of_a_poisson_count(long count, string lower, string upper)
    {
        var (low, high) = Garwood.Interval(count);
        Assert.Equal((lower, upper), (Six(low), Six(high)));
    }

    [Theory]
    [InlineData(0.95, 1, 3.841459)]
    [InlineData(0.5, 2, 1.386294)]
    [InlineData(0.99, 10, 23.209251)]
    [InlineData(0.025, 30, 16.790772)]
    public void Quantiles_of_chi_square(double chance, double freedom, double expected) => Assert.Equal(expected, ChiSquare.Quantile(chance, freedom), 6);

    // The chance that a Poisson count of mean m is at most c is Q(c + 1, m): summed term by term.
    [Theory]
    [InlineData(3, 2.5)]
    [InlineData(40, 33)]
    [InlineData(900, 1000)]
    [InlineData(1000, 900)]
    public void The_incomplete_gamma_function_is_a_sum_of_poisson_terms(int count, double mean)
    {
        var (term, sum) = (Math.Exp(-mean / 2), 0.0);
        for (var k = 0; k <= count; k++, term *= mean / k) sum += term;
        Assert.Equal(sum * Math.Exp(-mean / 2), Gamma.Q(count + 1, mean), 10);
        Assert.Equal(1, Gamma.Q(count + 1, mean) + Gamma.P(count + 1, mean), 12);
    }

    [Fact]
    public void Large_counts_keep_their_digits()
    {
        // Near 4,000,000 the interval is nearly normal: c - 1.96 sqrt(c) and a little more.
        var (low, high) = Garwood.Interval(4_000_000);
        Assert.InRange(low, 3_996_080.5, 3_996_082);
        Assert.InRange(high, 4_003_921, 4_003_922.5);
    }

    // Every way of drawing B's works from a field of ten, counted.
    [Fact]
    public void Chances_of_joint_works_are_those_of_all_draws()
    {
        foreach (var (a, b, all) in new[] { (5, 5, 8), (3, 7, 10), (0, 4, 9), (10, 4, 10), (6, 6, 10) })
        {
            var counts = new double[11];
            for (var draw = 0; draw < 1 << all; draw++)
                if (System.Numerics.BitOperations.PopCount((uint)draw) == b) counts[System.Numerics.BitOperations.PopCount((uint)(draw & ((1 << a) - 1)))]++;
            for (var atLeast = 0; atLeast <= 10; atLeast++)
                Assert.Equal(counts.Skip(atLeast).Sum() / counts.Sum(), Hypergeometric.Tail([new(a, b, all)], atLeast)!.Value, 12);
            var mean = counts.Select((n, k) => n * k).Sum() / counts.Sum();
            Assert.Equal(mean, new Hypergeometric(a, b, all).Expected, 12);
            Assert.Equal(counts.Select((n, k) => n * (k - mean) * (k - mean)).Sum() / counts.Sum(), new Hypergeometric(a, b, all).Variance, 12);
        }
    }

    [Fact]
    public void Chances_of_two_fields_are_those_of_their_sum()
    {
        var (one, two) = (new Hypergeometric(5, 5, 8), new Hypergeometric(2, 3, 6));
        double Of(Hypergeometric field, long k) => Hypergeometric.Tail([field], k)!.Value - Hypergeometric.Tail([field], k + 1)!.Value;
        for (var k = 0; k <= 7; k++)
        {
            var expected = Enumerable.Range(0, 6).SelectMany(i => Enumerable.Range(0, 3).Where(j => i + j >= k).Select(j => Of(one, i) * Of(two, j))).Sum();
            Assert.Equal(expected, Hypergeometric.Tail([one, two], k)!.Value, 12);
        }
    }

    static string Six(double value) => value.ToString("F6", System.Globalization.CultureInfo.InvariantCulture);
}
