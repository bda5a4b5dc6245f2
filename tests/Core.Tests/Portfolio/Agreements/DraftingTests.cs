using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Agreements;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Portfolio.Agreements;

public sealed class DraftingTests
{
    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_project_is_drawn_inside_a_centre_in_one_go(string kind)
    {
        await using var offices = await Offices.OpenAsync(kind);
        var key = await offices.DraftAsync();
        var record = await offices.RecordAsync();
        Assert.Equal("quiet-matter", key);
        Assert.Equal(["cnrs-imperial"], record.CentresOf("quiet-matter").Select(c => c.Key));
        Assert.Equal(["cnrs", "imperial"], record.SidesOf("quiet-matter").Order());
        Assert.Equal([14000m, 9000.50m], record.Money["quiet-matter"].Select(m => m.Amount));
        var line = await offices.Db.Journal.SingleAsync(j => j.Verb == "agreement.draft");
        Assert.Equal(("agreements/quiet-matter", "account/1"), (line.Subject, line.Who));
        // A draft is for the two offices: neither the public nor another partner knows of it.
        Assert.False(record.For(Actor.Anyone).Structures.ContainsKey("quiet-matter"));
        Assert.False(record.For(Offices.Officer(9, "nus")).Structures.ContainsKey("quiet-matter"));
        Assert.True(record.For(Offices.Officer(2, "imperial")).Structures.ContainsKey("quiet-matter"));
    }

    [Fact]
    public async Task Everything_wrong_is_told_at_once_field_by_field()
    {
        await using var offices = await Offices.OpenAsync();
        var plan = new AgreementPlan
        {
            Founds = new("MajuLab", "no-such-kind") { Key = "majulab", Centre = "majulab" },
            Cells = new Dictionary<string, string> { ["starts"] = "2030", ["ends"] = "2027", ["lead_months"] = "a year" },
            Parties = ["cnrs", "inp"],
            Budget = [new("imperial", "27", "mobility", "1,000", "euro"), new("", "", "", "", "")],
        };
        var fields = (await Drafting.ComplaintsAsync(offices.Cnrs, plan, default)).Select(c => c.Field).ToList();
        foreach (var field in new[] { "structure.instrument", "structure.key", "structure.centre", "title", "lead_months", "ends", "parties", "budget.0.amount" })
            Assert.Contains(field, fields);
        Assert.DoesNotContain(fields, f => f.StartsWith("budget.1", StringComparison.Ordinal));
        var refused = await Drafting.DraftAsync(offices.Both, plan, default);
        Assert.Equal("agreement-invalid", refused.Refusal?.Code);
        Assert.Equal(0, await offices.Db.Journal.CountAsync(j => j.Who == "account/3"));
    }

    [Fact]
    public async Task Only_officers_of_a_party_draft()
    {
        await using var offices = await Offices.OpenAsync();
        Assert.Equal("sign-in", (await Drafting.DraftAsync(offices.Anyone, Offices.Irp, default)).Refusal?.Code);
        Assert.Equal("not-permitted", (await Drafting.DraftAsync(offices.Stranger, Offices.Irp, default)).Refusal?.Code);
        Assert.Equal("not-permitted", (await Drafting.DraftAsync(offices.Coordinator, Offices.Irp, default)).Refusal?.Code);
        var inside = offices.As(new Actor("centre") { Account = 7, Grants = [new(AccountRole.PartnershipOfficer, "imperial", "structures/cnrs-imperial")] });
        Assert.True((await Drafting.DraftAsync(inside, Offices.Irp, default)).Ok);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_renewal_carries_over_the_next_dates_and_the_parties(string kind)
    {
        await using var offices = await Offices.OpenAsync(kind);
        var key = await offices.DraftAsync(Offices.Irp with { Parties = ["cnrs", "imperial"] });
        await offices.AgreeAsync(key);
        var plan = Renewing.PlanOf(await offices.RecordAsync(), await offices.AgreementAsync(key), new(2031, 2, 1));
        Assert.Equal(("quiet-matter-2032", "2032-01-01", "2036-12-31", key), (plan.Key, plan.Cells["starts"], plan.Cells["ends"], plan.Replaces));
        Assert.Equal(["cnrs", "imperial"], plan.Parties);
        Assert.Equal("Two meetings a year.", plan.Cells["terms"]);
        var next = await offices.DraftAsync(plan);
        Assert.Equal("renewed-already", (await Drafting.DraftAsync(offices.Imperial, plan with { Key = "again" }, default)).Refusal?.Code);
        var record = await offices.RecordAsync();
        Assert.Equal(AgreementState.Due, AgreementReading.StateOf(record, await offices.AgreementAsync(key), new(2031, 2, 1)));
        Assert.Equal(next, AgreementReading.RenewalOf(record, await offices.AgreementAsync(key))?.Key);
        await offices.AgreeAsync(next);
        record = await offices.RecordAsync();
        Assert.Equal(AgreementState.Due, AgreementReading.StateOf(record, await offices.AgreementAsync(key), new(2031, 2, 1)));
        Assert.Equal(AgreementState.Upcoming, AgreementReading.StateOf(record, await offices.AgreementAsync(next), new(2031, 2, 1)));
        Assert.Equal(AgreementState.Replaced, AgreementReading.StateOf(record, await offices.AgreementAsync(key), new(2032, 1, 1)));
    }

    [Fact]
    public async Task What_is_not_published_is_not_carried_over_as_if_it_were()
    {
        await using var offices = await Offices.OpenAsync();
        var plan = Renewing.PlanOf(await offices.RecordAsync(), await offices.AgreementAsync("majulab-2018"), new(2026, 11, 22));
        Assert.Equal(("", "", "majulab-2026"), (plan.Cells["starts"], plan.Cells["ends"], plan.Key));
        Assert.DoesNotContain("lead_months", plan.Cells.Keys);
    }

    [Fact]
    public async Task Two_sides_must_remain()
    {
        await using var offices = await Offices.OpenAsync();
        var key = await offices.DraftAsync();
        var leaving = new AmendmentChanges(new Dictionary<string, string>(), [], ["imperial"], null);
        Assert.Equal("leave", (await Drafting.AmendAsync(offices.Cnrs, key, leaving, null, default)).Refusal?.Field);
        var nothing = new AmendmentChanges(new Dictionary<string, string> { ["title"] = "Quiet Matter" }, [], [], null);
        Assert.Equal("nothing-changed", (await Drafting.AmendAsync(offices.Cnrs, key, nothing, null, default)).Refusal?.Code);
        var twice = new AmendmentChanges(new Dictionary<string, string>(), ["cnrs", "no-such"], [], null);
        Assert.Equal(["join", "join"], Drafting.Complaints(await offices.RecordAsync(), await offices.AgreementAsync(key), twice).Select(c => c.Field));
    }
}
