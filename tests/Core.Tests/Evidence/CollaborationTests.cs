using Entente.Core.Evidence;
using static Entente.Core.Tests.Evidence.Corpus;

namespace Entente.Core.Tests.Evidence;

/// <summary>Types of collaboration, structural share, many authors, and the share of a partner, on the eight works.</summary>
public sealed class CollaborationTests
{
    [Theory]
    [InlineData("ICL", 0.8, 1, 0, 4)]
    [InlineData("CNRS", 1, 0, 0, 5)]
    [InlineData("IRL", 0, 1, 0, 0)]
    public async Task Types_of_collaboration(string unit, double share, int none, int national, int international)
    {
        await using var world = await WorldAsync(Eight);
        var answer = world.Ask(Of(unit, "collaboration-share"));
        Assert.Equal(share, answer.Value);
        Assert.Equal([none, national, international], answer.Details!.Select(d => (int)d.Value!));
    }

    [Fact]
    public async Task Two_institutions_of_one_country_or_of_no_known_one_are_a_national_collaboration()
    {
        await using var world = await WorldAsync("W1 a1:{CNRS,U1}", "W2 a1:{CNRS} a2:{NOWHERE}", "W3 a1:{CNRS} a2:{REU}", "W4 a1:{CNRS} a2:{CNRS}", "W5 a1:{CNRS} a2:{}");
        Assert.Equal([2, 3, 0], world.Ask(Of("CNRS", "collaboration-share")).Details!.Select(d => (int)d.Value!));
    }

    [Fact]
    public async Task Shares_by_weight()
    {
        await using var world = await WorldAsync(Eight);
        double Share(string unit, string figure, Counting counting) => world.Ask(Of(unit, figure) with { Counting = counting }).Value!.Value;
        // By organisation ICL weighs 1/2, 1/3, 1, 1/2, 1/3: W4 alone is no collaboration.
        Assert.Equal(0.625, Share("ICL", "collaboration-share", Counting.Organisation), 12);
        Assert.Equal(0.625, Share("ICL", "international-share", Counting.Organisation), 12);
        // By author 1/2, 1/3, 1, 1/2, 1/4.
        Assert.Equal((0.5 + (1.0 / 3) + 0.5 + 0.25) / (0.5 + (1.0 / 3) + 1 + 0.5 + 0.25), Share("ICL", "collaboration-share", Counting.Author), 12);
        var answer = world.Ask(Of("ICL", "collaboration-share") with { Counting = Counting.Organisation }, receipt: true);
        Assert.Equal(new Bounds(answer.Value, answer.Value), answer.Bounds);
        Assert.Equal(Recomputation.Verified, Verifying.Verify(world.Work, Receipts.Text(answer.Receipt!), default).Value.Verdict);
    }

    [Fact]
    public async Task The_share_of_three_countries_or_more()
    {
        await using var world = await WorldAsync([.. Eight, "W9 a1:{CNRS,ICL} a2:{UTK,CN}", "W10 a1:{CNRS} a2:{ICL} truncated", "W11 a1:{CNRS} truncated", "W12 a1:{U1} a2:{UTK} a3:{ICL} truncated"]);
        var answer = world.Ask(Of("CNRS", "multilateral-share"));
        double? Part(string name) => answer.Details!.Single(d => d.Name == name).Value;
        Assert.Equal((2.0 / 7, 5.0, 1.0, 1.0), (answer.Value, Part("bilateral"), Part("trilateral"), Part("own_quadrilateral")));
        // W10 may gain a third country; W11 may become international, with two countries or more; W12 may turn out to be of CNRS, and has three.
        Assert.Equal(new Bounds(2.0 / 8, 5.0 / 9), answer.Bounds);
        Assert.Equal(2.0 / 6, world.Ask(Pair("CNRS", "ICL", Membership.Direct, "multilateral-share")).Value);
    }

    [Theory]
    [InlineData("CNRS", Counting.Full, 0.4, 0.6, 1)]
    [InlineData("ICL", Counting.Full, 0.2, 0.4, 1)]
    [InlineData("ICL", Counting.Organisation, 0.125, 0.25, 1)]
    [InlineData("UTK", Counting.Full, 1, 1, 0)]
    [InlineData("U1", Counting.Author, 0.5, 1, 1)]
    public async Task The_share_with_industry_and_what_institutions_of_untold_type_may_make_of_it(string unit, Counting counting, double share, double upper, int untold)
    {
        await using var world = await WorldAsync(Eight);
        var answer = world.Ask(Of(unit, "industry-share") with { Counting = counting }, receipt: true);
        Assert.Equal((share, share, upper, untold), (Math.Round(answer.Value!.Value, 12), Math.Round(answer.Bounds.Lower!.Value, 12), Math.Round(answer.Bounds.Upper!.Value, 12), answer.Untold));
        Assert.Equal(0, counting == Counting.Full ? answer.Excluded.Truncated : 0);
        Assert.Equal(Recomputation.Verified, Verifying.Verify(world.Work, Receipts.Text(answer.Receipt!), default).Value.Verdict);
    }

