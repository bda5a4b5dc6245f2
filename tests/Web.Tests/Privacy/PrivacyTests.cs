using System.IO.Compression;
using System.Net;
using Entente.Core.Accounts;
using Entente.Core.Accounts.Personal;
using Entente.Core.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Entente.Web.Tests.Privacy;

[Collection(SiteCollection.Name)]
public sealed class PrivacyTests(Site site)
{
    [Theory, InlineData("en"), InlineData("fr")]
    public async Task The_page_prints_the_table_and_when_the_clocks_run(string lang)
    {
        var page = await site.GetAsync($"/privacy?lang={lang}");
        foreach (var table in PersonalData.All)
        {
            Assert.Contains($"<tr id=\"{table.Table}\">", page, StringComparison.Ordinal);
            Assert.Contains(WebUtility.HtmlDecode(table.What.In(lang == "fr" ? Lang.Fr : Lang.En)), WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        }
        Assert.Contains(lang == "fr" ? "Prochain passage\u202F: à partir du " : "Next run: from ", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_signed_in_takes_their_own_data_away()
    {
        using var person = await SignedIn.Async(site, AccountRole.Reader, "cnrs");
        using var file = await person.PostAsync("/account/data");
        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        Assert.Equal("entente-personal-data.zip", file.Content.Headers.ContentDisposition!.FileName);
        Assert.True(file.Headers.CacheControl!.NoStore);
        using var zip = new ZipArchive(await file.Content.ReadAsStreamAsync());
        using var account = new StreamReader(zip.GetEntry("account.json")!.Open());
        Assert.Contains(person.Email, await account.ReadToEndAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_administrator_sees_what_goes_and_then_erases()
    {
        using SignedIn admin = await SignedIn.Async(site, AccountRole.Administrator), gone = await SignedIn.Async(site, AccountRole.Reader, "cnrs");
        var found = await admin.PageAsync($"/privacy/people?q={Uri.EscapeDataString(gone.Name)}");
        Assert.Contains(found.QuerySelectorAll("input[name=account]"), i => i.GetAttribute("value") == $"{gone.Account}");
        var preview = await admin.PageAsync($"/privacy/person?account={gone.Account}");
        Assert.Contains(gone.Name, preview.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Sessions", preview.QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        using (var unsure = await admin.PostAsync("/privacy/person/erase", ("account", $"{gone.Account}")))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, unsure.StatusCode);
            Assert.Contains("href=\"#f-sure\"", await unsure.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        using (var still = await gone.GetAsync("/account/data")) Assert.Equal(HttpStatusCode.OK, still.StatusCode);
        using (var export = await admin.PostAsync("/privacy/person/export", ("account", $"{gone.Account}"))) Assert.Equal("application/zip", export.Content.Headers.ContentType!.MediaType);
        using (var erased = await admin.PostAsync("/privacy/person/erase", ("account", $"{gone.Account}"), ("sure", "yes"))) Assert.Equal(HttpStatusCode.SeeOther, erased.StatusCode);
        Assert.NotEmpty((await admin.PageAsync("/privacy/people?done=erased")).QuerySelectorAll("[role=status]"));
        using (var ended = await gone.GetAsync("/account/data")) Assert.NotEqual(HttpStatusCode.OK, ended.StatusCode);
        await using var db = site.Folder.OpenDb();
        Assert.Equal(Erasing.Name, (await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == gone.Account)).Name);
    }

    [Theory, InlineData(AccountRole.PartnershipOfficer, null), InlineData(AccountRole.Administrator, "cnrs")]
    public async Task Nobody_else_handles_the_data_of_others(AccountRole role, string? side)
    {
        using var person = await SignedIn.Async(site, role, side);
        foreach (var path in new[] { "/privacy/people?q=a+a", $"/privacy/person?account={person.Account}" })
        {
            using var refused = await person.GetAsync(path);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }
        foreach (var path in new[] { "/privacy/person/export", "/privacy/person/erase" })
        {
            using var refused = await person.PostAsync(path, ("account", $"{person.Account}"), ("sure", "yes"));
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }
    }
}
