using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio.Deadlines;

/// <summary>A feed that was just made: its secret is shown this once.</summary>
public sealed record NewFeed(CalendarFeed Feed, string Token);

/// <summary>Making, reading and withdrawing calendar feeds. A feed opens what its account may see at the moment it is read.</summary>
public static class Feeds
{
    const int Most = 20, LongestName = 100;

    public static async Task<IReadOnlyList<CalendarFeed>> ListAsync(Work work, CancellationToken ct) =>
        await work.Db.CalendarFeeds.AsNoTracking().Where(f => f.Account == work.Actor.Account && f.Withdrawn == null).OrderByDescending(f => f.Id).ToListAsync(ct);

    public static async Task<Outcome<NewFeed>> MakeAsync(Work work, string name, Lang lang, CancellationToken ct)
    {
        if (Permissions.Refuse(work.Actor, Permission.ReadAgenda) is { } refusal) return refusal;
        if (work.Actor.Account is not { } account) return Refusal.Forbidden("sign-in", "Sign in first: a feed belongs to a person.", "Connectez-vous d’abord\u202F: un calendrier appartient à une personne.");
        if (name.Trim() is not { Length: > 0 and <= LongestName } given)
            return Refusal.Invalid("feed-name", $"Name the feed in at most {LongestName} characters, after the program that will read it.",
                $"Nommez le calendrier en {LongestName} caractères au plus, d’après le logiciel qui le lira.", "name");
        await using var pen = await work.BeginAsync(ct);
        if (await work.Db.CalendarFeeds.CountAsync(f => f.Account == account && f.Withdrawn == null, ct) >= Most)
            return Refusal.Conflict("feed-count", $"You have {Most} feeds. Withdraw one that is no longer read first.", $"Vous avez {Most} calendriers. Retirez-en d’abord un qui n’est plus lu.");
        var token = Secrets.NewKey();
        var feed = new CalendarFeed { Account = account, Name = given, Lang = lang, TokenHash = Secrets.Hash(token), Made = work.Now };
        work.Db.Add(feed);
        work.Log("feed.make", Account.SubjectOf(account));
        await work.Db.SaveChangesAsync(ct);
        await pen.CommitAsync(ct);
        return new NewFeed(feed, token);
    }

    /// <summary>From now on its address answers as if it had never been.</summary>
    public static async Task<Outcome<CalendarFeed>> WithdrawAsync(Work work, int id, CancellationToken ct)
    {
        var feed = await work.Db.CalendarFeeds.SingleOrDefaultAsync(f => f.Id == id && f.Account == work.Actor.Account && f.Withdrawn == null, ct);
        if (feed is null) return Refusal.NotFound("unknown-feed", "You have no such feed, or it was withdrawn already.", "Vous n’avez pas ce calendrier, ou il est déjà retiré.");
        feed.Withdrawn = work.Now;
        work.Log("feed.withdraw", Account.SubjectOf(feed.Account));
        await work.Db.SaveChangesAsync(ct);
        return feed;
    }

    /// <summary>The calendar at a secret address; null where there is none, whatever the reason.</summary>
    /// <param name="site">where this installation is found</param>
    public static async Task<string?> ReadAsync(Work work, string token, string? site, CancellationToken ct)
    {
        var hash = Secrets.Hash(token);
        var feed = await work.Db.CalendarFeeds.AsNoTracking().SingleOrDefaultAsync(f => f.TokenHash == hash && f.Withdrawn == null, ct);
        if (feed is null || await Readers.ActorAsync(work.Db, feed.Account, ct) is not { } actor || !Permissions.MayAnywhere(actor, Permission.ReadAgenda)) return null;
        var today = DateOnly.FromDateTime(work.Now.UtcDateTime);
        // Once a day at most: reading must not make the record look changed.
        if (feed.LastRead != today) await work.Db.CalendarFeeds.Where(f => f.Id == feed.Id).ExecuteUpdateAsync(set => set.SetProperty(f => f.LastRead, today), ct);
        var record = (await PortfolioRecord.ReadAsync(work.Db, ct)).For(actor);
        return Calendar.Write(Agenda.Mine(record, actor, today), feed.Lang, work.Now, site);
    }
}
