using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio.Agreements;

/// <summary>What happens once every side has approved the same text. Runs inside the transaction of the last approval.</summary>
static class TakingEffect
{
    public static async Task RunAsync(Work work, ApprovalStanding standing, CancellationToken ct)
    {
        if (standing.Text.Amendment is { } amendment) await AmendAsync(work, amendment, standing, ct);
        else if (standing.Text.Subject.StartsWith("agreements/", StringComparison.Ordinal)) await AgreeAsync(work, standing, ct);
        else
        {
            await FoundAsync(work, standing.Structure, ct);
            work.Log("structure.effect", standing.Text.Subject, By(standing));
        }
        await work.Db.SaveChangesAsync(ct);
    }

    static string By(ApprovalStanding standing) => $"approved by {string.Join(", ", standing.Sides)}, hash {standing.Text.Hash[..12]}";

    static async Task FoundAsync(Work work, string structure, CancellationToken ct)
    {
        var row = await work.Db.Structures.SingleAsync(s => s.Key == structure, ct);
        work.Db.Entry(row).Property(s => s.Draft).CurrentValue = false;
    }

    static async Task AgreeAsync(Work work, ApprovalStanding standing, CancellationToken ct)
    {
        var key = standing.Text.Subject["agreements/".Length..];
        var agreement = await work.Db.Agreements.SingleAsync(a => a.Key == key, ct);
        var structure = await work.Db.Structures.SingleAsync(s => s.Key == agreement.Structure, ct);
        var founded = structure.Draft;
        work.Db.Entry(agreement).Property(a => a.Draft).CurrentValue = false;
        work.Db.Entry(structure).Property(s => s.Draft).CurrentValue = false;
        var source = await OwnSource.OfAsync(work, null, ct);
        var today = DateOnly.FromDateTime(work.Now.UtcDateTime);
        work.Db.Add(ActOf(agreement, agreement.Event, DateKind.Agreed, new(today.Year, today.Month, today.Day), null, source,
            new("Approved by each side in this record", "Approuvé par chaque côté dans ce registre")));
        if (agreement.Starts is { } starts)
        {
            work.Db.Add(ActOf(agreement, agreement.Event, DateKind.Effective, starts, null, source,
                new("Takes effect, by the text that was approved", "Prend effet, selon le texte approuvé")));
            // A structure founded by it bears its instrument from the first day of its text on; an event of its own, since an agreement is no change of kind.
            if (founded) work.Db.Add(ActOf(agreement, "founding", DateKind.Effective, starts, structure.Instrument, source,
                new("Founded by its agreement", "Fondée par son accord")));
        }
        work.Log("agreement.effect", standing.Text.Subject, By(standing));
    }

    static Act ActOf(Agreement agreement, string happening, DateKind kind, PartialDate date, string? instrument, Citations source, Said what) => new()
    {
        Structure = agreement.Structure, Event = happening, Date = date, DateKind = kind, Instrument = instrument,
        What = what.En, WhatFr = what.Fr, Source = source, Audience = agreement.Audience,
    };

    static async Task AmendAsync(Work work, int number, ApprovalStanding standing, CancellationToken ct)
    {
        var amendment = await work.Db.Amendments.SingleAsync(a => a.Id == number, ct);
        var agreement = await work.Db.Agreements.SingleAsync(a => a.Key == amendment.Agreement, ct);
        var changes = AmendmentChanges.Parse(amendment.Changes);
        AgreementCells.Fill(work.Db, agreement, changes.Cells);
        if (changes.Join.Count + changes.Leave.Count > 0) await MoveAsync(work, agreement, changes, ct);
        amendment.State = AmendmentState.InEffect;
        work.Log("agreement.amend", standing.Text.Subject, $"amendment {number}, {By(standing)}");
    }

    static async Task MoveAsync(Work work, Agreement agreement, AmendmentChanges changes, CancellationToken ct)
    {
        var record = await PortfolioRecord.ReadAsync(work.Db, ct);
        var source = await OwnSource.OfAsync(work, null, ct);
        var from = changes.From is { } text ? PartialDate.Parse(text) : Day(work);
        var parties = AgreementReading.PartiesOf(record, agreement);
        // Parties that hung on the structure or its event become this agreement's own: what a source said of those stays as it was said.
        if (parties.All(p => p.Agreement is null))
            foreach (var party in parties.DistinctBy(p => p.Organisation ?? p.NameThen))
                work.Db.Add(PartyOf(agreement, party, changes.Leave.Contains(party.Organisation ?? "") ? from : party.Until));
        else
            foreach (var leaving in await work.Db.Parties.Where(p => p.Agreement == agreement.Key && p.Until == null && changes.Leave.Contains(p.Organisation!)).ToListAsync(ct))
                work.Db.Entry(leaving).Property(p => p.Until).CurrentValue = from;
        foreach (var organisation in changes.Join)
            work.Db.Add(new Party
            {
                Structure = agreement.Structure, Organisation = organisation, Role = PartyRole.Party, Event = agreement.Event, Agreement = agreement.Key,
                Since = from, Source = source, Audience = agreement.Audience,
            });
    }

    static Party PartyOf(Agreement agreement, Party party, PartialDate? until) => new()
    {
        Structure = agreement.Structure, Organisation = party.Organisation, Role = party.Role, NameThen = party.NameThen, Event = agreement.Event,
        Agreement = agreement.Key, Since = party.Since, Until = until, Source = party.Source, Wording = party.Wording, Audience = party.Audience,
    };

    static PartialDate Day(Work work) => DateOnly.FromDateTime(work.Now.UtcDateTime) is var today ? new(today.Year, today.Month, today.Day) : default;
}
