using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Agreements;
using Entente.Core.Portfolio.Rules;
using Entente.Tests;

namespace Entente.Core.Tests.Portfolio.Rules;

public sealed class RuleChecksTests
{
    static readonly DateOnly Today = new(2026, 11, 22);

    static readonly Lazy<Task<PortfolioRecord>> Demo = new(async () =>
    {
        await using var world = await TestWorld.OpenAsync();
        Assert.True((await PortfolioLoading.LoadAsync(world.Work, Path.Combine(Conditions.Root, "data", "portfolio", "demo"), default)).Ok);
        return await PortfolioRecord.ReadAsync(world.Db, default);
    });

    static RuleFacts Irp => new()
    {
        Subject = "structures/new", Instrument = "irp", Parties = ["inshs", "imperial"],
        Holders = [new("a", RoleKind.Coordinator, "cnrs"), new("b", RoleKind.Coordinator, "imperial")],
    };

    static BudgetLine Line(decimal amount, MoneyCategory use = MoneyCategory.Mobility, string currency = "EUR", string side = "cnrs", int year = 2026, MoneyKind kind = MoneyKind.Budget) =>
        new(side, year, kind, use, amount, currency);

    static async Task<IReadOnlyList<string>> SaidAsync(RuleFacts facts, Lang lang = Lang.En) =>
        [.. RuleChecks.Of(await Demo.Value, facts, Today).Select(f => $"{f.Kind}: {f.Sentence.In(lang)}")];

    [Fact]
    public async Task Sixteen_thousand_euros_a_year_depart_from_the_campaign_of_2025_which_is_quoted_with_its_source()
    {
        var facts = Irp with { Budget = [Line(16_000)] };
        Assert.Equal(["Departs: 2026, CNRS: 16,000 EUR. IRP 2025/INSHS: at most 14,000 EUR a year; source INSHS25, for the 2025 campaign, date of retrieval not noted."], await SaidAsync(facts));
        Assert.Equal(["Departs: 2026, CNRS\u202F: 16\u202F000 EUR. IRP 2025/INSHS\u202F: au plus 14\u202F000 EUR par an\u202F; source INSHS25, pour la campagne 2025, date de consultation non notée."],
            await SaidAsync(facts, Lang.Fr));
        var finding = RuleChecks.Of(await Demo.Value, facts, Today).Single();
        Assert.Equal(("/instruments/irp#cnrs.inshs.2025", FindingPlace.Money, "irp.cnrs.inshs.2025/funding.per-year.max/2026/cnrs"), (finding.Href, finding.Place, finding.Key));
    }

    [Fact]
    public async Task Fourteen_thousand_do_not() => Assert.Empty(await SaidAsync(Irp with { Budget = [Line(10_000), Line(4_000, MoneyCategory.Meetings), Line(14_000, year: 2027)] }));

    [Fact]
    public async Task Money_is_held_against_the_campaign_under_which_it_was_given()
    {
        static Term From(int year) => new("irp", new("Term", "Durée"), new(year, 1), new(year + 4, 12));
        Assert.Empty(await SaidAsync(Irp with { Budget = [Line(16_000, year: 2024)] }));
        Assert.Empty(await SaidAsync(Irp with { Terms = [From(2024)], Budget = [Line(16_000)] }));
        Assert.Single(await SaidAsync(Irp with { Terms = [From(2025)], Budget = [Line(16_000)] }));
        // After its term, and before any: the campaign of the day.
        Assert.Single(await SaidAsync(Irp with { Terms = [From(2019)], Budget = [Line(16_000, year: 2023), Line(16_000)] }));
    }

    [Fact]
    public async Task Where_no_institute_is_on_record_each_rule_is_told_under_its_condition() => Assert.Equal(
        ["MayDepart: 2026, CNRS: 16,000 EUR. The record does not say which institute carries it; if INS2I does: IRP/INS2I: at most 15,000 EUR a year; source INS2I, undated, date of retrieval not noted.",
            "MayDepart: 2026, CNRS: 16,000 EUR. The record does not say which institute carries it; if INSHS does: IRP 2025/INSHS: at most 14,000 EUR a year; source INSHS25, for the 2025 campaign, date of retrieval not noted."],
        await SaidAsync(Irp with { Parties = ["cnrs", "imperial"], Budget = [Line(16_000)] }));

    [Fact]
    public async Task A_rule_governs_the_money_of_the_side_that_made_it() => Assert.Empty(await SaidAsync(Irp with { Budget = [Line(90_000, MoneyCategory.Salaries, "GBP", "imperial")] }));