    [Fact]
    public async Task Works_that_may_be_with_industry_are_listed_as_such()
    {
        await using var world = await WorldAsync([.. Eight, "W9 a1:{CNRS} truncated", "W10 a1:{ICL} truncated"]);
        (string, string)[] listed = [.. world.Lines(Of("CNRS", "industry-share"), upper: true).Select(w => (w.Id, w.CountsAs))];
        Assert.Equal([("W10", "upper-bound-only"), ("W2", "upper-bound-only"), ("W3", "numerator"), ("W8", "numerator"), ("W9", "upper-bound-only")], listed.Order());
        // Of six works two; one of untold type, one cut that is CNRS's, one that may become so.
        var answer = world.Ask(Of("CNRS", "industry-share"));
        Assert.Equal(new Bounds(2.0 / 7, 5.0 / 7), answer.Bounds);
        Assert.Equal(2, answer.Excluded.Truncated);
    }

    [Theory]
    [InlineData(0.4, "education")]
    [InlineData(0.6, "company")]
    [InlineData(0.6, "education", "company")]
    [InlineData(0.6, "education", "funder")]
    public async Task An_institution_of_untold_type_is_no_company_where_a_record_that_stands_tells_what_it_is(double upper, params string[] told)
    {
        await using var world = await WorldAsync(Coverage.Complete, Eight.Select(Work).Concat(told.Select((type, i) =>
        {
            var other = Work($"W9 a1:{{U1}} retracted updated=2025-01-0{i + 1}");
            other["authorships"]![0]!["institutions"]![0]!["type"] = type;
            return other;
        })));
        Assert.Equal((0.4, upper), (world.Ask(Of("CNRS", "industry-share")).Value, world.Ask(Of("CNRS", "industry-share")).Bounds.Upper));
    }

    [Fact]
    public async Task A_vintage_that_tells_no_type_has_no_share_with_industry()
    {
        var works = Eight.Select(Work).ToList();
        foreach (var institution in works.SelectMany(w => w["authorships"]!.AsArray()).SelectMany(a => a!["institutions"]!.AsArray())) institution!.AsObject().Remove("type");
        await using var world = await WorldAsync(Coverage.Complete, works);
        Assert.Equal("no-types", Figures.Ask(world.Work, Of("CNRS", "industry-share"), false, default).Refusal!.Code);
        Assert.Equal(1, world.Ask(Of("CNRS", "collaboration-share")).Value);
    }

    [Fact]
    public async Task The_structural_share_is_a_figure_of_its_own()
    {
        await using var world = await WorldAsync(Eight);
        Assert.Equal(0.4, world.Ask(Pair("CNRS", "ICL", figure: "structural-share")).Value);
        Assert.Equal(0.25, world.Ask(Pair("CNRS", "ICL", Membership.Direct, "structural-share")).Value);
        Assert.Equal(["W5", "W6"], world.Lines(Pair("CNRS", "ICL", figure: "structural-share")).Select(w => w.Id));
    }

    [Theory]
    [InlineData(2, 0.4)]
    [InlineData(3, 0.2)]
    [InlineData(null, 0)]
    public async Task Many_authors(int? most, double share)
    {
        await using var world = await WorldAsync(Eight);
        Assert.Equal(share, world.Ask(Of("CNRS", "hyper-authorship") with { Filters = new() { AuthorsMax = most } }).Value);
    }

    [Fact]
    public async Task Many_authors_of_a_pair_and_what_is_left_without_them()
    {
        await using var world = await WorldAsync([.. Eight, "W9 a1:{CNRS} a2:{ICL} truncated", "W10 a1:{UTK} truncated"]);
        var answer = world.Ask(Pair("CNRS", "ICL", Membership.Direct, "hyper-authorship") with { Filters = new() { AuthorsMax = 2 } });
        Assert.Equal((3.0 / 5, 2.0), (answer.Value, answer.Details![0].Value));
        Assert.Equal(new Bounds(3.0 / 5, 4.0 / 6), answer.Bounds);
    }

    [Fact]
    public async Task The_share_of_a_partner_in_international_work_is_of_works()
    {
        await using var world = await WorldAsync(Eight);
        Assert.Equal(0.8, world.Ask(Pair("CNRS", "ICL", Membership.Direct, "international-partner-share")).Value);
        Assert.Equal(1.0 / 3, world.Ask(Pair("UTK", "ICL", Membership.Direct, "international-partner-share")).Value);
    }
}
