using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Accounts;

/// <summary>Who keeps the installation: accounts that are open and hold the role of administrator over all of it.</summary>
static class Administrators
{
    public static IQueryable<Account> Of(Db db) => db.Accounts.Where(a => a.Closed == null
        && db.Set<RoleGrant>().Any(g => g.Account == a.Id && g.Role == AccountRole.Administrator && g.Side == null && g.Scope == null));

    /// <summary>Refuses what would leave the installation without any. Ask within the transaction that writes.</summary>
    public static async Task<Refusal?> RefuseLossAsync(Db db, int account, CancellationToken ct) =>
        await Of(db).AnyAsync(a => a.Id == account, ct) && !await Of(db).AnyAsync(a => a.Id != account, ct)
            ? Refusal.Conflict("last-administrator", "This is the last administrator of the installation. Make another first.",
                "C’est le dernier administrateur de l’installation. Nommez-en d’abord un autre.")
            : null;
}

/// <summary>Giving and taking roles. Whoever administers one side gives the roles of that side alone.</summary>
public static class Granting
{
    /// <summary>Null where the actor may give or take a role of this side and scope.</summary>
    public static Refusal? Refuse(Actor actor, string? side, string? scope)
    {
        var refusal = Permissions.Refuse(actor, Permission.ManageAccounts, side is null ? [] : [side], scope);
        if (refusal is null || !Permissions.MayAnywhere(actor, Permission.ManageAccounts)) return refusal;
        return Refusal.Forbidden("not-your-side",
            "You administer one side, and may give and take the roles of that side alone. An administrator of the installation may do the rest.",
            "Vous administrez un côté, et ne pouvez donner ou retirer que les rôles de ce côté. Un administrateur de l’installation peut faire le reste.");
    }

    public static async Task<Outcome<RoleGrant>> GrantAsync(Work work, int account, Grant grant, CancellationToken ct)
    {
        if (Refuse(work.Actor, grant.Side, grant.Scope) is { } refusal) return refusal;
        await using var transaction = await work.BeginAsync(ct);
        var found = await work.Db.Accounts.SingleOrDefaultAsync(a => a.Id == account && a.Closed == null, ct);
        if (found is null) return AccountList.Unknown;
        if (await work.Db.RoleGrants.AnyAsync(g => g.Account == account && g.Role == grant.Role && g.Side == grant.Side && g.Scope == grant.Scope, ct))
            return Refusal.Conflict("role-held", "This person holds that role already.", "Cette personne a déjà ce rôle.");
        var row = new RoleGrant { Account = account, Role = grant.Role, Side = grant.Side, Scope = grant.Scope };
        work.Db.Add(row);
        await Inviting.EndRecoveriesAsync(work, account, ct);
        work.Log("account.grant", found.Subject, grant.InWords);
        await work.Db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return row;
    }

    public static async Task<Outcome<RoleGrant>> RevokeAsync(Work work, int grant, CancellationToken ct)
    {
        await using var transaction = await work.BeginAsync(ct);
        var row = await work.Db.RoleGrants.SingleOrDefaultAsync(g => g.Id == grant, ct);
        if (row is null) return Refusal.NotFound("unknown-role", "Nobody holds this role any more.", "Plus personne n’a ce rôle.");
        if (Refuse(work.Actor, row.Side, row.Scope) is { } refusal) return refusal;
        if (row is { Role: AccountRole.Administrator, Side: null, Scope: null } && await Administrators.RefuseLossAsync(work.Db, row.Account, ct) is { } last) return last;
        work.Db.Remove(row);
        work.Log("account.revoke", Account.SubjectOf(row.Account), row.Grant.InWords);
        await work.Db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return row;
    }

    extension(Grant grant)
    {
        /// <summary>For the journal and the command line: PartnershipOfficer of cnrs, limited to structures/majulab.</summary>
        public string InWords => grant.Role + (grant.Side is { } side ? $" of {side}" : "") + (grant.Scope is { } scope ? $", limited to {scope}" : "");
    }
}
