using Entente.Core.Evidence;
using static Entente.Core.Tests.Evidence.Corpus;

namespace Entente.Core.Tests.Evidence;

/// <summary>A figure is exact when its question lies inside the coverage.</summary>
public sealed class CoveringTests
{
    static Coverage Query(string a, string? b = null, string? with = null, int? first = null, int? last = null) =>
        new(CoverageKind.Query) { A = RorOf(a), B = b is null ? null : RorOf(b), With = with, FirstYear = first, LastYear = last };

    static async Task<IReadOnlyList<string>> ExactAsync(Coverage coverage)
    {
        await using var world = await WorldAsync(coverage, Eight.Select(Work));
        return [.. Questions.Where(q => world.Ask(q.Question).Coverage is null).Select(q => q.Name)];
    }

    static readonly (string Name, Question Question)[] Questions =
    [
        ("CNRS-ICL", Pair("CNRS", "ICL")), ("ICL-CNRS", Pair("ICL", "CNRS")), ("CNRS-ICL direct", Pair("CNRS", "ICL", Membership.Direct)),
        ("CNRS-ICL 2018-2020", Pair("CNRS", "ICL") with { Years = new(2018, 2020) }), ("CNRS-ICL 2018-2022", Pair("CNRS", "ICL") with { Years = new(2018, 2022) }),
        ("CNRS-UTK", Pair("CNRS", "UTK")), ("ICL-UTK", Pair("ICL", "UTK")),
        ("output CNRS", Of("CNRS")), ("output ICL", Of("ICL")), ("output CNRS author", Of("CNRS") with { Counting = Counting.Author }),
        ("international CNRS", Of("CNRS", "international-share")), ("CNRS with GB", Of("CNRS", "country-share") with { With = "GB" }), ("partners CNRS", Of("CNRS", "partners")),
        ("CNRS-ICL with GB", Pair("CNRS", "ICL", figure: "partner-share") with { With = "GB" }), ("ICL-CNRS with GB", Pair("ICL", "CNRS", figure: "partner-share") with { With = "GB" }),
        ("CNRS-UTK with JP", Pair("CNRS", "UTK", figure: "partner-share") with { With = "JP" }),
    ];

    [Fact]
    public async Task On_a_complete_vintage_every_figure_is_exact_and_on_a_selection_none()
    {
        Assert.Equal(Questions.Length, (await ExactAsync(Coverage.Complete)).Count);
        Assert.Empty(await ExactAsync(Coverage.Selection));
    }

    [Fact]
    public async Task A_pull_of_a_pair_answers_for_that_pair_alone_in_either_order() =>
        Assert.Equal(["CNRS-ICL", "ICL-CNRS", "CNRS-ICL direct", "CNRS-ICL 2018-2020", "CNRS-ICL 2018-2022"], await ExactAsync(Query("CNRS", "ICL")));

    [Fact]
    public async Task A_pull_of_a_window_answers_within_it() =>
        Assert.Equal(["CNRS-ICL 2018-2020"], await ExactAsync(Query("CNRS", "ICL", first: 2017, last: 2020)));

    [Fact]
    public async Task A_pull_of_all_works_of_an_organisation_answers_for_its_figures_and_its_pairs() => Assert.Equal(
        ["CNRS-ICL", "ICL-CNRS", "CNRS-ICL direct", "CNRS-ICL 2018-2020", "CNRS-ICL 2018-2022", "CNRS-UTK", "output CNRS", "output CNRS author", "international CNRS",
            "CNRS with GB", "partners CNRS", "CNRS-ICL with GB", "CNRS-UTK with JP"], await ExactAsync(Query("CNRS")));

    [Fact]
    public async Task A_pull_of_its_works_with_a_country_answers_for_shares_within_that_country() =>
        Assert.Equal(["CNRS-UTK with JP"], await ExactAsync(Query("CNRS", with: "JP")));

    [Fact]
    public async Task A_figure_beyond_the_coverage_says_why_in_both_languages_and_its_receipt_keeps_it()
    {
        await using var world = await WorldAsync(Query("CNRS", "ICL", first: 2017, last: 2020), Eight.Select(Work));
        var answer = world.Ask(Pair("CNRS", "ICL"), receipt: true);
        Assert.Equal(("selection", "selection"), (answer.Coverage, answer.Receipt!.Coverage));
        Assert.Contains("2017-2020", answer.CoverageReason!.Value.En, StringComparison.Ordinal);
        Assert.Contains("2017-2020", answer.CoverageReason!.Value.Fr, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("co-publications", "the whole may be more")]
    [InlineData("multilateral-share", "larger or smaller")]
    [InlineData("expected-co-publications", "larger or smaller")]
    [InlineData("collaboration-mncs", "larger or smaller")]
    public async Task Of_a_selection_only_a_count_is_a_lower_bound(string figure, string says)
    {
        await using var world = await WorldAsync(Coverage.Selection, Eight.Select(Work));
        Assert.Contains(says, world.Ask(Pair("CNRS", "ICL", figure: figure)).CoverageReason!.Value.En, StringComparison.Ordinal);
    }
}
