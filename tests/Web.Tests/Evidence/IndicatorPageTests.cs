using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Entente.Core.Evidence;
using Entente.Core.Kernel;

namespace Entente.Web.Tests.Evidence;

/// <summary>Every indicator has a page that says what it counts, what it rests on, and what it gives on numbers that one can follow.</summary>
[Collection(SmallSiteCollection.Name)]
public sealed class IndicatorPageTests(SmallSite site)
{
    public static TheoryData<string, Lang> Pages
    {
        get
        {
            var pages = new TheoryData<string, Lang>();
            foreach (var indicator in Indicators.All)
                foreach (var lang in Enum.GetValues<Lang>()) pages.Add(indicator.Key, lang);
            return pages;
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task An_indicator_shows_its_formula_sources_vector_and_example(string key, Lang lang)
    {
        var indicator = Indicators.Find(key).Value;
        var page = await PageAsync($"/indicators/{key}?lang={(lang == Lang.Fr ? "fr" : "en")}");
        Assert.Equal(indicator.Name.In(lang), page.QuerySelector("h1")!.TextContent);
        Assert.Contains(indicator.Formula, page.QuerySelectorAll("section[aria-labelledby=definition] code").Select(c => c.TextContent));
        foreach (var said in new[] { indicator.Definition, indicator.Range, indicator.Nulls, indicator.Bounds }) Assert.Contains(said.In(lang), Section(page, "definition"), StringComparison.Ordinal);
        Assert.All(indicator.Caveats, caveat => Assert.Contains(caveat.In(lang), Section(page, "care"), StringComparison.Ordinal));
        Assert.Contains(indicator.TestVector.In(lang), Section(page, "vector"), StringComparison.Ordinal);
        Assert.Contains(indicator.Example, Section(page, "vector"), StringComparison.Ordinal);
        var sources = page.QuerySelectorAll("section[aria-labelledby=sources] li");
        Assert.Equal(indicator.Sources.Select(s => s.Text), sources.Select(li => li.QuerySelector("span")!.TextContent));
        Assert.Equal(indicator.Sources.Select(s => s.Doi is { } doi ? $"https://doi.org/{doi}" : s.Address), sources.Select(li => li.QuerySelector("a")?.GetAttribute("href")));
    }

    [Theory]
    [InlineData(Lang.En)]
    [InlineData(Lang.Fr)]
    public async Task The_catalogue_leads_to_every_one(Lang lang)
    {
        var page = await PageAsync($"/indicators?lang={(lang == Lang.Fr ? "fr" : "en")}");
        Assert.Equal(Indicators.All.Select(i => ($"/indicators/{i.Key}", i.Name.In(lang))).Order(),
            page.QuerySelectorAll("th[scope=row] a").Select(a => (a.GetAttribute("href")!.Split('?')[0], a.TextContent)).Order());
    }

    // What is a number of its own in a vector is written as its language writes it, and is the same in both.
    [Fact]
    public void A_vector_has_the_same_numbers_in_both_languages() => Assert.All(Indicators.All, i =>
    {
        static IEnumerable<string> Decimals(string text, char point) => System.Text.RegularExpressions.Regex.Matches(text, $@"\d+\{point}\d+").Select(m => m.Value.Replace(point, '.'));
        Assert.Equal(Decimals(i.TestVector.En, '.'), Decimals(i.TestVector.Fr, ','));
    });

    // Only what is Entente's own, or older than such numbers, has neither.
    [Fact]
    public void A_source_has_a_doi_or_an_address_where_there_is_one() => Assert.All(Indicators.All.SelectMany(i => i.Sources).Distinct(), source =>
        Assert.True(source.Doi is not null || source.Address is not null || source.Text.StartsWith("Entente", StringComparison.Ordinal) || source.Text.StartsWith("Frame (1977)", StringComparison.Ordinal)
            || source.Text.StartsWith("Sinnott (1984)", StringComparison.Ordinal), source.Text));

    static string Section(IDocument page, string key) => page.QuerySelector($"section[aria-labelledby={key}]")!.TextContent;

    async Task<IDocument> PageAsync(string path) => new HtmlParser().ParseDocument(await site.GetAsync(path));
}
