using System.Net;

namespace Entente.Web.Tests.Pages;

/// <summary>What holds for every page that links reach, in both languages.</summary>
[Collection(SiteCollection.Name)]
public sealed class EveryPageTests(Site site)
{
    [Theory, InlineData("en"), InlineData("fr")]
    public async Task Every_link_leads_somewhere(string lang) => Complaints.AssertNone((await Crawl.OfAsync(site, lang))
        .Where(v => v.Status != HttpStatusCode.OK).Select(v => $"{v.Address} answers {(int)v.Status}, linked from {v.From}"));

    [Theory, InlineData("en"), InlineData("fr")]
    public async Task Every_anchor_is_on_its_page(string lang)
    {
        var pages = await PagesAsync(lang);
        var byAddress = pages.ToDictionary(p => p.Address);
        Complaints.AssertNone(from page in pages
                              from a in page.Document.QuerySelectorAll("a[href*='#']")
                              let parts = a.GetAttribute("href")!.Split('#', 2)
                              let target = parts[0].Length == 0 ? page : byAddress.GetValueOrDefault(parts[0])
                              where target is not null && target.Document.GetElementById(parts[1]) is null
                              select $"{page.Address}: #{parts[1]} is not on {target.Address}");
    }

    [Theory, InlineData("en"), InlineData("fr")]
    public async Task Every_page_is_well_made(string lang) =>
        Complaints.AssertNone((await PagesAsync(lang)).SelectMany(page => PageFaults.Of(page, lang).Select(c => $"{page.Address}: {c}")));

    [Theory, InlineData("en"), InlineData("fr")]
    public async Task No_two_pages_share_a_title(string lang) => Complaints.AssertNone((await PagesAsync(lang))
        .Where(page => !page.Address.Contains('?', StringComparison.Ordinal))
        .GroupBy(page => page.Document.Title).Where(same => same.Count() > 1)
        .Select(same => $"{same.Key}: {string.Join(", ", same.Select(p => p.Address))}"));

    [Theory, InlineData("en"), InlineData("fr")]
    public async Task No_words_of_the_other_language_are_left_over(string lang) =>
        Complaints.AssertNone((await PagesAsync(lang)).SelectMany(page => PageFaults.ForeignWords(page, lang)));

    async Task<List<Visited>> PagesAsync(string lang) =>
        [.. (await Crawl.OfAsync(site, lang)).Where(v => v.IsPage && v.Status == HttpStatusCode.OK)];
}
