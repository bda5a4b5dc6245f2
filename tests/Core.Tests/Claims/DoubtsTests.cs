using System.Globalization;
using Entente.Core.Claims;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Store;
using Entente.Core.Tests.Portfolio.Editing;

namespace Entente.Core.Tests.Claims;

public sealed class DoubtsTests
{
    sealed class Day(string day) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.Parse(day + "T12:00:00Z", CultureInfo.InvariantCulture);
    }

    static Agreement Text(string key, string ends, int? lead = null, string? replaces = null, string? ended = null) => new()
    {
        Key = key, Structure = "ilance", Event = key, Title = $"Agreement {key}", Starts = new(2021), Ends = PartialDate.Parse(ends), LeadMonths = lead, Replaces = replaces,
        Ended = ended is null ? null : PartialDate.Parse(ended), Source = Citations.Parse("S4"),
    };

    static async Task<IReadOnlyList<string>> FoundAsync(string kind, string day, params object[] rows)
    {
        await using var world = await RowEditingTests.DemoAsync(kind);
        world.Db.AddRange(rows);
        world.Work.Log("test.add", "structures/ilance");
        await world.Db.SaveChangesAsync();
        var work = new Work(world.Db, world.Folder, Actor.CommandLine, new Day(day));
        var record = PortfolioRecord.Of(work);
        var ledger = await ClaimsQueries.LedgerAsync(work, record, new(), default);
        var all = await Doubts.AllAsync(work, record, ledger, new(null, "irl", "ILANCE"), default);
        return [.. all.Where(d => d.Kind is DoubtKind.PastEnd or DoubtKind.Overdue or DoubtKind.TermEnded).Select(d => $"{d.Kind}: {d.Why.En}")];
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task An_agreement_past_its_end_is_told_until_another_replaces_it_or_it_was_let_end(string kind)
    {
        Assert.Equal(["PastEnd: Agreement a ended in 2025, and no agreement replaces it."], await FoundAsync(kind, "2026-11-22", Text("a", "2025")));
        Assert.Empty(await FoundAsync(kind, "2026-11-22", Text("a", "2025"), Text("b", "2030", replaces: "a")));
        Assert.Empty(await FoundAsync(kind, "2026-11-22", Text("a", "2025", ended: "2025")));
        Assert.Empty(await FoundAsync(kind, "2025-12-31", Text("a", "2025")));
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_renewal_is_overdue_once_its_time_before_the_end_has_come_and_never_without_one(string kind)
    {
        Assert.Equal(["Overdue: Agreement a ends on 31 December 2026; its renewal should have begun by 30 June 2026."], await FoundAsync(kind, "2026-07-01", Text("a", "2026-12-31", 6)));
        Assert.Empty(await FoundAsync(kind, "2026-06-30", Text("a", "2026-12-31", 6)));
        Assert.Empty(await FoundAsync(kind, "2026-12-30", Text("a", "2026-12-31")));
        // An end that is only a year falls on its last day, as the agenda has it.
        Assert.Empty(await FoundAsync(kind, "2026-06-30", Text("a", "2026", 6)));
        Assert.Single(await FoundAsync(kind, "2026-07-01", Text("a", "2026", 6)));
        // Where the agreement does not say, a sourced rule does.
        var rule = new Rule { Instrument = "irl", Issuer = "cnrs", Version = 1, Field = "renewal.lead-time", Value = "12", Unit = "months", Source = Citations.Parse("S4") };
        Assert.Single(await FoundAsync(kind, "2026-07-01", Text("a", "2026-12-31"), rule));
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_term_that_ended_is_told_unless_somebody_follows(string kind)
    {
        static Role Held(string person, string? until) => new()
        {
            Person = person, Structure = "ilance", Kind = RoleKind.Director, Side = "cnrs", Until = until is null ? null : PartialDate.Parse(until), Source = Citations.Parse("S4"),
        };
        Assert.Equal(["TermEnded: The term of Boris Pioline ended in 2024, and nobody on record follows."], await FoundAsync(kind, "2026-11-22", Held("boris-pioline", "2024")));
        Assert.Empty(await FoundAsync(kind, "2026-11-22", Held("boris-pioline", "2024"), Held("pierre-degond", null)));
        Assert.Empty(await FoundAsync(kind, "2024-12-31", Held("boris-pioline", "2024")));
    }

    [Fact]
    public async Task Figures_that_do_not_add_up_and_structures_without_dates_are_told()
    {
        await using var world = await RowEditingTests.DemoAsync("sqlite");
        world.Db.Structures.Add(new() { Key = "bare", Instrument = "programme", Name = "Bare", Named = true, Source = Citations.Parse("S4") });
        foreach (var rule in world.Db.Rules.Where(r => r.Instrument == "iea" && r.Field == "duration" && r.Institute == "inp")) world.Db.Rules.Remove(rule);
        world.Work.Log("test.add", "structures/bare");
        await world.Db.SaveChangesAsync();
        var record = PortfolioRecord.Of(world.Work);
        var all = await Doubts.AllAsync(world.Work, record, await ClaimsQueries.LedgerAsync(world.Work, record, new(), default), new(null, null, null), default);
        Assert.Equal("structures/bare", Assert.Single(all, d => d.Kind == DoubtKind.Undated).Subject);
        var sum = Assert.Single(all, d => d.Kind == DoubtKind.Arithmetic);
        Assert.Equal("claims/inp-iea-running", sum.Subject);
        Assert.Contains("2 years, as CNRS-IEA23 and CNRSRIO-IEA21 say, would make 36 to 44.", sum.Why.En, StringComparison.Ordinal);
        Assert.All(all, d => Assert.StartsWith("/", d.Mend, StringComparison.Ordinal));
    }
}
