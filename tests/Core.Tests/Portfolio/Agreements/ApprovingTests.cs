using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Agreements;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Portfolio.Agreements;

public sealed class ApprovingTests
{
    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_draft_takes_effect_when_each_side_approved_the_same_text(string kind)
    {
        await using var offices = await Offices.OpenAsync(kind);
        var key = await offices.DraftAsync();
        Assert.True((await offices.RecordAsync()).Structures["quiet-matter"].Draft);

        Assert.False((await offices.ApproveAsync(offices.Cnrs, key, "cnrs")).Value.Complete);
        Assert.True((await offices.AgreementAsync(key)).Draft);
        Assert.True((await offices.ApproveAsync(offices.Imperial, key, "imperial")).Value.Complete);

        var record = await offices.RecordAsync();
        Assert.False((await offices.AgreementAsync(key)).Draft);
        Assert.False(record.Structures["quiet-matter"].Draft);
        Assert.Equal([DateKind.Agreed, DateKind.Effective, DateKind.Effective], record.Acts["quiet-matter"].Select(a => a.DateKind).Order());
        Assert.Equal("2027-01-01", Lineages.Start(record, record.Structures["quiet-matter"])?.Date.ToString());
        Assert.Equal(["agreement.effect", "approval.give", "approval.give", "agreement.draft"],
            (await History.OfAsync(offices.Db, $"agreements/{key}", default)).Select(l => l.Entry.Verb));
        Assert.Equal("nothing-to-approve", (await offices.ApproveAsync(offices.Cnrs, key, "cnrs", "x")).Refusal?.Code);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task An_edit_between_approvals_lets_the_first_lapse(string kind)
    {
        await using var offices = await Offices.OpenAsync(kind);
        var key = await offices.DraftAsync();
        var first = (await offices.StandingAsync(key)).Text.Content;
        Assert.True((await offices.ApproveAsync(offices.Cnrs, key, "cnrs")).Ok);
        var edited = await Drafting.AmendAsync(offices.Imperial, key, new(new Dictionary<string, string> { ["ends"] = "2030-12-31", ["title"] = "Quiet Matter" }, [], [], null), null, default);
        Assert.True(edited.Ok);

        // Whoever saw the old text is shown what changed, and approves nothing.
        var stale = await offices.ApproveAsync(offices.Imperial, key, "imperial", first);
        Assert.Equal("changed-since", stale.Refusal?.Code);
        Assert.Contains("(ends)", stale.Refusal!.Message.En, StringComparison.Ordinal);
        Assert.True((await offices.ApproveAsync(offices.Imperial, key, "imperial")).Ok);
        var standing = await offices.StandingAsync(key);
        Assert.True((await offices.AgreementAsync(key)).Draft);
        Assert.Null(standing.Of("cnrs"));
        Assert.Equal([new LineChange("ends", "2031-12-31", "2030-12-31")], ApprovalText.Changes(ApprovalText.LinesOf(standing.Lapsed("cnrs")!.Content), standing.Text.Lines));

        Assert.True((await offices.ApproveAsync(offices.Cnrs, key, "cnrs")).Value.Complete);
        Assert.False((await offices.AgreementAsync(key)).Draft);
    }

    [Fact]
    public async Task What_hangs_on_the_draft_is_part_of_what_is_approved()
    {
        await using var offices = await Offices.OpenAsync();
        var key = await offices.DraftAsync();
        Assert.True((await offices.ApproveAsync(offices.Cnrs, key, "cnrs")).Ok);
        var before = (await offices.StandingAsync(key)).Text.Hash;
        // A side's private line is none of the other's business; a shared one is.
        Assert.True((await Budgeting.AddAsync(offices.Cnrs, "quiet-matter", Cells("cnrs", "500", "side:cnrs"), default)).Ok);
        Assert.Equal(before, (await offices.StandingAsync(key)).Text.Hash);
        Assert.True((await Budgeting.AddAsync(offices.Cnrs, "quiet-matter", Cells("cnrs", "500", "both"), default)).Ok);
        Assert.NotEqual(before, (await offices.StandingAsync(key)).Text.Hash);
        Assert.NotNull((await offices.StandingAsync(key)).Lapsed("cnrs"));
    }

    static Dictionary<string, string> Cells(string side, string amount, string audience) => new()
    {
        ["side"] = side, ["year"] = "2028", ["kind"] = "budget", ["category"] = "other", ["amount"] = amount, ["currency"] = "EUR", ["audience"] = audience,
    };

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_withdrawn_approval_does_not_count(string kind)
    {
        await using var offices = await Offices.OpenAsync(kind);
        var key = await offices.DraftAsync();
        Assert.True((await offices.ApproveAsync(offices.Cnrs, key, "cnrs")).Ok);
        Assert.Equal("not-permitted", (await Approving.WithdrawAsync(offices.Imperial, $"agreements/{key}", "cnrs", default)).Refusal?.Code);
        Assert.True((await Approving.WithdrawAsync(offices.Cnrs, $"agreements/{key}", "cnrs", default)).Ok);
        Assert.False((await offices.ApproveAsync(offices.Imperial, key, "imperial")).Value.Complete);
        Assert.True((await offices.AgreementAsync(key)).Draft);
        Assert.True((await offices.ApproveAsync(offices.Cnrs, key, "cnrs")).Value.Complete);
        Assert.Equal("nothing-to-approve", (await Approving.WithdrawAsync(offices.Cnrs, $"agreements/{key}", "cnrs", default)).Refusal?.Code);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task One_person_may_approve_for_each_side_they_hold(string kind)
    {
        await using var offices = await Offices.OpenAsync(kind);
        var key = await offices.DraftAsync();
        Assert.False((await offices.ApproveAsync(offices.Both, key, "cnrs")).Value.Complete);
        Assert.True((await offices.ApproveAsync(offices.Both, key, "imperial")).Value.Complete);
        var told = await offices.Db.Journal.Where(j => j.Verb == "approval.give").OrderBy(j => j.Id).ToListAsync();
        Assert.All(told, line => Assert.Equal("account/3", line.Who));
        Assert.StartsWith("for cnrs", told[0].Detail, StringComparison.Ordinal);
        Assert.StartsWith("for imperial", told[1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_an_officer_of_the_very_side_approves_for_it()
    {
        await using var offices = await Offices.OpenAsync();
        var key = await offices.DraftAsync();
        Assert.Equal("not-permitted", (await offices.ApproveAsync(offices.Cnrs, key, "imperial")).Refusal?.Code);
        Assert.Equal("not-permitted", (await offices.ApproveAsync(offices.Coordinator, key, "cnrs")).Refusal?.Code);
        Assert.Equal("not-a-party", (await offices.ApproveAsync(offices.Cnrs, key, "nus")).Refusal?.Code);
        // To those who may not read it, a draft is not there.
        Assert.Equal("unknown-agreement", (await offices.ApproveAsync(offices.Stranger, key, "imperial")).Refusal?.Code);
        Assert.Equal("unknown-agreement", (await offices.ApproveAsync(offices.Anyone, key, "cnrs")).Refusal?.Code);
        // A role for the whole installation speaks for no side.
        var everywhere = offices.As(new Actor("all") { Account = 9, Grants = [new(AccountRole.PartnershipOfficer, null, null)] });
        Assert.Equal("not-your-side", (await offices.ApproveAsync(everywhere, key, "cnrs")).Refusal?.Code);
        // A role for another structure reaches this one no more than another side's does.
        var elsewhere = offices.As(new Actor("one") { Account = 8, Grants = [new(AccountRole.PartnershipOfficer, "cnrs", "structures/majulab")] });
        Assert.Equal("unknown-agreement", (await offices.ApproveAsync(elsewhere, key, "cnrs")).Refusal?.Code);
        Assert.Empty(await offices.Db.Approvals.ToListAsync());
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task An_agreement_stands_as_it_was_while_its_amendment_waits(string kind)
    {
        await using var offices = await Offices.OpenAsync(kind);
        var key = await offices.DraftAsync();
        await offices.AgreeAsync(key);
        var changes = new AmendmentChanges(new Dictionary<string, string> { ["ends"] = "2033-12-31" }, [], [], null);
        Assert.True((await Drafting.AmendAsync(offices.Imperial, key, changes, "Two more years", default)).Ok);
        Assert.Equal("2031-12-31", (await offices.AgreementAsync(key)).Ends.ToString());
        Assert.True((await offices.ApproveAsync(offices.Imperial, key, "imperial")).Ok);
        Assert.Equal("2031-12-31", (await offices.AgreementAsync(key)).Ends.ToString());
        Assert.True((await offices.ApproveAsync(offices.Cnrs, key, "cnrs")).Value.Complete);
        Assert.Equal("2033-12-31", (await offices.AgreementAsync(key)).Ends.ToString());
        Assert.Equal(AmendmentState.InEffect, (await offices.Db.Amendments.AsNoTracking().SingleAsync()).State);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task Parties_join_and_leave_and_those_who_left_approve_no_more(string kind)
    {
        await using var offices = await Offices.OpenAsync(kind);
        var key = await offices.DraftAsync(Offices.Irp with { Parties = ["cnrs", "imperial", "nus"] });
        await offices.AgreeAsync(key);
        Assert.True((await offices.AgreementAsync(key)).Draft);
        Assert.True((await offices.ApproveAsync(offices.Stranger, key, "nus")).Value.Complete);

        var move = new AmendmentChanges(new Dictionary<string, string>(), ["utokyo"], ["nus"], "2026-06");
        Assert.True((await Drafting.AmendAsync(offices.Cnrs, key, move, null, default)).Ok);
        var standing = await offices.StandingAsync(key);
        Assert.Equal(["cnrs", "imperial", "nus", "utokyo"], standing.Sides.Order());
        await offices.AgreeAsync(key);
        Assert.True((await offices.ApproveAsync(offices.Stranger, key, "nus")).Ok);
        // Who is to join reads and approves it, though the record is not theirs yet.
        Assert.True((await offices.ApproveAsync(offices.As(Offices.Officer(6, "utokyo")), key, "utokyo")).Value.Complete);

        var record = await offices.RecordAsync();
        var agreement = await offices.AgreementAsync(key);
        Assert.Equal(["cnrs", "imperial", "utokyo"], AgreementReading.SidesOf(record, agreement, new(2026, 7, 1)).Order());
        Assert.Equal("2026-06", AgreementReading.PartiesOf(record, agreement).Single(p => p.Organisation == "nus").Until.ToString());
        Assert.Equal("2026-06", AgreementReading.PartiesOf(record, agreement).Single(p => p.Organisation == "utokyo").Since.ToString());
    }

    [Fact]
    public async Task A_published_agreement_is_amended_by_its_sides_too()
    {
        await using var offices = await Offices.OpenAsync();
        var changes = new AmendmentChanges(new Dictionary<string, string> { ["ends"] = "2027" }, [], [], null);
        var sides = AgreementReading.SidesOf(await offices.RecordAsync(), await offices.AgreementAsync("majulab-2018"), new(2026, 1, 1));
        Assert.True((await Drafting.AmendAsync(offices.Cnrs, "majulab-2018", changes, null, default)).Ok);
        foreach (var side in sides) Assert.True((await offices.ApproveAsync(offices.As(Offices.Officer(20, side)), "majulab-2018", side)).Ok);
        Assert.Equal("2027", (await offices.AgreementAsync("majulab-2018")).Ends.ToString());
    }
}
