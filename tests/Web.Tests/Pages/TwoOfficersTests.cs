using System.Text;
using Deque.AxeCore.Playwright;
using Entente.Core.Kernel;
using Entente.Core.Store.Journal;
using Entente.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Entente.Web.Tests.Pages;

/// <summary>
/// A day of two officers, one of each side, in a real browser: a legacy spreadsheet, a project inside the centre, approvals, a suspended
/// laboratory and a renewal. One of them works without scripts. The journal tells all of it.
/// </summary>
public sealed class TwoOfficersTests(Browser browser) : IClassFixture<Browser>, IAsyncLifetime
{
    const string Laboratory = "/structures/abraham-de-moivre";

    static readonly string? Shots = Environment.GetEnvironmentVariable("ENTENTE_SHOTS");

    readonly Site _site = new();
    readonly List<string> _complaints = [];
    IPage? _scriptless;

    public Task InitializeAsync() => _site.InitializeAsync();
    public Task DisposeAsync() => _site.DisposeAsync();

    [BrowserFact]
    public async Task Two_officers_run_their_day_and_the_journal_tells_it()
    {
        using var martin = await SignedIn.Async(_site, AccountRole.PartnershipOfficer, "cnrs");
        using var jones = await SignedIn.Async(_site, AccountRole.PartnershipOfficer, "imperial");
        var paris = await browser.OpenAsync(_site);
        var london = _scriptless = await browser.OpenAsync(_site, scripts: false);
        foreach (var (person, page) in new[] { (martin, paris), (jones, london) })
        {
            page.SetDefaultTimeout(60_000);
            await person.EnterAsync(page);
        }
        await ImportAsync(paris);
        var project = await DraftAsync(paris);
        await ApproveAsync(paris, project, "CNRS");
        Assert.Contains("Nobody is bound by it yet", await TextAsync(london, project), StringComparison.Ordinal);
        await ApproveAsync(london, project, "Imperial");
        Assert.DoesNotContain("draft", await london.Locator(".kicker").InnerTextAsync(), StringComparison.Ordinal);
        await SuspendAsync(london, paris);
        await RenewAsync(london, paris, project);
        await ToldAsync(paris, martin.Account, jones.Account);
        foreach (var page in new[] { paris, london }) await page.Context.CloseAsync();
        Complaints.AssertNone(_complaints);
    }

