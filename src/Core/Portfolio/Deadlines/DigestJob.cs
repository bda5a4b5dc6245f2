using System.Globalization;
using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Core.Store.Jobs;
using Entente.Core.Store.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio.Deadlines;

/// <summary>
/// Once a day puts each person's reminder into the outbox, as each may read the record now. The key of a mail names its person and its day
/// or week, so that a job that was cut short and runs again writes to nobody twice.
/// </summary>
sealed class DigestJob : Job
{
    public override string Name => "mail.digests";

    public override async Task<string> RunAsync(Work work, DateOnly day, CancellationToken ct)
    {
        var whole = await PortfolioRecord.ReadAsync(work.Db, ct);
        var site = await SiteAsync(work.Db, ct);
        var choices = await work.Db.Reminders.AsNoTracking().ToDictionaryAsync(r => r.Account, ct);
        var grants = (await work.Db.RoleGrants.AsNoTracking().OrderBy(g => g.Id).ToListAsync(ct)).ToLookup(g => g.Account, g => g.Grant);
        var made = 0;
        foreach (var account in await work.Db.Accounts.AsNoTracking().Where(a => a.Closed == null).OrderBy(a => a.Id).ToListAsync(ct))
        {
            var choice = choices.GetValueOrDefault(account.Id);
            var actor = new Actor(account.Name) { Account = account.Id, Grants = [.. grants[account.Id]] };
            if (choice?.Every == ReminderPace.Never || EmailAddress.Parse(account.Email) is not { } address || !Permissions.MayAnywhere(actor, Permission.ReadAgenda)) continue;
            if (Digest.Of(Agenda.Mine(whole.For(actor), actor, day), day, site) is not { } digest) continue;
            if (await AddAsync(work, account.Id, address, choice, digest, day, ct)) made++;
        }
        return made.ToString(CultureInfo.InvariantCulture) + " reminders made";
    }

    static Task<bool> AddAsync(Work work, int account, EmailAddress address, Reminder? choice, Digest digest, DateOnly day, CancellationToken ct)
    {
        var key = choice?.Every == ReminderPace.Day
            ? string.Create(CultureInfo.InvariantCulture, $"digest/{account}/{day:yyyy-MM-dd}")
            : string.Create(CultureInfo.InvariantCulture, $"digest/{account}/{ISOWeek.GetYear(day.ToDateTime(default))}-W{ISOWeek.GetWeekOfYear(day.ToDateTime(default)):00}");
        // Whoever has not said in which language to be written to is written to in both.
        var (subject, body) = choice is { } chosen ? (digest.Subject.In(chosen.Lang), digest.Body.In(chosen.Lang))
            : ($"{digest.Subject.En} / {digest.Subject.Fr}", $"{digest.Body.En}\n----\n\n{digest.Body.Fr}");
        return Messages.AddAsync(work, key, address, account, choice?.Lang ?? Lang.En, subject, body, ct);
    }

    static async Task<string?> SiteAsync(Db db, CancellationToken ct) =>
        Environment.GetEnvironmentVariable(MailServer.Variable) is { Length: > 0 } variable ? MailServer.Parse(variable) is { Ok: true, Value.Site: var named } ? named : null
            : await db.MailServers.AsNoTracking().Select(s => s.Site).SingleOrDefaultAsync(ct);
}
