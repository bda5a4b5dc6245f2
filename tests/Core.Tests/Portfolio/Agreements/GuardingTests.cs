using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Agreements;
using Entente.Core.Portfolio.Editing;
using Entente.Core.Store;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Portfolio.Agreements;

public sealed class GuardingTests
{
    static async Task<string?> EditAsync(Work work, string table, string id, params (string Column, string Text)[] changes)
    {
        var opened = (await RowEditing.OpenAsync(work, RowEditing.Table(table)!, id, default)).Value;
        var cells = opened.Cells.ToDictionary();
        foreach (var (column, text) in changes) cells[column] = text;
        return (await RowEditing.SaveAsync(work, new() { File = opened.File, Id = id, Cells = cells, Seen = opened.Seen }, default)).Refusal?.Code;
    }

    // By somebody who has just looked.
    static async Task<Outcome<int>> RestoreAsync(Work work, string record, int line) =>
        await RecordPast.RestoreAsync(work, record, line, await History.LatestAsync(work.Db, record, default), default);

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task No_form_changes_what_each_side_approved(string kind)
    {
        await using var offices = await Offices.OpenAsync(kind);
        var key = await offices.DraftAsync();
        // A draft is anyone's to change, and no form can call it done.
        Assert.Null(await EditAsync(offices.Imperial, "agreements", key, ("ends", "2030-12-31"), ("draft", "no")));
        Assert.True((await offices.AgreementAsync(key)).Draft);
        await offices.AgreeAsync(key);
        Assert.Equal("approved-text", await EditAsync(offices.Cnrs, "agreements", key, ("ends", "2040-12-31")));
        Assert.Equal("approved-text", await EditAsync(offices.Cnrs, "agreements", key, ("terms", "")));
        var party = AgreementReading.PartiesOf(await offices.RecordAsync(), await offices.AgreementAsync(key)).First(p => p.Organisation == "imperial");
        Assert.Equal("approved-text", (await RowEditing.DeleteAsync(offices.Cnrs, RowEditing.Table("parties")!, $"{party.Id}", default)).Refusal?.Code);
        // Who may read it and where it stands written are no part of the text.
        Assert.Null(await EditAsync(offices.Cnrs, "agreements", key, ("audience", "public"), ("wording", "as signed")));
        Assert.Equal("2030-12-31", (await offices.AgreementAsync(key)).Ends.ToString());
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task One_side_takes_back_nothing_that_both_did_or_that_the_other_declared(string kind)
    {
        await using var offices = await Offices.OpenAsync(kind);
        var key = await offices.DraftAsync();
        await offices.AgreeAsync(key);
        var effect = await offices.Db.Journal.SingleAsync(j => j.Verb == "agreement.effect");
        Assert.Equal("approved-text", (await RecordPast.UndoAsync(offices.Cnrs, await offices.RecordAsync(), effect.Id, default)).Refusal?.Code);
        var cells = new Dictionary<string, string> { ["side"] = "imperial", ["since"] = "2026-01", ["scope"] = "Visits", ["reason"] = "Works", ["audience"] = "both" };
        var id = (await Suspending.SuspendAsync(offices.Imperial, "abraham-de-moivre", cells, default)).Value;
        offices.Db.ChangeTracker.Clear();
        var declared = await offices.Db.Journal.AsNoTracking().SingleAsync(j => j.Verb == "structure.suspend");
        Assert.Equal("not-permitted", (await RecordPast.UndoAsync(offices.Cnrs, await offices.RecordAsync(), declared.Id, default)).Refusal?.Code);
        Assert.Equal("not-permitted", (await RowEditing.DeleteAsync(offices.Cnrs, RowEditing.Table("suspensions")!, $"{id}", default)).Refusal?.Code);
        Assert.Equal("not-permitted", await EditAsync(offices.Cnrs, "suspensions", $"{id}", ("until", "2026-02")));
        // A coordinator edits the record, and suspends nothing.
        Assert.Equal("not-permitted", (await RowEditing.SaveAsync(offices.Coordinator, new()
        {
            File = RowEditing.Table("suspensions")!, Cells = new Dictionary<string, string>(cells) { ["side"] = "cnrs", ["structure"] = "abraham-de-moivre", ["source"] = "S0" },
        }, default)).Refusal?.Code);
        Assert.True((await RecordPast.UndoAsync(offices.Imperial, await offices.RecordAsync(), declared.Id, default)).Ok);
        Assert.Empty(await offices.Db.Suspensions.ToListAsync());
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task No_side_agrees_with_itself_once_the_other_is_gone(string kind)
    {
        await using var offices = await Offices.OpenAsync(kind);
        var key = await offices.DraftAsync();
        var other = AgreementReading.PartiesOf(await offices.RecordAsync(), await offices.AgreementAsync(key)).Where(p => p.Organisation == "imperial").ToList();
        foreach (var party in other) Assert.True((await RowEditing.DeleteAsync(offices.Cnrs, RowEditing.Table("parties")!, $"{party.Id}", default)).Ok);
        Assert.Equal("one-side", (await offices.ApproveAsync(offices.Cnrs, key, "cnrs")).Refusal?.Code);
        Assert.True((await offices.AgreementAsync(key)).Draft);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task No_version_of_before_makes_a_draft_again_of_what_both_approved(string kind)
    {
        await using var offices = await Offices.OpenAsync(kind);
        var key = await offices.DraftAsync();
        var structure = (await offices.AgreementAsync(key)).Structure;
        var before = await RowEditing.LastLineAsync(offices.Db, default);
        await offices.AgreeAsync(key);
        Assert.Equal("approved-text", (await RestoreAsync(offices.Cnrs, $"structures/{structure}", before)).Refusal?.Code);
        // The approvals themselves are of this record, and no row of the portfolio.
        Assert.Equal("restore-closed", (await RestoreAsync(offices.Cnrs, $"agreements/{key}", before)).Refusal?.Code);
        Assert.False((await offices.RecordAsync()).Structures[structure].Draft || (await offices.AgreementAsync(key)).Draft);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task What_a_side_took_back_itself_no_other_side_puts_back(string kind)
    {
        await using var offices = await Offices.OpenAsync(kind);
        var cells = new Dictionary<string, string> { ["side"] = "imperial", ["since"] = "2026-01", ["scope"] = "Visits", ["reason"] = "Works", ["audience"] = "both" };
        var id = (await Suspending.SuspendAsync(offices.Imperial, "abraham-de-moivre", cells, default)).Value;
        var suspended = await RowEditing.LastLineAsync(offices.Db, default);
        Assert.True((await RowEditing.DeleteAsync(offices.Imperial, RowEditing.Table("suspensions")!, $"{id}", default)).Ok);
        var line = await RowEditing.LastLineAsync(offices.Db, default);
        Assert.Equal("not-permitted", (await RecordPast.UndoAsync(offices.Cnrs, await offices.RecordAsync(), line, default)).Refusal?.Code);
        Assert.Equal("not-permitted", (await RestoreAsync(offices.Cnrs, "structures/abraham-de-moivre", suspended)).Refusal?.Code);
        Assert.Empty(await offices.Db.Suspensions.ToListAsync());
        Assert.True((await RecordPast.UndoAsync(offices.Imperial, await offices.RecordAsync(), line, default)).Ok);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task Nobody_moves_a_partner_under_another_institution_to_stand_in_for_its_side(string kind)
    {
        await using var offices = await Offices.OpenAsync(kind);
        var note = new RowEdit
        {
            File = RowEditing.Table("notes")!,
            Cells = new Dictionary<string, string> { ["topic"] = "scope", ["structure"] = "abraham-de-moivre", ["text"] = "Between us", ["text_fr"] = "Entre nous", ["source"] = "S1", ["audience"] = "both" },
        };
        Assert.True((await RowEditing.SaveAsync(offices.Cnrs, note, default)).Value.Done);
        Assert.Equal("not-permitted", await EditAsync(offices.Stranger, "organisations", "imperial", ("parent", "nus")));
        Assert.Equal("not-permitted", await EditAsync(offices.Cnrs, "organisations", "imperial", ("parent", "cnrs")));
        Assert.DoesNotContain((await offices.RecordAsync()).For(offices.Stranger.Actor).Notes, n => n.Text == "Between us");
        // Its name is no secret and no power, and its own side says where it belongs.
        Assert.Null(await EditAsync(offices.Stranger, "organisations", "imperial", ("short", "ICL")));
        Assert.Null(await EditAsync(offices.Imperial, "organisations", "imperial", ("parent", "nus")));
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task Rules_that_a_body_issued_are_changed_by_no_row(string kind)
    {
        await using var offices = await Offices.OpenAsync(kind);
        var rule = await offices.Db.Rules.AsNoTracking().OrderBy(r => r.Id).FirstAsync(r => r.Issuer == "cnrs" && r.Unit == "years");
        Assert.Equal("not-permitted", await EditAsync(offices.Imperial, "rules", $"{rule.Id}", ("value", "99")));
        Assert.Equal("not-permitted", (await RowEditing.DeleteAsync(offices.Imperial, RowEditing.Table("rules")!, $"{rule.Id}", default)).Refusal?.Code);
        Assert.Equal("rules-published", await EditAsync(offices.Cnrs, "rules", $"{rule.Id}", ("value", "99")));
        Assert.Equal(rule.Value, (await offices.Db.Rules.AsNoTracking().SingleAsync(r => r.Id == rule.Id)).Value);
    }
}
