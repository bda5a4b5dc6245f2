using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Entente.Core.Kernel;

namespace Entente.Web.Tests.Claims;

[Collection(SiteCollection.Name)]
public sealed class ClaimingPagesTests(Site site)
{
    static (string, string)[] Form(string value, string period = "2015-2019", params (string Name, string Value)[] more) =>
    [
        ("sentence", ""), ("value", value), ("wording", ""), ("period", period), ("kind", "flow"), ("source.0", "S1"), ("text", "co-authored publications"),
        ("text_fr", "publications cosignées"), ("measure", "co-publications"), ("unit", "publications"), ("organisations", "cnrs; imperial"), ("topic", "Test of entering"),
        ("topic_fr", "Essai de saisie"), ("audience", "side:cnrs"), .. more,
    ];

    static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage answer) => new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());

    [Fact]
    public async Task Words_are_shown_as_understood_before_they_are_saved()
    {
        using var officer = await SignedIn.Async(site, AccountRole.PartnershipOfficer, "cnrs");
        using var shown = await officer.PostAsync("/claims/new", Form("almost 2,800"));
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        var page = await ReadAsync(shown);
        var band = page.QuerySelector("#understood")!.Closest("section")!.TextContent;
        Assert.Contains("[2,700, 2,800)", band, StringComparison.Ordinal);
        Assert.Contains("540", band, StringComparison.Ordinal);
        Assert.Equal("almost 2,800", page.QuerySelector("input[name=value]")!.GetAttribute("value"));
        var mark = page.QuerySelector("input[name=shown]")!.GetAttribute("value")!;

        // Other words than those that were shown are shown again.
        using var changed = await officer.PostAsync("/claims/new", Form("almost 2,900", "2015-2019", ("shown", mark)));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);

        using var saved = await officer.PostAsync("/claims/new", Form("almost 2,800", "2015-2019", ("shown", mark)));
        Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
        var claim = await officer.PageAsync(saved.Headers.Location!.ToString());
        Assert.Contains("[2,700, 2,800)", claim.Body!.TextContent, StringComparison.Ordinal);
        using var hidden = await site.Client.GetAsync(saved.Headers.Location);
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
    }

    [Fact]
    public async Task A_pasted_sentence_fills_its_number_and_its_window()
    {
        using var officer = await SignedIn.Async(site, AccountRole.PartnershipOfficer, "cnrs");
        var form = Form("", "").Where(f => f.Item1 != "sentence").Append(("sentence", "Over 1,550 joint publications in the past 5 years (2017-2022)")).ToArray();
        using var shown = await officer.PostAsync("/claims/new", form);
        var page = await ReadAsync(shown);
        Assert.Equal("Over 1,550", page.QuerySelector("input[name=value]")!.GetAttribute("value"));
        Assert.Equal("past 5 years (2017-2022)", page.QuerySelector("input[name=period]")!.GetAttribute("value"));
        Assert.Contains("(1,550, 1,600]", page.QuerySelector("#understood")!.Closest("section")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_read_is_said_at_its_field_and_nothing_typed_is_lost()
    {
        using var officer = await SignedIn.Async(site, AccountRole.PartnershipOfficer, "cnrs");
        using var answer = await officer.PostAsync("/claims/new", Form("many"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await ReadAsync(answer);
        Assert.Equal("#f-value", page.QuerySelector(".banner.bad a")!.GetAttribute("href"));
        Assert.Equal("true", page.QuerySelector("#f-value")!.GetAttribute("aria-invalid"));
        Assert.Equal("co-authored publications", page.QuerySelector("input[name=text]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_claim_is_withdrawn_with_a_reason_and_put_back()
    {
        using var officer = await SignedIn.Async(site, AccountRole.PartnershipOfficer, "cnrs");
        using var empty = await officer.PostAsync("/claims/mechanisms/withdraw", ("reason", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        using var gone = await officer.PostAsync("/claims/mechanisms/withdraw", ("reason", "counted twice"));
        Assert.Equal(HttpStatusCode.SeeOther, gone.StatusCode);
        Assert.Contains("counted twice", (await officer.PageAsync("/claims/mechanisms")).QuerySelector("#withdrawn")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"mechanisms\"", await site.GetAsync("/claims"), StringComparison.Ordinal);
        using var back = await officer.PostAsync("/claims/mechanisms/return");
        Assert.Equal(HttpStatusCode.SeeOther, back.StatusCode);
        Assert.Contains("id=\"mechanisms\"", await site.GetAsync("/claims"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/claims/new")]
    [InlineData("/claims/mechanisms/edit")]
    [InlineData("/claims/mechanisms/withdraw")]
    [InlineData("/contradictions/settle?subject=structures/limms&field=start")]
    [InlineData("/instruments/irp/rules/new/edit")]
    public async Task Doors_are_closed_to_those_without_a_role(string path)
    {
        using var stranger = await site.Client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.NotEqual(HttpStatusCode.OK, stranger.StatusCode);
        using var reader = await SignedIn.Async(site, AccountRole.Reader, "cnrs");
        using var refused = await reader.GetAsync(path);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }
}
