using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Accounts;

public sealed class GrantingTests
{
    static readonly Grant Whole = new(AccountRole.Administrator, null, null);

    [Theory]
    [InlineData(null, null, null, null, true)]
    [InlineData(null, null, "cnrs", null, true)]
    [InlineData("cnrs", null, "cnrs", null, true)]
    [InlineData("cnrs", null, "cnrs", "structures/x", true)]
    [InlineData("cnrs", null, "imperial", null, false)]
    [InlineData("cnrs", null, null, null, false)]
    [InlineData("cnrs", "structures/x", "cnrs", "structures/x", true)]
    [InlineData("cnrs", "structures/x", "cnrs", "structures/y", false)]
    [InlineData("cnrs", "structures/x", "cnrs", null, false)]
    public async Task An_administrator_gives_invites_and_takes_within_the_own_side(string? side, string? scope, string? forSide, string? forScope, bool may)
    {
        await using var world = await TestWorld.OpenAsync();
        var people = new People(world);
        await people.JoinAsync("Keeper", Whole);
        var admin = await people.JoinAsync("Admin", new Grant(AccountRole.Administrator, side, scope));
        var ada = (await people.JoinAsync("Ada")).Account!.Value;
        var grant = new Grant(AccountRole.Coordinator, forSide, forScope);
        Assert.Equal(may, (await Inviting.InviteAsync(people.As(admin), new(grant.Role, forSide, forScope), default)).Ok);
        Assert.Equal(may, (await Granting.GrantAsync(people.As(admin), ada, grant, default)).Ok);
        if (!may) Assert.True((await Granting.GrantAsync(people.Operator, ada, grant, default)).Ok);
        var row = await world.Db.RoleGrants.Where(g => g.Account == ada && g.Role == grant.Role).Select(g => g.Id).SingleAsync();
        Assert.Equal(may, (await Granting.RevokeAsync(people.As(admin), row, default)).Ok);
    }

    [Theory]
    [InlineData(AccountRole.PartnershipOfficer), InlineData(AccountRole.Coordinator), InlineData(AccountRole.CallManager), InlineData(AccountRole.Reviewer)]
    [InlineData(AccountRole.PanelMember), InlineData(AccountRole.Applicant), InlineData(AccountRole.Reader)]
    public async Task Nobody_else_manages_accounts(AccountRole role)
    {
        await using var world = await TestWorld.OpenAsync();
        var people = new People(world);
        var person = await people.JoinAsync("Person", new Grant(role, null, null));
        var work = people.As(person);
        Assert.Equal(RefusalKind.Forbidden, (await Granting.GrantAsync(work, person.Account!.Value, Whole, default)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await Inviting.InviteAsync(work, new(AccountRole.Reader), default)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await Inviting.RecoverAsync(work, person.Account.Value, default)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await AccountList.ReadAsync(work, default)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await AccountList.CloseAsync(work, person.Account.Value, default)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await Inviting.AdministratorLinkAsync(work, default)).Refusal?.Kind);
    }

    [Fact]
    public async Task Whom_the_other_side_trusts_too_one_side_may_not_open_or_close()
    {
        await using var world = await TestWorld.OpenAsync();
        var people = new People(world);
        var admin = await people.JoinAsync("Admin", new Grant(AccountRole.Administrator, "cnrs", null));
        var (own, shared, other) = (await people.JoinAsync("Own", new Grant(AccountRole.Reader, "cnrs", null)),
            await people.JoinAsync("Shared", new Grant(AccountRole.Reader, "cnrs", null), new Grant(AccountRole.Reader, "imperial", null)),
            await people.JoinAsync("Other", new Grant(AccountRole.Reader, "imperial", null)));
        Assert.Equal(["Admin", "Own", "Shared"], (await AccountList.ReadAsync(people.As(admin), default)).Value.Select(a => a.Name));
        Assert.True((await Inviting.RecoverAsync(people.As(admin), own.Account!.Value, default)).Ok);
        foreach (var person in new[] { shared, other })
        {
            Assert.Equal("not-your-side", (await Inviting.RecoverAsync(people.As(admin), person.Account!.Value, default)).Refusal?.Code);
            Assert.Equal("not-your-side", (await AccountList.CloseAsync(people.As(admin), person.Account!.Value, default)).Refusal?.Code);
        }
        Assert.Equal("unknown-account", (await AccountList.FindAsync(people.As(admin), other.Account!.Value, default)).Refusal?.Code);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task The_last_administrator_stays(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        var people = new People(world);
        var (ada, eve) = (await people.JoinAsync("Ada", Whole), await people.JoinAsync("Eve", Whole));
        async Task<int> RowAsync(Actor a) => await world.Db.RoleGrants.Where(g => g.Account == a.Account).Select(g => g.Id).SingleAsync();
        var (first, second) = (await RowAsync(ada), await RowAsync(eve));
        var both = await Task.WhenAll(
            Task.Run(() => Granting.RevokeAsync(people.As(ada), second, default)), Task.Run(() => Granting.RevokeAsync(people.As(eve), first, default)));
        Assert.Single(both, r => r.Ok);
        Assert.Equal("last-administrator", both.Single(r => !r.Ok).Refusal!.Code);
        var left = await world.Db.RoleGrants.Select(g => g.Account).SingleAsync();
        Assert.Equal("last-administrator", (await AccountList.CloseAsync(people.Operator, left, default)).Refusal?.Code);
    }

    [Fact]
    public async Task A_role_is_held_once()
    {
        await using var world = await TestWorld.OpenAsync();
        var people = new People(world);
        var ada = await people.JoinAsync("Ada", new Grant(AccountRole.Reader, "cnrs", null));
        Assert.Equal("role-held", (await Granting.GrantAsync(people.Operator, ada.Account!.Value, new(AccountRole.Reader, "cnrs", null), default)).Refusal?.Code);
    }
}
