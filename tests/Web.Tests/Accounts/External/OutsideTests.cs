using System.Net;
using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Web.Tests.Accounts.External;

public sealed class OutsideTests : IAsyncLifetime
{
    LoopbackProvider _provider = null!;
    OutsideSite _site = null!;

    public async Task InitializeAsync()
    {
        _provider = await LoopbackProvider.StartAsync();
        _site = await OutsideSite.StartAsync(_provider.Issuer);
    }

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_linked_identity_signs_in_like_a_password(bool bodyOnly)
    {
        _provider.TakesBodyOnly = bodyOnly;
        using var person = await _site.PersonAsync();
        await OutsideSite.LinkAsync(person);
        using var browser = _site.Browser();
        using var back = await OutsideSite.ThroughAsync(browser, "/sign-in/with/campus?return=%2Fpermissions");
        Assert.Equal((HttpStatusCode.SeeOther, "/permissions"), (back.StatusCode, back.Headers.Location!.ToString()));
        Assert.True(await OutsideSite.IsInAsync(browser));
        await using var db = _site.Folder.OpenDb();
        var session = await db.Sessions.OrderBy(s => s.Id).LastAsync();
        Assert.Equal((person.Account, SignInMethod.Provider), (session.Account, session.Method));
        Assert.Contains("code_challenge_method=S256", _provider.LastAuthorize, StringComparison.Ordinal);
        Assert.DoesNotContain(LoopbackProvider.Secret, _provider.LastAuthorize, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Misdeed.WrongNonce, "outside-token"), InlineData(Misdeed.NoNonce, "outside-token"), InlineData(Misdeed.WrongAudience, "outside-token")]
    [InlineData(Misdeed.TwoAudiences, "outside-token"), InlineData(Misdeed.OtherParty, "outside-token"), InlineData(Misdeed.Expired, "outside-token")]
    [InlineData(Misdeed.NotYet, "outside-token"), InlineData(Misdeed.NoExpiry, "outside-token"), InlineData(Misdeed.NoSubject, "outside-token")]
    [InlineData(Misdeed.UnknownKey, "outside-token"), InlineData(Misdeed.ForgedKey, "outside-token"), InlineData(Misdeed.SharedSecret, "outside-token")]
    [InlineData(Misdeed.Unsigned, "outside-token"), InlineData(Misdeed.TokenOfOther, "outside-token"), InlineData(Misdeed.NoToken, "outside-token")]
    [InlineData(Misdeed.NamesOther, "outside-issuer"), InlineData(Misdeed.TokenDown, "outside-down"), InlineData(Misdeed.Denies, "outside-denied")]
    public async Task A_word_that_cannot_be_trusted_opens_nothing(Misdeed misdeed, string code)
    {
        using var person = await _site.PersonAsync();
        await OutsideSite.LinkAsync(person);
        _provider.Misdeed = misdeed;
        using var browser = _site.Browser();
        using var back = await OutsideSite.ThroughAsync(browser, "/sign-in/with/campus");
        Assert.Contains($"<code>{code}</code>", await back.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(await OutsideSite.IsInAsync(browser));
    }

    [Theory, InlineData(Misdeed.DescribedAsOther, "outside-issuer"), InlineData(Misdeed.DescriptionDown, "outside-down"), InlineData(Misdeed.NotJson, "outside-down")]
    public async Task A_provider_that_does_not_describe_itself_as_set_is_not_gone_to(Misdeed misdeed, string code)
    {
        _provider.Misdeed = misdeed;
        using var browser = _site.Browser();
        using var refused = await browser.GetAsync(new Uri("/sign-in/with/campus", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains($"<code>{code}</code>", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        _provider.Misdeed = Misdeed.None;
        await OutsideSite.ReturnAsync(browser, "/sign-in/with/campus");
    }

    [Fact]
    public async Task A_provider_that_is_gone_is_said_to_be()
    {
        using var browser = _site.Browser();
        await _provider.DisposeAsync();
        using var refused = await browser.GetAsync(new Uri("/sign-in/with/campus", UriKind.Relative));
        Assert.Contains("<code>outside-down</code>", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_counts_once_in_the_browser_that_asked_and_nowhere_else()
    {
        using var person = await _site.PersonAsync();
        await OutsideSite.LinkAsync(person);
        using HttpClient browser = _site.Browser(), other = _site.Browser(), forged = _site.Browser();
        var back = await OutsideSite.ReturnAsync(browser, "/sign-in/with/campus");
        await RefusedAsync(other, back, "outside-state");
        await RefusedAsync(browser, new Uri(back.ToString().Replace("state=", "state=x", StringComparison.Ordinal)), "outside-state");
        // The state of one's own, the code of another: the proof that goes with the code is in the state.
        var own = await OutsideSite.ReturnAsync(forged, "/sign-in/with/campus");
        await RefusedAsync(forged, new Uri($"{_site.Address}sign-in/with/campus/back?state={Uri.EscapeDataString(LoopbackProvider.QueryOf(own, "state"))}&code={LoopbackProvider.QueryOf(back, "code")}"), "outside-code");
        await RefusedAsync(browser, new Uri(back.ToString().Replace("/campus/", "/orcid/", StringComparison.Ordinal)), "outside-state");
        using var fresh = _site.Browser();
        var good = await OutsideSite.ReturnAsync(fresh, "/sign-in/with/campus");
        using (var entered = await fresh.GetAsync(good)) Assert.Equal(HttpStatusCode.SeeOther, entered.StatusCode);
        using var replayed = await fresh.GetAsync(good);
        Assert.Contains("<code>outside-state</code>", await replayed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_keys_of_a_provider_are_learnt_from_the_first_token_that_bears_one()
    {
        using var person = await _site.PersonAsync();
        await OutsideSite.LinkAsync(person);
        var asked = _provider.Descriptions;
        using (var browser = _site.Browser())
        {
            using var again = await OutsideSite.ThroughAsync(browser, "/sign-in/with/campus");
            Assert.Equal((HttpStatusCode.SeeOther, asked), (again.StatusCode, _provider.Descriptions));
        }
        _provider.Rotate();
        using var other = _site.Browser();
        using var back = await OutsideSite.ThroughAsync(other, "/sign-in/with/campus");
        Assert.Equal((HttpStatusCode.SeeOther, asked + 1), (back.StatusCode, _provider.Descriptions));
    }

    [Fact]
    public async Task An_address_that_matches_an_account_opens_nothing()
    {
        using var person = await _site.PersonAsync();
        _provider.Email = person.Email;
        using var browser = _site.Browser();
        using var back = await OutsideSite.ThroughAsync(browser, "/sign-in/with/campus");
        Assert.Equal(HttpStatusCode.Forbidden, back.StatusCode);
        Assert.Contains("<code>not-linked</code>", await back.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await using var db = _site.Folder.OpenDb();
        Assert.Empty(OutsideIdentities.Links(db));
    }

    [Fact]
    public async Task Coming_back_links_nothing_before_the_person_says_so_and_only_for_them()
    {
        using SignedIn person = await _site.PersonAsync(), other = await _site.PersonAsync();
        using var asked = await OutsideSite.ThroughAsync(person.Client, "/account/outside/campus");
        var vouched = await OutsideSite.VouchedAsync(asked);
        await using var db = _site.Folder.OpenDb();
        Assert.Empty(OutsideIdentities.Links(db));
        foreach (var (who, text) in new[] { (other, vouched), (person, vouched + "x"), (person, "") })
        {
            using var refused = await who.PostAsync("/account/outside", ("vouched", text));
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }
        Assert.Empty(OutsideIdentities.Links(db));
        using (await person.PostAsync("/account/outside", ("vouched", vouched))) { }
        Assert.Equal(person.Account, (await OutsideIdentities.Links(db).SingleAsync()).UserId);
        using var taken = await OutsideSite.ThroughAsync(other.Client, "/account/outside/campus");
        using var conflict = await other.PostAsync("/account/outside", ("vouched", await OutsideSite.VouchedAsync(taken)));
        Assert.Contains("<code>linked-elsewhere</code>", await conflict.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_factor_of_the_account_is_asked_all_the_same()
    {
        using var person = await _site.PersonAsync();
        await OutsideSite.LinkAsync(person);
        await using (var db = _site.Folder.OpenDb()) await db.Accounts.Where(a => a.Id == person.Account).ExecuteUpdateAsync(set => set.SetProperty(a => a.TwoFactorEnabled, true));
        using var browser = _site.Browser();
        using var back = await OutsideSite.ThroughAsync(browser, "/sign-in/with/campus");
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        Assert.Contains("action=\"/sign-in/code\"", await back.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(await OutsideSite.IsInAsync(browser));
    }

    [Fact]
    public async Task Whoever_joined_without_a_password_cannot_take_the_last_way_in_away()
    {
        await using var db = _site.Folder.OpenDb();
        var work = new Work(db, _site.Folder, Actor.CommandLine, TimeProvider.System);
        var link = (await Inviting.InviteAsync(work, new(AccountRole.Reader, "cnrs", Email: "new@example.org"), default)).Value;
        using var person = _site.Browser();
        using var asked = await OutsideSite.ThroughAsync(person, $"{link.Path}/with/campus");
        var token = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await asked.Content.ReadAsStringAsync()).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["vouched"] = await OutsideSite.VouchedAsync(asked), ["name"] = "New Person", ["email"] = "ignored@example.org", ["__RequestVerificationToken"] = token,
        });
        using var joined = await person.PostAsync(new Uri($"{link.Path}/with", UriKind.Relative), form);
        Assert.True(joined.StatusCode == HttpStatusCode.SeeOther, await joined.Content.ReadAsStringAsync());
        Assert.True(await OutsideSite.IsInAsync(person));
        var account = await db.Accounts.AsNoTracking().SingleAsync(a => a.Email == "new@example.org");
        Assert.Null(account.PasswordHash);
        Assert.Equal(AccountRole.Reader, (await db.RoleGrants.AsNoTracking().SingleAsync(g => g.Account == account.Id)).Role);
        var own = new Work(db, _site.Folder, new Actor(account.Name) { Account = account.Id }, TimeProvider.System);
        Assert.Equal("last-way-in", (await OutsideIdentities.UnlinkAsync(own, _provider.Issuer, "subject-1", default)).Refusal!.Code);
        Assert.True((await OutsideIdentities.LinkAsync(own, new(_provider.Issuer, "subject-2"), default)).Ok);
        Assert.True((await OutsideIdentities.UnlinkAsync(own, _provider.Issuer, "subject-1", default)).Ok);
        Assert.Equal("last-way-in", (await OutsideIdentities.UnlinkAsync(own, _provider.Issuer, "subject-2", default)).Refusal!.Code);
    }

    [Fact]
    public async Task Orcid_signs_in_by_the_iD_of_its_answer_and_only_a_right_one()
    {
        using var person = await _site.PersonAsync();
        _provider.OrcidAnswer = Answer("0000-0002-1825-0097");
        await OutsideSite.LinkAsync(person, "orcid");
        Assert.Contains("scope=%2Fauthenticate", _provider.LastAuthorize, StringComparison.Ordinal);
        using var browser = _site.Browser();
        using (var back = await OutsideSite.ThroughAsync(browser, "/sign-in/with/orcid")) Assert.Equal(HttpStatusCode.SeeOther, back.StatusCode);
        Assert.True(await OutsideSite.IsInAsync(browser));
        foreach (var wrong in new[] { Answer("0000-0002-1825-0098"), Answer("0000-0002-1825-009X"), Answer("x"), "{\"access_token\":\"t\"}", "[]", "no json" })
        {
            _provider.OrcidAnswer = wrong;
            using var other = _site.Browser();
            using var refused = await OutsideSite.ThroughAsync(other, "/sign-in/with/orcid");
            Assert.True((int)refused.StatusCode is 403 or 409, $"{wrong}: {refused.StatusCode}");
            Assert.False(await OutsideSite.IsInAsync(other));
        }
    }

    [Fact]
    public async Task No_page_shows_the_secret_and_every_page_the_providers()
    {
        using var person = await _site.PersonAsync();
        await OutsideSite.LinkAsync(person);
        foreach (var path in new[] { "/account/outside", "/account/outside?lang=fr" })
        {
            var page = await (await person.GetAsync(path)).Content.ReadAsStringAsync();
            Assert.DoesNotContain(LoopbackProvider.Secret, page, StringComparison.Ordinal);
            Assert.Contains("somebody@example.org", page, StringComparison.Ordinal);
        }
        using var browser = _site.Browser();
        var signIn = await browser.GetStringAsync(new Uri("/sign-in?return=%2Fpermissions", UriKind.Relative));
        Assert.Contains("href=\"/sign-in/with/campus?return=%2Fpermissions\"", signIn, StringComparison.Ordinal);
        Assert.Contains("/sign-in/with/orcid", signIn, StringComparison.Ordinal);
    }

    static async Task RefusedAsync(HttpClient browser, Uri back, string code)
    {
        using var refused = await browser.GetAsync(back);
        Assert.Contains($"<code>{code}</code>", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(await OutsideSite.IsInAsync(browser));
    }

    // As the register's manual prints it.
    static string Answer(string orcid) => $$"""
        {"access_token":"f5af9f51-07e6-4332-8f1a-c0c11c1e3728","token_type":"bearer","refresh_token":"f725f747-3a65-49f6-a231-3e8944ce464d",
        "expires_in":631138518,"scope":"/authenticate","name":"Josiah Carberry","orcid":"{{orcid}}"}
        """;

    [Fact]
    public async Task Whoever_is_signed_in_comes_in_as_nobody_else()
    {
        using var person = await _site.PersonAsync();
        await OutsideSite.LinkAsync(person);
        using var other = await _site.PersonAsync();
        await using var db = _site.Folder.OpenDb();
        var before = await db.Sessions.CountAsync();
        using var back = await OutsideSite.ThroughAsync(other.Client, "/sign-in/with/campus");
        Assert.Equal(HttpStatusCode.Conflict, back.StatusCode);
        Assert.Contains("<code>signed-in-already</code>", await back.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(before, await db.Sessions.CountAsync());
    }
}
