using System.Net;

namespace Entente.Web.Tests.Portfolio.Agreements;

public sealed class ConcludingPagesTests(Officers offices) : IClassFixture<Officers>
{
    async Task<string> AgreedAsync(string name)
    {
        var address = await Officers.DraftAsync(offices.Cnrs, name);
        await Officers.ApproveAsync(offices.Cnrs, address, "cnrs");
        await Officers.ApproveAsync(offices.Imperial, address, "imperial");
        return address;
    }

    [Fact]
    public async Task Signatures_and_dates_are_entered_and_stay_apart()
    {
        var address = await AgreedAsync("Signed Twice");
        using var bad = await offices.Cnrs.PostAsync($"{address}/sign", ("side", "cnrs"), ("signatory", ""), ("date", "2024-12-01"));
        var (status, fields, _) = await Officers.AgainAsync(bad);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "#f-signatory"), (status, Assert.Single(fields)));
        using var signed = await offices.Cnrs.PostAsync($"{address}/sign", ("side", "cnrs"), ("signatory", "A. Martin"), ("office", "President"), ("date", "2024-12-01"), ("place", "Paris"), ("audience", "both"));
        Assert.Equal(address, Officers.Went(signed));
        using var dated = await offices.Imperial.PostAsync($"{address}/date", ("date_kind", "inaugurated"), ("date", "2025-02"), ("source", "S0"), ("audience", "both"));
        Assert.Equal(address, Officers.Went(dated));
        using var never = await offices.Imperial.PostAsync($"{address}/date", ("date_kind", "signed"), ("date", ""));
        Assert.Equal("#f-date", Assert.Single((await Officers.AgainAsync(never)).Fields));
        var page = await offices.Imperial.PageAsync(address);
        var dates = page.QuerySelectorAll("[aria-labelledby=dates] dt").ToDictionary(dt => dt.TextContent, dt => dt.NextElementSibling!.TextContent);
        Assert.Contains("1 December 2024", dates["Signed"], StringComparison.Ordinal);
        Assert.Contains("February 2025", dates["Inaugurated"], StringComparison.Ordinal);
        Assert.Contains("1 January 2025", dates["Effective"], StringComparison.Ordinal);
        Assert.Contains("not published", dates["Announced"], StringComparison.Ordinal);
        Assert.Contains("A. Martin, President, 1 December 2024, Paris", page.QuerySelector("[aria-labelledby=side-cnrs]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("none on record", page.QuerySelector("[aria-labelledby=side-imperial]")!.TextContent, StringComparison.Ordinal);
        using var stranger = await offices.Stranger.PostAsync($"{address}/sign", ("side", "cnrs"), ("signatory", "Me"));
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
    }

    [Fact]
    public async Task An_agreement_is_renewed_from_its_dossier()
    {
        var address = await AgreedAsync("Renewed Once");
        using var suspended = await offices.Imperial.PostAsync("/structures/renewed-once/suspend", ("side", "imperial"), ("since", "2026-01-01"), ("scope", "Visits"), ("reason", "A flood"), ("audience", "both"));
        Assert.Equal("/structures/renewed-once", Officers.Went(suspended));
        var dossier = await offices.Imperial.PageAsync($"{address}/dossier");
        Assert.Contains("A flood", dossier.QuerySelector(".banner.warn")!.TextContent, StringComparison.Ordinal);
        var questions = dossier.QuerySelector("[aria-labelledby=questions]")!.TextContent;
        Assert.Contains("No signature on record for CNRS, Imperial", questions, StringComparison.Ordinal);
        Assert.Contains("No amount on record for Imperial", questions, StringComparison.Ordinal);
        Assert.Contains("no source but this record", questions, StringComparison.Ordinal);
        // Evidence carries its receipts, the synthetic banner says that the works are invented, and money stays in its currency.
        Assert.NotNull(dossier.QuerySelector("[aria-labelledby=evidence] a.receipt"));
        Assert.NotNull(dossier.QuerySelector(".banner.synth.page"));
        Assert.Contains("€12,000", dossier.QuerySelector("[aria-labelledby=side-cnrs]")!.TextContent, StringComparison.Ordinal);
        var renew = dossier.QuerySelectorAll(".pagehead a").Single(a => a.TextContent == "Renew from this dossier").GetAttribute("href")!;
        var form = await offices.Imperial.PageAsync(renew);
        string Value(string id) => form.QuerySelector(id)!.GetAttribute("value") ?? "";
        Assert.Equal(("Renewed Once", "2030-01-01", "2034-12-31", "12"), (Value("#f-title"), Value("#f-starts"), Value("#f-ends"), Value("#f-lead_months")));
        Assert.Equal(["cnrs", "imperial"], form.QuerySelectorAll("input[name=parties]").Where(i => i.HasAttribute("checked")).Select(i => i.GetAttribute("value")!).Order());
        using var drafted = await offices.Imperial.PostAsync(renew, ("title", "Renewed Once, second term"), ("key", "renewed-once-2030"), ("starts", "2030-01-01"), ("ends", "2034-12-31"), ("parties", "cnrs"), ("parties", "imperial"), ("audience", "both"));
        Assert.Equal("/agreements/renewed-once-2030", Officers.Went(drafted));
        Assert.Contains("Renewed Once, second term", (await offices.Cnrs.PageAsync(address)).QuerySelector("[aria-labelledby=text]")!.TextContent, StringComparison.Ordinal);
        using var twice = await offices.Cnrs.PostAsync(renew, ("title", "Again"), ("parties", "cnrs"), ("parties", "imperial"), ("audience", "both"));
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
    }

    [Fact]
    public async Task A_dossier_tells_each_reader_what_that_reader_may_know()
    {
        using var own = await offices.Cnrs.PostAsync("/structures/abraham-de-moivre/money", ("side", "cnrs"), ("year", "2026"), ("kind", "budget"), ("category", "mobility"), ("amount", "77123"), ("currency", "EUR"), ("audience", "side:cnrs"));
        Assert.Equal("/structures/abraham-de-moivre/money", Officers.Went(own));
        Assert.Contains("77,123", (await offices.Cnrs.PageAsync("/structures/abraham-de-moivre")).Body!.TextContent, StringComparison.Ordinal);
        foreach (var page in new[] { await offices.Imperial.PageAsync("/structures/abraham-de-moivre"), await offices.Imperial.PageAsync("/structures/abraham-de-moivre/money") })
            Assert.DoesNotContain("77,123", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("77,123", await offices.Site.GetAsync("/structures/abraham-de-moivre"), StringComparison.Ordinal);
        // A published agreement has a dossier that anyone may read, without a button that they may not press.
        var dossier = await offices.Site.GetAsync("/agreements/majulab-2018/dossier");
        Assert.DoesNotContain("Renew from this dossier", dossier, StringComparison.Ordinal);
        Assert.Contains("Its last day is unknown", dossier, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agreement_is_let_end_with_its_reason()
    {
        var address = await AgreedAsync("Final Word");
        using var early = await offices.Imperial.PostAsync($"{address}/end", ("date", "2027"), ("reason", "Done"));
        Assert.Equal("#f-date", Assert.Single((await Officers.AgainAsync(early)).Fields));
        using var silent = await offices.Imperial.PostAsync($"{address}/end", ("date", "2029-12-31"), ("reason", " "));
        Assert.Equal("#f-reason", Assert.Single((await Officers.AgainAsync(silent)).Fields));
        using var closed = await offices.Coordinator.PostAsync($"{address}/end", ("date", "2029-12-31"), ("reason", "Done"));
        Assert.Equal(HttpStatusCode.Forbidden, closed.StatusCode);
        using var ended = await offices.Imperial.PostAsync($"{address}/end", ("date", "2029-12-31"), ("reason", "The question is answered"), ("structure", "yes"));
        Assert.Equal(address, Officers.Went(ended));
        Assert.Contains("The question is answered", (await offices.Cnrs.PageAsync(address)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_laboratory_is_suspended_and_resumed_with_a_banner_in_between()
    {
        const string Laboratory = "/structures/abraham-de-moivre";
        using var silent = await offices.Imperial.PostAsync($"{Laboratory}/suspend", ("side", "imperial"), ("since", "2026-01-01"), ("scope", "Visits"), ("reason", ""));
        Assert.Equal("#f-reason", Assert.Single((await Officers.AgainAsync(silent)).Fields));
        using var suspended = await offices.Imperial.PostAsync($"{Laboratory}/suspend", ("side", "imperial"), ("since", "2020-01-01"), ("scope", "Visits"), ("reason", "Building works"), ("audience", "both"));
        Assert.Equal(Laboratory, Officers.Went(suspended));
        using var twice = await offices.Imperial.PostAsync($"{Laboratory}/suspend", ("side", "imperial"), ("since", "2021"), ("scope", "visits"), ("reason", "More works"), ("audience", "both"));
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        using var stranger = await offices.Stranger.PostAsync($"{Laboratory}/suspend", ("side", "imperial"), ("since", "2021"), ("scope", "All"), ("reason", "x"));
        Assert.Equal(HttpStatusCode.Forbidden, stranger.StatusCode);

        var page = await offices.Imperial.PageAsync(Laboratory);
        Assert.Contains("Building works", page.QuerySelector(".banner.warn")!.TextContent, StringComparison.Ordinal);
        // The other side is told, and cannot lift it; the public is not told.
        Assert.Contains("Building works", (await offices.Cnrs.PageAsync(Laboratory)).QuerySelector(".banner.warn")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Building works", await offices.Site.GetAsync(Laboratory), StringComparison.Ordinal);
        var resume = page.QuerySelector(".banner.warn a[href$='/resume']")!.GetAttribute("href")!;
        using var other = await offices.Cnrs.PostAsync(resume, ("until", "2026-01-01"), ("reason", "Over"));
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
        using var before = await offices.Imperial.PostAsync(resume, ("until", "2019"), ("reason", "Over"));
        Assert.Equal("#f-until", Assert.Single((await Officers.AgainAsync(before)).Fields));
        using var resumed = await offices.Imperial.PostAsync(resume, ("until", "2026-01-01"), ("reason", "The building stands"));
        Assert.Equal(Laboratory, Officers.Went(resumed));
        page = await offices.Imperial.PageAsync(Laboratory);
        Assert.Null(page.QuerySelector(".banner.warn a[href$='/resume']"));
        Assert.Contains("The building stands", page.QuerySelector("[aria-labelledby=suspensions]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Money_is_entered_and_taken_out_by_its_own_side()
    {
        const string Money = "/structures/cnrs-imperial/money";
        using var wrong = await offices.Cnrs.PostAsync(Money, ("side", "cnrs"), ("year", "2026"), ("kind", "spent"), ("category", "mobility"), ("amount", "a lot"), ("currency", "EUR"));
        Assert.Equal("#f-amount", Assert.Single((await Officers.AgainAsync(wrong)).Fields));
        using var others = await offices.Cnrs.PostAsync(Money, ("side", "imperial"), ("year", "2026"), ("kind", "spent"), ("category", "mobility"), ("amount", "5"), ("currency", "GBP"));
        Assert.Equal(HttpStatusCode.Forbidden, others.StatusCode);
        using var entered = await offices.Cnrs.PostAsync(Money, ("side", "cnrs"), ("year", "2026"), ("kind", "spent"), ("category", "mobility"), ("amount", "345.60"), ("currency", "EUR"), ("audience", "both"));
        Assert.Equal(Money, Officers.Went(entered));
        var page = await offices.Cnrs.PageAsync(Money);
        var remove = page.QuerySelector("form[action$='/remove']")!.GetAttribute("action")!;
        Assert.Null((await offices.Imperial.PageAsync(Money)).QuerySelector("form[action$='/remove']"));
        using var theirs = await offices.Imperial.PostAsync(remove);
        Assert.Equal(HttpStatusCode.Forbidden, theirs.StatusCode);
        using var removed = await offices.Cnrs.PostAsync(remove);
        Assert.Equal(Money, Officers.Went(removed));
    }
}