    [Fact]
    public async Task Another_currency_cannot_be_checked_and_that_is_said() => Assert.Equal(
        ["CannotTell: 2026, CNRS: 12,000 GBP. The rule is in EUR, and no rate is applied. IRP 2025/INSHS: at most 14,000 EUR a year; source INSHS25, for the 2025 campaign, date of retrieval not noted."],
        await SaidAsync(Irp with { Budget = [Line(12_000, currency: "GBP")] }));

    [Fact]
    public async Task Salaries_and_a_large_share_of_other_expenses_depart()
    {
        var said = await SaidAsync(Irp with { Budget = [Line(6_000), Line(3_000, MoneyCategory.Other), Line(1_000, MoneyCategory.Salaries)] });
        Assert.Equal(
            ["Departs: 2026, CNRS: 3,000 EUR of other expenses, 30% of 10,000 EUR. IRP 2025/INSHS: at most 20% other expenses a year; source INSHS25, for the 2025 campaign, date of retrieval not noted.",
                "Departs: 2026, CNRS: 1,000 EUR for salaries. IRP 2025/INSHS: no salaries; source INSHS25, for the 2025 campaign, date of retrieval not noted."], said);
        Assert.Empty(await SaidAsync(Irp with { Budget = [Line(8_000), Line(2_000, MoneyCategory.Other)] }));
    }

    [Fact]
    public async Task Money_spent_is_told_from_money_planned() => Assert.Equal(
        ["Departs: 2025, CNRS, spent: 15,000 EUR. IRP 2025/INSHS: at most 14,000 EUR a year; source INSHS25, for the 2025 campaign, date of retrieval not noted."],
        await SaidAsync(Irp with { Budget = [Line(14_000, year: 2025), Line(15_000, year: 2025, kind: MoneyKind.Spent)] }));

    [Fact]
    public async Task Countries_are_counted_without_that_of_the_maker_of_the_rule()
    {
        var said = await SaidAsync(Irp with { Parties = ["inshs", "imperial", "utokyo", "nus"], Holders = [.. Irp.Holders, new("c", RoleKind.Coordinator, "utokyo"), new("d", RoleKind.Coordinator, "nus")] });
        Assert.Equal(["Departs: 3 foreign countries: United Kingdom, Japan, Singapore. IRP 2025/INSHS: at most 2 foreign countries; source INSHS25, for the 2025 campaign, date of retrieval not noted."], said);
        Assert.Equal(["Missing: No partner of a foreign country on record. IRP 2025/INSHS: at least 1 foreign country; source INSHS25, for the 2025 campaign, date of retrieval not noted."],
            await SaidAsync(Irp with { Parties = ["inshs", "lille"] }));
    }

    [Fact]
    public async Task A_term_is_held_against_the_duration_of_its_day()
    {
        Term Of(string from, string to) => new("irp", Said.Same("X"), PartialDate.Parse(from), PartialDate.Parse(to));
        Assert.Equal(["Departs: X: 1 January 2026 to 31 December 2032. IRP 2025/INSHS: 5 years long; source INSHS25, for the 2025 campaign, date of retrieval not noted."],
            await SaidAsync(Irp with { Terms = [Of("2026-01-01", "2032-12-31")] }));
        Assert.Empty(await SaidAsync(Irp with { Terms = [Of("2026-01-01", "2030-12-31"), Of("2026", "2031"), Of("2026", "2030"), Of("2026-01", "2031-01-01")] }));
        Assert.Contains("IRP 2025/INSHS: 5 years long", Assert.Single(await SaidAsync(Irp with { Terms = [Of("2026", "2028")] })), StringComparison.Ordinal);
        // In 2010 it was a LIA, of four years; IRP rules of later campaigns did not hold.
        Assert.Equal(["Departs: X: 2010 to 2018. LIA before 2019: 4 years long; source INSHS-OLD, undated; describes the labels before 2019, date of retrieval not noted."],
            await SaidAsync(Irp with { Terms = [Of("2010", "2018")] }));
    }

