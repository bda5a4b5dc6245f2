using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Accounts;

public sealed class InvitingTests
{
    static readonly Acceptance Ada = new("Ada", "ada@example.org", People.Password);

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task The_first_link_makes_one_administrator_and_no_second(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        var people = new People(world);
        var links = new[] { (await Inviting.FirstLinkAsync(people.Operator, default))!, (await Inviting.FirstLinkAsync(people.Operator, default))! };
        var first = await Joining.AcceptAsync(people.As(Actor.Anyone), links[0].Key, Ada, default);
        Assert.True(first.Ok, first.Refusal?.Message.En);
        Assert.Equal([new Grant(AccountRole.Administrator, null, null)], (await people.ActorAsync(first.Value.Id)).Grants);
        foreach (var link in links)
            Assert.Equal("invitation-gone", (await Joining.AcceptAsync(people.As(Actor.Anyone), link.Key, Ada with { Email = "eve@example.org" }, default)).Refusal?.Code);
        Assert.Null(await Inviting.FirstLinkAsync(people.Operator, default));
        Assert.Equal(1, await world.Db.Accounts.CountAsync());
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task Of_many_who_use_one_link_at_once_one_joins(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        var people = new People(world);
        var link = (await Inviting.InviteAsync(people.Operator, new(AccountRole.Coordinator, "cnrs"), default)).Value;
        var joined = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() =>
            Joining.AcceptAsync(people.As(Actor.Anyone), link.Key, Ada with { Email = $"ada{i}@example.org" }, default))));
        Assert.Single(joined, j => j.Ok);
        Assert.All(joined.Where(j => !j.Ok), j => Assert.Equal("invitation-gone", j.Refusal!.Code));
        Assert.Equal(1, await world.Db.RoleGrants.CountAsync());
    }

    [Fact]
    public async Task A_link_is_good_once_and_for_its_time_and_until_it_is_withdrawn()
    {
        await using var world = await TestWorld.OpenAsync();
        var people = new People(world);
        async Task<NewLink> InviteAsync() => (await Inviting.InviteAsync(people.Operator, new(AccountRole.Reader, "cnrs"), default)).Value;
        async Task<string?> TryAsync(NewLink link) => (await Joining.AcceptAsync(people.As(Actor.Anyone), link.Key, Ada, default)).Refusal?.Code;
        var (used, late, withdrawn) = (await InviteAsync(), await InviteAsync(), await InviteAsync());
        Assert.True((await Inviting.WithdrawAsync(people.Operator, withdrawn.Id, default)).Ok);
        Assert.Equal("invitation-gone", await TryAsync(withdrawn));
        Assert.Null(await TryAsync(used));
        Assert.Equal("invitation-gone", await TryAsync(used));
        people.Clock.Move(TimeSpan.FromDays(14));
        Assert.Equal("invitation-gone", await TryAsync(late));
        Assert.Equal("invitation-gone", await TryAsync(late with { Key = "made-up" }));
    }

    [Fact]
    public async Task What_is_wrong_with_the_form_does_not_spend_the_link()
    {
        await using var world = await TestWorld.OpenAsync();
        var people = new People(world);
        var link = (await Inviting.InviteAsync(people.Operator, new(AccountRole.Reader, "cnrs"), default)).Value;
        foreach (var (acceptance, field) in new[]
        {
            (Ada with { Name = " " }, "name"), (Ada with { Email = "nowhere" }, "email"), (Ada with { Password = "short" }, "password"),
            (Ada with { Password = "aaaaaaaaaaaaaaaa" }, "password"), (Ada with { Email = "longname@example.org", Password = "my longname and more" }, "password"),
        })
            Assert.Equal(field, (await Joining.AcceptAsync(people.As(Actor.Anyone), link.Key, acceptance, default)).Refusal?.Field);
        Assert.True((await Joining.AcceptAsync(people.As(Actor.Anyone), link.Key, Ada, default)).Ok);
    }

    [Fact]
    public async Task Whoever_has_an_account_takes_the_role_with_it()
    {
        await using var world = await TestWorld.OpenAsync();
        var people = new People(world);
        var ada = await people.JoinAsync("Ada", new Grant(AccountRole.Reader, "cnrs", null));
        var link = (await Inviting.InviteAsync(people.Operator, new(AccountRole.Coordinator, "imperial", null, People.EmailOf("Ada")), default)).Value;
        Assert.Equal("account-exists", (await Joining.AcceptAsync(people.As(Actor.Anyone), link.Key, Ada, default)).Refusal?.Code);
        Assert.True((await Joining.TakeRoleAsync(people.As(ada), link.Key, default)).Ok);
        Assert.Equal("invitation-gone", (await Joining.TakeRoleAsync(people.As(ada), link.Key, default)).Refusal?.Code);
        Assert.Equal(["cnrs", "imperial"], (await people.ActorAsync(ada.Account!.Value)).Sides.Order());
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_recovery_sets_the_password_and_ends_what_guarded_the_account(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        var people = new People(world);
        var ada = await people.JoinAsync("Ada");
        var key = await Sessions.StartAsync(people.As(Actor.Anyone), ada.Account!.Value, SignInMethod.Password, People.Home, default);
        var link = (await Inviting.RecoverAsync(people.Operator, People.EmailOf("Ada"), default)).Value;
        Assert.True((await Joining.AcceptAsync(people.As(Actor.Anyone), link.Key, new("", "", "another plain sentence"), default)).Ok);
        Assert.Null(await Sessions.FindAsync(world.Db, key, people.Clock.GetUtcNow(), default));
        Assert.Equal("sign-in-wrong", (await people.SignInAsync("Ada")).Refusal?.Code);
        Assert.True((await people.SignInAsync("Ada", "another plain sentence")).Ok);
        Assert.Equal("invitation-gone", (await Inviting.FindAsync(people.As(Actor.Anyone), link.Key, default)).Refusal?.Code);
    }

    [Fact]
    public async Task Neither_keys_nor_names_nor_hashes_reach_the_journal()
    {
        await using var world = await TestWorld.OpenAsync();
        var people = new People(world);
        var link = (await Inviting.InviteAsync(people.Operator, new(AccountRole.Reader, "cnrs", null, "secret.address@example.org", "Secret Name"), default)).Value;
        var account = (await Joining.AcceptAsync(people.As(Actor.Anyone), link.Key, new("Secret Name", "", People.Password), default)).Value;
        var session = await Sessions.StartAsync(people.As(Actor.Anyone), account.Id, SignInMethod.Password, People.Home, default);
        var ada = await people.ActorAsync(account.Id);
        var authenticator = (await SecondFactor.BeginAsync(people.As(ada), default)).Value;
        var codes = (await SecondFactor.ConfirmAsync(people.As(ada), Authenticator.Code(authenticator.Secret), default)).Value;
        var texts = await world.Db.Journal.Select(j => $"{j.Who} {j.Verb} {j.Subject} {j.Detail}").ToListAsync();
        texts.AddRange(await world.Db.Set<JournalChange>().Select(c => $"{c.RowKey} {c.Before} {c.After}").ToListAsync());
        Assert.Contains(texts, text => text.Contains("account.create", StringComparison.Ordinal));
        var all = string.Join('\n', texts);
        foreach (var secret in new[] { "secret.address", "SECRET.ADDRESS", "Secret Name", link.Key, Secrets.Hash(link.Key), session, Secrets.Hash(session), account.PasswordHash!,
            account.SecurityStamp!, authenticator.Secret, codes[0].Replace("-", "", StringComparison.Ordinal), Secrets.Hash(codes[0].Replace("-", "", StringComparison.Ordinal)) })
            Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_recovery_ends_when_the_account_is_given_a_role(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        var people = new People(world);
        var ada = await people.JoinAsync("Ada", new Grant(AccountRole.Reader, "imperial", null));
        var bob = await people.JoinAsync("Bob", new Grant(AccountRole.Administrator, "imperial", null));
        async Task<NewLink> RecoveryAsync() => (await Inviting.RecoverAsync(people.As(bob), ada.Account!.Value, default)).Value;
        async Task<string?> UseAsync(NewLink link) => (await Joining.AcceptAsync(people.As(Actor.Anyone), link.Key, new("", "", "another four plain words"), default)).Refusal?.Code;
        Assert.Null(await UseAsync(await RecoveryAsync()));

        // Whoever administers one side must not come by what the other side trusts the person with.
        var granted = await RecoveryAsync();
        Assert.True((await Granting.GrantAsync(people.Operator, ada.Account!.Value, new(AccountRole.Coordinator, "imperial", null), default)).Ok);
        Assert.Equal("invitation-gone", await UseAsync(granted));
        var offer = (await Inviting.InviteAsync(people.Operator, new(AccountRole.PartnershipOfficer, "cnrs"), default)).Value;
        var taken = await RecoveryAsync();
        Assert.True((await Joining.TakeRoleAsync(people.As(await people.ActorAsync(ada.Account!.Value)), offer.Key, default)).Ok);
        Assert.Equal("invitation-gone", await UseAsync(taken));
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task What_somebody_may_no_more_give_their_links_give_no_more(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        var people = new People(world);
        var bob = await people.JoinAsync("Bob", new Grant(AccountRole.Administrator, "imperial", null));
        var ada = await people.JoinAsync("Ada", new Grant(AccountRole.Reader, "imperial", null));
        async Task<NewLink> InviteAsync() => (await Inviting.InviteAsync(people.As(bob), new(AccountRole.Administrator, "imperial"), default)).Value;
        async Task<string?> UseAsync(NewLink link, string name) => (await Joining.AcceptAsync(people.As(Actor.Anyone), link.Key, new(name, People.EmailOf(name), People.Password), default)).Refusal?.Code;
        var (used, left) = (await InviteAsync(), await InviteAsync());
        var recovery = (await Inviting.RecoverAsync(people.As(bob), ada.Account!.Value, default)).Value;
        Assert.Null(await UseAsync(used, "Cyd"));
        var grant = await world.Db.RoleGrants.SingleAsync(g => g.Account == bob.Account);
        Assert.True((await Granting.RevokeAsync(people.Operator, grant.Id, default)).Ok);
        Assert.Equal("invitation-gone", await UseAsync(left, "Eve"));
        Assert.Equal("invitation-gone", await UseAsync(recovery, "Eve"));
        // Given the role again, Bob stands by what he sent.
        Assert.True((await Granting.GrantAsync(people.Operator, bob.Account!.Value, new(AccountRole.Administrator, "imperial", null), default)).Ok);
        Assert.Null(await UseAsync(left, "Dan"));
    }
}
