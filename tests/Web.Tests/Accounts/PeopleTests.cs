using System.Net;
using Entente.Core.Kernel;

namespace Entente.Web.Tests.Accounts;

/// <summary>One's own account, and the accounts of others, through the pages.</summary>
[Collection(SiteCollection.Name)]
public sealed class PeopleTests(Site site)
{
    static async Task<string> TextAsync(HttpResponseMessage answer) => await answer.Content.ReadAsStringAsync();

    [Fact]
    public async Task A_person_changes_name_and_password_and_is_told_what_is_wrong()
    {
        using var person = await SignedIn.Async(site, AccountRole.Reader, "cnrs");
        using var renamed = await person.PostAsync("/account/name", ("name", "Zoé Newname"));
        Assert.Equal("/account?done=name", renamed.Headers.Location!.OriginalString);
        Assert.Contains("Zoé Newname", (await person.PageAsync("/account?done=name")).QuerySelector(".tools")!.TextContent, StringComparison.Ordinal);
        foreach (var (current, next, again, field) in new[]
        {
            ("wrong", "another plain sentence", "another plain sentence", "current"), (person.Password, "short", "short", "password"),
            (person.Password, "another plain sentence", "another plain sentense", "again"),
        })
        {
            using var refused = await person.PostAsync("/account/password", ("current", current), ("password", next), ("again", again));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            var text = await TextAsync(refused);
            Assert.Contains($"href=\"#f-{field}\"", text, StringComparison.Ordinal);
            Assert.DoesNotContain(next, text, StringComparison.Ordinal);
        }
        using var changed = await person.PostAsync("/account/password", ("current", person.Password), ("password", "another plain sentence"), ("again", "another plain sentence"));
        Assert.Equal("/account?done=password", changed.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await person.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task The_second_factor_is_set_up_asked_for_and_turned_off()
    {
        using var person = await SignedIn.Async(site, AccountRole.Reader, "cnrs");
        var setup = await person.PageAsync("/account/second-factor");
        var uri = setup.QuerySelector("a[href^='otpauth://']")!.GetAttribute("href")!;
        var secret = uri.Split("secret=")[1].Split('&')[0];
        using var wrong = await person.PostAsync("/account/second-factor", ("code", "000000"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        using var on = await person.PostAsync("/account/second-factor", ("code", Totp.Code(secret)));
        var codes = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await TextAsync(on)).QuerySelector("pre")!.TextContent.Split('\n');
        Assert.Equal(10, codes.Length);
        using var left = await person.PostAsync("/sign-out");
        person.ForgetToken();
        using var step = await person.PostAsync("/sign-in?return=/claims", ("email", person.Email), ("password", person.Password));
        Assert.Equal("/sign-in/code?return=%2Fclaims", step.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, (await person.GetAsync("/account")).StatusCode);
        using var entered = await person.PostAsync("/sign-in/code?return=/claims", ("code", codes[3]));
        Assert.Equal("/claims", entered.Headers.Location!.OriginalString);
        person.ForgetToken();
        using var kept = await person.PostAsync("/account/second-factor/remove", ("current", "wrong"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, kept.StatusCode);
        using var off = await person.PostAsync("/account/second-factor/remove", ("current", person.Password));
        Assert.Equal("/account?done=factor-off", off.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task An_administrator_of_one_side_invites_gives_and_takes_there_alone()
    {
        using var admin = await SignedIn.Async(site, AccountRole.Administrator, "cnrs");
        using var person = await SignedIn.Async(site, AccountRole.Reader, "cnrs");
        using var stranger = await SignedIn.Async(site, AccountRole.Reader, "imperial");
        var list = await admin.PageAsync("/people");
        Assert.Contains(person.Email, list.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(stranger.Email, list.Body.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync($"/people/{stranger.Account}")).StatusCode);
        using var given = await admin.PostAsync($"/people/{person.Account}/roles", ("role", "Coordinator"), ("side", "cnrs"), ("scope", ""));
        Assert.Equal($"/people/{person.Account}?done=given", given.Headers.Location!.OriginalString);
        foreach (var side in new[] { "imperial", "" })
        {
            using var refused = await admin.PostAsync($"/people/{person.Account}/roles", ("role", "Coordinator"), ("side", side), ("scope", ""));
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }
        foreach (var (role, side, scope) in new[] { ("King", "cnrs", ""), ("99", "cnrs", ""), ("Reader", "atlantis", ""), ("Reader", "cnrs", "structures/none") })
        {
            using var wrong = await admin.PostAsync("/people/invitations", ("role", role), ("side", side), ("scope", scope));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        }
        var take = (await admin.PageAsync($"/people/{person.Account}")).QuerySelectorAll("form[action$='/take']")[^1].GetAttribute("action")!;
        using var taken = await admin.PostAsync(take);
        Assert.Equal(HttpStatusCode.SeeOther, taken.StatusCode);
    }

    [Fact]
    public async Task An_invitation_is_made_on_the_page_and_its_link_opens()
    {
        using var admin = await SignedIn.Async(site, AccountRole.Administrator);
        using var made = await admin.PostAsync("/people/invitations", ("role", "PartnershipOfficer"), ("side", "imperial"), ("scope", "structures/majulab"), ("email", "new.person@example.org"), ("name", "New Person"));
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        Assert.True(made.Headers.CacheControl!.NoStore);
        var link = new Uri(new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await TextAsync(made)).QuerySelector("pre")!.TextContent);
        Assert.Equal(site.Address.Authority, link.Authority);
        using var page = await site.Client.GetAsync(link);
        var text = await TextAsync(page);
        Assert.Contains("partnership officer for Imperial, limited to structures/majulab", text, StringComparison.Ordinal);
        Assert.Contains("new.person@example.org", text, StringComparison.Ordinal);
        var withdraw = (await admin.PageAsync("/people")).QuerySelectorAll("li").Single(li => li.TextContent.Contains("new.person", StringComparison.Ordinal)).QuerySelector("form")!.GetAttribute("action")!;
        using var withdrawn = await admin.PostAsync(withdraw);
        Assert.Equal(HttpStatusCode.NotFound, (await site.Client.GetAsync(link)).StatusCode);
    }

    [Fact]
    public async Task Closing_asks_to_be_sure_and_ends_the_sessions()
    {
        using var admin = await SignedIn.Async(site, AccountRole.Administrator);
        using var person = await SignedIn.Async(site, AccountRole.Reader, "cnrs");
        using var unsure = await admin.PostAsync($"/people/{person.Account}/close");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unsure.StatusCode);
        using var closed = await admin.PostAsync($"/people/{person.Account}/close", ("sure", "yes"));
        Assert.Equal("/people?done=closed", closed.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, (await person.GetAsync("/account")).StatusCode);
    }

    [Theory, InlineData("en"), InlineData("fr")]
    public async Task The_permissions_page_says_what_the_table_says(string lang)
    {
        var text = await site.GetAsync($"/permissions?lang={lang}");
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(text);
        foreach (var (permission, roles) in Core.Accounts.Permissions.Matrix)
            Assert.Equal(roles.Count, page.QuerySelectorAll($"#{permission} .chip").Length);
    }
}
