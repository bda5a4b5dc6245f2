using Deque.AxeCore.Playwright;
using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Tests;
using Microsoft.Playwright;

namespace Entente.Web.Tests.Accounts;

/// <summary>The pages that only the signed-in see, in a real browser: accessible, not wider than the screen, without errors.</summary>
[Collection(SiteCollection.Name)]
public sealed class AccountBrowserTests(Site site, Browser browser)
{
    static readonly string? Shots = Environment.GetEnvironmentVariable("ENTENTE_SHOTS");

    [BrowserTheory]
    [InlineData(1440, false, "en"), InlineData(1440, true, "fr"), InlineData(360, true, "en"), InlineData(360, false, "fr")]
    public async Task Every_page_of_accounts_is_accessible_and_fits(int width, bool dark, string lang)
    {
        using var admin = await SignedIn.Async(site, AccountRole.Administrator);
        using var person = await SignedIn.Async(site.Folder, site.Address, new Grant(AccountRole.PartnershipOfficer, "cnrs", null), new Grant(AccountRole.Coordinator, "imperial", "structures/majulab"));
        string link;
        await using (var db = site.Folder.OpenDb())
            link = (await Inviting.InviteAsync(new Work(db, site.Folder, Actor.CommandLine, TimeProvider.System), new(AccountRole.Reader, "cnrs", null, $"guest{width}{lang}@example.org"), default)).Value.Path;
        var page = await browser.OpenAsync(site, width, dark, lang);
        await admin.EnterAsync(page);
        var complaints = new List<string>();
        foreach (var address in new[] { "/account", "/account/second-factor", "/people", $"/people/{person.Account}", "/permissions", link, "/claims" })
        {
            await page.GotoAsync(address);
            await JudgeAsync(page, address, $"{lang}-{width}", complaints);
        }
        await page.GotoAsync("/people");
        await page.Locator("form[action='/people/invitations'] button").ClickAsync();
        await JudgeAsync(page, "/people, refused", $"refused-{lang}-{width}", complaints);
        await page.Locator("#f-role").SelectOptionAsync("Reader");
        await page.Locator("form[action='/people/invitations'] button").ClickAsync();
        await JudgeAsync(page, "the link", $"link-{lang}-{width}", complaints);
        await page.Context.ClearCookiesAsync();
        foreach (var address in new[] { "/sign-in", link })
        {
            await page.GotoAsync(address);
            await JudgeAsync(page, address, $"signed-out-{lang}-{width}", complaints);
        }
        await page.Context.CloseAsync();
        Complaints.AssertNone(complaints);
    }

    static async Task JudgeAsync(IPage page, string address, string variant, List<string> complaints)
    {
        if (Shots is not null)
            await page.ScreenshotAsync(new() { Path = Path.Combine(Shots, $"accounts{(address.StartsWith("/inv", StringComparison.Ordinal) ? "-invitation" : address.Replace('/', '-'))}-{variant}.png"), FullPage = true });
        complaints.AddRange((await page.RunAxe()).Violations.SelectMany(v => v.Nodes.Take(3).Select(n => $"{address}: {v.Id}: {v.Help} at {n.Html[..Math.Min(160, n.Html.Length)]}")));
        var over = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (over > 0) complaints.Add($"{address}: scrolls sideways by {over} px");
    }
}
