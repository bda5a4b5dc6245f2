using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio.Agreements;

/// <summary>How far an approval has come: what is to be approved, by whom, and who has approved just that.</summary>
public sealed record ApprovalStanding(ApprovalText Text, string Structure, IReadOnlyList<string> Sides, IReadOnlyList<Approval> Approvals)
{
    /// <summary>The approval of a side that stands: of this very text, and not withdrawn.</summary>
    public Approval? Of(string side) => Approvals.LastOrDefault(a => a.Side == side && a.Withdrawn is null && a.Hash == Text.Hash);

    /// <summary>An approval of the side of something else than what stands there now: it lapsed when the text was changed.</summary>
    public Approval? Lapsed(string side) => Of(side) is not null ? null : Approvals.LastOrDefault(a => a.Side == side && a.Withdrawn is null);

    /// <summary>True of a draft behind which one side stands: nobody agrees with itself.</summary>
    public bool Alone => Text.Amendment is null && Sides.Count < 2;

    public bool Complete => !Alone && Sides.Count > 0 && Sides.All(side => Of(side) is not null);
}

/// <summary>
/// What both sides must approve takes effect when each has approved the same text. A side approves the hash of what it saw: where the
/// record was changed since, the approval is refused, and one given before lapses.
/// </summary>
public static class Approving
{
    /// <param name="subject">agreements/KEY or structures/KEY</param>
    /// <param name="seen">the content of the text that was seen</param>
    /// <param name="line">the last line of the journal when it was seen</param>
    public static async Task<Outcome<ApprovalStanding>> ApproveAsync(Work work, string subject, string side, string seen, int line, CancellationToken ct)
    {
        await using var turn = await work.BeginAsync(ct);
        var found = await StandingAsync(work, subject, ct);
        if (found.Refusal is { } missing) return missing;
        var standing = found.Value;
        if (!standing.Sides.Contains(side)) return NoParty(side, standing);
        if (OnBehalf.Refuse(work.Actor, Permission.Approve, side, $"structures/{standing.Structure}") is { } refusal) return refusal;
        if (standing.Alone) return Alone(side);
        if (standing.Text.Content != seen) return Changed(seen, standing.Text);
        if (standing.Of(side) is not null)
            return Refusal.Conflict("already-approved", $"{side} has approved this text already. Nothing was written.", $"{side} a déjà approuvé ce texte. Rien n’a été écrit.");
        var approval = new Approval
        {
            Subject = subject, Amendment = standing.Text.Amendment, Side = side, Hash = standing.Text.Hash, Content = seen, Seen = line,
            Account = work.Actor.Account, At = work.Now, Audience = Audience.Both,
        };
        work.Db.Add(approval);
        work.Log("approval.give", subject, $"for {side}, hash {approval.Hash[..12]}");
        await work.Db.SaveChangesAsync(ct);
        standing = standing with { Approvals = [.. standing.Approvals, approval] };
        if (standing.Complete) await TakingEffect.RunAsync(work, standing, ct);
        await turn.CommitAsync(ct);
        return standing;
    }

    /// <summary>Takes an approval back while it has not taken effect.</summary>
    public static async Task<Outcome<ApprovalStanding>> WithdrawAsync(Work work, string subject, string side, CancellationToken ct)
    {
        await using var turn = await work.BeginAsync(ct);
        var found = await StandingAsync(work, subject, ct);
        if (found.Refusal is { } missing) return missing;
        var standing = found.Value;
        if (OnBehalf.Refuse(work.Actor, Permission.Approve, side, $"structures/{standing.Structure}") is { } refusal) return refusal;
        var given = await work.Db.Approvals.Where(a => a.Subject == subject && a.Amendment == standing.Text.Amendment && a.Side == side && a.Withdrawn == null).ToListAsync(ct);
        if (given.Count == 0)
            return Refusal.Conflict("no-approval", $"No approval by {side} stands here.", $"Aucune approbation de {side} n’est en cours ici.");
        foreach (var approval in given) approval.Withdrawn = work.Now;
        work.Log("approval.withdraw", subject, $"for {side}");
        await work.Db.SaveChangesAsync(ct);
        await turn.CommitAsync(ct);
        return standing;
    }

