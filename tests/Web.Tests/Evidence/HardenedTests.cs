using System.Net;
using Entente.Core.Evidence;
using Entente.Core.Portfolio.Sheets;

namespace Entente.Web.Tests.Evidence;

/// <summary>Addresses that nobody types, and answers that may not be kept: each of these once failed or misled.</summary>
[Collection(SmallSiteCollection.Name)]
public sealed class HardenedTests(SmallSite site)
{
    static Uri At(string path) => new(path, UriKind.Relative);

    [Theory]
    [InlineData("/api/v1/figures/output?of=cnrs&vintage=%00", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/figures/output?of=cnrs&vintage=..%2F..", HttpStatusCode.NotFound)]
    [InlineData("/vintages/{vintage}?page=2147483647", HttpStatusCode.BadRequest)]
    [InlineData("/vintages/{vintage}?page=-2147483648", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/vintages/{vintage}/rejects?page=2147483647&size=1000", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/vintages/{vintage}/rejects?page=2", HttpStatusCode.BadRequest)]
    public async Task What_no_address_should_hold_is_refused_with_a_reason(string path, HttpStatusCode expected)
    {
        var vintage = Vintages.List(site.Folder).First(v => v.Kind == VintageKind.OpenAlex).Id;
        using var answer = await site.Client.GetAsync(At(path.Replace("{vintage}", vintage, StringComparison.Ordinal)));
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task A_page_is_not_to_be_had_at_an_address_of_the_style_sheets()
    {
        var page = await site.GetAsync("/accessibility");
        var assets = System.Text.RegularExpressions.Regex.Match(page, "/assets/[0-9a-f]+").Value;
        using var answer = await site.Client.GetAsync(At($"{assets}/claims"));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task An_answer_that_has_not_changed_may_be_kept_on()
    {
        using var first = await site.Client.GetAsync(At("/accessibility"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/accessibility");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var again = await site.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        // What a 304 says of keeping replaces what the kept answer said.
        Assert.Equal(first.Headers.CacheControl!.ToString(), again.Headers.CacheControl!.ToString());
    }

    [Theory]
    [InlineData("/receipts")]
    [InlineData("/receipts/{receipt}")]
    [InlineData("/api/v1/receipts")]
    [InlineData("/api/v1/receipts/{receipt}/verification")]
    public async Task What_is_looked_at_anew_each_time_is_neither_kept_nor_said_to_be_unchanged(string path)
    {
        using var answer = await site.Client.GetAsync(At(path.Replace("{receipt}", site.Receipt, StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Null(answer.Headers.ETag);
        Assert.Equal("no-cache", answer.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task A_kept_receipt_that_a_power_cut_emptied_does_not_take_the_others_with_it()
    {
        var path = Path.Combine(site.Folder.Receipts, $"{new string('0', 64)}.json");
        await File.WriteAllTextAsync(path, "");
        try
        {
            Assert.Contains(site.Receipt, await site.GetAsync("/api/v1/receipts"), StringComparison.Ordinal);
            using var one = await site.Client.GetAsync(At($"/receipts/{new string('0', 64)}"));
            Assert.Equal(HttpStatusCode.NotFound, one.StatusCode);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_page_that_cannot_be_drawn_is_as_guarded_as_one_that_can()
    {
        var vintage = await site.ImportWorksAsync("broken.jsonl", [SmallSite.Work(("W77", 2020, ["CNRS", "ICL"]))]);
        try
        {
            var manifest = Vintages.List(site.Folder).Single(v => v.Id == vintage);
            File.Delete(Path.Combine(Vintages.FolderOf(site.Folder, vintage), manifest.Segments[0]));
            using var answer = await site.Client.GetAsync(At($"/figures/output?of=cnrs&vintage={vintage}"));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.StartsWith("default-src 'self'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.DoesNotContain(site.Folder.Root, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(Vintages.FolderOf(site.Folder, vintage), recursive: true);
        }
    }

    [Theory]
    [InlineData("-1+1", "'-1+1")]
    [InlineData("=1", "'=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    public void A_table_holds_no_text_that_a_spreadsheet_would_run(string text, string written)
    {
        var table = SheetWriting.Write(SheetFormat.Csv, Entente.Web.Api.Csv.Sheet<string>("list", [text], [new("one", t => t), new("several", t => new[] { t })]));
        Assert.Equal($"\uFEFFone,several\r\n{written},{written}\r\n", System.Text.Encoding.UTF8.GetString(table));
    }
}
