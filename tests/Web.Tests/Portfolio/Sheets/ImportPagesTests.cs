using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Sheets;
using Entente.Web.Portfolio.Sheets;
using Microsoft.EntityFrameworkCore;

namespace Entente.Web.Tests.Portfolio.Sheets;

/// <summary>The way of a spreadsheet through the pages, without script; on a site of its own, since it writes.</summary>
public sealed class ImportPagesTests : IAsyncLifetime
{
    readonly Site _site = new();

    public Task InitializeAsync() => _site.InitializeAsync();
    public Task DisposeAsync() => _site.DisposeAsync();


    static async Task<string> UploadAsync(SignedIn person, byte[] bytes, string name)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(bytes), "file", name } };
        using var answer = await person.PostFilesAsync("/import-table", form);
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return answer.Headers.Location!.ToString();
    }

    // Sends the form of the page as it stands, with some of its fields changed.
    static async Task<string> SendAsync(SignedIn person, IHtmlDocument page, string action, params (string Name, string Value)[] changed)
    {
        var form = page.Forms.Single(f => f.GetAttribute("action") == action);
        var fields = form.Elements.OfType<IHtmlInputElement>().Where(i => i.Name is not null and not "__RequestVerificationToken").Select(i => (i.Name!, i.Value))
            .Concat(form.Elements.OfType<IHtmlSelectElement>().Select(s => (s.Name!, s.Value ?? ""))).Where(f => changed.All(c => c.Name != f.Item1)).Concat(changed).ToArray();
        using var answer = await person.PostAsync(action, fields);
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, $"{action} {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return answer.Headers.Location!.ToString();
    }

    [Fact]
    public async Task A_spreadsheet_is_uploaded_mapped_looked_at_run_and_taken_back()
    {
        using var officer = await SignedIn.Async(_site, AccountRole.PartnershipOfficer, "cnrs");
        Assert.Contains("Nothing imported yet", (await officer.PageAsync("/import-table")).Body!.TextContent, StringComparison.Ordinal);
        var example = await officer.Client.GetByteArrayAsync(new Uri("/import-table/example.xlsx", UriKind.Relative));
        var address = await UploadAsync(officer, example, "../../etc/Our table.xlsx");
        var mapping = await officer.PageAsync(address);
        Assert.Contains("Our table.xlsx", mapping.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("etc", mapping.QuerySelector("h1 ~ .lede")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("partners", ((IHtmlSelectElement)mapping.QuerySelector("select[name='field.2']")!).Value);

        var preview = await officer.PageAsync(await SendAsync(officer, mapping, address, ("field.6", "coordinator@cnrs"), ("do", "look")));
        Assert.Contains("Import 3 lines", preview.Body!.TextContent, StringComparison.Ordinal);
        var result = await officer.PageAsync(await SendAsync(officer, preview, address + "/run"));
        Assert.Contains("Take this import back", result.Body!.TextContent, StringComparison.Ordinal);
        await using (var db = _site.Folder.OpenDb())
        {
            Assert.Equal(3, await db.Structures.CountAsync(s => s.Key.StartsWith("synthetic-")));
            Assert.Equal("cnrs", (await db.Roles.SingleAsync(r => r.Person == "ada-exemple")).Side);
        }
        Assert.Contains("Our table.xlsx", (await officer.PageAsync("/import-table")).Body!.TextContent, StringComparison.Ordinal);

        Assert.Equal(address, await SendAsync(officer, result, address + "/undo"));
        Assert.Contains("Taken back", (await officer.PageAsync(address)).Body!.TextContent, StringComparison.Ordinal);
        await using (var db = _site.Folder.OpenDb()) Assert.Equal(0, await db.Structures.CountAsync(s => s.Key.StartsWith("synthetic-")));
    }

    [Fact]
    public async Task Names_are_settled_on_the_page_and_refused_lines_come_back_as_a_sheet()
    {
        using var officer = await SignedIn.Async(_site, AccountRole.PartnershipOfficer, "cnrs");
        var csv = "Nom;Type;Partenaires;Pays;Date de début\nLabo Synthétique;IRL;\"CNRS; Imperial Colege London\";GB;2014\nProjet Synthétique;IRP;\"CNRS; Imperial\";Royaume-Uni;05/06/2014\n";
        var address = await UploadAsync(officer, Encoding.Latin1.GetBytes(csv), "table.csv");
        var mapping = await officer.PageAsync(address);
        Assert.Contains("Read as Windows-1252", mapping.Body!.TextContent, StringComparison.Ordinal);
        var preview = await officer.PageAsync(await SendAsync(officer, mapping, address, ("do", "look")));
        Assert.Contains("There is nothing to import", preview.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("can be two dates", preview.Body.TextContent, StringComparison.Ordinal);
        var settled = await officer.PageAsync(await SendAsync(officer, preview, address + "/answers", ("answer.organisations|imperial colege london", "imperial")));
        Assert.Contains("Import 1 line", settled.Body!.TextContent, StringComparison.Ordinal);
        await SendAsync(officer, settled, address + "/run");
        var refused = SheetReading.Read(await officer.Client.GetByteArrayAsync(new Uri(address + "/refused.xlsx", UriKind.Relative))).Value.Sheets[0];
        Assert.Equal("Projet Synthétique", refused.Rows[1][0].Text);
        Assert.Contains("05/06/2014", refused.Rows[1].Cells[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_its_owners_alone()
    {
        using var officer = await SignedIn.Async(_site, AccountRole.PartnershipOfficer, "cnrs");
        using var other = await SignedIn.Async(_site, AccountRole.PartnershipOfficer, "imperial");
        var address = await UploadAsync(officer, SheetWriting.Write(SheetFormat.Csv, ExampleTable.Sheet), "secret.csv");
        foreach (var path in (string[])[address, address + "/preview", address + "/refused.xlsx"])
        {
            using var answer = await other.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
        using var run = await other.PostAsync(address + "/run", ("seen", ""));
        Assert.Equal(HttpStatusCode.NotFound, run.StatusCode);
        Assert.DoesNotContain("secret.csv", (await other.PageAsync("/import-table")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_officer_of_one_side_cannot_change_what_belongs_to_others()
    {
        using var officer = await SignedIn.Async(_site, AccountRole.PartnershipOfficer, "utokyo");
        var address = await UploadAsync(officer, "key,name,instrument\nmajulab,Taken over,irl\n"u8.ToArray(), "table.csv");
        var preview = await officer.PageAsync(await SendAsync(officer, await officer.PageAsync(address), address, ("target", "structures"), ("do", "look")));
        Assert.Contains("none of your roles reaches structures/majulab", preview.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Choose a file")]
    [InlineData("%PDF-1.7", "This is a PDF")]
    [InlineData("a,b\n1,\"open", "never closed")]
    public async Task A_file_that_cannot_be_read_is_refused_on_the_form(string text, string expected)
    {
        using var officer = await SignedIn.Async(_site, AccountRole.PartnershipOfficer, "cnrs");
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "file", "table.xlsx" } };
        using var answer = await officer.PostFilesAsync("/import-table", form);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(expected, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
