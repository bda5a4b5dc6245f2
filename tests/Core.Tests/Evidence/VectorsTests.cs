using Entente.Core.Evidence;
using static Entente.Core.Tests.Evidence.Corpus;

namespace Entente.Core.Tests.Evidence;

/// <summary>The test vectors of REFERENCE 4.7, to the last digit that it gives.</summary>
public sealed class VectorsTests
{
    [Fact]
    public async Task Co_publications_of_CNRS_and_ICL_direct_by_lineage_and_with_distinct_authors()
    {
        await using var world = await WorldAsync(Eight);
        var answer = world.Ask(Pair("CNRS", "ICL"));
        Assert.Equal((4, 5, 3, 0.4), (answer.Breakdown.Direct, answer.Breakdown.Lineage, answer.Breakdown.DistinctAuthors, answer.Breakdown.StructuralShare));
        Assert.Equal((5.0, new Bounds(5, 5)), (answer.Value, answer.Bounds));
        Assert.Equal(["W1", "W2", "W5", "W8"], world.Lines(Pair("CNRS", "ICL", Membership.Direct)).Select(w => w.Id));
        Assert.Equal(
            [("W1", "distinct-authors"), ("W2", "distinct-authors"), ("W5", "structural"), ("W6", "structural"), ("W8", "distinct-authors")],
            world.Lines(Pair("CNRS", "ICL")).Select(w => (w.Id, w.CountsAs)));
    }

    [Fact]
    public async Task Distinct_authors_follow_the_membership()
    {
        await using var world = await WorldAsync(Eight);
        var answer = world.Ask(Pair("CNRS", "ICL", Membership.Direct));
        Assert.Equal((4.0, 3.0, 0.25), (answer.Value, answer.Breakdown.DistinctAuthors, answer.Breakdown.StructuralShare));
    }

    [Theory]
    [InlineData("CNRS", 5)]
    [InlineData("ICL", 5)]
    [InlineData("U1", 2)]
    [InlineData("UTK", 3)]
    [InlineData("IRL", 1)]
    public async Task Full_counts(string unit, int expected)
    {
        await using var world = await WorldAsync(Eight);
        Assert.Equal(expected, world.Ask(Of(unit)).Value);
    }

    [Theory]
    [InlineData(Counting.Author, "1.916667 2.583333 1.000000 1.000000 1.500000")]
    [InlineData(Counting.Organisation, "2.166667 2.666667 1.000000 0.833333 1.333333")]
    public async Task Fractional_counts_and_their_sum(Counting counting, string expected)
    {
        await using var world = await WorldAsync(Eight);
        var values = new[] { "CNRS", "ICL", "IRL", "U1", "UTK" }.Select(unit => world.Ask(Of(unit) with { Counting = counting }).Value!.Value).ToList();
        Assert.Equal(expected, string.Join(' ', values.Select(v => v.ToString("F6", System.Globalization.CultureInfo.InvariantCulture))));
        Assert.Equal(8, values.Sum(), 12);
    }

    // A country is asked for as an organisation that stands for all of its institutions: of these works, whole countries are
    // FR {CNRS, U1}, GB {ICL, IRL} and JP {UTK}, so the works of the one and of the other and those of both add up.
    [Fact]
    public async Task Country_fractional_counts_give_each_country_its_part()
    {
        await using var world = await WorldAsync(Eight);
        double Part(string unit) => world.Ask(Of(unit) with { Counting = Counting.Country }).Value!.Value;
        // W1, W2, W3 and W5 halves and W8 a third of CNRS; U1 adds W7's half (W2 is CNRS's already).
        Assert.Equal("2.333333", Part("CNRS").ToString("F6", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(2.833333, Part("CNRS") + 0.5, 6);
        Assert.Equal(3.833333, Part("ICL") + Part("IRL"), 6);
        Assert.Equal("1.333333", Part("UTK").ToString("F6", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task International_works_are_six_of_eight()
    {
        await using var world = await WorldAsync(Eight);
        var international = new[] { "CNRS", "ICL", "U1", "UTK", "IRL" }
            .SelectMany(unit => world.Lines(Of(unit, "international-share")).Select(w => w.Id)).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(["W1", "W2", "W3", "W5", "W7", "W8"], international);
        var icl = world.Ask(Of("ICL", "international-share"));
        Assert.Equal((0.8, 4.0, 5.0), (icl.Value, icl.Breakdown.Numerator, icl.Breakdown.Denominator));
    }

    [Fact]
    public async Task Shares_with_a_country_and_of_a_partner_in_it()
    {
        await using var world = await WorldAsync(Eight);
        Assert.Equal(0.4, world.Ask(Of("CNRS", "country-share") with { With = "JP" }).Value);
        Assert.Equal(0.8, world.Ask(Of("CNRS", "country-share") with { With = "GB" }).Value);
        Assert.Equal(1, world.Ask(Pair("CNRS", "UTK", figure: "partner-share") with { With = "JP" }).Value);
        // By lineage CNRS is in W6 too, whose only institution is the joint laboratory in London.
        Assert.Equal(5d / 5, world.Ask(Pair("CNRS", "ICL", figure: "partner-share") with { With = "GB" }).Value);
        Assert.Equal(1d / 3, world.Ask(Pair("UTK", "ICL", Membership.Direct, "partner-share") with { With = "FR" }).Value);
    }

    [Fact]
    public async Task Partners_of_CNRS_in_order_of_works()
    {
        await using var world = await WorldAsync(Eight);
        var answer = world.Ask(Of("CNRS", "partners"));
        Assert.Equal(3, answer.Value);
        Assert.Equal([("I3", "ICL", "GB", 4.0), ("I5", "UTK", "JP", 2.0), ("I2", "U1", "FR", 1.0)], answer.Rows!.Select(r => (r.Id, r.Name, r.Country, r.Value)));
        Assert.Equal("I3", world.Ask(Of("CNRS", "partners", Membership.Lineage)).Rows![0].Id);
    }
}
