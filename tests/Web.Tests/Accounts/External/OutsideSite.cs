using System.Net;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Web.Accounts.External;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Web.Tests.Accounts.External;

/// <summary>A host with an empty record, and one provider of each kind at the addresses given.</summary>
sealed class OutsideSite : IAsyncDisposable
{
    WebApplication _app = null!;

    public DataFolder Folder { get; } = new(Directory.CreateTempSubdirectory("entente-outside-").FullName);
    public Uri Address { get; private set; } = null!;

    public static async Task<OutsideSite> StartAsync(string issuer, string client = LoopbackProvider.Client, string secret = LoopbackProvider.Secret)
    {
        var site = new OutsideSite();
        await using (var db = site.Folder.OpenDb()) await Migrator.RunAsync(db, default);
        var providers = OutsideProviders.Read(new Dictionary<string, string>
        {
            ["ENTENTE_OIDC_CAMPUS_ISSUER"] = issuer, ["ENTENTE_OIDC_CAMPUS_CLIENT"] = client, ["ENTENTE_OIDC_CAMPUS_SECRET"] = secret, ["ENTENTE_OIDC_CAMPUS_NAME"] = "Campus",
            ["ENTENTE_ORCID_ISSUER"] = issuer, ["ENTENTE_ORCID_CLIENT"] = client, ["ENTENTE_ORCID_SECRET"] = secret,
        });
        Assert.Equal(2, providers.All.Count);
        site._app = EntenteWeb.Build(site.Folder, ["http://127.0.0.1:0"], outside: providers);
        await site._app.StartAsync();
        site.Address = new(site._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return site;
    }

    public Task<SignedIn> PersonAsync() => SignedIn.Async(Folder, Address, new Grant(AccountRole.PartnershipOfficer, "cnrs", null));

    /// <summary>A browser with cookies, in which nobody is signed in. Follows no redirects.</summary>
    public HttpClient Browser() => new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = Address };

    /// <summary>Goes to the provider, and follows its way back up to the door, which is not opened yet.</summary>
    public static async Task<Uri> ReturnAsync(HttpClient browser, string start)
    {
        using var sent = await browser.GetAsync(new Uri(start, UriKind.Relative));
        Assert.True(sent.StatusCode == HttpStatusCode.Redirect, $"{start}: {sent.StatusCode} {await sent.Content.ReadAsStringAsync()}");
        using var answered = await browser.GetAsync(sent.Headers.Location);
        Assert.True(answered.StatusCode == HttpStatusCode.Redirect, $"{sent.Headers.Location}: {answered.StatusCode}");
        return answered.Headers.Location!;
    }

    public static async Task<HttpResponseMessage> ThroughAsync(HttpClient browser, string start) => await browser.GetAsync(await ReturnAsync(browser, start));

    /// <summary>Links what the provider answers to the person's account, as they would: there, back, and yes.</summary>
    public static async Task LinkAsync(SignedIn person, string key = "campus")
    {
        using var asked = await ThroughAsync(person.Client, $"/account/outside/{key}");
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        using var linked = await person.PostAsync("/account/outside", ("vouched", await VouchedAsync(asked)));
        Assert.True(linked.StatusCode == HttpStatusCode.SeeOther, await linked.Content.ReadAsStringAsync());
    }

    public static async Task<string> VouchedAsync(HttpResponseMessage page) =>
        new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await page.Content.ReadAsStringAsync()).QuerySelector("input[name=vouched]")!.GetAttribute("value")!;

    public static async Task<bool> IsInAsync(HttpClient browser)
    {
        using var answer = await browser.GetAsync(new Uri("/account/outside", UriKind.Relative));
        return answer.StatusCode == HttpStatusCode.OK;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder.Root, recursive: true);
    }
}
