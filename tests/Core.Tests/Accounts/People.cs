using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Accounts;

/// <summary>A clock that stands still until it is moved.</summary>
sealed class HandClock : TimeProvider
{
    DateTimeOffset _now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    public void Move(TimeSpan by) => _now += by;

    public override DateTimeOffset GetUtcNow() => _now;
}

/// <summary>People of one test's world, made through the verbs: invited by the command line, joined by their link.</summary>
sealed class People(TestWorld world)
{
    public const string Password = "four plain words here";
    public static readonly Visitor Home = new("192.0.2.1", "Tests");

    public HandClock Clock { get; } = new();

    /// <summary>A unit of work of its own, as each request has.</summary>
    public Work As(Actor actor) => new(world.Folder.OpenDb(), world.Folder, actor, Clock);

    public Work Operator => As(Actor.CommandLine);

    public async Task<Actor> JoinAsync(string name, params Grant[] grants)
    {
        var first = grants.Length > 0 ? grants[0] : new(AccountRole.Reader, "nobody", null);
        var link = (await Inviting.InviteAsync(Operator, new(first.Role, first.Side, first.Scope, EmailOf(name)), default)).Value;
        var account = (await Joining.AcceptAsync(As(Actor.Anyone), link.Key, new(name, "", Password), default)).Value;
        foreach (var grant in grants.Skip(1)) Assert.True((await Granting.GrantAsync(Operator, account.Id, grant, default)).Ok);
        return await ActorAsync(account.Id);
    }

    public static string EmailOf(string name) => $"{name.ToLowerInvariant()}@example.org";

    /// <summary>Who the account is by now, with the roles of now.</summary>
    public async Task<Actor> ActorAsync(int account)
    {
        await using var db = world.Folder.OpenDb();
        return new((await db.Accounts.SingleAsync(a => a.Id == account)).Name)
        {
            Account = account, Grants = [.. (await db.RoleGrants.Where(g => g.Account == account).ToListAsync()).Select(g => g.Grant)],
        };
    }

    public Task<Outcome<PasswordStep>> SignInAsync(string name, string password = Password, string address = "192.0.2.1") =>
        SigningIn.PasswordAsync(As(Actor.Anyone), EmailOf(name), password, new(address, null), default);
}
