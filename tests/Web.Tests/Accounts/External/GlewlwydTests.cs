using System.Net;
using Entente.Core.Accounts;
using Entente.Tests;
using Microsoft.EntityFrameworkCore;

namespace Entente.Web.Tests.Accounts.External;

public sealed class GlewlwydTests
{
    [GlewlwydFact]
    public async Task A_real_provider_opens_the_account_that_it_was_linked_to_also_with_new_keys()
    {
        await using var provider = await Glewlwyd.StartAsync();
        await using var site = await OutsideSite.StartAsync(provider.Issuer, Glewlwyd.Client, Glewlwyd.Secret);
        await provider.AddClientAsync(new(site.Address, "/sign-in/with/campus/back"));
        using var there = await provider.SignInAsync();
        using var person = await site.PersonAsync();

        using (var unlinked = site.Browser())
        {
            using var refused = await unlinked.GetAsync(await BackAsync(unlinked, there, "/sign-in/with/campus"));
            Assert.Contains("<code>not-linked</code>", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using (var asked = await person.Client.GetAsync(await BackAsync(person.Client, there, "/account/outside/campus")))
        {
            Assert.Contains("ada@example.org", await asked.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            using var linked = await person.PostAsync("/account/outside", ("vouched", await OutsideSite.VouchedAsync(asked)));
            Assert.Equal(HttpStatusCode.SeeOther, linked.StatusCode);
        }

        await EnterAsync(site, there);
        await provider.RotateAsync();
        await EnterAsync(site, there);
        await using var db = site.Folder.OpenDb();
        Assert.Equal(2, await db.Sessions.CountAsync(s => s.Account == person.Account && s.Method == SignInMethod.Provider));
    }

    [GlewlwydFact]
    public async Task A_real_provider_gives_nothing_for_a_code_that_was_used_or_is_not_ours()
    {
        await using var provider = await Glewlwyd.StartAsync();
        await using var site = await OutsideSite.StartAsync(provider.Issuer, Glewlwyd.Client, Glewlwyd.Secret);
        await provider.AddClientAsync(new(site.Address, "/sign-in/with/campus/back"));
        using var there = await provider.SignInAsync();
        using HttpClient victim = site.Browser(), thief = site.Browser();
        var back = await BackAsync(victim, there, "/sign-in/with/campus");
        var own = await BackAsync(thief, there, "/sign-in/with/campus");
        var mixed = $"/sign-in/with/campus/back?state={Uri.EscapeDataString(LoopbackProvider.QueryOf(own, "state"))}&code={LoopbackProvider.QueryOf(back, "code")}";
        using var refused = await thief.GetAsync(new Uri(mixed, UriKind.Relative));
        Assert.Contains("<code>outside-code</code>", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    static async Task EnterAsync(OutsideSite site, HttpClient there)
    {
        using var browser = site.Browser();
        using var entered = await browser.GetAsync(await BackAsync(browser, there, "/sign-in/with/campus"));
        Assert.True(entered.StatusCode == HttpStatusCode.SeeOther, await entered.Content.ReadAsStringAsync());
        Assert.True(await OutsideSite.IsInAsync(browser));
    }

    static async Task<Uri> BackAsync(HttpClient browser, HttpClient there, string start)
    {
        using var sent = await browser.GetAsync(new Uri(start, UriKind.Relative));
        Assert.True(sent.StatusCode == HttpStatusCode.Redirect, await sent.Content.ReadAsStringAsync());
        return await Glewlwyd.ContinueAsync(there, sent.Headers.Location!);
    }
}
