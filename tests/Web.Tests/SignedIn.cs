using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.Playwright;

namespace Entente.Web.Tests;

/// <summary>
/// A person of a fresh account with the roles asked for, signed in over HTTP: invited by the verb, joined through the page behind the
/// link, with a session like any other. Follows no redirects.
/// </summary>
public sealed class SignedIn : IDisposable
{
    const string TokenField = "__RequestVerificationToken";

    static int _count;

    readonly CookieContainer _cookies = new();
    readonly DataFolder _folder;
    string? _token;

    SignedIn(DataFolder folder, Uri address, string name)
    {
        (_folder, Address, Name) = (folder, address, name);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = _cookies }) { BaseAddress = address };
    }

    public HttpClient Client { get; }
    public Uri Address { get; }
    public int Account { get; private set; }
    public string Name { get; }
    public string Email => $"{Name.Replace(' ', '.').ToLowerInvariant()}@example.org";
    public string Password => "four plain words here";

    /// <summary>Somebody with one role; side null is the whole installation.</summary>
    public static Task<SignedIn> Async(Site site, AccountRole role, string? side = null, string? scope = null) =>
        Async(site.Folder, site.Address, new Grant(role, side, scope));

    /// <summary>Somebody with any number of roles, on any host.</summary>
    public static async Task<SignedIn> Async(DataFolder folder, Uri address, params Grant[] grants)
    {
        var person = new SignedIn(folder, address, $"Tester {Interlocked.Increment(ref _count)}");
        await using var db = folder.OpenDb();
        var work = new Work(db, folder, Actor.CommandLine, TimeProvider.System);
        var first = grants.Length > 0 ? grants[0] : new(AccountRole.Reader, "nobody", null);
        var link = (await Inviting.InviteAsync(work, new(first.Role, first.Side, first.Scope, person.Email), default)).Value;
        using var joined = await person.PostAsync(link.Path, ("name", person.Name), ("password", person.Password), ("again", person.Password));
        Assert.Equal(HttpStatusCode.SeeOther, joined.StatusCode);
        person._token = null;
        person.Account = db.Accounts.Single(a => a.Email == person.Email).Id;
        foreach (var more in grants.Skip(1)) Assert.True((await Granting.GrantAsync(work, person.Account, more, default)).Ok);
        return person;
    }

    public Task<HttpResponseMessage> GetAsync(string path) => Client.GetAsync(new Uri(path, UriKind.Relative));

    /// <summary>A page that answers 200, parsed.</summary>
    public async Task<IHtmlDocument> PageAsync(string path)
    {
        using var answer = await GetAsync(path);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path} answers {(int)answer.StatusCode}: {body[..Math.Min(body.Length, 2000)]}");
        return new HtmlParser().ParseDocument(body);
    }

    /// <summary>Sends a form as the browser would, with the token that the pages of this session carry.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        var token = await TokenAsync();
        using var form = new FormUrlEncodedContent(fields.Append((Name: TokenField, Value: token)).Select(f => KeyValuePair.Create(f.Name, f.Value)));
        return await Client.PostAsync(new Uri(path, UriKind.Relative), form);
    }

    /// <summary>Sends a form with files; the token is added.</summary>
    public async Task<HttpResponseMessage> PostFilesAsync(string path, MultipartFormDataContent form)
    {
        form.Add(new StringContent(await TokenAsync()), TokenField);
        return await Client.PostAsync(new Uri(path, UriKind.Relative), form);
    }

    /// <summary>The token for forms, from a page: the sign-out form of any page once signed in, the sign-in form before.</summary>
    public async Task<string> TokenAsync()
    {
        if (_token is not null) return _token;
        using var door = await GetAsync("/sign-in");
        var page = await PageAsync(door.StatusCode == HttpStatusCode.OK ? "/sign-in" : "/accessibility");
        return _token = page.QuerySelector($"input[name={TokenField}]")!.GetAttribute("value")!;
    }

    /// <summary>After signing in or out: tokens are bound to who one is.</summary>
    public void ForgetToken() => _token = null;

    /// <summary>Puts this session into a browser.</summary>
    public Task EnterAsync(IPage page) => page.Context.AddCookiesAsync(_cookies.GetCookies(Address).Select(c => new Microsoft.Playwright.Cookie
    {
        Name = c.Name, Value = c.Value, Url = Address.ToString(),
    }));

    public void Dispose() => Client.Dispose();
}