    /// <summary>What waits for approval at this address, and how far it has come. Refused where nothing waits.</summary>
    public static async Task<Outcome<ApprovalStanding>> StandingAsync(Work work, string subject, CancellationToken ct)
    {
        var whole = await PortfolioRecord.ReadAsync(work.Db, ct);
        var record = whole.For(work.Actor);
        var text = subject.Split('/') switch
        {
            ["structures", var key] => OfStructure(record, key),
            ["agreements", var key] => await OfAgreementAsync(work, record, whole, key, ct),
            _ => Refusal.NotFound("no-such-record", $"There is nothing to approve at {subject}.", $"Il n’y a rien à approuver à l’adresse {subject}."),
        };
        if (text.Refusal is { } refusal) return refusal;
        var (written, structure, sides) = text.Value;
        var approvals = await work.Db.Approvals.AsNoTracking().Where(a => a.Subject == subject && a.Amendment == written.Amendment).OrderBy(a => a.Id).ToListAsync(ct);
        return new ApprovalStanding(written, structure, sides, approvals);
    }

    static Outcome<(ApprovalText, string, IReadOnlyList<string>)> OfStructure(PortfolioRecord record, string key)
    {
        if (!record.Structures.TryGetValue(key, out var structure))
            return Refusal.NotFound("unknown-structure", $"There is no structure “{key}” on this record.", $"Il n’y a pas de structure « {key} » dans ce registre.");
        if (!structure.Draft) return InEffect;
        if (record.Agreements[key].FirstOrDefault(a => a.Draft) is { } agreement)
            return Refusal.Conflict("approve-agreement", $"This structure was drafted with its agreement: approve both at /agreements/{agreement.Key}.",
                $"Cette structure est en projet avec son accord : approuvez les deux sur /agreements/{agreement.Key}.");
        return (ApprovalTexts.Of(record, structure), key, [.. record.SidesOf(key)]);
    }

    static async Task<Outcome<(ApprovalText, string, IReadOnlyList<string>)>> OfAgreementAsync(
        Work work, PortfolioRecord record, PortfolioRecord whole, string key, CancellationToken ct)
    {
        var agreement = whole.FindAgreement(key);
        var amendment = agreement is null or { Draft: true } ? null
            : await work.Db.Amendments.AsNoTracking().SingleOrDefaultAsync(a => a.Agreement == key && a.State == AmendmentState.Open, ct);
        var joining = amendment is null ? [] : AmendmentChanges.Parse(amendment.Changes).Join.Select(whole.RootOf).ToList();
        // Who is to join must read what it would join, though it has no part in the record yet.
        if (agreement is null || record.FindAgreement(key) is null && !joining.Any(side => OnBehalf.May(work.Actor, Permission.Approve, side, $"structures/{agreement.Structure}")))
            return Drafting.Unknown(key);
        var sides = AgreementReading.SidesOf(whole, agreement, DateOnly.FromDateTime(work.Now.UtcDateTime));
        // What is approved is the same for every side, so it is written from the whole record, private rows left out.
        if (agreement.Draft) return (ApprovalTexts.Of(whole, agreement), agreement.Structure, sides);
        return amendment is null ? InEffect : (ApprovalTexts.Of(whole, agreement, amendment), agreement.Structure, [.. sides.Concat(joining).Distinct()]);
    }

    static Refusal InEffect => Refusal.Conflict("nothing-to-approve", "Nothing waits for approval here: what stands is in effect.",
        "Rien n’attend d’approbation ici : ce qui figure est en vigueur.");

    static Refusal Alone(string side) => Refusal.Conflict("one-side", $"Only {side} stands behind this draft, and an agreement takes two. Name the other party first.",
        $"Seul {side} figure derrière ce projet, et un accord se conclut à deux. Indiquez d’abord l’autre partie.");

    static Refusal NoParty(string side, ApprovalStanding standing) => Refusal.Invalid("not-a-party",
        $"“{side}” is not among the sides that approve this: {string.Join(", ", standing.Sides)}.",
        $"« {side} » n’est pas parmi les côtés qui l’approuvent : {string.Join(", ", standing.Sides)}.", "side");

    static Refusal Changed(string seen, ApprovalText now)
    {
        var names = string.Join(", ", ApprovalText.Changes(ApprovalText.LinesOf(seen), now.Lines).Select(c => c.Name));
        return Refusal.Conflict("changed-since", $"This was changed after you saw it ({names}). Read what changed, then approve it as it stands.",
            $"Ceci a été modifié après votre lecture ({names}). Lisez ce qui a changé, puis approuvez le texte tel qu’il est.");
    }
}
