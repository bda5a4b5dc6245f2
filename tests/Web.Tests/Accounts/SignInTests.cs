using System.Net;
using AngleSharp.Html.Parser;
using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Web.Tests.Accounts;

/// <summary>Coming in and going out, over HTTP, as browsers and those who mean harm would.</summary>
[Collection(SiteCollection.Name)]
public sealed class SignInTests(Site site)
{
    /// <summary>A browser that was never here.</summary>
    sealed class Stranger : IDisposable
    {
        public Stranger(Uri address) => Client = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = address };

        public CookieContainer Cookies { get; } = new();
        public HttpClient Client { get; }

        public Task<HttpResponseMessage> GetAsync(string path) => Client.GetAsync(new Uri(path, UriKind.Relative));

        public async Task<HttpResponseMessage> SignInAsync(string email, string password, string path = "/sign-in")
        {
            var page = new HtmlParser().ParseDocument(await Client.GetStringAsync(new Uri("/sign-in", UriKind.Relative)));
            var token = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
            using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["email"] = email, ["password"] = password, ["__RequestVerificationToken"] = token });
            return await Client.PostAsync(new Uri(path, UriKind.Relative), form);
        }

        public void Dispose() => Client.Dispose();
    }

    Stranger Comes() => new(site.Address);

    Task<SignedIn> ReaderAsync() => SignedIn.Async(site, AccountRole.Reader, "cnrs");

    // Failures of one test must not lock out the next: all come from one address.
    async Task ForgetAttemptsAsync()
    {
        await using var db = site.Folder.OpenDb();
        await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.ExecuteDeleteAsync(db.SignInAttempts);
    }

    [Fact]
    public async Task Whoever_joins_by_link_is_signed_in_and_can_sign_out()
    {
        using var person = await SignedIn.Async(site, AccountRole.PartnershipOfficer, "cnrs");
        var page = await person.PageAsync("/accessibility");
        Assert.Contains(person.Name, page.QuerySelector(".tools")!.TextContent, StringComparison.Ordinal);
        using var left = await person.PostAsync("/sign-out");
        Assert.Equal(HttpStatusCode.SeeOther, left.StatusCode);
        Assert.DoesNotContain(person.Name, (await person.PageAsync("/accessibility")).QuerySelector(".tools")!.TextContent, StringComparison.Ordinal);
        using var own = await person.GetAsync("/account");
        Assert.Equal("/sign-in?return=%2Faccount", own.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task The_password_opens_a_session_whose_cookie_scripts_and_other_sites_never_see()
    {
        using var person = await ReaderAsync();
        using var browser = Comes();
        using var entered = await browser.SignInAsync(person.Email.ToUpperInvariant(), person.Password, "/sign-in?return=/claims%3Fsource%3DS3");
        Assert.Equal("/claims?source=S3", entered.Headers.Location!.OriginalString);
        var cookie = entered.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("entente=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        using var page = await browser.GetAsync("/account");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task A_key_that_was_there_before_signing_in_opens_nothing_after()
    {
        using var person = await ReaderAsync();
        using var browser = Comes();
        browser.Cookies.Add(site.Address, new Cookie("entente", "planted-by-somebody"));
        using var entered = await browser.SignInAsync(person.Email, person.Password);
        var own = browser.Cookies.GetCookies(site.Address)["entente"]!.Value;
        Assert.NotEqual("planted-by-somebody", own);
        using var thief = Comes();
        thief.Cookies.Add(site.Address, new Cookie("entente", "planted-by-somebody"));
        using var page = await thief.GetAsync("/account");
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
    }

    [Theory]
    [InlineData("https://example.org/"), InlineData("//example.org/"), InlineData("/\\example.org"), InlineData("\\\\example.org"), InlineData("javascript:alert(1)")]
    [InlineData("/%0d%0aLocation:x"), InlineData("/sign-out"), InlineData("example.org"), InlineData("/\t/example.org"), InlineData(" //example.org"), InlineData("/search?q=é")]
    public async Task The_way_back_never_leads_elsewhere(string back)
    {
        using var person = await ReaderAsync();
        using var browser = Comes();
        using var entered = await browser.SignInAsync(person.Email, person.Password, $"/sign-in?return={Uri.EscapeDataString(back)}");
        var target = new Uri(site.Address, entered.Headers.Location!);
        Assert.Equal(site.Address.Authority, target.Authority);
        Assert.StartsWith("/", entered.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.DoesNotContain("example.org", target.Authority, StringComparison.Ordinal);
        Assert.NotEqual("/sign-out", target.AbsolutePath);
    }

    [Fact]
    public async Task After_five_failures_the_name_is_locked_clearly_and_an_unknown_one_alike()
    {
        await ForgetAttemptsAsync();
        using var person = await ReaderAsync();
        using var browser = Comes();
        foreach (var name in new[] { person.Email, "nobody.at.all@example.org" })
        {
            for (var i = 0; i < SigningIn.NameLimit; i++)
            {
                using var wrong = await browser.SignInAsync(name, "not the password");
                Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
                Assert.Contains("The address or the password is wrong", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
            using var locked = await browser.SignInAsync(name, person.Password);
            Assert.Equal(HttpStatusCode.TooManyRequests, locked.StatusCode);
            Assert.Contains("Too many attempts. Try again in 15 minutes.", await locked.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.NotNull(locked.Headers.RetryAfter);
        }
        await ForgetAttemptsAsync();
        using var open = await browser.SignInAsync(person.Email, person.Password);
        Assert.Equal(HttpStatusCode.SeeOther, open.StatusCode);
    }

    [Fact]
    public async Task A_session_ended_elsewhere_is_ended_here()
    {
        using var person = await ReaderAsync();
        using var elsewhere = Comes();
        using var entered = await elsewhere.SignInAsync(person.Email, person.Password);
        var page = await person.PageAsync("/account");
        var end = page.QuerySelector("form[action^='/account/sessions/'][action$='/end']")!.GetAttribute("action")!;
        using var ended = await person.PostAsync(end);
        Assert.Equal("/account?done=session", ended.Headers.Location!.OriginalString);
        using var gone = await elsewhere.GetAsync("/account");
        Assert.Equal(HttpStatusCode.Redirect, gone.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await person.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task A_link_is_shown_to_be_spent()
    {
        NewLink link;
        await using (var db = site.Folder.OpenDb())
            link = (await Inviting.InviteAsync(new Work(db, site.Folder, Actor.CommandLine, TimeProvider.System), new(AccountRole.Reader, "cnrs"), default)).Value;
        using var person = await ReaderAsync();
        using var taken = await person.PostAsync(link.Path);
        Assert.Equal("/account", taken.Headers.Location!.OriginalString);
        using var again = await person.GetAsync(link.Path);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        Assert.Contains("good no more", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/sign-in"), InlineData("/sign-out"), InlineData("/account/name"), InlineData("/people/invitations"), InlineData("/sign-in/passkey")]
    public async Task A_form_without_the_token_of_a_page_is_refused_in_words(string path)
    {
        using var person = await SignedIn.Async(site, AccountRole.Administrator);
        using var empty = new FormUrlEncodedContent([]);
        using var refused = await person.Client.PostAsync(new Uri(path, UriKind.Relative), empty);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("Nothing was changed", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await person.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task The_token_of_another_person_is_no_token()
    {
        using var one = await ReaderAsync();
        using var other = await ReaderAsync();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = "Changed", ["__RequestVerificationToken"] = await other.TokenAsync() });
        using var refused = await one.Client.PostAsync(new Uri("/account/name", UriKind.Relative), form);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task Pages_of_a_signed_in_reader_are_kept_by_no_cache_and_share_no_tag()
    {
        using var person = await ReaderAsync();
        using var open = await site.Client.GetAsync(new Uri("/claims", UriKind.Relative));
        var tag = open.Headers.ETag!;
        Assert.True(open.Headers.CacheControl!.Public);
        using var own = await person.GetAsync("/claims");
        Assert.Null(own.Headers.ETag);
        Assert.True(own.Headers.CacheControl!.NoStore && own.Headers.CacheControl.Private);
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/claims") { Headers = { IfNoneMatch = { tag } } };
        using var answer = await person.Client.SendAsync(asked);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Cookie", open.Headers.Vary);
        using var form = await site.Client.GetAsync(new Uri("/sign-in", UriKind.Relative));
        Assert.True(form.Headers.CacheControl!.NoStore);
    }
}
