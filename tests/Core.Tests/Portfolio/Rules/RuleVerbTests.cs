using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Rules;
using Entente.Core.Store;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Portfolio.Rules;

public sealed class RuleVerbTests
{
    static readonly PackKey Inshs25 = new("irp", "cnrs", "inshs", 2025, null, null);

    static Actor Officer(string? side, int account = 7, AccountRole role = AccountRole.PartnershipOfficer) =>
        new("officer") { Account = account, Grants = [new(role, side, null)] };

    static async Task<TestWorld> DemoAsync(string kind)
    {
        var world = await TestWorld.OpenAsync(kind);
        Assert.True((await Portfolios.EnsureAsync(world.Work, null, default)).Ok);
        return world;
    }

    static Work As(TestWorld world, Actor actor) => new(world.Db, world.Folder, actor, TimeProvider.System);

    static RuleDraft[] Rules(Work work) =>
        [.. RulePacks.Find(PortfolioRecord.Of(work), "irp", Inshs25.Slug)!.Newest.Rules.Select(r => new RuleDraft(r.Field, r.Value, r.Unit, r.ValueFr, r.Source.ToString(), r.Wording))];

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_new_version_takes_the_place_of_the_old_which_stays_visible(string kind)
    {
        await using var world = await DemoAsync(kind);
        var work = As(world, Officer("cnrs"));
        RuleDraft[] rules = [.. Rules(work).Select(r => r.Field == "funding.per-year.max" ? r with { Value = "20000" } : r).Where(r => r.Field != "carrier")];
        var published = (await RulePublishing.PublishAsync(work, new(Inshs25, 1, rules, Audience.Public), default)).Value;
        Assert.Equal(2, published.Version);

        var record = PortfolioRecord.Of(work);
        var pack = RulePacks.Find(record, "irp", Inshs25.Slug)!;
        Assert.Equal([2, 1], pack.Versions.Select(v => v.Version));
        Assert.Equal(["carrier", "funding.per-year.max"], RulePacks.Between(pack.Versions[1], pack.Versions[0]).Select(c => c.Field).Order(StringComparer.Ordinal));
        var inForce = RulesInForce.Of(record, RuleCase.Of(record, "irp", ["inshs", "imperial"], new(2026, 1, 1)), "funding.per-year.max").Single();
        Assert.Equal(("20000", 2), (inForce.Rule.Value, inForce.Rule.Version));
        Assert.DoesNotContain(Disagreements.All(record), d => d.Instrument == "irp" && d.Statements.Any(s => s.Text.En == "14,000 EUR"));
        Assert.Equal("rules.publish", (await History.OfAsync(world.Db, "instruments/irp", default))[0].Entry.Verb);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_version_written_over_an_older_one_is_refused(string kind)
    {
        await using var world = await DemoAsync(kind);
        var work = As(world, Officer("cnrs"));
        var rules = Rules(work);
        Assert.True((await RulePublishing.PublishAsync(work, new(Inshs25, 1, rules, Audience.Public), default)).Ok);
        Assert.Equal("pack-changed", (await RulePublishing.PublishAsync(work, new(Inshs25, 1, rules, Audience.Public), default)).Refusal?.Code);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_rule_without_source_or_outside_the_vocabulary_is_told_by_its_row(string kind)
    {
        await using var world = await DemoAsync(kind);
        var draft = new PackDraft(new("irp", "cnrs", null, 2027, null, null), 0,
            [new("duration", "5", "years", null, null, null), new("colour", "blue", null, null, "S1", null), new("duration", "", "years", null, "S99", null)], Audience.Public);
        var told = (await RulePublishing.PublishAsync(world.Work, draft, default)).Value;
        Assert.Equal(["rules.0.source", "rules.1.field", "rules.2.value", "rules.2.source"], told.Faults.Select(f => f.Field));
        Assert.Equal(1, await world.Db.Journal.CountAsync());
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task Only_the_side_that_made_a_pack_writes_it(string kind)
    {
        await using var world = await DemoAsync(kind);
        var rules = Rules(world.Work);
        foreach (var actor in new[] { Actor.Anyone, Officer("imperial"), Officer("cnrs", role: AccountRole.Coordinator) })
            Assert.Equal(RefusalKind.Forbidden, (await RulePublishing.PublishAsync(As(world, actor), new(Inshs25, 1, rules, Audience.Public), default)).Refusal?.Kind);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_finding_is_contested_beside_it_and_the_objection_can_be_taken_back(string kind)
    {
        await using var world = await DemoAsync(kind);
        var (work, other) = (As(world, Officer("cnrs")), As(world, Officer("nus", 8)));
        var majulab = PortfolioRecord.Of(work).Structures["majulab"];
        var finding = (await RuleReading.OfAsync(work, PortfolioRecord.Of(work), majulab, default)).First(f => f.Finding.Rule.Field == "directors").Finding;
        Assert.Equal("no-reason", (await Contesting.ContestAsync(work, "majulab", finding.Key, " ", Audience.Both, default)).Refusal?.Code);
        Assert.Equal("unknown-finding", (await Contesting.ContestAsync(work, "majulab", "irl.any/duration", "x", Audience.Both, default)).Refusal?.Code);
        Assert.Equal(RefusalKind.Forbidden, (await Contesting.ContestAsync(As(world, Actor.Anyone), "majulab", finding.Key, "x", Audience.Both, default)).Refusal?.Kind);
        var contest = (await Contesting.ContestAsync(work, "majulab", finding.Key, "The director is known, only not published.", Audience.Both, default)).Value;
        Assert.StartsWith("IRL: 1 director; source S1", contest.Quoted, StringComparison.Ordinal);

        Assert.Single(await ContestsAsync(other));
        Assert.Empty(await ContestsAsync(As(world, Actor.Anyone)));
        Assert.Equal(RefusalKind.NotFound, (await Contesting.WithdrawAsync(As(world, Officer("imperial", 9)), contest.Id, default)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await Contesting.WithdrawAsync(As(world, Officer("nus", 9, AccountRole.Coordinator)), contest.Id, default)).Refusal?.Kind);
        Assert.True((await Contesting.WithdrawAsync(work, contest.Id, default)).Ok);
        Assert.Empty(await ContestsAsync(other));
        Assert.Equal(["rules.uncontest", "rules.contest"], (await History.OfAsync(world.Db, "structures/majulab", default)).Take(2).Select(l => l.Entry.Verb));

        async Task<IReadOnlyList<Contest>> ContestsAsync(Work reader) =>
            (await RuleReading.OfAsync(reader, PortfolioRecord.Of(reader), PortfolioRecord.Of(reader).Structures["majulab"], default)).Single(f => f.Finding.Key == finding.Key).Contests;
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_contradiction_is_settled_with_a_reason_and_opened_again(string kind)
    {
        await using var world = await DemoAsync(kind);
        var work = As(world, Officer("cnrs"));
        Task<Outcome<Settlement>> Settle(Work who, string accepted, string reason) => Settling.SettleAsync(who, "structures/limms", "start", accepted, reason, Audience.Public, default);
        Assert.Equal("no-statement", (await Settle(work, "1999", "because")).Refusal?.Code);
        Assert.Equal("no-reason", (await Settle(work, "1995", "")).Refusal?.Code);
        Assert.Equal("unknown-disagreement", (await Settling.SettleAsync(work, "structures/limms", "name", "x", "y", Audience.Public, default)).Refusal?.Code);
        foreach (var actor in new[] { Actor.Anyone, Officer("nus"), Officer("cnrs", role: AccountRole.Coordinator) })
            Assert.Equal(RefusalKind.Forbidden, (await Settle(As(world, actor), "1995", "r")).Refusal?.Kind);
        Assert.True((await Settle(work, "2004", "The register is kept by the ministry.")).Ok);
        var settled = (await Settle(work, "1995", "The laboratory itself says so; 2004 is its first year as UMI.")).Value;

        var found = (await RuleReading.SettledAsync(As(world, Actor.Anyone), PortfolioRecord.Of(work), default))[("structures/limms", "start")];
        Assert.Equal(("1995", "account/7"), (Assert.Single(found).Accepted, settled.Who));
        Assert.Equal(2, Disagreements.All(PortfolioRecord.Of(work)).Single(d => d.Subject == "structures/limms").Statements.Count);
        Assert.True((await Settling.UndoAsync(work, settled.Id, default)).Ok);
        Assert.Empty((await RuleReading.SettledAsync(work, PortfolioRecord.Of(work), default))[("structures/limms", "start")]);
        Assert.Equal("unknown-settlement", (await Settling.UndoAsync(work, settled.Id, default)).Refusal?.Code);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task What_is_settled_for_one_side_is_not_told_to_the_other(string kind)
    {
        await using var world = await DemoAsync(kind);
        var statement = Disagreements.All(PortfolioRecord.Of(world.Work)).Single(d => d.Subject == "structures/majulab" && d.Field == "parties").Statements[0].Text.En;
        Assert.True((await Settling.SettleAsync(As(world, Officer("cnrs")), "structures/majulab", "parties", statement, "ours", Audience.Side("cnrs"), default)).Ok);
        Assert.Equal("audience", (await Settling.SettleAsync(As(world, Officer("cnrs")), "structures/majulab", "parties", statement, "ours", Audience.Side("nus"), default)).Refusal?.Field);
        Assert.NotEmpty(await RuleReading.SettledAsync(As(world, Officer("cnrs")), PortfolioRecord.Of(world.Work), default));
        Assert.Empty(await RuleReading.SettledAsync(As(world, Officer("nus")), PortfolioRecord.Of(world.Work), default));
    }
}
