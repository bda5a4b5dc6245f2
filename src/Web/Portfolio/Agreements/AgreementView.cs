using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Agreements;
using Entente.Core.Portfolio.Rules;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Web.Portfolio.Agreements;

/// <summary>An agreement with all that its page shows, as the reader may know it.</summary>
public sealed record AgreementView
{
    public required Agreement Agreement { get; init; }
    public required Structure Structure { get; init; }
    public required AgreementState State { get; init; }
    public required IReadOnlyList<string> Sides { get; init; }
    public required DateOnly Today { get; init; }

    /// <summary>What waits for approval; null where nothing does, or the reader has no part in it.</summary>
    public ApprovalStanding? Standing { get; init; }
    public Amendment? Amendment { get; init; }

    /// <summary>The approvals by which it took effect, where it did so here.</summary>
    public IReadOnlyList<Approval> Given { get; init; } = [];
    public IReadOnlyList<Document> Documents { get; init; } = [];
    public IReadOnlyList<RuleFinding> Findings { get; init; } = [];

    public static async Task<Outcome<AgreementView>> OfAsync(Work work, PortfolioRecord record, string key, CancellationToken ct)
    {
        if (record.FindAgreement(key) is not { } agreement) return Unknown(key);
        var (today, structure, subject) = (PortfolioRoutes.Today(work), record.Structures[agreement.Structure], $"agreements/{key}");
        var sides = AgreementReading.SidesOf(record, agreement, today);
        // Who approves what is the sides' own affair until it is in effect.
        var inside = Audience.Both.OpenTo(work.Actor, record.SidesOf(structure.Key), $"structures/{structure.Key}");
        var standing = inside && await Approving.StandingAsync(work, subject, ct) is { Ok: true, Value: var waiting } ? waiting : null;
        var given = inside ? await work.Db.Approvals.AsNoTracking().Where(a => a.Subject == subject && a.Withdrawn == null).OrderBy(a => a.Id).ToListAsync(ct) : [];
        return new AgreementView
        {
            Agreement = agreement, Structure = structure, State = AgreementReading.StateOf(record, agreement, today), Sides = sides, Today = today, Standing = standing,
            Amendment = standing?.Text.Amendment is { } number ? await work.Db.Amendments.AsNoTracking().SingleAsync(a => a.Id == number, ct) : null,
            Given = given, Documents = await Documenting.OfAsync(work, subject, ct),
            Findings = [.. RuleChecks.Of(record, structure, today).Where(f => f.Place is FindingPlace.Agreements or FindingPlace.Money or FindingPlace.Parties)],
        };
    }

    public static Refusal Unknown(string key) => Refusal.NotFound("unknown-agreement", $"There is no agreement “{key}” on this record. The list is at /agreements.",
        $"Il n’y a pas d’accord « {key} » dans ce registre. La liste est sur /agreements.");
}