    [Fact]
    public async Task A_coordinator_is_wanted_on_each_side()
    {
        const string Rule = "IRP: 1 person";
        var said = await SaidAsync(Irp with { Parties = ["cnrs", "lille", "imperial"], Holders = [new("a", RoleKind.Coordinator, "cnrs")] });
        Assert.Equal(["Missing: No coordinator on record for Imperial. IRP: 1 coordinator on each side; source S1, undated, written for a 2022 PhD cohort, date of retrieval not noted."], said);
        Assert.DoesNotContain(said, s => s.Contains(Rule, StringComparison.Ordinal));
        // The campaign of 2026 allows coordination to be shared, so two on one side are no departure.
        Assert.Empty(await SaidAsync(Irp with { Holders = [.. Irp.Holders, new("c", RoleKind.Coordinator, "cnrs")] }));
        Assert.StartsWith("Departs: 2 times coordinator on record for CNRS.", Assert.Single(await SaidAsync(new()
        {
            Subject = "structures/n", Instrument = "irn", Parties = ["cnrs", "imperial"],
            Holders = [new("a", RoleKind.Coordinator, "cnrs"), new("b", RoleKind.Coordinator, "cnrs"), new("c", RoleKind.Coordinator, "imperial")],
        })), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_laboratory_wants_a_director_a_deputy_and_an_agreement_until_it_ends()
    {
        RuleFacts facts = new() { Subject = "structures/l", Instrument = "irl", Parties = ["cnrs", "nus"] };
        var said = await SaidAsync(facts);
        Assert.Equal(3, said.Count);
        Assert.Contains(said, s => s.StartsWith("Missing: No director on record. IRL: 1 director; source S1", StringComparison.Ordinal));
        Assert.Contains(said, s => s.StartsWith("Missing: No deputy director on record. IRL: 1 deputy director; source S1", StringComparison.Ordinal));
        Assert.Contains(said, s => s.StartsWith("Missing: No agreement on record. IRL: an agreement is required; source NA-CNRS", StringComparison.Ordinal));
        Assert.Empty(await SaidAsync(facts with { Over = true }));
        Assert.Empty(await SaidAsync(facts with { Agreed = true, Holders = [new("a", RoleKind.Director, null), new("b", RoleKind.DeputyDirector, null)] }));
    }

    [Fact]
    public async Task A_letter_of_support_is_known_by_its_title_and_missed_only_where_one_looked()
    {
        RuleFacts facts = new() { Subject = "structures/e", Instrument = "iea", Parties = ["cnrs", "nus"] };
        Assert.Empty(await SaidAsync(facts));
        Assert.StartsWith("Missing: No document on record whose title says a letter of support. IEA 2023: a letter of support is required; source CNRS-IEA23, 2023",
            Assert.Single(await SaidAsync(facts with { Documents = ["Budget"] })), StringComparison.Ordinal);
        Assert.Empty(await SaidAsync(facts with { Documents = ["Letter of support, NUS"] }));
        Assert.Empty(await SaidAsync(facts with { Documents = ["Lettre d’engagement de NUS"] }));
    }

    [Fact]
    public async Task What_may_not_be_renewed_departs_when_it_was() => Assert.Contains(
        await SaidAsync(new() { Subject = "structures/e", Instrument = "iea", Parties = ["cnrs", "nus"], Renewals = 1 }),
        s => s.StartsWith("Departs: Renewed 1 time. IEA 2021: not renewable “2 ans non renouvelable”; source CNRSRIO-IEA21", StringComparison.Ordinal));

    [Fact]
    public async Task An_instrument_without_rules_gives_no_finding() => Assert.Empty(await SaidAsync(new()
    {
        Subject = "structures/p", Instrument = "programme", Parties = ["cnrs", "imperial"], Budget = [Line(1_000_000, MoneyCategory.Salaries)],
        Terms = [new("programme", Said.Same("P"), new(2000), new(2040))],
    }));

    [Fact]
    public async Task The_demonstration_departs_from_nothing_and_misses_what_no_source_names()
    {
        var record = await Demo.Value;
        var all = record.Structures.Values.SelectMany(s => RuleChecks.Of(record, s, Today)).ToList();
        Assert.All(all, f => Assert.Equal(FindingKind.Missing, f.Kind));
        Assert.DoesNotContain(all, f => f.Subject == "structures/integrative-metabolism");
        Assert.DoesNotContain(all, f => f.Subject == "structures/quantum-fields-and-strings");
        Assert.Equal(2, all.Count(f => f.Subject == "structures/majulab"));
    }

    [Fact]
    public async Task A_role_is_held_from_its_first_day_to_its_last()
    {
        await using var world = await TestWorld.OpenAsync();
        Assert.True((await PortfolioLoading.LoadAsync(world.Work, Path.Combine(Conditions.Root, "data", "portfolio", "demo"), default)).Ok);
        world.Db.Add(new Role { Person = "dan-waldram", Structure = "ilance", Kind = RoleKind.DeputyDirector, Since = new(2027), Until = new(2028, 6), Source = Citations.Parse("S4") });
        world.Work.Log("test.add", "structures/ilance");
        await world.Db.SaveChangesAsync();
        var record = await PortfolioRecord.ReadAsync(world.Db, default);
        bool Holds(DateOnly day) => RuleFacts.Of(record, record.Structures["ilance"], day).Holders.Any(h => h is { Person: "dan-waldram", Kind: RoleKind.DeputyDirector });
        Assert.Equal((false, true, true, false), (Holds(new(2026, 12, 31)), Holds(new(2027, 1, 1)), Holds(new(2028, 6, 30)), Holds(new(2028, 7, 1))));
    }
}
