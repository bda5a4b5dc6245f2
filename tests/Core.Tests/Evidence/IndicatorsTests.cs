using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Entente.Tests;

namespace Entente.Core.Tests.Evidence;

public sealed class IndicatorsTests
{
    [Fact]
    public void The_catalogue_begins_with_the_figures_of_the_contract() => Assert.Equal(
        ["co-publications", "output", "international-share", "country-share", "partner-share", "partners", "joint-projects"],
        Indicators.All.Take(7).Select(i => i.Key));

    [Fact]
    public void Every_indicator_says_all_that_its_page_prints_in_both_languages() => Assert.All(Indicators.All, indicator =>
    {
        Assert.Single(Indicators.All, i => i.Key == indicator.Key);
        foreach (var said in new[] { indicator.Name, indicator.Meaning, indicator.Definition, indicator.Range, indicator.Nulls, indicator.Bounds, indicator.TestVector }.Concat(indicator.Caveats))
        {
            Assert.NotEmpty(said.En);
            Assert.NotEmpty(said.Fr);
        }
        Assert.NotEmpty(indicator.Formula);
        Assert.NotEmpty(indicator.Sources);
        Assert.StartsWith($"entente figure {indicator.Key} ", indicator.Example, StringComparison.Ordinal);
    });

    [Fact]
    public void The_page_of_indicators_is_as_the_catalogue_prints_it()
    {
        var page = Path.Combine(Conditions.Root, "docs", "domain", "indicators.md");
        if (Environment.GetEnvironmentVariable("ENTENTE_BLESS") == "1") File.WriteAllText(page, IndicatorsPage.Print());
        Assert.Equal(IndicatorsPage.Print(), File.ReadAllText(page));
    }

    [Fact]
    public void An_unknown_figure_is_a_malformed_question_and_the_answer_lists_the_keys()
    {
        var refusal = Indicators.Find("nosuchfigure").Refusal!;
        Assert.Equal(RefusalKind.Usage, refusal.Kind);
        Assert.All(Indicators.All, i => Assert.Contains(i.Key, refusal.Message.En, StringComparison.Ordinal));
        Assert.All(Indicators.All, i => Assert.Contains(i.Key, refusal.Message.Fr, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("co-publications", "a", null, null)]
    [InlineData("co-publications", null, null, null)]
    [InlineData("co-publications", "a", "b", "JP")]
    [InlineData("output", "a", "b", null)]
    [InlineData("output", "a", null, "JP")]
    [InlineData("country-share", "a", null, null)]
    [InlineData("partner-share", "a", "b", null)]
    [InlineData("joint-projects", "a", null, null)]
    public void A_question_with_too_little_or_too_much_is_told_what_its_figure_takes(string figure, string? a, string? b, string? with)
    {
        var indicator = Indicators.Find(figure).Value;
        var refusal = Indicators.Check(indicator, new Question(figure) { A = a, B = b, With = with })!;
        Assert.Equal(RefusalKind.Usage, refusal.Kind);
        Assert.Contains(indicator.Takes, refusal.Message.En, StringComparison.Ordinal);
        Assert.Contains(indicator.Takes, refusal.Message.Fr, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("co-publications", "a", "b", null)]
    [InlineData("output", "a", null, null)]
    [InlineData("country-share", "a", null, "JP")]
    [InlineData("partner-share", "a", "b", "JP")]
    public void A_question_with_what_its_figure_takes_passes(string figure, string a, string? b, string? with) =>
        Assert.Null(Indicators.Check(Indicators.Find(figure).Value, new Question(figure) { A = a, B = b, With = with }));

    [Fact]
    public void Only_output_is_counted_in_fractions() => Assert.All(Indicators.All.Where(i => i.Countings.Count == 1 || i.Key == "output"), indicator =>
    {
        var pair = indicator.Needs.HasFlag(Needs.Pair);
        var question = new Question(indicator.Key)
        {
            A = "a", B = pair ? "b" : null, With = indicator.Needs.HasFlag(Needs.Country) ? "JP" : null, Counting = Counting.Author,
        };
        Assert.Equal(indicator.Key == "output", Indicators.Check(indicator, question) is null);
    });
}
