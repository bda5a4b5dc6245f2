using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Entente.Core.Kernel;

namespace Entente.Web.Tests.Portfolio.Agreements;

/// <summary>A host of its own with an office on each side, and the forms as they send them.</summary>
public sealed class Officers : IAsyncLifetime
{
    public Site Site { get; } = new();
    public SignedIn Cnrs { get; private set; } = null!;
    public SignedIn Imperial { get; private set; } = null!;
    public SignedIn Stranger { get; private set; } = null!;
    public SignedIn Coordinator { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await Site.InitializeAsync();
        Cnrs = await SignedIn.Async(Site, AccountRole.PartnershipOfficer, "cnrs");
        Imperial = await SignedIn.Async(Site, AccountRole.PartnershipOfficer, "imperial");
        Stranger = await SignedIn.Async(Site, AccountRole.PartnershipOfficer, "nus");
        Coordinator = await SignedIn.Async(Site, AccountRole.Coordinator, "cnrs");
    }

    public async Task DisposeAsync()
    {
        foreach (var person in new[] { Cnrs, Imperial, Stranger, Coordinator }) person.Dispose();
        await Site.DisposeAsync();
    }

    /// <summary>Drafts an IRP inside the centre; gives the address of its agreement.</summary>
    public static async Task<string> DraftAsync(SignedIn person, string name)
    {
        using var answer = await person.PostAsync("/agreements/new", ("structure", ""), ("structure.name", name), ("structure.instrument", "irp"), ("structure.centre", "cnrs-imperial"),
            ("title", name), ("starts", "2025-01-01"), ("ends", "2029-12-31"), ("lead_months", "12"), ("terms", "Two meetings a year."), ("parties", "cnrs"), ("parties", "imperial"),
            ("budget.0.side", "cnrs"), ("budget.0.year", "2025"), ("budget.0.category", "mobility"), ("budget.0.amount", "12000"), ("budget.0.currency", "EUR"), ("audience", "both"));
        return Went(answer);
    }

    public static async Task ApproveAsync(SignedIn person, string agreement, string side)
    {
        var page = await person.PageAsync($"{agreement}/approve");
        var form = page.QuerySelectorAll("form").OfType<IHtmlFormElement>().Single(f => f.QuerySelector("input[name=side]")?.GetAttribute("value") == side);
        using var answer = await person.PostAsync($"{agreement}/approve", [.. form.QuerySelectorAll("input[type=hidden]")
            .Where(i => !i.GetAttribute("name")!.StartsWith("__", StringComparison.Ordinal)).Select(i => (i.GetAttribute("name")!, i.GetAttribute("value")!))]);
        Assert.Equal(agreement, Went(answer));
    }

    public static string Went(HttpResponseMessage answer)
    {
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, $"{(int)answer.StatusCode}: {answer.Content.ReadAsStringAsync().Result}");
        return answer.Headers.Location!.ToString();
    }

    /// <summary>The form shown again: its status, and the fields that it says are at fault.</summary>
    public static async Task<(HttpStatusCode Status, string[] Fields, IDocument Page)> AgainAsync(HttpResponseMessage answer)
    {
        var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
        return (answer.StatusCode, [.. page.QuerySelectorAll("[role=alert] a").Select(a => a.GetAttribute("href")!)], page);
    }
}
