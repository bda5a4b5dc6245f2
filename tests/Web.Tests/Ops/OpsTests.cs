using System.Net;
using System.Text.Json;
using Entente.Core.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Entente.Web.Tests.Ops;

[Collection(SiteCollection.Name)]
public sealed class OpsTests(Site site)
{
    [Fact]
    public async Task The_process_says_that_it_lives_and_whether_it_can_serve()
    {
        Assert.Equal("""{"status":"alive"}""", await site.GetAsync("/health"));
        var ready = JsonDocument.Parse(await site.GetAsync("/ready")).RootElement;
        Assert.Equal("ready", ready.GetProperty("status").GetString());
        Assert.Equal(["store", "folder", "vintages"], ready.GetProperty("checks").EnumerateObject().Select(c => c.Name));
    }

    [Fact]
    public async Task Whoever_runs_the_installation_checks_the_journal_and_reads_what_was_found()
    {
        using var admin = await SignedIn.Async(site, AccountRole.Administrator);
        var before = await admin.PageAsync("/installation");
        Assert.Contains("SQLite", before.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        using var posted = await admin.PostAsync("/installation/journal-check");
        Assert.Equal((HttpStatusCode.SeeOther, "/installation"), (posted.StatusCode, posted.Headers.Location!.ToString()));
        Assert.Contains("every line followed the one before", (await admin.PageAsync("/installation")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("chaque ligne suivait la précédente", (await admin.PageAsync("/installation?lang=fr")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        await using var db = site.Folder.OpenDb();
        Assert.StartsWith("account/", (await db.Journal.OrderBy(j => j.Id).LastAsync(j => j.Verb == "journal.verify")).Who, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Others_do_not()
    {
        using var officer = await SignedIn.Async(site, AccountRole.PartnershipOfficer, "cnrs");
        using var answer = await officer.GetAsync("/installation");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }
}
