using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Accounts;

/// <summary>Where a request comes from, as far as it says.</summary>
public sealed record Visitor(string Address, string? Agent);

/// <summary>A request of a session: who acts, in which session, and with which stamp.</summary>
public sealed record SignedIn(Actor Actor, int Session, string SecurityStamp);

/// <summary>Who is signed in where. A browser holds a random key; all the rest is here, so a session can be ended from anywhere.</summary>
public static class Sessions
{
    /// <summary>After so long a session ends; after so long unused, too.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromDays(14), Unused = TimeSpan.FromDays(2);

    // How exactly the time of the last request is kept.
    static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    /// <summary>Starts a session for an account that has just proved itself, and returns its key. Always a new key: none can be foisted on a browser.</summary>
    public static async Task<string> StartAsync(Work work, int account, SignInMethod method, Visitor from, CancellationToken ct)
    {
        var now = work.Now;
        var key = Secrets.NewKey();
        var owner = await work.Db.Accounts.AsNoTracking().SingleAsync(a => a.Id == account, ct);
        await work.Db.Sessions.Where(s => s.Expires < now).ExecuteDeleteAsync(ct);
        work.Db.Add(new Session
        {
            KeyHash = Secrets.Hash(key), Account = account, SecurityStamp = owner.SecurityStamp!, Method = method,
            Agent = from.Agent is { Length: > 300 } agent ? agent[..300] : from.Agent, Address = from.Address, Created = now, LastSeen = now, Expires = now + Longest,
        });
        work.As(new(owner.Name) { Account = account }).Log("account.sign-in", owner.Subject, method.ToString());
        await work.Db.SaveChangesAsync(ct);
        return key;
    }

    /// <summary>Who holds this key; null where the session has ended, was ended, or its account has changed its stamp or closed. One query.</summary>
    public static async Task<SignedIn?> FindAsync(Db db, string key, DateTimeOffset now, CancellationToken ct)
    {
        var (hash, since) = (Secrets.Hash(key), now - Unused);
        var found = await (from s in db.Sessions
                           join a in db.Accounts on s.Account equals a.Id
                           where s.KeyHash == hash && s.Expires > now && s.LastSeen > since && a.Closed == null && a.SecurityStamp == s.SecurityStamp
                           select new { s.Id, s.LastSeen, s.SecurityStamp, Account = a.Id, a.Name, Grants = db.Set<RoleGrant>().Where(g => g.Account == a.Id).ToList() })
            .AsNoTracking().SingleOrDefaultAsync(ct);
        if (found is null) return null;
        if (now - found.LastSeen > Step) await db.Sessions.Where(s => s.Id == found.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.LastSeen, now), ct);
        return new(new(found.Name) { Account = found.Account, Grants = [.. found.Grants.Select(g => g.Grant)] }, found.Id, found.SecurityStamp);
    }

    /// <summary>The actor's own sessions, the last seen first.</summary>
    public static async Task<IReadOnlyList<Session>> ListAsync(Work work, CancellationToken ct)
    {
        var (now, since) = (work.Now, work.Now - Unused);
        return await work.Db.Sessions.AsNoTracking().Where(s => s.Account == work.Actor.Account && s.Expires > now && s.LastSeen > since)
            .OrderByDescending(s => s.LastSeen).ThenByDescending(s => s.Id).ToListAsync(ct);
    }

    /// <summary>Ends one of the actor's own sessions, wherever it is.</summary>
    public static async Task<Outcome<int>> EndAsync(Work work, int session, CancellationToken ct)
    {
        var ended = await work.Db.Sessions.Where(s => s.Id == session && s.Account == work.Actor.Account).ExecuteDeleteAsync(ct);
        if (ended == 0) return Refusal.NotFound("unknown-session", "This session has ended already.", "Cette session est déjà terminée.");
        await LogEndAsync(work, ended, ct);
        return ended;
    }

    /// <summary>Ends all of the actor's sessions but the one that asks.</summary>
    public static async Task<Outcome<int>> EndOthersAsync(Work work, int session, CancellationToken ct)
    {
        var ended = await work.Db.Sessions.Where(s => s.Id != session && s.Account == work.Actor.Account).ExecuteDeleteAsync(ct);
        if (ended > 0) await LogEndAsync(work, ended, ct);
        return ended;
    }

    /// <summary>Ends the session of this key: signing out.</summary>
    public static async Task CloseAsync(Db db, string key, CancellationToken ct)
    {
        var hash = Secrets.Hash(key);
        await db.Sessions.Where(s => s.KeyHash == hash).ExecuteDeleteAsync(ct);
    }

    static async Task LogEndAsync(Work work, int count, CancellationToken ct)
    {
        work.Log("account.end-sessions", Account.SubjectOf(work.Actor.Account!.Value), count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await work.Db.SaveChangesAsync(ct);
    }
}
