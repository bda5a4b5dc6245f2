using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio.Agreements;

/// <summary>Suspends the work of a structure on behalf of one side, and lets it go on. One side never lifts what another declared.</summary>
public static class Suspending
{
    /// <summary>Cells of suspensions: side, since, until, reason, scope, source, wording, audience.</summary>
    public static async Task<Outcome<int>> SuspendAsync(Work work, string structure, IReadOnlyDictionary<string, string> cells, CancellationToken ct)
    {
        await using var turn = await work.BeginAsync(ct);
        var whole = await PortfolioRecord.ReadAsync(work.Db, ct);
        var record = whole.For(work.Actor);
        if (!record.Structures.TryGetValue(structure, out var suspended)) return Unknown(structure);
        var row = Concluding.Sourced(cells, ("structure", structure));
        if (Refuse(work, whole, structure, row.GetValueOrDefault("side") ?? "") is { } refusal) return refusal;
        if (suspended.Draft)
            return Refusal.Conflict("suspend-draft", "This structure is still a draft: it does not work yet.", "Cette structure est encore un projet : elle ne fonctionne pas encore.");
        if (AgreementCells.Complaints(record, typeof(Suspension), row).FirstOrDefault() is { } complaint) return Drafting.Refused([complaint]);
        var suspension = AgreementCells.Make<Suspension>(row);
        if (whole.Suspensions[structure].FirstOrDefault(s => s.Side == suspension.Side && Same(s.Scope, suspension.Scope) && Overlap(s, suspension)) is { } running)
            return Refusal.Conflict("suspended-already",
                $"{suspension.Side} suspended the same from {running.Since.In(Lang.En)}{(running.Until is { } until ? $" until {until.In(Lang.En)}" : ", and has not lifted it")}.",
                $"{suspension.Side} a déjà suspendu la même chose {running.Since.Since().Fr}{(running.Until is { } jusque ? $" {jusque.Until().Fr}" : ", sans l’avoir levé")}.");
        await OwnSource.OfAsync(work, row["source"], ct);
        work.Db.Add(suspension);
        work.Log("structure.suspend", $"structures/{structure}", $"for {suspension.Side}");
        await work.Db.SaveChangesAsync(ct);
        await turn.CommitAsync(ct);
        return suspension.Id;
    }

    /// <param name="until">the first date on which work goes on</param>
    public static async Task<Outcome<string>> ResumeAsync(Work work, string structure, int suspension, string until, string reason, CancellationToken ct)
    {
        await using var turn = await work.BeginAsync(ct);
        var whole = await PortfolioRecord.ReadAsync(work.Db, ct);
        if (whole.For(work.Actor).Suspensions[structure].FirstOrDefault(s => s.Id == suspension) is not { } running)
            return Refusal.NotFound("unknown-suspension", "There is no such suspension of this structure.", "Cette structure n’a pas cette suspension.");
        if (Refuse(work, whole, structure, running.Side) is { } refusal) return refusal;
        if (running.Until is not null)
            return Refusal.Conflict("resumed-already", "This suspension was lifted already.", "Cette suspension est déjà levée.");
        if (!PartialDate.TryParse(until.Trim(), out var day) || day < running.Since)
            return Refusal.Invalid("agreement-invalid", $"Enter the date from which work goes on, {running.Since.In(Lang.En)} or later.",
                $"Indiquez la date de reprise, {running.Since.In(Lang.Fr)} ou plus tard.", "until");
        if (string.IsNullOrWhiteSpace(reason))
            return Refusal.Invalid("agreement-invalid", "Say why work goes on.", "Dites pourquoi le travail reprend.", "reason");
        var row = await work.Db.Suspensions.SingleAsync(s => s.Id == suspension, ct);
        work.Db.Entry(row).Property(s => s.Until).CurrentValue = day;
        work.Db.Entry(row).Property(s => s.ResumedWhy).CurrentValue = reason.Trim();
        work.Log("structure.resume", $"structures/{structure}", $"for {running.Side}");
        await work.Db.SaveChangesAsync(ct);
        await turn.CommitAsync(ct);
        return structure;
    }

    static Refusal? Refuse(Work work, PortfolioRecord whole, string structure, string side)
    {
        if (Permissions.Refuse(work.Actor, Permission.Approve, whole.SidesOf(structure), $"structures/{structure}") is { } refusal) return refusal;
        if (!whole.SidesOf(structure).Contains(side))
            return Refusal.Invalid("not-a-party", $"Choose the side that declares it: {string.Join(", ", whole.SidesOf(structure))}.",
                $"Choisissez le côté qui la déclare : {string.Join(", ", whole.SidesOf(structure))}.", "side");
        return OnBehalf.Refuse(work.Actor, Permission.Approve, side, $"structures/{structure}");
    }

    static bool Same(string a, string b) => string.Equals(a.Trim(), b.Trim(), StringComparison.OrdinalIgnoreCase);

    static bool Overlap(Suspension a, Suspension b) =>
        a.Since.First < (b.Until?.First ?? DateOnly.MaxValue) && b.Since.First < (a.Until?.First ?? DateOnly.MaxValue);

    static Refusal Unknown(string key) => Refusal.NotFound("unknown-structure", $"There is no structure “{key}” on this record. The list is at /structures.",
        $"Il n’y a pas de structure « {key} » dans ce registre. La liste est sur /structures.");
}
