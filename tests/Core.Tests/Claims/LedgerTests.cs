using Entente.Core.Claims;
using Entente.Core.Evidence;
using Entente.Core.Portfolio;
using Entente.Tests;

namespace Entente.Core.Tests.Claims;

public sealed class LedgerTests
{
    static async Task<(PortfolioRecord Record, Ledger Ledger)> DemoAsync(string kind = "sqlite", ClaimFilter? filter = null)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        var loaded = await PortfolioLoading.LoadAsync(world.Work, Path.Combine(Conditions.Root, "data", "portfolio", "demo"), default);
        Assert.True(loaded.Ok, loaded.Refusal?.Message.En);
        var record = await PortfolioRecord.ReadAsync(world.Db, default);
        return (record, await ClaimsQueries.LedgerAsync(world.Work, record, filter ?? new(), default));
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task The_demonstration_is_judged_as_the_rules_say(string kind)
    {
        var (_, ledger) = await DemoAsync(kind);
        var verdicts = ledger.Rows.ToDictionary(r => r.Claim.Key, r => r.Verdict);
        Assert.Equal(["imperial-cnrs-1550", "imperial-cnrs-500"], Of(Verdict.Contradictory));
        Assert.Equal(["inp-iea-new", "inp-iea-running"], Of(Verdict.Explainable));
        Assert.Equal(["inp-coauthorship-66", "inp-coauthorship-two-thirds", "phd-projects", "phd-students", "utokyo-irl"], Of(Verdict.Consistent));
        Assert.Equal(24, verdicts.Count);
        Assert.Equal(15, ledger.Counts[Verdict.NotComparable]);
        Assert.Equal("CNRS–Imperial co-publications", ledger.Groups[0].Topic.En);

        IEnumerable<string> Of(Verdict verdict) => verdicts.Where(v => v.Value == verdict).Select(v => v.Key).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Each_reason_is_a_sentence_computed_from_the_numbers()
    {
        var (_, ledger) = await DemoAsync();
        var reasons = ledger.Rows.ToDictionary(r => r.Claim.Key, r => r.Reason.En);
        Assert.Equal("“over 1,550” is 258 to 267 a year over 6 years, or 310 to 320 over 5 years; that never meets 450 to 550 a year, which "
            + "“around 500 a year” allows: the nearest ends differ by a factor of 1.41.", reasons["imperial-cnrs-1550"]);
        Assert.Equal("about 20 a year over 3 years, as S3 says, makes 54 to 66: 58 fits. 2 years, as CNRS-IEA23 and CNRSRIO-IEA21 say, would make 36 to 44.", reasons["inp-iea-running"]);
        Assert.Equal("30 projects make 60 students, 2 to each, as S2 says. “more than 50” and 30 can both be true.", reasons["phd-students"]);
        Assert.Equal("“66 %” allows 65.5 to 66.5%, “two thirds” allows 65 to 68%: both can be true.", reasons["inp-coauthorship-66"]);
        Assert.Equal("On the record: DYNACOM, ILANCE, JFLI, LIMMS.", reasons["utokyo-irl"]);
        Assert.Equal("Only S4 states it. The record names 4 of them: DYNACOM, ILANCE, JFLI, LIMMS.", reasons["japan-irl"]);
        Assert.Equal("Only S4 states it. With 2,900 as numerator it implies a whole of 9,831 to 10,175 publications (share of the CNRS’s co-publications with Japan). "
            + "Counted on Web of Science/InCites, which no vintage holds.", reasons["utokyo-cnrs-japan-share"]);
        Assert.Equal("Only S1 states it. No evidence is here yet. To answer it: entente import cordis PATH --as-of DATE --complete", reasons["imperial-cnrs-h2020"]);
    }

    [Fact]
    public async Task Every_sentence_of_the_ledger_is_said_in_French_too()
    {
        var (_, ledger) = await DemoAsync();
        foreach (var row in ledger.Rows)
        {
            Assert.NotEqual(row.Reason.En, row.Reason.Fr);
            Assert.DoesNotContain(" a year", row.Reason.Fr.Replace("about 20 a year", "", StringComparison.Ordinal).Replace("around 500 a year", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
        Assert.Contains("54 à 66", ledger.Rows.Single(r => r.Claim.Key == "inp-iea-new").Reason.Fr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_figure_without_a_cut_off_date_is_stale()
    {
        var (_, ledger) = await DemoAsync();
        var stale = ledger.Rows.Where(r => r.Stale is not null).Select(r => r.Claim.Key).ToList();
        Assert.Contains("imperial-cnrs-h2020", stale);
        Assert.DoesNotContain("imperial-cnrs-1550", stale);
        Assert.DoesNotContain("alumni-2025", stale);
    }

    [Theory]
    [InlineData("S4", 6)]
    [InlineData("S0", 3)]
    public async Task A_ledger_can_be_narrowed_to_a_source(string source, int claims) =>
        Assert.Equal(claims, (await DemoAsync(filter: new() { Source = source })).Ledger.Rows.Count());

    [Fact]
    public async Task Narrowing_hides_claims_and_changes_no_verdict()
    {
        var (_, ledger) = await DemoAsync(filter: new() { Source = "S2", Organisations = ["imperial", "cnrs"] });
        var row = Assert.Single(ledger.Rows);
        Assert.Equal(("imperial-cnrs-500", Verdict.Contradictory), (row.Claim.Key, row.Verdict));
    }

    [Theory]
    [InlineData("inp", 9)]
    [InlineData("cnrs-imperial-phd", 2)]
    [InlineData("utokyo", 5)]
    public async Task A_ledger_can_be_narrowed_to_a_subject(string subject, int claims) =>
        Assert.Equal(claims, (await DemoAsync(filter: new() { Subject = subject })).Ledger.Rows.Count());

    [Fact]
    public async Task A_synthetic_vintage_never_judges_a_claim()
    {
        await using var world = await TestWorld.OpenAsync();
        await PortfolioLoading.LoadAsync(world.Work, Path.Combine(Conditions.Root, "data", "portfolio", "demo"), default);
        var folder = Directory.CreateDirectory(Path.Combine(world.Folder.Vintages, "synthetic-0000000000000001")).FullName;
        var manifest = new Manifest
        {
            Id = "synthetic-0000000000000001", Kind = VintageKind.OpenAlex, Synthetic = true, Coverage = Coverage.Complete, Sources = [], Files = [], Records = 0, Accepted = 0,
            Rejected = 0, Superseded = 0, ImportedAt = DateTimeOffset.UnixEpoch, Seconds = 0, Format = Vintages.Format,
        };
        await File.WriteAllBytesAsync(Path.Combine(folder, Vintages.ManifestFile), manifest.Sealed());
        var record = await PortfolioRecord.ReadAsync(world.Db, default);
        var row = (await ClaimsQueries.LedgerAsync(world.Work, record, new(), default)).Rows.Single(r => r.Claim.Key == "imperial-cnrs-1550");
        Assert.Null(row.ByEvidence!.Verdict);
        Assert.Equal("Only invented works are here, and a synthetic vintage never judges a claim. To answer it: entente pull openalex --between cnrs imperial --years 2017-2022",
            row.ByEvidence.Text.En);
    }
}
