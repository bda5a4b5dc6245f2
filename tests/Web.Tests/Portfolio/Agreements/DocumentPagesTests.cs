using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Entente.Core.Portfolio.Agreements;

namespace Entente.Web.Tests.Portfolio.Agreements;

public sealed class DocumentPagesTests(Officers offices) : IClassFixture<Officers>
{
    const string Laboratory = "/structures/abraham-de-moivre";

    static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n");

    static MultipartFormDataContent Form(byte[] bytes, string name, string title = "Annex", string audience = "both", string type = "application/pdf")
    {
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue(type);
        return new() { { new StringContent(title), "title" }, { new StringContent(audience), "audience" }, { file, "file", name } };
    }

    [Fact]
    public async Task A_document_is_kept_and_comes_back_as_a_file_under_a_safe_name()
    {
        using var form = Form(Pdf, "../../..\\windows\\evil.pdf", "Accord\r\nSet-Cookie: a=b / <b>");
        using var kept = await offices.Cnrs.PostFilesAsync($"{Laboratory}/documents", form);
        Assert.Equal(Laboratory, Officers.Went(kept));
        var page = await offices.Imperial.PageAsync(Laboratory);
        var link = page.QuerySelectorAll("[aria-labelledby=documents] a[download]").Single(a => a.TextContent.StartsWith("Accord", StringComparison.Ordinal)).GetAttribute("href")!;
        Assert.NotNull(page.QuerySelector($"[aria-labelledby=documents] a[href='{Laboratory}/documents']"));
        Assert.NotNull(page.QuerySelector($"[aria-labelledby=documents] a[href='{link}/remove']"));
        using var file = await offices.Imperial.GetAsync(link);
        Assert.Equal(Pdf, await file.Content.ReadAsByteArrayAsync());
        Assert.Equal("application/pdf", file.Content.Headers.ContentType?.ToString());
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("accord-set-cookie-a-b-b.pdf", file.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
        Assert.Equal("nosniff", Assert.Single(file.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains("no-store", file.Headers.CacheControl?.ToString(), StringComparison.Ordinal);

        // Whoever may not read it is told that there is none.
        using var anyone = await offices.Site.Client.GetAsync(new Uri(link, UriKind.Relative));
        using var stranger = await offices.Stranger.GetAsync(link);
        using var removal = await offices.Stranger.PostAsync($"{link}/remove");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (anyone.StatusCode, stranger.StatusCode, removal.StatusCode));
        Assert.DoesNotContain("Accord", (await offices.Site.GetAsync(Laboratory)).Split("id=\"documents\"").Skip(1).FirstOrDefault() ?? "", StringComparison.Ordinal);

        Assert.Contains("Accord", (await offices.Imperial.PageAsync($"{link}/remove")).Body!.TextContent, StringComparison.Ordinal);
        using var removed = await offices.Imperial.PostAsync($"{link}/remove");
        Assert.Equal(Laboratory, Officers.Went(removed));
        using var gone = await offices.Imperial.GetAsync(link);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    public static TheoryData<byte[], string, string> Attacks => new()
    {
        { Encoding.UTF8.GetBytes("<!doctype html><script>alert(1)</script>"), "agreement.pdf", "#f-file" },
        { Encoding.UTF8.GetBytes("%PDF-1.4 <html>"), "agreement.pdf", "#f-file" },
        { [0x4D, 0x5A, 1, 2], "agreement.pdf", "#f-file" },
        { Encoding.ASCII.GetBytes("%PDF-1.7\n%%EOF"), "agreement.html", "#f-file" },
        { [], "agreement.pdf", "#f-file" },
    };

    [Theory, MemberData(nameof(Attacks))]
    public async Task A_file_that_pretends_is_refused_with_a_reason_at_its_field(byte[] bytes, string name, string field)
    {
        using var form = Form(bytes, name);
        using var answer = await offices.Cnrs.PostFilesAsync($"{Laboratory}/documents", form);
        var (status, fields, page) = await Officers.AgainAsync(answer);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, field), (status, Assert.Single(fields)));
        // What was typed stays.
        Assert.Equal("Annex", page.QuerySelector("#f-title")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused()
    {
        using var form = Form([.. Pdf[..^6], .. new byte[DocumentTypes.MaxBytes], .. Pdf[^6..]], "large.pdf");
        using var answer = await offices.Cnrs.PostFilesAsync($"{Laboratory}/documents", form);
        var (status, fields, _) = await Officers.AgainAsync(answer);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "#f-file"), (status, Assert.Single(fields)));
    }

    [Fact]
    public async Task A_flood_is_cut_off()
    {
        await offices.Cnrs.TokenAsync();
        using var form = Form(new byte[DocumentTypes.MaxBytes * 2], "flood.pdf");
        HttpStatusCode? status = null;
        try
        {
            using var answer = await offices.Cnrs.PostFilesAsync($"{Laboratory}/documents", form);
            status = answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            // The server may close the line before all of it is sent.
        }
        Assert.True(status is null or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.BadRequest, $"{status}");
        Assert.DoesNotContain("flood", (await offices.Cnrs.PageAsync(Laboratory)).Body!.TextContent, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Only_editors_of_the_record_keep_documents()
    {
        using var form = Form(Pdf, "a.pdf");
        using var stranger = await offices.Stranger.PostFilesAsync($"{Laboratory}/documents", form);
        Assert.Equal(HttpStatusCode.Forbidden, stranger.StatusCode);
        using var nowhere = Form(Pdf, "a.pdf");
        using var missing = await offices.Cnrs.PostFilesAsync("/structures/no-such/documents", nowhere);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        using var forged = Form(Pdf, "a.pdf");
        using var anyone = await offices.Site.Client.PostAsync(new Uri($"{Laboratory}/documents", UriKind.Relative), forged);
        Assert.NotEqual(HttpStatusCode.SeeOther, anyone.StatusCode);
        using var hidden = Form(Pdf, "a.pdf", audience: "side:imperial");
        using var refused = await offices.Cnrs.PostFilesAsync($"{Laboratory}/documents", hidden);
        Assert.Equal("#f-audience", Assert.Single((await Officers.AgainAsync(refused)).Fields));
    }
}
