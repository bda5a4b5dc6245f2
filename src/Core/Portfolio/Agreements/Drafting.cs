using System.Globalization;
using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio.Agreements;

/// <summary>Drafts agreements, and amends those that are drafted or in effect. What is drafted waits for the approval of each side.</summary>
public static class Drafting
{
    /// <summary>Everything that is wrong with a plan, for the form that holds it.</summary>
    public static async Task<IReadOnlyList<Complaint>> ComplaintsAsync(Work work, AgreementPlan plan, CancellationToken ct)
    {
        var whole = await PortfolioRecord.ReadAsync(work.Db, ct);
        return Planning.Of(whole.For(work.Actor), whole, plan).Complaints;
    }

    /// <summary>Writes the agreement, its parties and budget, and where the plan founds one its structure, in one go. Gives the key of the agreement.</summary>
    public static async Task<Outcome<string>> DraftAsync(Work work, AgreementPlan plan, CancellationToken ct)
    {
        await using var turn = await work.BeginAsync(ct);
        var whole = await PortfolioRecord.ReadAsync(work.Db, ct);
        var record = whole.For(work.Actor);
        var planned = Planning.Of(record, whole, plan);
        var sides = plan.Parties.Where(whole.Organisations.ContainsKey).Select(whole.RootOf).Distinct().ToList();
        if (Permissions.Refuse(work.Actor, Permission.CreateRecord, sides, $"structures/{plan.Founds?.Centre ?? planned.Structure}") is { } refusal) return refusal;
        if (planned.Complaints.Count > 0) return Refused(planned.Complaints);
        if (!plan.Audience.OpenTo(work.Actor, sides, $"structures/{planned.Structure}") && plan.Founds is null) return Unreadable;
        if (plan.Replaces is { } old && Taken(whole, old) is { } taken) return taken;
        await OwnSource.OfAsync(work, plan.Source, ct);
        foreach (var (type, cells) in planned.Rows) work.Db.Add(RowCells.FileOf(type).Make(new Row(RowCells.FileOf(type), 0, cells)));
        work.Log(plan.Replaces is null ? "agreement.draft" : "agreement.renew", $"agreements/{planned.Key}",
            string.Create(CultureInfo.InvariantCulture, $"{sides.Count} sides, {planned.Rows.Count(r => r.Type == typeof(Money))} amounts{(plan.Founds is null ? "" : $", with structures/{planned.Structure}")}"));
        await work.Db.SaveChangesAsync(ct);
        await turn.CommitAsync(ct);
        return planned.Key;
    }

    static Refusal? Taken(PortfolioRecord whole, string replaced) =>
        whole.FindAgreement(replaced) is not { } old
            ? Refusal.NotFound("unknown-agreement", $"There is no agreement “{replaced}” to renew.", $"Il n’y a pas d’accord « {replaced} » à renouveler.")
            : old.Draft ? Refusal.Conflict("renew-draft", "This agreement is itself a draft: it must take effect before it can be renewed.",
                "Cet accord est lui-même un projet : il doit prendre effet avant d’être renouvelé.")
            : (AgreementReading.RenewalOf(whole, old) ?? AgreementReading.SuccessorOf(whole, old)) is { } next
                ? Refusal.Conflict("renewed-already", $"It has a renewal already, at /agreements/{next.Key}.", $"Il a déjà un renouvellement, sur /agreements/{next.Key}.")
                : null;

    internal static Refusal Refused(IReadOnlyList<Complaint> complaints) =>
        Refusal.Invalid("agreement-invalid", complaints[0].What.En, complaints[0].What.Fr, complaints[0].Field);

    static Refusal Unreadable => Refusal.Invalid("audience-without-you", "You could not read this yourself: choose an audience that you belong to.",
        "Vous ne pourriez pas le lire vous-même : choisissez une audience dont vous faites partie.", "audience");

    /// <summary>
    /// Changes a draft in place, which lets the approvals given lapse, or writes down an amendment of an agreement in effect, which stands
    /// as it is until each side has approved. An amendment that waits is replaced.
    /// </summary>
    public static async Task<Outcome<string>> AmendAsync(Work work, string key, AmendmentChanges changes, string? reason, CancellationToken ct)
    {
        await using var turn = await work.BeginAsync(ct);
        var whole = await PortfolioRecord.ReadAsync(work.Db, ct);
        var record = whole.For(work.Actor);
        if (record.FindAgreement(key) is null || (whole).FindAgreement(key) is not { } now) return Unknown(key);
        if (Permissions.Refuse(work.Actor, Permission.EditRecord, Sides(work, whole, now), $"structures/{now.Structure}") is { } refusal) return refusal;
        changes = Only(now, changes);
        if (Complaints(record, now, changes) is { Count: > 0 } complaints) return Refused(complaints);
        if (changes.Nothing()) return Refusal.Invalid("nothing-changed", "Nothing was changed: the agreement says all of this already.", "Rien n’a été modifié : l’accord dit déjà tout cela.");
        if (now.Draft) await RewriteAsync(work, now, changes, ct);
        else await ProposeAsync(work, now, changes, reason, ct);
        await work.Db.SaveChangesAsync(ct);
        await turn.CommitAsync(ct);
        return key;
    }

