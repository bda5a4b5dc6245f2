using Deque.AxeCore.Playwright;
using Entente.Core.Kernel;
using Entente.Tests;
using Microsoft.Playwright;

namespace Entente.Web.Tests.Portfolio.Editing;

/// <summary>Editing in a real browser: errors and conflicts with axe, and a day's work without scripts. The pages themselves are walked by SignedInPagesTests.</summary>
[Collection(EditingCollection.Name)]
public sealed class EditingBrowserTests(Site site, Browser browser)
{
    static readonly string? Shots = Environment.GetEnvironmentVariable("ENTENTE_SHOTS");

    [BrowserTheory]
    [InlineData(1440, true, "en"), InlineData(360, false, "fr")]
    public async Task Errors_and_conflicts_are_accessible_and_fit(int width, bool dark, string lang)
    {
        using var officer = await SignedIn.Async(site, AccountRole.PartnershipOfficer);
        var page = await browser.OpenAsync(site, width, dark, lang);
        await officer.EnterAsync(page);
        var complaints = new List<string>();
        page.Console += (_, message) => { if (message.Type == "error" && !message.Text.Contains("422", StringComparison.Ordinal) && !message.Text.Contains("409", StringComparison.Ordinal)) complaints.Add($"{page.Url}: {message.Text}"); };
        await ErrorsAsync(page, complaints, $"{lang}-{(dark ? "dark" : "light")}-{width}");
        await ConflictAsync(page, officer, complaints, $"{lang}-{(dark ? "dark" : "light")}-{width}");
        await page.Context.CloseAsync();
        Complaints.AssertNone(complaints);
    }

    static async Task ErrorsAsync(IPage page, List<string> complaints, string variant)
    {
        await page.GotoAsync("/edit/acts/new?structure=majulab");
        await page.Locator("#f-date").FillAsync("whenever");
        await page.Locator("main form button[type=submit]").ClickAsync();
        if (await page.Locator(".banner.bad a").CountAsync() < 2) complaints.Add("the errors are not told");
        await JudgeAsync(page, "/errors", variant, complaints);
    }

    async Task ConflictAsync(IPage page, SignedIn other, List<string> complaints, string variant)
    {
        await page.GotoAsync("/edit/structures/limms");
        var form = (await other.PageAsync("/edit/structures/limms")).Form();
        using (var saved = await other.SendAsync(form, ("long_name", $"Theirs {variant}"))) Assert.Equal(System.Net.HttpStatusCode.SeeOther, saved.StatusCode);
        await page.Locator("#f-long_name").FillAsync($"Ours {variant}");
        await page.Locator("main form button[type=submit]").ClickAsync();
        if (await page.Locator("#conflict").CountAsync() != 1) complaints.Add("the conflict is not told");
        await JudgeAsync(page, "/conflict", variant, complaints);
    }

    static async Task JudgeAsync(IPage page, string name, string variant, List<string> complaints)
    {
        if (Shots is not null) await page.ScreenshotAsync(new() { Path = Path.Combine(Shots, $"edit{name.Replace('/', '-').Replace('?', '-')}-{variant}.png"), FullPage = true });
        if (await page.Locator("h1").CountAsync() != 1) complaints.Add($"{name}: not one title");
        if (await page.Locator("html").GetAttributeAsync("lang") is var lang && lang != variant[..2]) complaints.Add($"{name}: is in {lang}");
        complaints.AddRange((await page.RunAxe()).Violations.SelectMany(v => v.Nodes.Take(2).Select(node => $"{name}: {v.Id}: {v.Help} at {node.Html[..Math.Min(200, node.Html.Length)]}")));
        var over = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (over > 0) complaints.Add($"{name}: scrolls sideways by {over} px");
    }

    [BrowserFact]
    public async Task A_record_is_edited_without_scripts()
    {
        using var officer = await SignedIn.Async(site, AccountRole.PartnershipOfficer, "imperial");
        var page = await browser.OpenAsync(site, scripts: false);
        await officer.EnterAsync(page);
        await page.GotoAsync("/structures/abraham-de-moivre");
        await page.Locator("a[href='/edit/structures/abraham-de-moivre']").ClickAsync();
        await page.Locator("#sites ~ p a, section[aria-labelledby=sites] header a").First.ClickAsync();
        await page.Locator("#f-kind").SelectOptionAsync("mirror");
        await page.Locator("#f-name").FillAsync("White City");
        await page.Locator("main form button[type=submit]").ClickAsync();
        Assert.True(await page.Locator(".banner.bad a[href='#f-source-0']").IsVisibleAsync());
        Assert.Equal("White City", await page.Locator("#f-name").InputValueAsync());
        await page.Locator("#f-source-0").SelectOptionAsync("S1");
        await page.Locator("main form button[type=submit]").ClickAsync();
        Assert.True(await page.Locator(".banner.good").IsVisibleAsync());
        await page.GetByText("White City").First.ClickAsync();
        await page.Locator("aside a[href$='/remove']").ClickAsync();
        await page.Locator("main form button[type=submit]").ClickAsync();
        Assert.Equal(0, await page.GetByText("White City").CountAsync());
        await page.Context.CloseAsync();
    }
}
