using Deque.AxeCore.Playwright;
using Entente.Core.Kernel;
using Entente.Tests;

namespace Entente.Web.Tests.Privacy;

/// <summary>The pages behind a door, which the crawl does not reach, in a real browser. With ENTENTE_SHOTS=DIR they are kept as pictures.</summary>
[Collection(SiteCollection.Name)]
public sealed class SignedInPagesTests(Site site, Browser browser)
{
    static readonly string? Shots = Environment.GetEnvironmentVariable("ENTENTE_SHOTS");

    [BrowserTheory, InlineData(1440, false, "en"), InlineData(500, true, "fr")]
    public async Task Pages_on_ones_own_data_and_that_of_others_are_accessible_and_fit(int width, bool dark, string lang)
    {
        using var admin = await SignedIn.Async(site, AccountRole.Administrator);
        var page = await browser.OpenAsync(site, width, dark, lang);
        await admin.EnterAsync(page);
        var complaints = new List<string>();
        foreach (var (name, address) in new[]
        {
            ("privacy", "/privacy"), ("own-data", "/account/data"), ("outside", "/account/outside"), ("people", "/privacy/people?q=Tester"),
            ("erased", "/privacy/people?done=erased"), ("person", $"/privacy/person?account={admin.Account}&also=T.+Ester"),
        })
        {
            var answer = await page.GotoAsync(address);
            // The last administrator cannot be erased: on a site where nobody else is one, the page says so.
            if (answer!.Status is not (200 or 409)) complaints.Add($"{address} answers {answer.Status}");
            if (Shots is not null) await page.ScreenshotAsync(new() { Path = Path.Combine(Shots, $"{name}-{lang}-{width}.png"), FullPage = true });
            complaints.AddRange((await page.RunAxe()).Violations.Select(v => $"{address}: {v.Id} {v.Help}: {v.Nodes[0].Html}"));
            var over = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            if (over > 0) complaints.Add($"{address}: scrolls sideways by {over} px");
        }
        await page.Context.CloseAsync();
        Complaints.AssertNone(complaints);
    }
}
