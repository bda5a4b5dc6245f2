using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Accounts;

/// <summary>What a person changes of the own account: name, password, passkeys.</summary>
public static class Profile
{
    public static async Task<Outcome<Account>> OwnAsync(Work work, CancellationToken ct) =>
        await work.Db.Accounts.SingleOrDefaultAsync(a => a.Id == work.Actor.Account && a.Closed == null, ct) is { } own ? own
        : Refusal.Forbidden("sign-in", "Sign in first.", "Connectez-vous d’abord.");

    public static async Task<Outcome<Account>> RenameAsync(Work work, string name, CancellationToken ct)
    {
        if (Names.Judge(name.Trim()) is { } wrong) return wrong;
        var found = await OwnAsync(work, ct);
        if (found.Refusal is { } refusal) return refusal;
        found.Value.Name = name.Trim();
        work.Log("account.rename", found.Value.Subject);
        await work.Db.SaveChangesAsync(ct);
        return found;
    }

    /// <summary>Sets a new password, and ends every other session.</summary>
    /// <param name="session">the session that asks, which goes on</param>
    public static async Task<Outcome<Account>> ChangePasswordAsync(Work work, string current, string next, int session, Visitor from, CancellationToken ct)
    {
        var found = await ConfirmedAsync(work, current, from, ct);
        if (found.Refusal is { } refusal) return refusal;
        var account = found.Value;
        if (Passwords.Judge(next, account.Email!, account.Name) is { } wrong) return wrong;
        await using var transaction = await work.BeginAsync(ct);
        account.PasswordHash = Passwords.Hash(account, next);
        account.SecurityStamp = Secrets.NewKey();
        work.Log("account.password", account.Subject);
        await work.Db.SaveChangesAsync(ct);
        await work.Db.Sessions.Where(s => s.Account == account.Id && s.Id != session).ExecuteDeleteAsync(ct);
        await work.Db.Sessions.Where(s => s.Id == session).ExecuteUpdateAsync(s => s.SetProperty(x => x.SecurityStamp, account.SecurityStamp), ct);
        await transaction.CommitAsync(ct);
        return account;
    }

    public static async Task<IReadOnlyList<UserPasskeyInfo>> PasskeysAsync(Work work, CancellationToken ct)
    {
        var found = await OwnAsync(work, ct);
        using var users = AccountStore.Open(work.Db);
        return found.Ok ? [.. (await users.GetPasskeysAsync(found.Value)).OrderBy(p => p.CreatedAt)] : [];
    }

    /// <summary>Keeps a passkey that the host has proved.</summary>
    public static async Task<Outcome<Account>> AddPasskeyAsync(Work work, UserPasskeyInfo passkey, string name, CancellationToken ct)
    {
        var found = await OwnAsync(work, ct);
        if (found.Refusal is { } refusal) return refusal;
        if (await work.Db.Passkeys.AnyAsync(p => p.CredentialId == passkey.CredentialId && p.UserId != found.Value.Id, ct))
            return Refusal.Conflict("passkey-elsewhere", "This passkey belongs to another account.", "Cette clé d’accès appartient à un autre compte.");
        passkey.Name = name.Trim() is { Length: > 0 } given ? given[..Math.Min(given.Length, 100)] : null;
        using var users = AccountStore.Open(work.Db);
        await users.AddOrUpdatePasskeyAsync(found.Value, passkey);
        work.Log("account.add-passkey", found.Value.Subject);
        await work.Db.SaveChangesAsync(ct);
        return found;
    }

    public static async Task<Outcome<Account>> RemovePasskeyAsync(Work work, byte[] credential, CancellationToken ct)
    {
        var found = await OwnAsync(work, ct);
        if (found.Refusal is { } refusal) return refusal;
        using var users = AccountStore.Open(work.Db);
        if (await users.GetPasskeyAsync(found.Value, credential) is null)
            return Refusal.NotFound("unknown-passkey", "This account has no such passkey.", "Ce compte n’a pas cette clé d’accès.");
        if (await WaysIn.CountAsync(work.Db, found.Value, ct) < 2) return WaysIn.LastOne;
        await users.RemovePasskeyAsync(found.Value, credential);
        work.Log("account.remove-passkey", found.Value.Subject);
        await work.Db.SaveChangesAsync(ct);
        return found;
    }

    /// <summary>The own account, once the password was given again.</summary>
    internal static async Task<Outcome<Account>> ConfirmedAsync(Work work, string password, Visitor from, CancellationToken ct)
    {
        var found = await OwnAsync(work, ct);
        if (found.Refusal is { } refusal) return refusal;
        return await SigningIn.ConfirmAsync(work, found.Value, password, from, ct) is { } wrong ? wrong : found;
    }
}

static class WorkActors
{
    /// <summary>The same unit of work for another actor: whoever has just proved who they are.</summary>
    public static Work As(this Work work, Actor actor) => new(work.Db, work.Folder, actor, work.Clock);
}
