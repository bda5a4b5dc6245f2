using Deque.AxeCore.Playwright;
using Entente.Tests;
using Microsoft.Playwright;

namespace Entente.Web.Tests.Pages;

/// <summary>Each kind of page in a real browser. With ENTENTE_SHOTS=DIR the pages are also kept as pictures, to be looked at.</summary>
[Collection(SiteCollection.Name)]
public sealed class BrowserTests(Site site, Browser browser)
{
    static readonly string? Shots = Environment.GetEnvironmentVariable("ENTENTE_SHOTS");

    [BrowserTheory]
    [InlineData(1440, false, "en"), InlineData(1440, true, "en"), InlineData(1440, false, "fr"), InlineData(1440, true, "fr")]
    [InlineData(360, false, "en"), InlineData(360, true, "en"), InlineData(360, false, "fr"), InlineData(360, true, "fr")]
    public async Task Every_kind_of_page_is_accessible_and_fits(int width, bool dark, string lang)
    {
        var page = await browser.OpenAsync(site, width, dark, lang);
        var complaints = new List<string>();
        page.Console += (_, message) => { if (message.Type == "error") complaints.Add($"{page.Url}: {message.Text}"); };
        foreach (var kind in await Crawl.KindsAsync(site, lang))
        {
            await page.GotoAsync(kind.Address);
            if (Shots is not null) await ShootAsync(page, kind, $"{lang}-{(dark ? "dark" : "light")}-{width}");
            complaints.AddRange((await AxeAsync(page)).Select(c => $"{kind.Address}: {c}"));
            var over = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            if (over > 0) complaints.Add($"{kind.Address}: scrolls sideways by {over} px");
        }
        await page.Context.CloseAsync();
        Complaints.AssertNone(complaints);
    }

    [BrowserFact]
    public async Task Every_kind_of_page_reads_without_scripts()
    {
        var page = await browser.OpenAsync(site, scripts: false);
        var complaints = new List<string>();
        foreach (var kind in await Crawl.KindsAsync(site, "en"))
        {
            await page.GotoAsync(kind.Address);
            if (!await page.Locator("h1").IsVisibleAsync()) complaints.Add($"{kind.Address}: no visible title");
            if (await page.Locator("button:not([type=submit])").CountAsync() > 0) complaints.Add($"{kind.Address}: a button that does nothing");
        }
        await page.Context.CloseAsync();
        Complaints.AssertNone(complaints);
    }

    [BrowserFact]
    public async Task On_paper_the_page_is_light_and_without_the_shell()
    {
        var page = await browser.OpenAsync(site, dark: true, print: true);
        foreach (var kind in await Crawl.KindsAsync(site, "en"))
        {
            await page.GotoAsync(kind.Address);
            Assert.False(await page.Locator(".rooms").IsVisibleAsync());
            Assert.Equal("rgb(255, 255, 255)", await page.EvaluateAsync<string>("getComputedStyle(document.documentElement).backgroundColor"));
            if (Shots is not null) await ShootAsync(page, kind, "en-print");
        }
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task The_keyboard_reaches_the_content_first()
    {
        var page = await browser.OpenAsync(site);
        await page.GotoAsync("/accessibility");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("content", await page.EvaluateAsync<string>("document.activeElement.id"));
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task With_scripts_a_list_narrows_as_one_types()
    {
        var page = await browser.OpenAsync(site);
        await page.GotoAsync("/structures");
        await page.Locator("#q").FillAsync("majulab");
        Assert.Equal(1, await page.Locator("#structure-list tbody tr:visible").CountAsync());
        await page.Locator("#q").FillAsync("");
        Assert.Equal(17, await page.Locator("#structure-list tbody tr:visible").CountAsync());
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task The_theme_and_the_language_chosen_stay_chosen()
    {
        var page = await browser.OpenAsync(site);
        await page.GotoAsync("/claims");
        await page.Locator(".foot .theme a").Last.ClickAsync();
        await page.Locator(".lang a").ClickAsync();
        await page.Locator(".rooms a").First.ClickAsync();
        Assert.Equal("dark", await page.Locator("html").GetAttributeAsync("data-theme"));
        Assert.Equal("fr", await page.Locator("html").GetAttributeAsync("lang"));
        await page.Context.CloseAsync();
    }

    static async Task<IEnumerable<string>> AxeAsync(IPage page) => (await page.RunAxe()).Violations
        .SelectMany(v => v.Nodes.Take(3).Select(node => $"{v.Id}: {v.Help} at {node.Html[..Math.Min(160, node.Html.Length)]}"));

    static Task ShootAsync(IPage page, Visited kind, string variant)
    {
        var name = kind.Kind == "/" ? "home" : kind.Kind.Trim('/').Replace('/', '-').Replace("*", "one", StringComparison.Ordinal) + (kind.IsEmpty ? "-empty" : "");
        return page.ScreenshotAsync(new() { Path = Path.Combine(Shots!, $"{name}-{variant}.png"), FullPage = true });
    }
}
