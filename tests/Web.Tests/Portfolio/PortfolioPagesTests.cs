using System.Net;
using AngleSharp.Html.Parser;

namespace Entente.Web.Tests.Portfolio;

[Collection(SiteCollection.Name)]
public sealed class PortfolioPagesTests(Site site)
{
    [Fact]
    public async Task A_page_of_an_organisation_and_the_list_of_partnerships_count_the_same_structures()
    {
        using var list = System.Text.Json.JsonDocument.Parse(await site.GetAsync("/api/v1/partnerships"));
        var page = await site.GetAsync("/organisations/imperial");
        foreach (var pair in list.RootElement.GetProperty("items").EnumerateArray())
        {
            var (a, b) = (pair.GetProperty("a").GetString(), pair.GetProperty("b").GetString());
            if (a != "imperial" && b != "imperial") continue;
            Assert.Matches($"/partnerships/({a}/{b}|{b}/{a})\">[^<]+</a> <span class=\"quiet\">{pair.GetProperty("structures").GetInt32()}&#xA0;structure", page);
        }
    }

    [Fact]
    public async Task The_first_page_shows_the_portfolio_what_disagrees_and_what_is_due()
    {
        var page = await TextAsync("/");
        Assert.Contains("Seventeen partnerships on the record", page, StringComparison.Ordinal);
        Assert.Contains("CNRS–Imperial co-publications contradictory", page, StringComparison.Ordinal);
        Assert.Contains("“over 1,550”", page, StringComparison.Ordinal);
        Assert.Contains("“around 500” a year", page, StringComparison.Ordinal);
        Assert.Contains("End dates of 17 structures and programmes", page, StringComparison.Ordinal);
        Assert.Contains("Synthetic vintage.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_structure_shows_both_dates_with_their_sources()
    {
        var page = await TextAsync("/structures/limms");
        Assert.Contains("1995 or 2004", page, StringComparison.Ordinal);
        Assert.Contains("Nine years apart", page, StringComparison.Ordinal);
        Assert.Contains("1995, dated, of what is not said S4", page, StringComparison.Ordinal);
        Assert.Contains("2004, dated, of what is not said RNSR", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_label_that_did_not_exist_yet_is_flagged_and_kept()
    {
        var page = await TextAsync("/structures/majulab");
        Assert.Contains("Anachronism: the label then was UMI; IRL dates from 2019.", page, StringComparison.Ordinal);
        Assert.Contains("Three sources, three answers.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_person_holds_roles_on_both_sides()
    {
        var page = new HtmlParser().ParseDocument(await site.GetAsync("/structures/integrative-metabolism"));
        var roles = page.QuerySelector("#people")!.Closest("section")!.QuerySelectorAll("tbody tr")
            .Select(row => string.Join(" | ", row.Children.Take(4).Select(cell => cell.TextContent.Trim())));
        Assert.Contains("Marc-Emmanuel Dumas | coordinator | CNRS | UMR 8199", roles);
        Assert.Contains("Marc-Emmanuel Dumas | also works there | Imperial | Imperial", roles);
    }

    [Theory]
    [InlineData("/organisations/cnrs")]
    [InlineData("/organisations/02feahw73")]
    public async Task An_organisation_is_found_by_key_or_by_ROR_id(string path) =>
        Assert.Contains("17\u00a0structures and programmes", await TextAsync(path), StringComparison.Ordinal);

    [Fact]
    public async Task The_list_narrows_by_country_and_by_words_whatever_the_accents()
    {
        Assert.Contains("5\u00a0structures and programmes", await TextAsync("/structures?country=JP"), StringComparison.Ordinal);
        Assert.Contains("Abraham de Moivre", await TextAsync("/structures?q=MATHEMATIQUES"), StringComparison.Ordinal);
        Assert.Contains("No structure passes these filters", await TextAsync("/structures?q=xyzzy"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/search?q=degond", "Pierre Degond")]
    [InlineData("/search?q=universite tokyo", "The University of Tokyo")]
    [InlineData("/search?q=1,550", "over 1,550")]
    public async Task The_record_is_searched_over_people_names_and_claims(string path, string found) =>
        Assert.Contains(found, await TextAsync(path), StringComparison.Ordinal);

    [Theory]
    [InlineData("/structures/nowhere", "There is no structure “nowhere” on this record.")]
    [InlineData("/organisations/nowhere", "There is no organisation “nowhere” on this record.")]
    [InlineData("/sources/S9", "There is no source “S9” on this record.")]
    [InlineData("/claims/nowhere", "There is no claim “nowhere” on this record.")]
    public async Task What_is_not_on_the_record_is_said_to_be_missing(string path, string sentence)
    {
        using var answer = await site.Client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains(sentence, Text(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_leaves_as_a_table()
    {
        var table = await site.GetAsync("/api/v1/structures?format=csv&country=SG");
        Assert.Contains("majulab,IRL,MajuLab", table, StringComparison.Ordinal);
        Assert.DoesNotContain("limms", table, StringComparison.Ordinal);
    }

    async Task<string> TextAsync(string path) => Text(await site.GetAsync(path));

    /// <summary>What a reader reads: the words of the page, one space between.</summary>
    static string Text(string html) =>
        string.Join(' ', new HtmlParser().ParseDocument(html).Body!.TextContent.Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));
}
