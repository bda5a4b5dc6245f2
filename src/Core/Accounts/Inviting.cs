using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Accounts;

/// <summary>What an invitation offers: a role, and to whom where that is known.</summary>
public sealed record Offer(AccountRole Role, string? Side = null, string? Scope = null, string? Email = null, string? Name = null);

/// <summary>A link that was made. The key is told this once; the record keeps its hash.</summary>
public sealed record NewLink(int Id, InvitationKind Kind, string Key, DateTimeOffset Expires)
{
    /// <summary>Where it leads, below the address of the installation.</summary>
    public string Path => $"/invitations/{Key}";
}

/// <summary>Links that make an account, give a role or open an account again. Each is good once and for a time.</summary>
public static class Inviting
{
    static readonly TimeSpan ToJoin = TimeSpan.FromDays(14), ToAdminister = TimeSpan.FromHours(24);

    /// <summary>A link for the first administrator; null once there is one. The program calls it whenever it starts.</summary>
    public static async Task<NewLink?> FirstLinkAsync(Work work, CancellationToken ct) =>
        await Administrators.Of(work.Db).AnyAsync(ct) ? null : await MakeAsync(work, new(AccountRole.Administrator), InvitationKind.First, null, ToAdminister, ct);

    /// <summary>A link for one more administrator of the installation, for whoever holds the data folder and has lost every account.</summary>
    public static async Task<Outcome<NewLink>> AdministratorLinkAsync(Work work, CancellationToken ct) =>
        Granting.Refuse(work.Actor, null, null) is { } refusal ? refusal
        : await MakeAsync(work, new(AccountRole.Administrator), InvitationKind.Invitation, null, ToAdminister, ct);

    public static async Task<Outcome<NewLink>> InviteAsync(Work work, Offer offer, CancellationToken ct)
    {
        if (Granting.Refuse(work.Actor, offer.Side, offer.Scope) is { } refusal) return refusal;
        if (offer.Email is { Length: > 0 } && Emails.Judge(offer.Email) is { } wrong) return wrong;
        return await MakeAsync(work, offer, InvitationKind.Invitation, null, ToJoin, ct);
    }

    /// <summary>A link with which a person who lost password or second factor sets new ones.</summary>
    public static async Task<Outcome<NewLink>> RecoverAsync(Work work, int account, CancellationToken ct)
    {
        var found = await AccountList.InChargeAsync(work, account, ct);
        if (found.Refusal is { } refusal) return refusal;
        return await MakeAsync(work, new(default), InvitationKind.Recovery, account, ToAdminister, ct);
    }

    /// <summary>The account of an e-mail address, for whoever holds the data folder.</summary>
    public static async Task<Outcome<NewLink>> RecoverAsync(Work work, string email, CancellationToken ct)
    {
        if (Granting.Refuse(work.Actor, null, null) is { } refusal) return refusal;
        var name = Emails.Normal(email);
        var account = await work.Db.Accounts.Where(a => a.NormalizedEmail == name && a.Closed == null).Select(a => (int?)a.Id).SingleOrDefaultAsync(ct);
        return account is { } id ? await RecoverAsync(work, id, ct) : AccountList.Unknown;
    }

    /// <summary>The invitation behind a key, while it is good.</summary>
    public static async Task<Outcome<Invitation>> FindAsync(Work work, string key, CancellationToken ct)
    {
        var hash = Secrets.Hash(key);
        var found = await work.Db.Invitations.SingleOrDefaultAsync(i => i.KeyHash == hash, ct);
        if (found is null) return Gone;
        if (!found.OpenAt(work.Now) || !await StillMayAsync(work, found, ct)) return Gone;
        return found.Kind == InvitationKind.First && await Administrators.Of(work.Db).AnyAsync(ct) ? Gone : found;
    }

    // Whoever lost the power to make a link leaves none behind that gives it away.
    static async Task<bool> StillMayAsync(Work work, Invitation link, CancellationToken ct)
    {
        if (link.MadeBy is not { } maker) return true;
        if (await AccountList.ActorAsync(work.Db, maker, ct) is not { } actor) return false;
        return link.Account is { } account ? (await AccountList.InChargeAsync(work.As(actor), account, ct)).Ok : Granting.Refuse(actor, link.Side, link.Scope) is null;
    }

    public static async Task<Outcome<Invitation>> WithdrawAsync(Work work, int id, CancellationToken ct)
    {
        var found = await work.Db.Invitations.SingleOrDefaultAsync(i => i.Id == id, ct);
        if (found is null) return Refusal.NotFound("unknown-invitation", "There is no such invitation.", "Cette invitation n’existe pas.");
        if (Granting.Refuse(work.Actor, found.Side, found.Scope) is { } refusal) return refusal;
        if (!found.OpenAt(work.Now)) return Gone;
        found.Withdrawn = work.Now;
        work.Log("invitation.withdraw", $"invitations/{id}");
        await work.Db.SaveChangesAsync(ct);
        return found;
    }

    /// <summary>
    /// Whoever made a link to open an account anew was in charge of all its roles. With one more role that need not be so: the links that wait
    /// are withdrawn. The caller writes the line and saves.
    /// </summary>
    internal static async Task EndRecoveriesAsync(Work work, int account, CancellationToken ct)
    {
        foreach (var waiting in await work.Db.Invitations.Where(i => i.Account == account && i.Kind == InvitationKind.Recovery && i.Used == null && i.Withdrawn == null).ToListAsync(ct))
            waiting.Withdrawn = work.Now;
    }

    /// <summary>Invitations that can still be used and that the actor could have made, newest first.</summary>
    public static async Task<IReadOnlyList<Invitation>> OpenAsync(Work work, CancellationToken ct)
    {
        var all = await work.Db.Invitations.AsNoTracking().Where(i => i.Used == null && i.Withdrawn == null && i.Kind == InvitationKind.Invitation)
            .OrderByDescending(i => i.Id).ToListAsync(ct);
        return [.. all.Where(i => i.OpenAt(work.Now) && Granting.Refuse(work.Actor, i.Side, i.Scope) is null)];
    }

    static async Task<NewLink> MakeAsync(Work work, Offer offer, InvitationKind kind, int? account, TimeSpan lasts, CancellationToken ct)
    {
        var key = Secrets.NewKey();
        await using var transaction = await work.BeginAsync(ct);
        var invitation = new Invitation
        {
            KeyHash = Secrets.Hash(key), Kind = kind, Email = Given(offer.Email), Name = Given(offer.Name),
            Role = kind == InvitationKind.Recovery ? null : offer.Role, Side = Given(offer.Side), Scope = Given(offer.Scope),
            Account = account, Made = work.Now, MadeBy = work.Actor.Account, Expires = work.Now + lasts,
        };
        work.Db.Add(invitation);
        work.Log(kind == InvitationKind.Recovery ? "invitation.recover" : "invitation.make", account is { } id ? Account.SubjectOf(id) : "invitations",
            account is null ? new Grant(offer.Role, Given(offer.Side), Given(offer.Scope)).InWords : null);
        await work.Db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new(invitation.Id, kind, key, invitation.Expires);
    }

    static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    internal static Refusal Gone { get; } = Refusal.NotFound("invitation-gone",
        "This link is good no more: it was used, withdrawn, or its time has passed. Ask whoever sent it for another.",
        "Ce lien n’est plus valable\u202F: il a été utilisé, retiré, ou son délai est passé. Demandez-en un autre à la personne qui l’a envoyé.");
}
