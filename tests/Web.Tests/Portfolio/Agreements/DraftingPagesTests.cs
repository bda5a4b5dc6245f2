using System.Net;
using Entente.Core.Kernel;

namespace Entente.Web.Tests.Portfolio.Agreements;

public sealed class DraftingPagesTests(Officers offices) : IClassFixture<Officers>
{
    [Fact]
    public async Task A_project_is_drafted_approved_and_in_effect_by_forms_alone()
    {
        var address = await Officers.DraftAsync(offices.Cnrs, "Silent Waves");
        Assert.Equal("/agreements/silent-waves", address);
        var page = await offices.Imperial.PageAsync(address);
        Assert.Contains("Nobody is bound by it yet", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, page.QuerySelectorAll("#approval ~ div .side, [aria-labelledby=approval] .side").Length);

        await Officers.ApproveAsync(offices.Cnrs, address, "cnrs");
        page = await offices.Imperial.PageAsync(address);
        Assert.Contains("approved", page.QuerySelector("[aria-label='Approval of CNRS']")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("not approved yet", page.QuerySelector("[aria-label='Approval of Imperial']")!.TextContent, StringComparison.Ordinal);
        await Officers.ApproveAsync(offices.Imperial, address, "imperial");
        page = await offices.Imperial.PageAsync(address);
        Assert.Null(page.QuerySelector("[aria-labelledby=approval]"));
        Assert.Contains("in effect", page.QuerySelector(".kicker")!.TextContent, StringComparison.Ordinal);
        using var structure = await offices.Cnrs.GetAsync("/structures/silent-waves");
        Assert.Equal(HttpStatusCode.OK, structure.StatusCode);
    }

    [Fact]
    public async Task Dates_and_amounts_are_read_as_each_language_types_them()
    {
        using var office = await SignedIn.Async(offices.Site, AccountRole.PartnershipOfficer, "cnrs");
        using var answer = await office.PostAsync("/agreements/new?lang=fr", ("structure", ""), ("structure.name", "Bruit blanc"), ("structure.instrument", "irp"), ("structure.centre", "cnrs-imperial"),
            ("title", "Bruit blanc"), ("starts", "05/06/2025"), ("ends", "31 décembre 2029"), ("terms", "x"), ("parties", "cnrs"), ("parties", "imperial"),
            ("budget.0.side", "cnrs"), ("budget.0.year", "2025"), ("budget.0.category", "mobility"), ("budget.0.amount", "14\u202F000,50"), ("budget.0.currency", "EUR"), ("audience", "both"));
        var page = await offices.Imperial.PageAsync(Officers.Went(answer) + "?lang=en");
        var text = page.Body!.TextContent;
        Assert.Contains("5 June 2025", text, StringComparison.Ordinal);
        Assert.Contains("31 December 2029", text, StringComparison.Ordinal);
        Assert.Contains("14,000.50", text, StringComparison.Ordinal);
        // In English the same figures can be two dates: they are not guessed.
        Assert.Equal("05/06/2026", Entente.Web.Shell.Forms.Typing.Date("05/06/2026", Lang.En));
        Assert.Equal("2026-06-25", Entente.Web.Shell.Forms.Typing.Date("25/06/2026", Lang.En));
    }

    [Fact]
    public async Task A_draft_is_there_for_its_sides_alone()
    {
        var address = await Officers.DraftAsync(offices.Cnrs, "Velvet Orchard");
        foreach (var path in new[] { address, "/structures/velvet-orchard", $"{address}/dossier" })
        {
            using var anyone = await offices.Site.Client.GetAsync(new Uri(path, UriKind.Relative));
            using var stranger = await offices.Stranger.GetAsync(path);
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (anyone.StatusCode, stranger.StatusCode));
        }
        foreach (var path in new[] { "/agreements", "/api/v1/agreements", "/api/v1/agreements?format=csv", "/structures", "/", "/structures/cnrs-imperial", "/agreements?sort=title" })
            Assert.DoesNotContain("velvet", await offices.Site.GetAsync(path), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Velvet Orchard", (await offices.Imperial.PageAsync("/agreements")).Body!.TextContent, StringComparison.Ordinal);
        using var closed = await offices.Stranger.PostAsync($"{address}/approve", ("side", "cnrs"), ("seen", "x"), ("line", "1"));
        Assert.Equal(HttpStatusCode.NotFound, closed.StatusCode);
        using var approve = await offices.Coordinator.GetAsync($"{address}/approve");
        Assert.Equal(HttpStatusCode.Forbidden, approve.StatusCode);
        using var signedOut = await offices.Site.Client.GetAsync(new Uri("/agreements/new", UriKind.Relative));
        Assert.NotEqual(HttpStatusCode.OK, signedOut.StatusCode);
    }

    [Fact]
    public async Task Whoever_saw_an_older_text_is_shown_what_changed()
    {
        var address = await Officers.DraftAsync(offices.Cnrs, "Moving Ground");
        var before = (await offices.Imperial.PageAsync($"{address}/approve")).QuerySelector("input[name=seen]")!.GetAttribute("value")!;
        await Officers.ApproveAsync(offices.Cnrs, address, "cnrs");
        using var edited = await offices.Imperial.PostAsync($"{address}/amend", ("title", "Moving Ground"), ("starts", "2025-01-01"), ("ends", "2028-12-31"), ("lead_months", "12"), ("terms", "Two meetings a year."));
        Assert.Equal(address, Officers.Went(edited));
        using var stale = await offices.Imperial.PostAsync($"{address}/approve", ("side", "imperial"), ("seen", before), ("line", "1"));
        var (status, _, page) = await Officers.AgainAsync(stale);
        Assert.Equal(HttpStatusCode.Conflict, status);
        var row = Assert.Single(page.QuerySelectorAll("main table tbody tr"));
        Assert.Equal(["Last day", "31 December 2029", "31 December 2028"], row.Children.Select(c => c.TextContent));
        // The form is of the text as it stands, so that it can be read and sent again.
        Assert.NotEqual(before, page.QuerySelector("input[name=seen]")!.GetAttribute("value"));
        var standing = await offices.Cnrs.PageAsync(address);
        Assert.Contains("approval lapsed", standing.QuerySelector("[aria-label='Approval of CNRS']")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_approval_is_withdrawn_by_its_own_side()
    {
        var address = await Officers.DraftAsync(offices.Cnrs, "Second Thoughts");
        await Officers.ApproveAsync(offices.Cnrs, address, "cnrs");
        using var other = await offices.Imperial.PostAsync($"{address}/withdraw", ("side", "cnrs"));
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
        using var own = await offices.Cnrs.PostAsync($"{address}/withdraw", ("side", "cnrs"));
        Assert.Equal(address, Officers.Went(own));
        Assert.Contains("not approved yet", (await offices.Cnrs.PageAsync(address)).QuerySelector("[aria-label='Approval of CNRS']")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_with_errors_keeps_what_was_typed_and_links_to_each_field()
    {
        using var answer = await offices.Cnrs.PostAsync("/agreements/new", ("structure", ""), ("structure.name", "Typed"), ("title", ""), ("starts", "soon"), ("parties", "cnrs"),
            ("budget.1.side", "cnrs"), ("budget.1.year", "2025"), ("budget.1.category", "mobility"), ("budget.1.amount", "about 1,000"), ("budget.1.currency", "EUR"));
        var (status, fields, page) = await Officers.AgainAsync(answer);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        foreach (var field in new[] { "#f-structure-instrument", "#f-title", "#f-starts", "#f-parties", "#f-budget-1-amount" })
        {
            Assert.Contains(field, fields);
            Assert.NotNull(page.QuerySelector(field));
        }
        Assert.Equal("Typed", page.QuerySelector("#f-structure-name")!.GetAttribute("value"));
        Assert.Equal("about 1,000", page.QuerySelector("#f-budget-1-amount")!.GetAttribute("value"));
    }

    [Fact]
    public async Task An_amendment_waits_beside_the_agreement_in_effect()
    {
        var address = await Officers.DraftAsync(offices.Cnrs, "Long Term");
        await Officers.ApproveAsync(offices.Cnrs, address, "cnrs");
        await Officers.ApproveAsync(offices.Imperial, address, "imperial");
        using var amended = await offices.Imperial.PostAsync($"{address}/amend", ("title", "Long Term"), ("starts", "2025-01-01"), ("ends", "2031-12-31"), ("lead_months", "12"),
            ("terms", "Two meetings a year."), ("join", "utokyo"), ("from", "2026"), ("reason", "A third partner"));
        Assert.Equal(address, Officers.Went(amended));
        var page = await offices.Cnrs.PageAsync(address);
        Assert.Contains("31 December 2029", page.QuerySelector("[aria-labelledby=text]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("31 December 2031", page.QuerySelector("[aria-labelledby=approval]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("A third partner", page.QuerySelector("[aria-labelledby=approval]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(3, page.QuerySelectorAll("[aria-labelledby=approval] .side").Length);
        using var joining = await SignedIn.Async(offices.Site, AccountRole.PartnershipOfficer, "utokyo");
        await Officers.ApproveAsync(offices.Cnrs, address, "cnrs");
        await Officers.ApproveAsync(offices.Imperial, address, "imperial");
        await Officers.ApproveAsync(joining, address, "utokyo");
        page = await offices.Cnrs.PageAsync(address);
        Assert.Contains("31 December 2031", page.QuerySelector("[aria-labelledby=text]")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("#side-utokyo"));

        using var again = await offices.Cnrs.PostAsync($"{address}/amend", ("title", "Long Term"), ("starts", "2025-01-01"), ("ends", "2031-12-31"), ("lead_months", "6"), ("terms", "Two meetings a year."));
        Assert.Equal(address, Officers.Went(again));
        using var givenUp = await offices.Cnrs.PostAsync($"{address}/give-up");
        Assert.Equal(address, Officers.Went(givenUp));
        Assert.Null((await offices.Cnrs.PageAsync(address)).QuerySelector("[aria-labelledby=approval]"));
        using var strange = await offices.Cnrs.PostAsync($"{address}/amend", ("title", ""), ("leave", "imperial"), ("leave", "utokyo"), ("join", "cnrs"));
        Assert.Equal(["#f-join", "#f-leave", "#f-title"], (await Officers.AgainAsync(strange)).Fields.Order());
    }
}
