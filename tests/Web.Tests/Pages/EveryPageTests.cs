using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace Entente.Web.Tests.Pages;

/// <summary>What holds for every page that links reach, in both languages.</summary>
[Collection(SiteCollection.Name)]
public sealed partial class EveryPageTests(Site site)
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
        Complaints.AssertNone((await PagesAsync(lang)).SelectMany(page => Faults(page, lang).Select(c => $"{page.Address}: {c}")));

    [Theory, InlineData("en"), InlineData("fr")]
    public async Task No_two_pages_share_a_title(string lang) => Complaints.AssertNone((await PagesAsync(lang))
        .Where(page => !page.Address.Contains('?', StringComparison.Ordinal))
        .GroupBy(page => page.Document.Title).Where(same => same.Count() > 1)
        .Select(same => $"{same.Key}: {string.Join(", ", same.Select(p => p.Address))}"));

    [Theory]
    [InlineData("fr", "the|of|and|with|is|are|by|from|not|this|that|for|which|in|it|has|have|no|at|as|to")]
    [InlineData("en", "le|la|les|des|une|est|du|dans|pour|avec|sont|par|cette|ce|qui|que|au|aux|et|ne|pas")]
    public async Task No_words_of_the_other_language_are_left_over(string lang, string others)
    {
        var words = others.Split('|').ToHashSet(StringComparer.OrdinalIgnoreCase);
        var complaints = from page in await PagesAsync(lang)
                         from text in OwnTexts(page.Document, lang)
                         let found = Word().Matches(text).Select(m => m.Value.ToLowerInvariant()).Where(words.Contains).Distinct().ToList()
                         where found.Count >= 2
                         select $"{page.Kind}: {text.Trim()} ({string.Join(", ", found)})";
        Complaints.AssertNone(complaints);
    }

    async Task<List<Visited>> PagesAsync(string lang) =>
        [.. (await Crawl.OfAsync(site, lang)).Where(v => v.IsPage && v.Status == HttpStatusCode.OK)];

    static IEnumerable<string> Faults(Visited page, string lang)
    {
        var document = page.Document;
        if (document.DocumentElement.GetAttribute("lang") != lang) yield return $"lang is {document.DocumentElement.GetAttribute("lang")}";
        if (!page.Body.StartsWith("<!doctype html>", StringComparison.OrdinalIgnoreCase)) yield return "does not begin with a doctype";
        if (document.QuerySelectorAll("h1").Length != 1) yield return $"has {document.QuerySelectorAll("h1").Length} h1";
        if (document.QuerySelectorAll("style, [style]").Any(e => e.NamespaceUri != "http://www.w3.org/2000/svg")) yield return "has inline style";
        if (document.QuerySelectorAll("script").Any(s => !s.HasAttribute("src"))) yield return "has an inline script";
        if (document.All.SelectMany(e => e.Attributes).Any(a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase))) yield return "has a handler in an attribute";
        if (document.QuerySelectorAll("a[href='#'], a[href=''], a:not([href])").Length > 0) yield return "has a link that leads nowhere";
        foreach (var id in document.QuerySelectorAll("[id]").GroupBy(e => e.Id).Where(same => same.Count() > 1)) yield return $"has {id.Key} twice";
        foreach (var table in document.QuerySelectorAll("table"))
        {
            if (table.QuerySelector("caption") is null) yield return "has a table without a caption";
            if (table.QuerySelectorAll("th:not([scope])").Length > 0) yield return "has a header without scope";
        }
        foreach (var cell in document.QuerySelectorAll("td").Where(c => c.TextContent.Trim() is "N/A" or "null" or "NaN")) yield return $"has a cell {cell.TextContent}";
    }

    // Texts in the page's own language: not quotations, names, code, or what is marked as another language.
    static IEnumerable<string> OwnTexts(IDocument document, string lang) => document.Body!
        .Descendants<IText>()
        .Where(text => !Ancestors(text).Any(e => (e.GetAttribute("lang") is { } other && other != lang) || e.GetAttribute("translate") == "no"
            || e.LocalName is "code" or "pre" or "script"))
        .Select(text => text.Data);

    static IEnumerable<IElement> Ancestors(INode node)
    {
        for (var parent = node.ParentElement; parent is not null && parent.LocalName != "body"; parent = parent.ParentElement) yield return parent;
    }

    // An option of the command line, such as --as-of, is the same in both languages.
    [GeneratedRegex(@"(?<!--[\p{L}-]*)\p{L}+")]
    private static partial Regex Word();
}
