using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Agreements;
using Entente.Core.Store;

namespace Entente.Web.Tests.Portfolio.Rules;

[Collection(SiteCollection.Name)]
public sealed class RulePagesTests(Site site)
{
    const string Contest = "/structures/goldmine/contest";
    const string Finding = "irn.cnrs.any.any/coordinators.per-side/GB";

    async Task<IHtmlDocument> OpenAsync(string path) => new HtmlParser().ParseDocument(await site.GetAsync(path));

    static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage answer) => new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());

    [Fact]
    public async Task An_instrument_shows_its_packs_their_sources_and_what_is_unknown()
    {
        var page = await OpenAsync("/instruments/irp");
        Assert.Contains("14,000 EUR", page.GetElementById("cnrs.inshs.2025")!.Closest("section")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("LIA before 2019", page.QuerySelectorAll("h2").Select(h => h.TextContent));
        Assert.Contains("due diligence required", page.QuerySelector("#unknown")!.Closest("section")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("a.cite[href^='/sources/INSHS25']"));
    }

    [Fact]
    public async Task A_budget_over_the_rule_is_told_with_its_source_on_the_page_of_the_structure()
    {
        await using (var db = site.Folder.OpenDb())
        {
            var work = new Work(db, site.Folder, Actor.CommandLine, TimeProvider.System);
            db.Add(new Money
            {
                Structure = "integrative-metabolism", Side = "cnrs", Year = 2026, Kind = MoneyKind.Budget, Category = MoneyCategory.Mobility, Amount = 16_000, Currency = "EUR",
                Source = Citations.Parse("S0"), Audience = Audience.Both,
            });
            work.Log("test.money", "structures/integrative-metabolism");
            await db.SaveChangesAsync();
        }
        using var officer = await SignedIn.Async(site, AccountRole.PartnershipOfficer, "imperial");
        var band = (await officer.PageAsync("/structures/integrative-metabolism")).QuerySelector("#rules")!.Closest("section")!.TextContent;
        Assert.Contains("2026, CNRS: 16,000 EUR.", band, StringComparison.Ordinal);
        Assert.Contains("IRP 2025/INSHS: at most 14,000 EUR a year; source INSHS25, for the 2025 campaign, date of retrieval not noted.", band, StringComparison.Ordinal);
        // Money is kept to the sides, and so is what a rule says of it.
        Assert.DoesNotContain("16,000", await site.GetAsync("/structures/integrative-metabolism"), StringComparison.Ordinal);
        Assert.DoesNotContain("16,000", await site.GetAsync("/plausibility"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_amount_entered_over_the_rule_is_kept_and_told_on_the_form()
    {
        using var officer = await SignedIn.Async(site, AccountRole.PartnershipOfficer, "cnrs");
        const string Money = "/structures/integrative-metabolism/money";
        using var sent = await officer.PostAsync(Money, ("side", "cnrs"), ("year", "2031"), ("kind", "budget"), ("category", "salaries"), ("amount", "17000"), ("currency", "EUR"),
            ("source", "S0"), ("wording", ""), ("audience", "side:cnrs"));
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        var rules = (await officer.PageAsync(Money)).QuerySelectorAll(".rule").Select(r => r.TextContent).ToList();
        Assert.Contains(rules, r => r.Contains("2031, CNRS: 17,000 EUR for salaries.", StringComparison.Ordinal) && r.Contains("IRP: no salaries; source ARIZ-IRP", StringComparison.Ordinal));
        Assert.Contains(rules, r => r.Contains("2031, CNRS: 17,000 EUR.", StringComparison.Ordinal) && r.Contains("INSHS25", StringComparison.Ordinal));
        using var other = await SignedIn.Async(site, AccountRole.PartnershipOfficer, "imperial");
        Assert.DoesNotContain("17,000", (await other.PageAsync(Money)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finding_is_contested_on_a_form_and_the_objection_stands_beside_it()
    {
        using var officer = await SignedIn.Async(site, AccountRole.PartnershipOfficer, "imperial");
        Assert.Contains("1 coordinator on each side", (await officer.PageAsync($"{Contest}?finding={Uri.EscapeDataString(Finding)}")).QuerySelector(".rule")!.TextContent, StringComparison.Ordinal);
        using var empty = await officer.PostAsync(Contest, ("finding", Finding), ("reason", ""), ("audience", "both"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        Assert.NotNull((await ReadAsync(empty)).QuerySelector(".banner.bad a[href='#f-reason']"));
        using var sent = await officer.PostAsync(Contest, ("finding", Finding), ("reason", "Both are named by e-mail."), ("audience", "both"));
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        var band = (await officer.PageAsync("/structures/goldmine")).QuerySelector("#rules")!.Closest("section")!;
        Assert.Contains("Both are named by e-mail.", band.TextContent, StringComparison.Ordinal);
        Assert.Contains(officer.Name, band.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Both are named by e-mail.", await site.GetAsync("/structures/goldmine"), StringComparison.Ordinal);
        using var back = await officer.PostAsync(band.QuerySelector("form[action*='/withdraw']")!.GetAttribute("action")!);
        Assert.Equal(HttpStatusCode.SeeOther, back.StatusCode);
    }

    [Fact]
    public async Task A_new_version_is_published_on_a_form_and_compared_with_the_old()
    {
        using var officer = await SignedIn.Async(site, AccountRole.PartnershipOfficer, "cnrs");
        const string Pack = "/instruments/fellow/rules/any.any.any";
        using var none = await officer.PostAsync("/instruments/fellow/rules/any.any.any/edit", ("over", "1"), ("rules.0.field", "field"), ("rules.0.value", "all fields"), ("rules.0.source", ""), ("audience", "public"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, none.StatusCode);
        Assert.NotNull((await ReadAsync(none)).QuerySelector(".banner.bad a[href='#f-rules-0-source']"));
        using var sent = await officer.PostAsync($"{Pack}/edit", ("over", "1"), ("rules.0.field", "field"), ("rules.0.value", "all fields"), ("rules.0.value_fr", "tous les domaines"),
            ("rules.0.source", "S1"), ("rules.1.field", "funded-by"), ("rules.1.value", ""), ("audience", "public"));
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        var page = await OpenAsync(Pack);
        var difference = page.QuerySelector("#difference")!.Closest("section")!.TextContent;
        Assert.Contains("mathematics only", difference, StringComparison.Ordinal);
        Assert.Contains("all fields", difference, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("#v1"));
        using var late = await officer.PostAsync($"{Pack}/edit", ("over", "1"), ("rules.0.field", "field"), ("rules.0.value", "x"), ("rules.0.source", "S1"), ("audience", "public"));
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
    }

    [Fact]
    public async Task A_contradiction_is_settled_and_opened_again()
    {
        using var officer = await SignedIn.Async(site, AccountRole.PartnershipOfficer, "cnrs");
        const string Settle = "/contradictions/settle";
        using var none = await officer.PostAsync(Settle, ("subject", "structures/poncelet"), ("field", "start"), ("reason", "because"), ("audience", "public"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, none.StatusCode);
        using var sent = await officer.PostAsync(Settle, ("subject", "structures/poncelet"), ("field", "start"), ("accepted", "2006"), ("reason", "S3 is the institute’s own page."), ("audience", "public"));
        Assert.Equal("/structures/poncelet#contradictions", sent.Headers.Location?.ToString());
        var band = (await OpenAsync("/structures/poncelet")).QuerySelector("#contradictions")!.Closest("section")!;
        Assert.Contains("Accepted: 2006. Reason: S3 is the institute’s own page.", band.TextContent, StringComparison.Ordinal);
        Assert.Contains("2005", band.TextContent, StringComparison.Ordinal);
        Assert.Contains("\"accepted\":\"2006\"", await site.GetAsync("/api/v1/contradictions?status=settled"), StringComparison.Ordinal);
        var undo = (await officer.PageAsync("/contradictions?status=settled")).QuerySelector("#structures-poncelet-start form")!.GetAttribute("action")!;
        using var undone = await officer.PostAsync(undo);
        Assert.Equal(HttpStatusCode.SeeOther, undone.StatusCode);
        Assert.DoesNotContain("Accepted:", await site.GetAsync("/structures/poncelet"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_fit_is_listed_filtered_and_exported()
    {
        var page = await OpenAsync("/plausibility?kind=vacant&instrument=irn");
        Assert.All(page.QuerySelectorAll("#doubt-list tbody th"), th => Assert.Equal("GOLDMINE", th.TextContent));
        Assert.Contains("58 fits", page.QuerySelector("#durations")!.Closest("section")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("vacant,structures/goldmine,GOLDMINE,irn", await site.GetAsync("/api/v1/plausibility?kind=vacant&instrument=irn&format=csv"), StringComparison.Ordinal);
        using var wrong = await site.Client.GetAsync(new Uri("/plausibility?kind=odd", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }
}
