using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Entente.Web.Tests.Evidence;

/// <summary>The pages of evidence over a world that is known by hand.</summary>
[Collection(SmallSiteCollection.Name)]
public sealed class EvidencePageTests(SmallSite site)
{
    [Fact]
    public async Task A_partnership_shows_its_figures_with_their_receipts()
    {
        var page = await PageAsync("/partnerships/cnrs/imperial");
        Assert.Equal("CNRS–Imperial: cooperation in numbers", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(["5", "40.0%", "2"], page.QuerySelectorAll(".keyfigs dd.value").Take(3).Select(v => v.TextContent.Trim()));
        var ways = Rows(page, "The same pair, counted four ways");
        Assert.Equal(["Direct 4 4", "Lineage 5 5", "Perimeter 5 5", "Distinct authors 3 not bounded"], ways.Select(row => string.Join(' ', row.Take(3))));
        Assert.Equal(2, page.QuerySelectorAll(".sides > .side").Length);
        Assert.All(page.QuerySelectorAll(".keyfigs dd.value"), value => Assert.NotNull(value.QuerySelector("a.receipt, a.cite")));
    }

    [Fact]
    public async Task A_list_of_works_is_narrowed_within_the_question_that_it_answers()
    {
        var page = await PageAsync("/works?figure=output&of=cnrs&counting=author&authors-max=50&with-retracted=yes&type=article&sort=-year");
        Assert.Equal(["authors-max=50", "counting=author", "figure=output", "of=cnrs", "sort=-year", "with-retracted=yes"],
            page.QuerySelectorAll("form[action='/works'] input[type=hidden]").Select(kept => $"{kept.GetAttribute("name")}={kept.GetAttribute("value")}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Both_orders_of_a_pair_give_the_same_numbers()
    {
        var (ab, ba) = (await PageAsync("/partnerships/cnrs/imperial"), await PageAsync("/partnerships/041kmwe10/02feahw73"));
        Assert.Equal(Numbers(ab), Numbers(ba));
        Assert.Equal("Imperial–CNRS: cooperation in numbers", ba.QuerySelector("h1")!.TextContent);

        static IEnumerable<string> Numbers(IDocument page) => page.QuerySelectorAll(".keyfigs dd.value").Select(v => v.TextContent.Trim());
    }

    [Theory]
    [InlineData("", "ONE – One|101")]
    [InlineData("&call-topic=T-2", "101")]
    [InlineData("&science=/natural sciences", "ONE – One|101")]
    [InlineData("&science=/23/49", "ONE – One")]
    [InlineData("&science=/natural", "")]
    [InlineData("&programme=H2020-EU.1.3.", "ONE – One")]
    [InlineData("&year=2019&q=biological", "ONE – One")]
    public async Task Joint_projects_are_listed_with_what_they_are_about(string filter, string titles)
    {
        var page = await PageAsync($"/projects?between=cnrs,imperial{filter}");
        Assert.Equal(titles.Split('|', StringSplitOptions.RemoveEmptyEntries), page.QuerySelectorAll("table tbody th").Select(th => th.TextContent.Trim()));
        var listed = await site.JsonAsync($"/api/v1/projects?between=cnrs,imperial{filter}");
        Assert.Equal(titles.Split('|', StringSplitOptions.RemoveEmptyEntries).Length, listed.GetProperty("total").GetInt32());
        var table = await site.GetAsync($"/api/v1/projects?between=cnrs,imperial{filter}&format=csv");
        Assert.Equal(titles.Contains("ONE", StringComparison.Ordinal), table.Contains("/natural sciences/biological sciences", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("en", "", "2 projects")]
    [InlineData("en", "&call-topic=T-2", "1 project")]
    [InlineData("en", "&size=1&page=2", "2 of 2 projects")]
    [InlineData("fr", "", "2 projets")]
    [InlineData("fr", "&call-topic=T-2", "1 projet")]
    [InlineData("fr", "&size=1", "1 sur 2 projets")]
    public async Task A_list_says_how_many_it_has_and_which_of_them_are_shown(string lang, string filter, string range) =>
        Assert.Equal(range, (await PageAsync($"/projects?between=cnrs,imperial&lang={lang}{filter}")).QuerySelector(".pager p")!.TextContent.Replace('\u00A0', ' '));

    [Theory]
    [InlineData("en", "No project is left"), InlineData("fr", "Aucun projet ne reste")]
    public async Task A_list_of_nothing_says_so_and_leads_to_all(string lang, string words)
    {
        var page = await PageAsync($"/projects?between=cnrs,imperial&q=nothing&lang={lang}");
        Assert.Equal(words, page.QuerySelector(".empty h3")!.TextContent);
        Assert.Null(page.QuerySelector(".pager"));
        Assert.Equal(2, (await PageAsync(page.QuerySelector(".empty a")!.GetAttribute("href")!)).QuerySelectorAll("table tbody tr").Length);
        // Where the figure itself is 0, no filter is to blame.
        var none = await PageAsync($"/projects?between=cnrs,imperial&years=1990-1991&lang={lang}");
        Assert.StartsWith("/figures/joint-projects?", none.QuerySelector(".empty a")!.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bar_opens_the_receipt_of_its_year()
    {
        var page = await PageAsync("/partnerships/cnrs/imperial");
        var bar = page.QuerySelectorAll("svg.plot a").Single(a => a.GetAttribute("aria-label") == "2018: 2").GetAttribute("href")!;
        var receipt = await PageAsync(bar);
        Assert.Equal("2 co-publications, CNRS and Imperial, 2018", receipt.QuerySelector("h1")!.TextContent);
        Assert.Contains("Verified.", receipt.QuerySelector(".banner.good")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_chart_of_a_figure_names_its_window()
    {
        var page = await PageAsync("/figures/co-publications?between=cnrs,imperial&years=2017-2018");
        Assert.Contains("by year, 2017–2018", page.QuerySelector("figure")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_distance_names_its_release_and_its_threshold_on_its_page_and_its_receipt()
    {
        var page = await PageAsync("/figures/long-distance-share?of=cnrs&membership=direct&kilometres=300");
        Assert.Equal("Share of long distance 80.0%, CNRS, all years, from 300 km on", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("Places by ROR v1.2", page.QuerySelector("section[aria-labelledby=value]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("300", page.QuerySelector("input[name=kilometres]")!.GetAttribute("value"));
        Assert.Contains("--kilometres 300", page.QuerySelector("section[aria-labelledby=ask] pre")!.TextContent, StringComparison.Ordinal);
        // UTK is nowhere that is known: the bounds say so, though no list is cut.
        Assert.Contains("works with an unknown place", page.QuerySelector("section[aria-labelledby=value]")!.TextContent, StringComparison.Ordinal);
        var receipt = await PageAsync(page.QuerySelectorAll("a.button").Select(a => a.GetAttribute("href")!).First(href => href.Contains("receipt=1", StringComparison.Ordinal)));
        Assert.Contains("first locations of ROR release v1.2; long from 300 km on", receipt.QuerySelector("section[aria-labelledby=counts]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Verified.", receipt.QuerySelector(".banner.good")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receipt_page_shows_the_digest_the_checks_and_what_to_run()
    {
        var page = await PageAsync($"/receipts/{site.Receipt}");
        var kept = await site.JsonAsync($"/api/v1/receipts/{site.Receipt}");
        Assert.Equal(kept.GetProperty("digest").GetString(), page.QuerySelector("#digest ~ *, section[aria-labelledby=digest] pre")!.TextContent.Replace(" ", "", StringComparison.Ordinal).Trim());
        Assert.True(page.QuerySelectorAll("section[aria-labelledby=digest] .verdict.green").Length > 5);
        Assert.Contains("entente verify", page.QuerySelector("section[aria-labelledby=verify] pre")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(site.Folder.Root, page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        var verified = await site.JsonAsync($"/api/v1/receipts/{site.Receipt}/verification");
        Assert.Equal("verified", verified.GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task A_perimeter_tells_what_a_release_added()
    {
        var page = await PageAsync("/perimeters/cnrs");
        Assert.Equal("2", page.QuerySelector(".keyfigs dd.value")!.TextContent.Trim());
        var diff = await PageAsync("/perimeters/cnrs/diff?from=v1.1&to=v1.2");
        // The fourth is what the two units, now members, bring to the output without a new work.
        Assert.Equal(["2", "–", "+2", "+2"], diff.QuerySelectorAll(".keyfigs dd.value").Select(v => v.TextContent.Trim()).Select(v => v == "0" ? "–" : v));
        Assert.Equal(["Joint Laboratory", "University One"], Rows(diff, "organisations").Select(row => row[0]));
        var json = await site.JsonAsync("/api/v1/perimeters/cnrs/diff?from=v1.1&to=v1.2");
        Assert.Equal(["0irltest1", "0u1test01"], json.GetProperty("added").EnumerateArray().Select(e => e.GetString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_a_vintage_is_made_of_is_shown_without_telling_where_it_lay()
    {
        var id = (await site.JsonAsync("/api/v1/vintages?kind=cordis")).GetProperty("items")[0].GetProperty("id").GetString()!;
        var page = await PageAsync($"/vintages/{id}");
        Assert.Equal(["euroSciVoc.csv", "legalBasis.csv", "organization.csv", "project.csv", "topics.csv"], Rows(page, "files were read").Select(row => row[0]).Order(StringComparer.Ordinal));
        Assert.All(new[] { $"/vintages/{id}", $"/api/v1/vintages/{id}", "/vintages", $"/receipts/{site.Receipt}", $"/api/v1/receipts/{site.Receipt}/verification" },
            path => Assert.DoesNotContain(site.Folder.Root, site.GetAsync(path).GetAwaiter().GetResult(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_new_vintage_answers_without_a_restart()
    {
        var own = new SmallSite();
        await own.InitializeAsync();
        try
        {
            Assert.Equal(5, (await own.JsonAsync("/api/v1/figures/co-publications?between=cnrs,imperial")).GetProperty("value").GetDouble());
            var newer = await own.ImportWorksAsync("newer.jsonl", [SmallSite.Work(("W1", 2018, ["CNRS", "ICL"]))]);
            var figure = await own.JsonAsync("/api/v1/figures/co-publications?between=cnrs,imperial");
            Assert.Equal((1, newer), (figure.GetProperty("value").GetDouble(), figure.GetProperty("vintage").GetString()));
            Assert.Contains(newer, await own.GetAsync("/partnerships/cnrs/imperial"), StringComparison.Ordinal);
            Assert.Contains(newer, await own.GetAsync("/vintages"), StringComparison.Ordinal);
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("/figures/nosuch", 400)]
    [InlineData("/figures/output?of=000000000", 404)]
    [InlineData("/receipts/nosuch", 404)]
    [InlineData("/vintages/nosuch", 404)]
    [InlineData("/perimeters/000000000", 404)]
    [InlineData("/partnerships/cnrs/000000000", 404)]
    [InlineData("/partnerships/cnrs/cnrs", 400)]
    [InlineData("/partnerships/cnrs/imperial?years=2024-2010", 400)]
    [InlineData("/works", 400)]
    public async Task A_question_without_an_answer_gets_a_page_that_says_why(string path, int status)
    {
        using var answer = await site.Client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(status, (int)answer.StatusCode);
        var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
        Assert.True(page.QuerySelector(".lede")!.TextContent.Length > 20);
    }

    async Task<IDocument> PageAsync(string path) => new HtmlParser().ParseDocument(await site.GetAsync(path));

    static List<string[]> Rows(IDocument page, string caption) => [.. page.QuerySelectorAll("table").First(t => t.QuerySelector("caption")!.TextContent.Contains(caption, StringComparison.Ordinal))
        .QuerySelectorAll("tbody tr").Select(row => row.Children.Select(cell => cell.TextContent.Trim()).ToArray())];
}
