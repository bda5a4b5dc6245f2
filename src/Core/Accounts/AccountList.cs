using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Accounts;

/// <summary>An account as those see it who manage it.</summary>
public sealed record AccountLine(
    int Id, string Name, string Email, DateTimeOffset Created, DateTimeOffset? Closed, bool SecondFactor, int Passkeys, DateTimeOffset? LastSeen,
    IReadOnlyList<RoleGrant> Grants);

/// <summary>The accounts, for whoever manages them: all for an administrator of the installation, those with a role of the side for one of a side.</summary>
public static class AccountList
{
    public static async Task<Outcome<IReadOnlyList<AccountLine>>> ReadAsync(Work work, CancellationToken ct)
    {
        if (!Permissions.MayAnywhere(work.Actor, Permission.ManageAccounts)) return Permissions.Refuse(work.Actor, Permission.ManageAccounts, [])!;
        var lines = await LinesAsync(work.Db, null, ct);
        return Outcome(lines.Where(line => Sees(work.Actor, line.Grants)));
    }

    public static async Task<Outcome<AccountLine>> FindAsync(Work work, int id, CancellationToken ct)
    {
        if (!Permissions.MayAnywhere(work.Actor, Permission.ManageAccounts)) return Permissions.Refuse(work.Actor, Permission.ManageAccounts, [])!;
        return (await LinesAsync(work.Db, id, ct)).SingleOrDefault(line => Sees(work.Actor, line.Grants)) is { } found ? found : Unknown;
    }

    /// <summary>
    /// The account, where the actor is in charge of all its roles: whoever can open it anew could act with any of them, so one side's
    /// administrator may not where the other side has trusted the person too.
    /// </summary>
    internal static async Task<Outcome<Account>> InChargeAsync(Work work, int id, CancellationToken ct)
    {
        var account = await work.Db.Accounts.SingleOrDefaultAsync(a => a.Id == id && a.Closed == null, ct);
        var grants = await work.Db.RoleGrants.AsNoTracking().Where(g => g.Account == id).ToListAsync(ct);
        if (account is null || !Sees(work.Actor, grants)) return Granting.Refuse(work.Actor, null, null) is { } refusal ? refusal : Unknown;
        return grants.Select(g => Granting.Refuse(work.Actor, g.Side, g.Scope)).FirstOrDefault(r => r is not null) is { } other ? other : account;
    }

    /// <summary>Closes an account: nobody signs in with it any more. Its number stays in the journal.</summary>
    public static async Task<Outcome<Account>> CloseAsync(Work work, int id, CancellationToken ct)
    {
        await using var transaction = await work.BeginAsync(ct);
        var found = await InChargeAsync(work, id, ct);
        if (found.Refusal is { } refusal) return refusal;
        if (await Administrators.RefuseLossAsync(work.Db, id, ct) is { } last) return last;
        (found.Value.Closed, found.Value.SecurityStamp) = (work.Now, Secrets.NewKey());
        work.Log("account.close", found.Value.Subject);
        await work.Db.SaveChangesAsync(ct);
        await work.Db.Sessions.Where(s => s.Account == id).ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
        return found;
    }

    /// <summary>Who the account is by now, with the roles of now; null where it is closed or gone.</summary>
    internal static async Task<Actor?> ActorAsync(Db db, int id, CancellationToken ct) =>
        await db.Accounts.Where(a => a.Id == id && a.Closed == null).Select(a => a.Name).SingleOrDefaultAsync(ct) is { } name
            ? new(name) { Account = id, Grants = [.. (await db.RoleGrants.AsNoTracking().Where(g => g.Account == id).ToListAsync(ct)).Select(g => g.Grant)] } : null;

    internal static Refusal Unknown { get; } = Refusal.NotFound("unknown-account", "There is no such account, or it is closed. The list is at /people.",
        "Ce compte n’existe pas, ou il est fermé. La liste est sur /people.");

    static bool Sees(Actor actor, IReadOnlyList<RoleGrant> grants) =>
        Granting.Refuse(actor, null, null) is null || grants.Any(g => Granting.Refuse(actor, g.Side, g.Scope) is null);

    static Outcome<IReadOnlyList<AccountLine>> Outcome(IEnumerable<AccountLine> lines) => lines.ToList();

    static async Task<List<AccountLine>> LinesAsync(Db db, int? only, CancellationToken ct)
    {
        var grants = (await db.RoleGrants.AsNoTracking().Where(g => only == null || g.Account == only).OrderBy(g => g.Id).ToListAsync(ct)).ToLookup(g => g.Account);
        var passkeys = await db.Passkeys.GroupBy(p => p.UserId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var seen = (await db.Sessions.AsNoTracking().Select(s => new { s.Account, s.LastSeen }).ToListAsync(ct)).ToLookup(s => s.Account, s => s.LastSeen);
        var accounts = await db.Accounts.AsNoTracking().Where(a => only == null || a.Id == only).OrderBy(a => a.Name).ThenBy(a => a.Id).ToListAsync(ct);
        return [.. accounts.Select(a => new AccountLine(a.Id, a.Name, a.Email!, a.Created, a.Closed, a.TwoFactorEnabled, passkeys.GetValueOrDefault(a.Id),
            seen[a.Id].Select(at => (DateTimeOffset?)at).Max(), [.. grants[a.Id]]))];
    }
}
