using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio.Rules;

/// <summary>Objections to findings. An objection changes neither the rule nor the finding: it stands beside it, with who and why.</summary>
public static class Contesting
{
    /// <param name="finding">RuleFinding.Key of a finding of this structure</param>
    public static async Task<Outcome<Contest>> ContestAsync(Work work, string structure, string finding, string reason, Audience audience, CancellationToken ct)
    {
        await using var pen = await work.BeginAsync(ct);
        work.Db.ChangeTracker.Clear();
        var record = PortfolioRecord.Of(work);
        if (!record.Structures.TryGetValue(structure, out var found)) return UnknownStructure(structure);
        var subject = $"structures/{structure}";
        if (Permissions.Refuse(work.Actor, Permission.EditRecord, record.SidesOf(structure), subject) is { } refusal) return refusal;
        if (string.IsNullOrWhiteSpace(reason))
            return Refusal.Invalid("no-reason", "Say why the rule does not apply, or what is wrong with it.", "Dites pourquoi la règle ne s’applique pas, ou ce qu’elle a de faux.", "reason");
        if (!record.Opens(work.Actor, audience, structure))
            return Refusal.Invalid("audience", "You could not read it yourself: choose an audience that you belong to.", "Vous ne pourriez pas la lire vous-même\u202F: choisissez une audience dont vous faites partie.", "audience");
        var titles = await RuleReading.DocumentTitlesAsync(work, record, found, ct);
        var today = DateOnly.FromDateTime(work.Now.UtcDateTime);
        if (RuleChecks.Of(record, RuleFacts.Of(record, found, today) with { Documents = titles }, today).FirstOrDefault(f => f.Key == finding) is not { } contested)
            return Refusal.NotFound("unknown-finding", "This is no longer found: the record or the rule was changed meanwhile.", "Ce constat n’existe plus\u202F: la fiche ou la règle a changé entre-temps.");
        var contest = new Contest
        {
            Subject = subject, Finding = finding, Quoted = contested.Quote.En, Reason = reason.Trim(), Who = work.Actor.Id, At = work.Now, Audience = audience,
        };
        work.Db.Contests.Add(contest);
        work.Log("rules.contest", subject);
        await work.Db.SaveChangesAsync(ct);
        await pen.CommitAsync(ct);
        work.Db.ChangeTracker.Clear();
        return contest;
    }

    /// <summary>Takes an objection back: by whoever made it, or by an officer of a side.</summary>
    public static async Task<Outcome<Contest>> WithdrawAsync(Work work, int id, CancellationToken ct)
    {
        await using var pen = await work.BeginAsync(ct);
        work.Db.ChangeTracker.Clear();
        var record = PortfolioRecord.Of(work);
        if (await work.Db.Contests.SingleOrDefaultAsync(c => c.Id == id, ct) is not { } contest || !RuleReading.Opens(work.Actor, record, contest.Subject, contest.Audience))
            return Refusal.NotFound("unknown-contest", "There is no such objection: it may have been taken back.", "Cette contestation n’existe pas\u202F: elle a peut-être été retirée.");
        var structure = contest.Subject["structures/".Length..];
        if (contest.Who != work.Actor.Id && Permissions.Refuse(work.Actor, Permission.Approve, record.SidesOf(structure), contest.Subject) is { } refusal) return refusal;
        work.Db.Contests.Remove(contest);
        work.Log("rules.uncontest", contest.Subject);
        await work.Db.SaveChangesAsync(ct);
        await pen.CommitAsync(ct);
        work.Db.ChangeTracker.Clear();
        return contest;
    }

    static Refusal UnknownStructure(string key) => Refusal.NotFound("unknown-structure", $"There is no structure “{key}” on this record. The list is at /structures.",
        $"Il n’y a pas de structure « {key} » dans ce registre. La liste est sur /structures.");
}
