using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Accounts;

public sealed class SessionsTests
{
    static async Task<string> StartAsync(People people, Actor actor) =>
        await Sessions.StartAsync(people.As(Actor.Anyone), actor.Account!.Value, SignInMethod.Password, People.Home, default);

    static async Task<SignedIn?> FindAsync(People people, string key)
    {
        await using var db = people.Operator.Db;
        return await Sessions.FindAsync(db, key, people.Clock.GetUtcNow(), default);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_session_says_who_acts_with_the_roles_of_the_moment(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        var people = new People(world);
        var ada = await people.JoinAsync("Ada", new Grant(AccountRole.Reader, "cnrs", null), new Grant(AccountRole.Coordinator, "imperial", "structures/x"));
        var key = await StartAsync(people, ada);
        var found = await FindAsync(people, key);
        Assert.Equal((ada.Account, ada.Name), (found!.Actor.Account, found.Actor.Name));
        Assert.Equal(ada.Grants.ToHashSet(), [.. found.Actor.Grants]);
        Assert.False(found.Actor.Operator);
        Assert.True((await Granting.RevokeAsync(people.Operator, await world.Db.RoleGrants.Where(g => g.Side == "cnrs").Select(g => g.Id).SingleAsync(), default)).Ok);
        Assert.Equal(["imperial"], (await FindAsync(people, key))!.Actor.Sides);
        Assert.Null(await FindAsync(people, key + "x"));
        Assert.DoesNotContain(await world.Db.Sessions.AsNoTracking().ToListAsync(), s => s.KeyHash.Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_ends_unused_after_two_days_and_used_after_fourteen()
    {
        await using var world = await TestWorld.OpenAsync();
        var people = new People(world);
        var ada = await people.JoinAsync("Ada");
        var (used, unused) = (await StartAsync(people, ada), await StartAsync(people, ada));
        for (var day = 1; day < 14; day++)
        {
            people.Clock.Move(TimeSpan.FromDays(1));
            Assert.NotNull(await FindAsync(people, used));
            if (day == 2) Assert.Null(await FindAsync(people, unused));
        }
        people.Clock.Move(TimeSpan.FromDays(1));
        Assert.Null(await FindAsync(people, used));
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task Sessions_are_seen_and_ended_from_elsewhere(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        var people = new People(world);
        var (ada, eve) = (await people.JoinAsync("Ada"), await people.JoinAsync("Eve"));
        var (here, there, hers) = (await StartAsync(people, ada), await StartAsync(people, ada), await StartAsync(people, eve));
        var listed = await Sessions.ListAsync(people.As(ada), default);
        Assert.Equal(2, listed.Count);
        var other = (await FindAsync(people, there))!.Session;
        Assert.Equal("unknown-session", (await Sessions.EndAsync(people.As(eve), other, default)).Refusal?.Code);
        Assert.True((await Sessions.EndAsync(people.As(ada), other, default)).Ok);
        Assert.Null(await FindAsync(people, there));
        Assert.NotNull(await FindAsync(people, here));
        await StartAsync(people, ada);
        Assert.Equal(1, (await Sessions.EndOthersAsync(people.As(ada), (await FindAsync(people, here))!.Session, default)).Value);
        Assert.NotNull(await FindAsync(people, hers));
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_new_password_ends_every_other_session(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        var people = new People(world);
        var ada = await people.JoinAsync("Ada");
        var (here, there) = (await StartAsync(people, ada), await StartAsync(people, ada));
        var session = (await FindAsync(people, here))!.Session;
        var wrong = await Profile.ChangePasswordAsync(people.As(ada), "wrong", "another plain sentence", session, People.Home, default);
        Assert.Equal("current", wrong.Refusal?.Field);
        Assert.True((await Profile.ChangePasswordAsync(people.As(ada), People.Password, "another plain sentence", session, People.Home, default)).Ok);
        Assert.NotNull(await FindAsync(people, here));
        Assert.Null(await FindAsync(people, there));
        Assert.True((await people.SignInAsync("Ada", "another plain sentence")).Ok);
    }

    [Fact]
    public async Task A_changed_stamp_or_a_closed_account_ends_its_sessions()
    {
        await using var world = await TestWorld.OpenAsync();
        var people = new People(world);
        var (ada, eve) = (await people.JoinAsync("Ada"), await people.JoinAsync("Eve"));
        var (one, two) = (await StartAsync(people, ada), await StartAsync(people, eve));
        await world.Db.Accounts.Where(a => a.Id == ada.Account).ExecuteUpdateAsync(a => a.SetProperty(x => x.SecurityStamp, "new"));
        Assert.Null(await FindAsync(people, one));
        await world.Db.Accounts.Where(a => a.Id == eve.Account).ExecuteUpdateAsync(a => a.SetProperty(x => x.Closed, people.Clock.GetUtcNow()));
        Assert.Null(await FindAsync(people, two));
    }
}
