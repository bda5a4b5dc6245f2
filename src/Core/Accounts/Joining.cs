using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Accounts;

/// <summary>
/// What a person fills in to join, with a password or with an identity from outside to sign in with. The address counts only where the
/// invitation names none.
/// </summary>
public sealed record Acceptance(string Name, string Email, string? Password, OutsideIdentity? Identity = null)
{
    public Acceptance(string name, string email, OutsideIdentity identity) : this(name, email, null, identity) { }
}

/// <summary>Using a link: joining, taking a role, or opening one's account again. The link is spent in the same transaction.</summary>
public static class Joining
{
    /// <summary>Makes the account that an invitation offers, or sets the new password of a recovery.</summary>
    public static async Task<Outcome<Account>> AcceptAsync(Work work, string key, Acceptance acceptance, CancellationToken ct)
    {
        await using var transaction = await work.BeginAsync(ct);
        var found = await Inviting.FindAsync(work, key, ct);
        if (found.Refusal is { } refusal) return refusal;
        var invitation = found.Value;
        var done = invitation.Kind == InvitationKind.Recovery
            ? acceptance.Password is { } password ? await RecoverAsync(work, invitation, password, ct) : Inviting.Gone
            : await EnrolAsync(work, invitation, acceptance, ct);
        if (done.Ok) await transaction.CommitAsync(ct);
        return done;
    }

    /// <summary>Adds the role that an invitation offers to the account that is signed in.</summary>
    public static async Task<Outcome<Account>> TakeRoleAsync(Work work, string key, CancellationToken ct)
    {
        await using var transaction = await work.BeginAsync(ct);
        var found = await Inviting.FindAsync(work, key, ct);
        if (found.Refusal is { } refusal) return refusal;
        var invitation = found.Value;
        var account = await work.Db.Accounts.SingleOrDefaultAsync(a => a.Id == work.Actor.Account, ct);
        if (account is null || invitation.Role is not { } role) return Inviting.Gone;
        Spend(work, invitation, account.Id);
        if (!work.Actor.Grants.Contains(new(role, invitation.Side, invitation.Scope)))
        {
            Give(work, account.Id, invitation, role);
            await Inviting.EndRecoveriesAsync(work, account.Id, ct);
        }
        work.Log("invitation.accept", account.Subject, new Grant(role, invitation.Side, invitation.Scope).InWords);
        await work.Db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return account;
    }

    static async Task<Outcome<Account>> EnrolAsync(Work work, Invitation invitation, Acceptance acceptance, CancellationToken ct)
    {
        var (name, email) = (acceptance.Name.Trim(), (invitation.Email ?? acceptance.Email).Trim());
        if ((Names.Judge(name) ?? Emails.Judge(email) ?? await JudgeProofAsync(work, acceptance, email, name, ct)) is { } refusal) return refusal;
        var normal = Emails.Normal(email);
        if (await work.Db.Accounts.AnyAsync(a => a.NormalizedEmail == normal, ct))
            return Refusal.Conflict("account-exists", "There is an account with this address. Sign in with it, then open this link again: it will add the role.",
                "Un compte existe avec cette adresse. Connectez-vous avec lui, puis ouvrez ce lien de nouveau\u202F: il ajoutera le rôle.");
        var account = new Account
        {
            Name = name, Email = email, NormalizedEmail = normal, Created = work.Now, SecurityStamp = Secrets.NewKey(), ConcurrencyStamp = Secrets.NewKey(),
        };
        account.PasswordHash = acceptance.Password is { } password ? Passwords.Hash(account, password) : null;
        work.Db.Add(account);
        work.Log("account.create", "accounts");
        await work.Db.SaveChangesAsync(ct);
        Spend(work, invitation, account.Id);
        if (acceptance.Identity is { } identity) OutsideIdentities.Add(work, account.Id, identity);
        if (invitation.Role is { } role) Give(work, account.Id, invitation, role);
        var self = work.As(new(account.Name) { Account = account.Id });
        self.Log("invitation.accept", account.Subject, invitation.Role is { } given ? new Grant(given, invitation.Side, invitation.Scope).InWords : null);
        await work.Db.SaveChangesAsync(ct);
        return account;
    }

    static async Task<Refusal?> JudgeProofAsync(Work work, Acceptance acceptance, string email, string name, CancellationToken ct) =>
        acceptance.Identity is not { } identity ? Passwords.Judge(acceptance.Password ?? "", email, name)
        : await OutsideIdentities.Links(work.Db).AnyAsync(l => l.LoginProvider == identity.Issuer && l.ProviderKey == identity.Subject, ct) ? OutsideIdentities.Elsewhere : null;

    // Whoever holds the link is taken for the person: what guarded the account before is gone, and so is whoever was signed in with it.
    static async Task<Outcome<Account>> RecoverAsync(Work work, Invitation invitation, string password, CancellationToken ct)
    {
        var account = await work.Db.Accounts.SingleOrDefaultAsync(a => a.Id == invitation.Account && a.Closed == null, ct);
        if (account is null) return Inviting.Gone;
        if (Passwords.Judge(password, account.Email!, account.Name) is { } refusal) return refusal;
        Spend(work, invitation, account.Id);
        account.PasswordHash = Passwords.Hash(account, password);
        account.TwoFactorEnabled = false;
        account.SecurityStamp = Secrets.NewKey();
        work.Db.RemoveRange(await work.Db.AccountTokens.Where(t => t.UserId == account.Id).ToListAsync(ct));
        work.Db.RemoveRange(await work.Db.Passkeys.Where(p => p.UserId == account.Id).ToListAsync(ct));
        work.Db.RemoveRange(await OutsideIdentities.Links(work.Db).Where(l => l.UserId == account.Id).ToListAsync(ct));
        work.As(new(account.Name) { Account = account.Id }).Log("account.recover", account.Subject);
        await work.Db.SaveChangesAsync(ct);
        await work.Db.Sessions.Where(s => s.Account == account.Id).ExecuteDeleteAsync(ct);
        await SigningIn.ForgetFailuresAsync(work, account.Email!, ct);
        return account;
    }

    static void Spend(Work work, Invitation invitation, int account) => (invitation.Used, invitation.UsedBy) = (work.Now, account);

    static void Give(Work work, int account, Invitation invitation, AccountRole role) =>
        work.Db.Add(new RoleGrant { Account = account, Role = role, Side = invitation.Side, Scope = invitation.Scope });
}
