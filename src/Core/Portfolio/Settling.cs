using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Portfolio.Rules;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio;

/// <summary>
/// Settles contradictions between sources: one statement is accepted, with the reason, and shown as accepted; the others stay on record
/// and in sight. A settlement can be taken back, and a later one takes the place of the one before.
/// </summary>
public static class Settling
{
    /// <param name="subject">structures/KEY or instruments/KEY</param>
    /// <param name="accepted">the statement's text in English, as Disagreements gives it</param>
    public static async Task<Outcome<Settlement>> SettleAsync(
        Work work, string subject, string field, string accepted, string reason, Audience audience, CancellationToken ct)
    {
        await using var pen = await work.BeginAsync(ct);
        work.Db.ChangeTracker.Clear();
        var record = PortfolioRecord.Of(work);
        if (Disagreements.All(record).FirstOrDefault(d => d.Subject == subject && d.Field == field) is not { } found)
            return Refusal.NotFound("unknown-disagreement", "The sources on record do not disagree on this, or do so no longer. The list is at /contradictions.",
                "Les sources du registre ne se contredisent pas là-dessus, ou plus. La liste est sur /contradictions.");
        if (Refuse(work, record, subject) is { } refusal) return refusal;
        if (found.Statements.All(s => s.Text.En != accepted))
            return Refusal.Invalid("no-statement", "Choose one of the statements on record: a value of one’s own needs a source first.",
                "Choisissez l’un des énoncés du registre\u202F: une autre valeur demande d’abord une source.", "accepted");
        if (string.IsNullOrWhiteSpace(reason))
            return Refusal.Invalid("no-reason", "Give the reason: whoever reads the accepted value must be able to judge it.",
                "Donnez la raison\u202F: qui lit la valeur retenue doit pouvoir en juger.", "reason");
        if (!RuleReading.Opens(work.Actor, record, subject, audience))
            return Refusal.Invalid("audience", "You could not read it yourself: choose an audience that you belong to.",
                "Vous ne pourriez pas le lire vous-même\u202F: choisissez une audience dont vous faites partie.", "audience");
        var before = await work.Db.Settlements.Where(s => s.Subject == subject && s.Field == field && s.Audience == audience).ToListAsync(ct);
        work.Db.Settlements.RemoveRange(before);
        var settlement = new Settlement
        {
            Subject = subject, Field = field, Accepted = accepted, Reason = reason.Trim(), Who = work.Actor.Id, At = work.Now, Audience = audience,
        };
        work.Db.Settlements.Add(settlement);
        work.Log("contradiction.settle", subject, field);
        await work.Db.SaveChangesAsync(ct);
        await pen.CommitAsync(ct);
        work.Db.ChangeTracker.Clear();
        return settlement;
    }

    /// <summary>Opens a contradiction again.</summary>
    public static async Task<Outcome<Settlement>> UndoAsync(Work work, int id, CancellationToken ct)
    {
        await using var pen = await work.BeginAsync(ct);
        work.Db.ChangeTracker.Clear();
        var record = PortfolioRecord.Of(work);
        if (await work.Db.Settlements.SingleOrDefaultAsync(s => s.Id == id, ct) is not { } settlement || !RuleReading.Opens(work.Actor, record, settlement.Subject, settlement.Audience))
            return Refusal.NotFound("unknown-settlement", "This is not settled: somebody may have taken it back.", "Ceci n’est pas tranché\u202F: quelqu’un est peut-être revenu dessus.");
        if (Refuse(work, record, settlement.Subject) is { } refusal) return refusal;
        work.Db.Settlements.Remove(settlement);
        work.Log("contradiction.reopen", settlement.Subject, settlement.Field);
        await work.Db.SaveChangesAsync(ct);
        await pen.CommitAsync(ct);
        work.Db.ChangeTracker.Clear();
        return settlement;
    }

    static Refusal? Refuse(Work work, PortfolioRecord record, string subject) => Permissions.Refuse(work.Actor, Permission.SettleContradictions,
        subject.Split('/') is ["structures", var key] ? record.SidesOf(key) : null, subject.StartsWith("structures/", StringComparison.Ordinal) ? subject : null);
}
