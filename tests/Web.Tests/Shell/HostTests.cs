using System.Net;

namespace Entente.Web.Tests.Shell;

[Collection(SiteCollection.Name)]
public sealed class HostTests(Site site)
{
    [Fact]
    public async Task Every_answer_carries_the_security_headers()
    {
        foreach (var path in (string[])["/accessibility", "/nowhere", "/api/v1/nowhere"])
        {
            using var answer = await site.Client.GetAsync(new Uri(path, UriKind.Relative));
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.StartsWith("default-src 'self'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task An_address_that_is_not_there_gets_a_readable_page_in_both_languages()
    {
        using var answer = await site.Client.GetAsync(new Uri("/nowhere?lang=fr", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("<html lang=\"fr\"", page, StringComparison.Ordinal);
        Assert.Contains("Cette page n’existe pas", page, StringComparison.Ordinal);
        Assert.Contains("There is no such page", await (await site.Client.GetAsync(new Uri("/nowhere", UriKind.Relative))).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?lang=fr", null, "en", "fr")]
    [InlineData("", "lang=fr", "en", "fr")]
    [InlineData("", null, "fr-CA, en;q=0.8", "fr")]
    [InlineData("", null, "de, en;q=0.8, fr;q=0.9", "fr")]
    [InlineData("", null, "de", "en")]
    [InlineData("?lang=en", "lang=fr", "fr", "en")]
    [InlineData("?lang=xx", null, "fr", "fr")]
    public async Task The_language_is_the_addresss_else_the_cookies_else_the_browsers(string query, string? cookie, string accept, string expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/accessibility{query}");
        request.Headers.Add("Accept-Language", accept);
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        using var answer = await site.Client.SendAsync(request);
        Assert.Contains($"<html lang=\"{expected}\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory, InlineData("/"), InlineData("/api/v1/structures"), InlineData("/assets/000000000000/tokens.css"), InlineData("/nowhere")]
    public async Task A_head_is_answered_as_a_get_without_its_body(string path)
    {
        using var get = await site.Client.GetAsync(new Uri(path, UriKind.Relative));
        using var head = await site.Client.SendAsync(new(HttpMethod.Head, new Uri(path, UriKind.Relative)));
        Assert.Equal((get.StatusCode, get.Content.Headers.ContentType), (head.StatusCode, head.Content.Headers.ContentType));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_public_page_may_be_kept_for_a_minute_and_one_that_sets_a_cookie_may_not()
    {
        using var plain = await site.Client.GetAsync(new Uri("/accessibility", UriKind.Relative));
        Assert.Equal("public, max-age=60", plain.Headers.CacheControl!.ToString());
        using var chosen = await site.Client.GetAsync(new Uri("/accessibility?theme=dark", UriKind.Relative));
        Assert.True(chosen.Headers.CacheControl!.Private);
        Assert.Contains("data-theme=\"dark\"", await chosen.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Style_sheets_live_at_an_address_that_may_be_kept_for_ever()
    {
        var page = await site.GetAsync("/accessibility");
        var href = System.Text.RegularExpressions.Regex.Match(page, "href=\"(/assets/[^\"]+/tokens.css)\"").Groups[1].Value;
        using var sheet = await site.Client.GetAsync(new Uri(href, UriKind.Relative));
        Assert.Equal("text/css", sheet.Content.Headers.ContentType!.MediaType);
        Assert.Contains("immutable", sheet.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        using var old = await site.Client.GetAsync(new Uri("/assets/000000000000/tokens.css", UriKind.Relative));
        Assert.Equal("no-cache", old.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task The_switch_of_language_keeps_the_address_and_its_query()
    {
        var page = await site.GetAsync("/accessibility?x=1&y=a%26b");
        Assert.Contains("href=\"/accessibility?x=1&amp;y=a%26b&amp;lang=fr\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_has_not_changed_is_not_sent_again()
    {
        using var first = await site.Client.GetAsync(new Uri("/accessibility", UriKind.Relative));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/accessibility");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var again = await site.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);

        var vintage = Directory.CreateDirectory(Path.Combine(site.Folder.Vintages, "openalex-0000000000000000"));
        using var after = new HttpRequestMessage(HttpMethod.Get, "/accessibility");
        after.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var changed = await site.Client.SendAsync(after);
        vintage.Delete();
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
    }
}
