using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio.Deadlines;

/// <summary>Saying that a deadline is met, and taking it back.</summary>
public static class Doing
{
    /// <param name="on">the day on which it was done; null for today</param>
    public static Task<Outcome<Deadline>> DoneAsync(Work work, string key, PartialDate? on, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(work.Now.UtcDateTime);
        var day = on ?? new PartialDate(today.Year, today.Month, today.Day);
        if (day.First > today)
            return Task.FromResult<Outcome<Deadline>>(Refusal.Invalid("done-later", "This day is still to come: enter the day on which it was done.",
                "Ce jour est encore à venir\u202F: indiquez le jour où cela a été fait.", "done"));
        return ChangeAsync(work, key, "deadline.done", d => d.Done is { } done
            ? Refusal.Conflict("already-done", $"This was marked as done already, on {done.In(Lang.En)}.", $"Ceci est déjà marqué comme fait, le {done.In(Lang.Fr)}.")
            : null, d => (d.Done, d.DoneBy) = (day, work.Actor.Id), ct);
    }

    public static Task<Outcome<Deadline>> ReopenAsync(Work work, string key, CancellationToken ct) => ChangeAsync(work, key, "deadline.reopen",
        d => d.Done is null ? Refusal.Conflict("not-done", "This is open already.", "Ceci est déjà ouvert.") : null, d => (d.Done, d.DoneBy) = (null, null), ct);

    static async Task<Outcome<Deadline>> ChangeAsync(Work work, string key, string verb, Func<Deadline, Refusal?> judge, Action<Deadline> change, CancellationToken ct)
    {
        var whole = await PortfolioRecord.ReadAsync(work.Db, ct);
        // What one may not know of is not there.
        if (whole.For(work.Actor).Deadlines.FirstOrDefault(d => d.Key == key) is not { } known)
            return Refusal.NotFound("unknown-deadline", "There is no such deadline on this record. The list is at /agenda.", "Il n’y a pas d’échéance de ce nom dans ce registre. La liste est sur /agenda.");
        var structure = whole.StructureOf(known);
        if (Permissions.Refuse(work.Actor, Permission.EditRecord, whole.SidesOf(structure), $"structures/{structure}") is { } refusal) return refusal;
        await using var pen = await work.BeginAsync(ct);
        var deadline = await work.Db.Deadlines.SingleAsync(d => d.Key == key, ct);
        if (judge(deadline) is { } conflict) return conflict;
        change(deadline);
        work.Log(verb, $"deadlines/{key}");
        await work.Db.SaveChangesAsync(ct);
        await pen.CommitAsync(ct);
        return deadline;
    }
}
