using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio.Deadlines;

/// <summary>Each person's choice of reminders.</summary>
public static class Reminding
{
    /// <summary>Null where the person has not chosen.</summary>
    public static Task<Reminder?> OwnAsync(Work work, CancellationToken ct) =>
        work.Db.Reminders.AsNoTracking().SingleOrDefaultAsync(r => r.Account == work.Actor.Account, ct);

    public static async Task<Outcome<Reminder>> ChooseAsync(Work work, ReminderPace every, Lang lang, CancellationToken ct)
    {
        if (work.Actor.Account is not { } account) return Permissions.Refuse(work.Actor, Permission.ReadAgenda)!;
        await using var pen = await work.BeginAsync(ct);
        var own = await work.Db.Reminders.SingleOrDefaultAsync(r => r.Account == account, ct);
        if (own is null) work.Db.Add(own = new() { Account = account, Every = every, Lang = lang });
        (own.Every, own.Lang) = (every, lang);
        work.Log("reminder.choose", Account.SubjectOf(account), every.ToString());
        await work.Db.SaveChangesAsync(ct);
        await pen.CommitAsync(ct);
        return own;
    }
}
