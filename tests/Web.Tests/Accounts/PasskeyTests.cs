using Entente.Core.Kernel;
using Entente.Tests;
using Microsoft.Playwright;

namespace Entente.Web.Tests.Accounts;

/// <summary>A passkey from its making to its end, in a real browser with an authenticator that the browser plays itself.</summary>
[Collection(SiteCollection.Name)]
public sealed class PasskeyTests(Site site, Browser browser)
{
    // A passkey belongs to a name, not to a number of an address.
    string At(string path) => $"http://localhost:{site.Address.Port}{path}";

    static async Task PluginAsync(IPage page)
    {
        var protocol = await page.Context.NewCDPSessionAsync(page);
        await protocol.SendAsync("WebAuthn.enable");
        await protocol.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true,
                ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
    }

    async Task SignInByPasswordAsync(IPage page, SignedIn person)
    {
        await page.GotoAsync(At("/sign-in"));
        await page.Locator("#f-email").FillAsync(person.Email);
        await page.Locator("#f-password").FillAsync(person.Password);
        await page.Locator("main button[type=submit]").First.ClickAsync();
        await page.WaitForURLAsync(At("/"));
    }

    [BrowserFact]
    public async Task A_passkey_is_added_signs_in_without_a_password_and_is_removed()
    {
        using var person = await SignedIn.Async(site, AccountRole.Reader, "cnrs");
        var page = await browser.OpenAsync(site);
        await PluginAsync(page);
        await SignInByPasswordAsync(page, person);
        await page.GotoAsync(At("/account"));
        await page.Locator("#passkey-name").FillAsync("Blue key");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await page.WaitForURLAsync("**/account?done=passkey*");
        Assert.Contains("Blue key", await page.Locator("#passkeys >> xpath=ancestor::section").InnerTextAsync(), StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        for (var round = 0; round < 2; round++)
        {
            await page.GotoAsync(At("/sign-in?return=/claims"));
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
            await page.WaitForURLAsync(At("/claims"));
            Assert.Contains(person.Name, await page.Locator(".tools").InnerTextAsync(), StringComparison.Ordinal);
            if (round == 0) await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        }

        await page.GotoAsync(At("/account"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove Blue key" }).ClickAsync();
        await page.WaitForURLAsync("**/account?done=passkey-removed");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GotoAsync(At("/sign-in"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-passkey] [role=alert]")).ToContainTextAsync("could not be checked");
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Without_scripts_no_button_promises_a_passkey()
    {
        var page = await browser.OpenAsync(site, scripts: false);
        await page.GotoAsync(At("/sign-in"));
        Assert.Equal(0, await page.Locator("[data-passkey] button").CountAsync());
        await page.Context.CloseAsync();
    }
}