    // Two lines of three are wrong: a name misspelt, a date that can be two. The name is settled on the page, the date in the sheet.
    async Task ImportAsync(IPage page)
    {
        const string Header = "Nom;Type;Partenaires;Pays;Date de début\n";
        await UploadAsync(page, Header + "Ponts Quantiques;IRP;\"CNRS; Imperial\";GB;2019\nRéseau des Marées;IRN;\"CNRS; Imperial Colege London\";GB;2014\nAtelier du Verre;IRP;\"CNRS; Imperial\";GB;05/06/2014\n");
        Assert.Contains("can be two dates", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        await page.SelectOptionAsync("select[name^='answer.organisations']", "imperial");
        await page.ClickAsync("text=Settle these names");
        await LookAsync(page, "import-preview");
        await page.ClickAsync("form[action$='/run'] button[type=submit]");
        Assert.Contains("Refused lines", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        await UploadAsync(page, Header + "Atelier du Verre;IRP;\"CNRS; Imperial\";GB;2014-06-05\n");
        await page.ClickAsync("form[action$='/run'] button[type=submit]");
        Assert.DoesNotContain("Refused lines", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.Contains("Atelier du Verre", await TextAsync(page, "/structures"), StringComparison.Ordinal);
    }

    async Task UploadAsync(IPage page, string csv)
    {
        await page.GotoAsync("/import-table");
        await page.SetInputFilesAsync("input[type=file]", new FilePayload { Name = "table.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(csv) });
        await page.ClickAsync("text=Read the file");
        await page.ClickAsync("button[name=do][value=look]");
    }

    // A project inside the centre, whose budget breaks a rule: the page quotes the rule and leads to its source.
    async Task<string> DraftAsync(IPage page)
    {
        await page.GotoAsync("/structures/cnrs-imperial");
        await page.ClickAsync("text=Draft a structure inside it");
        await page.FillAsync("[name='structure.name']", "Tidal Light");
        await page.SelectOptionAsync("[name='structure.instrument']", "irp");
        Assert.Equal("cnrs-imperial", await page.InputValueAsync("[name='structure.centre']"));
        await page.FillAsync("[name=starts]", "2022-01-01");
        await page.ClickAsync("text=Save the draft");
        Assert.Contains("required", await page.InnerTextAsync("[role=alert]"), StringComparison.Ordinal);
        await LookAsync(page, "draft-errors");
        Assert.Equal("Tidal Light", await page.InputValueAsync("[name='structure.name']"));
        foreach (var (field, text) in new[] { ("title", "Tidal Light"), ("title_fr", "Lumière des marées"), ("ends", "2026-12-31"), ("lead_months", "12"), ("terms", "Two visits a year."), ("budget.0.year", "2026"), ("budget.0.amount", "9000"), ("budget.1.year", "2026"), ("budget.1.amount", "8000") })
            await page.FillAsync($"[name='{field}']", text);
        foreach (var (field, value) in new[] { ("budget.0.side", "cnrs"), ("budget.0.category", "salaries"), ("budget.0.currency", "EUR"), ("budget.1.side", "imperial"), ("budget.1.category", "mobility"), ("budget.1.currency", "GBP") })
            await page.SelectOptionAsync($"[name='{field}']", value);
        await page.ClickAsync("text=Save the draft");
        var rules = page.Locator("[aria-labelledby=rules]");
        Assert.Contains("no salaries", await rules.InnerTextAsync(), StringComparison.Ordinal);
        Assert.True(await rules.Locator("a[href='/sources/ARIZ-IRP']").CountAsync() > 0);
        await LookAsync(page, "agreement-draft");
        return new Uri(page.Url).AbsolutePath;
    }

    async Task ApproveAsync(IPage page, string agreement, string side)
    {
        await page.GotoAsync(agreement);
        await page.ClickAsync($"text=Read and approve for {side}");
        await LookAsync(page, "approve");
        await page.ClickAsync($"button:has-text('Approve for {side}')");
        Assert.Equal(agreement, new Uri(page.Url).AbsolutePath);
    }

    async Task SuspendAsync(IPage one, IPage other)
    {
        await one.GotoAsync(Laboratory);
        await one.ClickAsync("main >> text=Suspend");
        await one.FillAsync("[name=since]", "2026-01-05");
        await one.FillAsync("[name=reason]", "The building is being repaired");
        await other.GotoAsync($"{Laboratory}/suspend");
        await LookAsync(other, "suspend");
        await one.ClickAsync("button:has-text('Suspend')");
        Assert.Contains("The building is being repaired", await one.Locator(".banner.warn").First.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("The building is being repaired", await TextAsync(other, Laboratory), StringComparison.Ordinal);
        await LookAsync(other, "structure-suspended");
        await one.ClickAsync(".banner.warn a:has-text('Resume')");
        await one.FillAsync("[name=until]", "2026-03-02");
        await one.FillAsync("[name=reason]", "The building is open again");
        await one.ClickAsync("button:has-text('Resume')");
        Assert.Equal(0, await one.Locator(".banner.warn a:has-text('Resume')").CountAsync());
    }

    async Task RenewAsync(IPage one, IPage other, string project)
    {
        await one.GotoAsync(project);
        await one.ClickAsync("text=Renewal dossier");
        await other.GotoAsync(new Uri(one.Url).AbsolutePath);
        await LookAsync(other, "dossier");
        Assert.True(await one.Locator("[aria-labelledby=evidence] a.receipt").CountAsync() > 0);
        await one.ClickAsync("text=Renew from this dossier");
        Assert.Equal(("2027-01-01", "2031-12-31"), (await one.InputValueAsync("[name=starts]"), await one.InputValueAsync("[name=ends]")));
        await other.GotoAsync(new Uri(one.Url).AbsolutePath);
        await LookAsync(other, "renew");
        await one.ClickAsync("text=Draft the renewal");
        var next = new Uri(one.Url).AbsolutePath;
        Assert.Equal("/agreements/tidal-light-2027", next);
        await ApproveAsync(one, next, "Imperial");
        await ApproveAsync(other, next, "CNRS");
        await other.GotoAsync(project);
        Assert.True(await other.Locator($"a[href='{next}']").CountAsync() > 0);
        await LookAsync(other, "agreement-renewed");
    }

    async Task ToldAsync(IPage page, int martin, int jones)
    {
        await using var db = _site.Folder.OpenDb();
        var told = (await db.Journal.AsNoTracking().OrderBy(j => j.Id).ToListAsync()).Where(j => j.Who == $"account/{martin}" || j.Who == $"account/{jones}")
            .Select(j => $"{(j.Who == $"account/{martin}" ? "Paris" : "London")} {j.Verb} {j.Subject}".Replace("import-table/1", "import", StringComparison.Ordinal)).ToList();
        string[] day =
        [
            "Paris agreement.draft agreements/tidal-light", "Paris approval.give agreements/tidal-light", "London approval.give agreements/tidal-light",
            "London agreement.effect agreements/tidal-light", $"London structure.suspend {Laboratory[1..]}", $"London structure.resume {Laboratory[1..]}",
            "London agreement.renew agreements/tidal-light-2027", "London approval.give agreements/tidal-light-2027", "Paris approval.give agreements/tidal-light-2027",
            "Paris agreement.effect agreements/tidal-light-2027",
        ];
        Assert.Equal(day, told.Where(t => t.Contains(" agreement.", StringComparison.Ordinal) || t.Contains(" approval.", StringComparison.Ordinal) || t.Contains(" structure.", StringComparison.Ordinal)));
        Assert.Equal(2, told.Count(t => t.StartsWith("Paris table.import", StringComparison.Ordinal)));
        Assert.True((await Journals.VerifyAsync(db, default)).Sound);
        var journal = await TextAsync(page, "/journal");
        foreach (var words in new[] { "agreements/tidal-light-2027", "Agreement: took effect", "Structure: suspended", "Structure: resumed", "Approval: given" })
            Assert.Contains(words, journal, StringComparison.OrdinalIgnoreCase);
    }

    static async Task<string> TextAsync(IPage page, string address)
    {
        await page.GotoAsync(address);
        return await page.InnerTextAsync("main");
    }

    // What axe finds, and whether the page fits a phone; with ENTENTE_SHOTS=DIR also a picture to look at.
    async Task LookAsync(IPage page, string name)
    {
        // Axe is itself a script.
        if (page == _scriptless) return;
        _complaints.AddRange((await page.RunAxe()).Violations.SelectMany(v => v.Nodes.Take(2).Select(n => $"{name}: {v.Id}: {v.Help} at {n.Html[..Math.Min(160, n.Html.Length)]}")));
        if (Shots is not null) await page.ScreenshotAsync(new() { Path = Path.Combine(Shots, $"day-{name}-1440.png"), FullPage = true });
        await page.SetViewportSizeAsync(500, 900);
        var over = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (over > 0) _complaints.Add($"{name}: scrolls sideways by {over} px");
        if (Shots is not null) await page.ScreenshotAsync(new() { Path = Path.Combine(Shots, $"day-{name}-500.png"), FullPage = true });
        await page.SetViewportSizeAsync(1440, 1000);
    }
}
