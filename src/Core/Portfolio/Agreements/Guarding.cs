using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Portfolio.Editing;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio.Agreements;

/// <summary>
/// What no form for rows, undo or sheet may do behind the verbs: change a text that each side approved, what one side declared for itself,
/// the rules that a body issued, or which institution a partner belongs to.
/// </summary>
public static class Guarding
{
    static readonly string[] Approved = [.. AmendmentChanges.Columns, "structure", "event", "replaces", "ended", "ended_why"];

    /// <summary>True of tables whose rows are guarded at all.</summary>
    public static bool Guards(PortfolioFile file) => file.Name is "suspensions" or "money" or "agreements" or "parties" or "structures" or "rules" or "organisations";

    /// <param name="before">cells of the row as it stands; empty for a new one</param>
    /// <param name="after">cells that it would have; empty where it would be removed</param>
    public static async Task<Refusal?> RefuseAsync(
        Work work, PortfolioFile file, IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after, CancellationToken ct)
    {
        if (work.Actor.Operator) return null;
        foreach (var cells in new[] { before, after }.Where(c => c.Count > 0))
            if (await RefuseAsync(work, file, cells, before, after, ct) is { } refusal) return refusal;
        return null;
    }

    static async Task<Refusal?> RefuseAsync(Work work, PortfolioFile file, IReadOnlyDictionary<string, string> cells,
        IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after, CancellationToken ct) => file.Name switch
        {
            "suspensions" => await OthersAsync(work, Permission.Approve, cells, ct),
            "money" => await OthersAsync(work, Permission.EditRecord, cells, ct),
            "agreements" when Approved.Any(c => before.GetValueOrDefault(c) != after.GetValueOrDefault(c)) => await ByBothAsync(work.Db, cells.GetValueOrDefault("key"), ct),
            "parties" => await ByBothAsync(work.Db, cells.GetValueOrDefault("agreement"), ct),
            "rules" => await IssuedAsync(work, cells, before, after, ct),
            "organisations" when before.Count > 0 && before.GetValueOrDefault("parent") != after.GetValueOrDefault("parent") => await PartnersAsync(work, before["key"], ct),
            _ => null,
        };

    static async Task<Refusal?> OthersAsync(Work work, Permission permission, IReadOnlyDictionary<string, string> cells, CancellationToken ct) =>
        cells.TryGetValue("side", out var side) && cells.TryGetValue("structure", out var structure)
            ? OnBehalf.Refuse(work.Actor, permission, await Reach.RootAsync(work.Db, side, ct), $"structures/{structure}") : null;

    // A version of rules is never changed: the next takes its place.
    static async Task<Refusal?> IssuedAsync(Work work, IReadOnlyDictionary<string, string> cells, IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after, CancellationToken ct)
    {
        string[]? issuer = cells.TryGetValue("issuer", out var body) ? [await Reach.RootAsync(work.Db, body, ct)] : null;
        if (Permissions.Refuse(work.Actor, Permission.EditRules, issuer) is { } refusal) return refusal;
        return before.Count == 0 || after.Count == 0 ? null : Refusal.Conflict("rules-published",
            $"A version of rules is never changed, since others relied on it. Publish the next one at /instruments/{cells.GetValueOrDefault("instrument")}.",
            $"Une version de règles ne se modifie jamais, car d’autres s’y sont fiés. Publiez la suivante sur /instruments/{cells.GetValueOrDefault("instrument")}.");
    }

    // Who belongs to whom says which sides stand behind a structure, and so who reads it and who approves.
    static async Task<Refusal?> PartnersAsync(Work work, string key, CancellationToken ct)
    {
        var whole = await PortfolioRecord.ReadAsync(work.Db, ct);
        bool Under(string? body)
        {
            for (var steps = 0; steps < 10 && body is not null && body != key; steps++) body = whole.Organisations.GetValueOrDefault(body)?.Parent;
            return body == key;
        }
        return whole.Parties.SelectMany(p => p).Select(p => p.Organisation).Distinct().Any(Under) ? Permissions.Refuse(work.Actor, Permission.EditRecord, [whole.RootOf(key)]) : null;
    }

    static async Task<Refusal?> ByBothAsync(Db db, string? agreement, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(agreement)) return null;
        var standing = await db.Agreements.AsNoTracking().AnyAsync(a => a.Key == agreement && !a.Draft, ct);
        if (!standing || !await db.Approvals.AsNoTracking().AnyAsync(a => a.Subject == $"agreements/{agreement}" && a.Withdrawn == null, ct)) return null;
        return Refusal.Conflict("approved-text", $"Each side approved this text. Propose an amendment at /agreements/{agreement}/amend: it stands as it is until each has approved that too.",
            $"Chaque côté a approuvé ce texte. Proposez un avenant sur /agreements/{agreement}/amend : il reste tel quel jusqu’à ce que chacun l’ait aussi approuvé.");
    }

    /// <summary>True of a line that tells what several sides did together: one of them cannot take it back.</summary>
    public static bool IsJoint(string verb) => verb is "agreement.effect" or "agreement.amend" or "structure.effect";

    /// <summary>The reason why one side cannot take back what a line of the journal tells; null where it can.</summary>
    /// <param name="rows">cells of each row as it stands and as it would be; empty where there is none</param>
    public static async Task<Refusal?> RefuseUndoAsync(
        Work work, string verb, IEnumerable<(PortfolioFile File, IReadOnlyDictionary<string, string> Before, IReadOnlyDictionary<string, string> After)> rows, CancellationToken ct)
    {
        if (work.Actor.Operator) return null;
        if (IsJoint(verb)) return Jointly;
        foreach (var (file, before, after) in rows.Where(r => Guards(r.File)))
        {
            // What is set by approval alone is not set back by one.
            if (before.Count > 0 && after.Count > 0 && file.Columns.Any(c => c.ByVerb && (before.GetValueOrDefault(c.Name) ?? "no") != (after.GetValueOrDefault(c.Name) ?? "no"))) return Jointly;
            if (await RefuseAsync(work, file, before, after, ct) is { } refusal) return refusal;
        }
        return null;
    }

    static Refusal Jointly => Refusal.Conflict("approved-text", "Each side approved this: one of them cannot take it back. Propose an amendment instead.",
        "Chaque côté l’a approuvé : un seul ne peut l’annuler. Proposez plutôt un avenant.");
}
