using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Accounts;

/// <summary>
/// Who a provider says that somebody is. Issuer and subject together name a person for good; the rest is what the provider shows, and may
/// be anybody's: nothing is decided by it.
/// </summary>
public sealed record OutsideIdentity(string Issuer, string Subject, string? Shown = null, string? Name = null);

/// <summary>
/// Identities from outside that accounts are linked to. One that no account is linked to opens nothing: an address that a provider
/// claims is no proof of being its owner (docs/decisions/0015-outside-identities.md).
/// </summary>
public static class OutsideIdentities
{
    public static async Task<IReadOnlyList<IdentityUserLogin<int>>> OwnAsync(Work work, CancellationToken ct) =>
        await Links(work.Db).AsNoTracking().Where(l => l.UserId == work.Actor.Account).OrderBy(l => l.LoginProvider).ThenBy(l => l.ProviderKey).ToListAsync(ct);

    /// <summary>The account that an identity opens. Its own second factor is asked for all the same: what the provider asked cannot be known.</summary>
    public static async Task<Outcome<PasswordStep>> SignInAsync(Work work, OutsideIdentity identity, CancellationToken ct)
    {
        var account = await (from l in Links(work.Db)
                             join a in work.Db.Accounts on l.UserId equals a.Id
                             where l.LoginProvider == identity.Issuer && l.ProviderKey == identity.Subject && a.Closed == null
                             select a).AsNoTracking().SingleOrDefaultAsync(ct);
        return account is null ? NotLinked : new PasswordStep(account.Id, account.SecurityStamp!, account.TwoFactorEnabled);
    }

    /// <summary>Links an identity to the account that is signed in. Done already: done.</summary>
    public static async Task<Outcome<Account>> LinkAsync(Work work, OutsideIdentity identity, CancellationToken ct)
    {
        await using var transaction = await work.BeginAsync(ct);
        var found = await Profile.OwnAsync(work, ct);
        if (found.Refusal is { } refusal) return refusal;
        var account = found.Value;
        if (await Links(work.Db).AsNoTracking().SingleOrDefaultAsync(l => l.LoginProvider == identity.Issuer && l.ProviderKey == identity.Subject, ct) is { } linked)
            return linked.UserId == account.Id ? account : Elsewhere;
        Add(work, account.Id, identity);
        work.Log("account.link", account.Subject);
        await work.Db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return account;
    }

    /// <summary>Takes a link away, unless nothing else is left to sign in with.</summary>
    public static async Task<Outcome<Account>> UnlinkAsync(Work work, string issuer, string subject, CancellationToken ct)
    {
        await using var transaction = await work.BeginAsync(ct);
        var found = await Profile.OwnAsync(work, ct);
        if (found.Refusal is { } refusal) return refusal;
        var account = found.Value;
        var link = await Links(work.Db).SingleOrDefaultAsync(l => l.LoginProvider == issuer && l.ProviderKey == subject && l.UserId == account.Id, ct);
        if (link is null) return Refusal.NotFound("unknown-link", "Your account has no such link.", "Votre compte n’a pas ce lien.");
        if (await WaysIn.CountAsync(work.Db, account, ct) < 2) return WaysIn.LastOne;
        work.Db.Remove(link);
        work.Log("account.unlink", account.Subject);
        await work.Db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return account;
    }

    public static DbSet<IdentityUserLogin<int>> Links(Db db) => db.Set<IdentityUserLogin<int>>();

    internal static void Add(Work work, int account, OutsideIdentity identity) => work.Db.Add(new IdentityUserLogin<int>
    {
        LoginProvider = identity.Issuer, ProviderKey = identity.Subject, ProviderDisplayName = identity.Shown, UserId = account,
    });

    internal static Refusal Elsewhere { get; } = Refusal.Conflict("linked-elsewhere",
        "This identity opens another account already. Sign in with it and unlink it there first.",
        "Cette identité ouvre déjà un autre compte. Connectez-vous avec elle et retirez-y d’abord le lien.");

    static Refusal NotLinked { get; } = Refusal.Forbidden("not-linked",
        "This identity opens no account here. Sign in as usual and link it on your account’s page, or ask an office for an invitation.",
        "Cette identité n’ouvre aucun compte ici. Connectez-vous comme d’habitude et liez-la sur la page de votre compte, ou demandez une invitation à un bureau.");
}

/// <summary>All the ways in that an account has. The last one cannot be taken away.</summary>
public static class WaysIn
{
    public static async Task<int> CountAsync(Db db, Account account, CancellationToken ct) =>
        (account.PasswordHash is null ? 0 : 1) + await db.Passkeys.CountAsync(p => p.UserId == account.Id, ct) + await OutsideIdentities.Links(db).CountAsync(l => l.UserId == account.Id, ct);

    internal static Refusal LastOne { get; } = Refusal.Conflict("last-way-in",
        "This is the only way into your account that is left. Set a password, add a passkey or link another identity first.",
        "C’est le dernier moyen d’entrer dans votre compte. Choisissez d’abord un mot de passe, ajoutez une clé d’accès ou liez une autre identité.");
}
