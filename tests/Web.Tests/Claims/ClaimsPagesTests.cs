using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Entente.Web.Tests.Claims;

[Collection(SiteCollection.Name)]
public sealed class ClaimsPagesTests(Site site)
{
    [Fact]
    public async Task The_ledger_narrows_to_one_verdict_and_counts_it()
    {
        var page = await OpenAsync("/claims?verdict=contradictory");
        Assert.Equal(["“over 1,550”", "“around 500” a year"], page.QuerySelectorAll("#claim-list tbody tr:not(.group) th a").Select(a => a.TextContent.Trim()));
        Assert.All(page.QuerySelectorAll("#claim-list tbody .verdict"), mark => Assert.Equal("contradictory", mark.TextContent));
    }

    [Fact]
    public async Task A_claim_shows_its_words_its_readings_and_what_it_was_held_against()
    {
        var page = await OpenAsync("/claims/imperial-cnrs-1550");
        Assert.Contains("(1,550, 1,600]", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("(310, 320]", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("(258.3, 266.7]", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("× 1.41", page.QuerySelector("#against")!.Closest("section")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_synthetic_vintage_answers_no_claim()
    {
        var page = await OpenAsync("/claims/imperial-cnrs-1550");
        Assert.Contains("a synthetic vintage never judges a claim", page.QuerySelector("#answer")!.Closest("section")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("#answer ~ * .receipt"));
    }

    [Fact]
    public async Task Quotations_stay_in_their_language_on_a_French_page()
    {
        var page = await OpenAsync("/claims?lang=fr");
        var quoted = page.QuerySelectorAll("#claim-list span[lang=en]").Select(e => e.TextContent);
        Assert.Contains("over 1,550", quoted);
        Assert.Contains("«\u202fover 1,550\u202f»", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sort_of_ones_own_is_an_address_and_says_so()
    {
        var page = await OpenAsync("/claims?sort=-low");
        Assert.Equal("descending", page.QuerySelector("#claim-list th[aria-sort]")!.GetAttribute("aria-sort"));
        Assert.Empty(page.QuerySelectorAll("#claim-list .group"));
    }

    [Fact]
    public async Task A_verdict_that_is_none_is_refused_with_the_words_that_are()
    {
        using var answer = await site.Client.GetAsync(new Uri("/claims?verdict=maybe", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("write contradictory, explainable, consistent or not-comparable", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    async Task<IDocument> OpenAsync(string path) => new HtmlParser().ParseDocument(await site.GetAsync(path));
}
