using System.Net;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Microsoft.EntityFrameworkCore;

namespace Entente.Web.Tests.Portfolio.Editing;

/// <summary>The past of the record as each side may know it, and the way back.</summary>
[Collection(EditingCollection.Name)]
public sealed class HistoryTests(Site site)
{
    [Fact]
    public async Task A_note_of_one_side_is_in_no_form_history_or_journal_of_the_other()
    {
        const string Secret = "Zwischen uns gesagt";
        using var ours = await SignedIn.Async(site, AccountRole.PartnershipOfficer, "cnrs");
        using var theirs = await SignedIn.Async(site, AccountRole.PartnershipOfficer, "imperial");
        var form = (await ours.PageAsync("/edit/notes/new?structure=engineering-laboratory")).Form();
        using (var saved = await ours.SendAsync(form, ("topic", "scope"), ("text", Secret), ("text_fr", Secret), ("source.0", "S0"), ("audience", "side:cnrs"))) Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
        var line = await site.LastLineAsync();
        string[] pages = ["/edit/structures/engineering-laboratory", "/structures/engineering-laboratory/history", "/structures/engineering-laboratory", $"/journal/{line}", "/journal", "/journal?format=csv", "/journal?format=json"];
        foreach (var page in pages)
        {
            var (mine, other) = (await TextAsync(ours, page), await TextAsync(theirs, page));
            if (!page.StartsWith("/journal", StringComparison.Ordinal) || page == $"/journal/{line}") Assert.Contains(Secret, mine, StringComparison.Ordinal);
            else Assert.Contains(Invariant(line), mine, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, other, StringComparison.Ordinal);
            if (page is "/journal") Assert.DoesNotContain($"/journal/{line}\"", other, StringComparison.Ordinal);
        }
        using var hidden = await theirs.GetAsync($"/journal/{line}");
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        await using var db = site.Folder.OpenDb();
        var note = await db.Notes.AsNoTracking().SingleAsync(n => n.Text == Secret);
        using var row = await theirs.GetAsync($"/edit/notes/{note.Id}");
        using var none = await theirs.GetAsync("/edit/notes/999999");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (row.StatusCode, none.StatusCode));

        // Their own page offers their own side alone, and refuses the other's.
        var offered = (await theirs.PageAsync("/edit/notes/new?structure=engineering-laboratory")).QuerySelectorAll("#f-audience option").Select(o => o.GetAttribute("value")).ToList();
        Assert.Contains("side:imperial", offered);
        Assert.DoesNotContain("side:cnrs", offered);
    }

    static string Invariant(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    static async Task<string> TextAsync(SignedIn person, string page)
    {
        using var answer = await person.GetAsync(page);
        return await answer.Content.ReadAsStringAsync();
    }

    [Fact]
    public async Task A_version_is_restored_after_a_look_at_what_changes()
    {
        const string Record = "/edit/structures/maxwell";
        using var officer = await SignedIn.Async(site, AccountRole.PartnershipOfficer);
        await using var db = site.Folder.OpenDb();
        var key = await db.Structures.Where(s => s.Key != "majulab" && s.Key != "abraham-de-moivre").OrderByDescending(s => s.Key).Select(s => s.Key).FirstAsync();
        var address = Record.Replace("maxwell", key, StringComparison.Ordinal);
        foreach (var name in new[] { "First long name", "Second long name" })
        {
            var form = (await officer.PageAsync(address)).Form();
            using var saved = await officer.SendAsync(form, ("long_name", name));
            Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
        }
        var line = await site.LastLineAsync() - 1;
        var history = await officer.PageAsync($"/structures/{key}/history");
        Assert.Contains("First long name", history.QuerySelector($"#line-{line}")!.ParentElement!.ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(history.QuerySelector($"a[href='/structures/{key}/history/{line}']"));

        var preview = await officer.PageAsync($"/structures/{key}/history/{line}");
        Assert.Equal(["Second long name"], preview.QuerySelectorAll("main del").Select(d => d.TextContent.Trim()));
        Assert.Equal(["First long name"], preview.QuerySelectorAll("main ins").Select(d => d.TextContent.Trim()));
        using (var restored = await officer.SendAsync(preview.Form())) Assert.Equal(HttpStatusCode.SeeOther, restored.StatusCode);
        Assert.Equal("First long name", (await db.Structures.AsNoTracking().SingleAsync(s => s.Key == key)).LongName);
        Assert.Equal("record.restore", (await db.Journal.OrderByDescending(j => j.Id).FirstAsync()).Verb);

        using var coordinator = await SignedIn.Async(site, AccountRole.Coordinator, "cnrs");
        using var refused = await coordinator.GetAsync($"/structures/{key}/history/{line}");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task The_journal_is_narrowed_paged_and_exported()
    {
        using var officer = await SignedIn.Async(site, AccountRole.PartnershipOfficer);
        using var administrator = await SignedIn.Async(site, AccountRole.Administrator);
        var all = await officer.PageAsync("/journal");
        Assert.NotEmpty(all.QuerySelectorAll("tbody tr"));
        // Who was given which role is for administrators and for oneself.
        Assert.All(all.QuerySelectorAll("tbody tr").Where(r => r.TextContent.Contains("accounts/", StringComparison.Ordinal)),
            row => Assert.Contains($"accounts/{officer.Account}", row.TextContent, StringComparison.Ordinal));
        Assert.Contains("accounts/", (await administrator.PageAsync("/journal")).QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        var loads = await officer.PageAsync("/journal?verb=portfolio");
        Assert.All(loads.QuerySelectorAll("tbody tr"), row => Assert.Contains("Portfolio", row.TextContent, StringComparison.Ordinal));
        Assert.Empty((await officer.PageAsync("/journal?to=2001-01-01")).QuerySelectorAll("tbody tr"));
        var csv = await TextAsync(officer, "/journal?format=csv&verb=portfolio");
        Assert.Contains("line,at,who,verb,record", csv, StringComparison.Ordinal);
        Assert.Contains("portfolio.load", csv, StringComparison.Ordinal);
        using var anyone = await site.Client.GetAsync(new Uri("/journal", UriKind.Relative));
        Assert.NotEqual(HttpStatusCode.OK, anyone.StatusCode);
    }
}
