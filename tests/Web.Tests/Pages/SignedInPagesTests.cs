using System.Net;
using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Tests;

namespace Entente.Web.Tests.Pages;

/// <summary>
/// What holds for every page, holds for those behind the sign-in: an officer who also administers follows every link, and each kind of
/// page is looked at by axe. With ENTENTE_SHOTS=DIR the pages are kept as pictures.
/// </summary>
[Collection(SiteCollection.Name)]
public sealed partial class SignedInPagesTests(Site site, Browser browser)
{
    static readonly string? Shots = Environment.GetEnvironmentVariable("ENTENTE_SHOTS");

    [Theory, InlineData("en"), InlineData("fr")]
    public async Task Every_link_leads_somewhere_and_every_page_is_well_made(string lang)
    {
        using var officer = await OfficerAsync();
        var walk = await WalkAsync(officer, lang);
        Assert.True(walk.Count > 150, $"{walk.Count} pages only");
        Complaints.AssertNone(walk.Where(v => v.Status != HttpStatusCode.OK && !Elsewhere(v)).Select(v => $"{v.Address} answers {(int)v.Status}, linked from {v.From}")
            .Concat(Pages(walk).SelectMany(page => PageFaults.Of(page, lang).Select(c => $"{page.Address}: {c}").Concat(Bilingual(page) ? [] : PageFaults.ForeignWords(page, lang)))));
    }

    [BrowserTheory]
    [InlineData(1440, false, "en"), InlineData(360, true, "fr")]
    public async Task Every_kind_of_page_is_accessible_and_fits(int width, bool dark, string lang)
    {
        using var officer = await OfficerAsync();
        var page = await browser.OpenAsync(site, width, dark, lang);
        await officer.EnterAsync(page);
        var complaints = new List<string>();
        page.Console += (_, message) => { if (message.Type == "error") complaints.Add($"{page.Url}: {message.Text}"); };
        foreach (var (kind, address) in Kinds(await WalkAsync(officer, lang)))
        {
            await page.GotoAsync(address);
            if (Shots is not null) await page.ScreenshotAsync(new() { Path = Path.Combine(Shots, $"in{NotInNames().Replace(kind, "-")}-{lang}-{(dark ? "dark" : "light")}-{width}.png"), FullPage = true });
            complaints.AddRange((await page.RunAxe()).Violations.SelectMany(v => v.Nodes.Take(2).Select(node => $"{address}: {v.Id}: {v.Help} at {node.Html[..Math.Min(200, node.Html.Length)]}")));
            var over = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            if (over > 0) complaints.Add($"{address}: scrolls sideways by {over} px");
        }
        await page.Context.CloseAsync();
        Complaints.AssertNone(complaints);
    }

    Task<SignedIn> OfficerAsync() => SignedIn.Async(site.Folder, site.Address, new(AccountRole.Administrator, null, null), new(AccountRole.PartnershipOfficer, "cnrs", null));

    Task<IReadOnlyList<Visited>> WalkAsync(SignedIn officer, string lang)
    {
        var literals = Literals();
        return Crawl.AsAsync(officer, link => KindOf(link, literals), lang);
    }

    HashSet<string> Literals() => site.Routes.SelectMany(r => r.RoutePattern.RawText!.Split('/')).Where(part => !part.Contains('{', StringComparison.Ordinal))
        .Concat(PortfolioFileSet.All.Select(file => file.Name)).ToHashSet(StringComparer.Ordinal);

    // /edit/acts/12 and /edit/acts/13 are one kind; /edit/parties/12 is another.
    static string KindOf(string address, HashSet<string> literals)
    {
        var parts = address.Split('?', 2);
        var path = string.Join('/', parts[0].Split('/').Select(part => literals.Contains(part) ? part : "*"));
        return parts.Length == 1 ? path : $"{path}?{string.Join('&', parts[1].Split('&').Select(pair => pair.Split('=')[0]))}";
    }

    // Of each kind without a question, the longest: it is most likely to break.
    IEnumerable<(string Kind, string Address)> Kinds(IReadOnlyList<Visited> walk)
    {
        var literals = Literals();
        return Pages(walk).GroupBy(v => KindOf(v.Path, literals)).Select(kind => (kind.Key, kind.OrderByDescending(v => v.Body.Length).First().Address)).OrderBy(k => k.Key, StringComparer.Ordinal);
    }

    static IEnumerable<Visited> Pages(IReadOnlyList<Visited> walk) => walk.Where(v => v.IsPage && v.Status == HttpStatusCode.OK);

    // What is edited is shown as it is kept, in both languages.
    static bool Bilingual(Visited page) => page.Path.StartsWith("/edit/", StringComparison.Ordinal);

    // Ways to another page, such as the record that an export begins with.
    static bool Elsewhere(Visited visited) => visited.Status is HttpStatusCode.SeeOther or HttpStatusCode.Found;

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInNames();
}