    /// <summary>Everything that is wrong with changes to an agreement.</summary>
    public static IReadOnlyList<Complaint> Complaints(PortfolioRecord record, Agreement agreement, AmendmentChanges changes)
    {
        var cells = RowCells.CellsOf(agreement).ToDictionary(StringComparer.Ordinal);
        foreach (var (column, text) in changes.Cells) cells[column] = text;
        var wrong = AgreementCells.Complaints(record, typeof(Agreement), cells).Where(c => AmendmentChanges.Columns.Contains(c.Field)).ToList();
        if (Planning.Upside(cells)) wrong.Add(new("ends", new("it ends before it starts.", "la fin précède le début.")));
        foreach (var stranger in changes.Join.Where(o => !record.Organisations.ContainsKey(o))) wrong.Add(new("join", RowRules.NoSuchKey(stranger, "organisations")));
        if (changes.From is { Length: > 0 } from && !PartialDate.TryParse(from, out _)) wrong.Add(new("from", Column.Date("from").Complaint(from)!.Value));
        var parties = AgreementReading.PartiesOf(record, agreement).Select(p => p.Organisation).OfType<string>().ToHashSet();
        foreach (var present in changes.Join.Where(parties.Contains))
            wrong.Add(new("join", new($"“{present}” is a party already.", $"« {present} » est déjà partie.")));
        foreach (var stranger in changes.Leave.Where(o => !parties.Contains(o)))
            wrong.Add(new("leave", new($"“{stranger}” is no party, so it cannot leave.", $"« {stranger} » n’est pas partie et ne peut donc partir.")));
        var left = parties.Except(changes.Leave).Concat(changes.Join).Where(record.Organisations.ContainsKey).Select(record.RootOf).Distinct().Count();
        if (changes.Join.Count + changes.Leave.Count > 0 && left < 2)
            wrong.Add(new("leave", new("two sides at least must remain: let the agreement end instead.", "deux côtés au moins doivent rester : laissez plutôt l’accord prendre fin.")));
        return wrong;
    }

    // What is said already is no change.
    static AmendmentChanges Only(Agreement now, AmendmentChanges changes)
    {
        var cells = RowCells.CellsOf(now);
        return changes with { Cells = changes.Cells.Where(c => AmendmentChanges.Columns.Contains(c.Key) && cells[c.Key] != c.Value.Trim()).ToDictionary(c => c.Key, c => c.Value.Trim()) };
    }

    static async Task RewriteAsync(Work work, Agreement now, AmendmentChanges changes, CancellationToken ct)
    {
        var row = await work.Db.Agreements.SingleAsync(a => a.Key == now.Key, ct);
        AgreementCells.Fill(work.Db, row, changes.Cells);
        foreach (var leaving in await work.Db.Parties.Where(p => p.Agreement == now.Key && changes.Leave.Contains(p.Organisation!)).ToListAsync(ct)) work.Db.Remove(leaving);
        var source = await OwnSource.OfAsync(work, null, ct);
        foreach (var joining in changes.Join)
            work.Db.Add(new Party { Structure = now.Structure, Organisation = joining, Role = PartyRole.Party, Agreement = now.Key, Event = now.Event, Source = source, Audience = now.Audience });
        work.Log("agreement.redraft", $"agreements/{now.Key}", Count(changes));
    }

    static async Task ProposeAsync(Work work, Agreement now, AmendmentChanges changes, string? reason, CancellationToken ct)
    {
        foreach (var waiting in await work.Db.Amendments.Where(a => a.Agreement == now.Key && a.State == AmendmentState.Open).ToListAsync(ct)) waiting.State = AmendmentState.Withdrawn;
        work.Db.Add(new Amendment
        {
            Agreement = now.Key, Changes = changes.Write(), Reason = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim(), Account = work.Actor.Account, At = work.Now,
            State = AmendmentState.Open, Audience = now.Audience.Kind == AudienceKind.Public ? Audience.Both : now.Audience,
        });
        work.Log("agreement.propose", $"agreements/{now.Key}", Count(changes));
    }

    /// <summary>Gives up the amendment that waits; the agreement stays as it is.</summary>
    public static async Task<Outcome<string>> GiveUpAsync(Work work, string key, CancellationToken ct)
    {
        await using var turn = await work.BeginAsync(ct);
        var whole = await PortfolioRecord.ReadAsync(work.Db, ct);
        if ((whole.For(work.Actor)).FindAgreement(key) is null || whole.FindAgreement(key) is not { } now) return Unknown(key);
        if (Permissions.Refuse(work.Actor, Permission.EditRecord, Sides(work, whole, now), $"structures/{now.Structure}") is { } refusal) return refusal;
        if (await work.Db.Amendments.SingleOrDefaultAsync(a => a.Agreement == key && a.State == AmendmentState.Open, ct) is not { } waiting)
            return Refusal.Conflict("no-amendment", "No amendment waits here.", "Aucun avenant n’attend ici.");
        waiting.State = AmendmentState.Withdrawn;
        work.Log("agreement.give-up", $"agreements/{key}");
        await work.Db.SaveChangesAsync(ct);
        await turn.CommitAsync(ct);
        return key;
    }

    static string Count(AmendmentChanges changes) =>
        string.Create(CultureInfo.InvariantCulture, $"{changes.Cells.Count} fields, {changes.Join.Count} join, {changes.Leave.Count} leave");

    internal static IReadOnlyList<string> Sides(Work work, PortfolioRecord whole, Agreement agreement) =>
        AgreementReading.SidesOf(whole, agreement, DateOnly.FromDateTime(work.Now.UtcDateTime));

    internal static Refusal Unknown(string key) => Refusal.NotFound("unknown-agreement", $"There is no agreement “{key}” on this record. The list is at /agreements.",
        $"Il n’y a pas d’accord « {key} » dans ce registre. La liste est sur /agreements.");
}
