using System.Globalization;
using Entente.Core.Evidence;
using Entente.Core.Evidence.ClickHouse;
using Entente.Core.Evidence.OpenAlex;
using Entente.Core.Evidence.Ror;
using Entente.Core.Portfolio;
using Entente.Tests;
using static Entente.Core.Tests.Evidence.Cordis.CordisFiles;
using static Entente.Core.Tests.Evidence.Corpus;

namespace Entente.Core.Tests.Evidence.ClickHouse;

/// <summary>Every figure comes out the same in both engines: ClickHouse on two servers, each with a part of the works.</summary>
public sealed class EnginesTests(ClickHouseCluster cluster, RealWorld real) : IClassFixture<ClickHouseCluster>, IClassFixture<RealWorld>
{
    /// <summary>How many figures are drawn: ENTENTE_TEST_FIGURES, or 200.</summary>
    static int Figures => int.TryParse(Environment.GetEnvironmentVariable("ENTENTE_TEST_FIGURES"), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 200;

    [ClickHouseFact]
    public async Task Random_figures_on_real_and_on_invented_works_are_the_same_to_the_last_digit()
    {
        await using var invented = await TestWorld.OpenAsync();
        await RandomProjects.GiveCodesAsync(invented);
        var synthetic = (await Synthesizing.ImportAsync(invented.Work, 30_000, 7, null, default)).Value.Vintage;
        await PlaceAsync(invented, synthetic);
        var worlds = new List<(TestWorld World, string Vintage, Manifest Projects)> { (invented, synthetic, await RandomProjects.ImportAsync(invented, 3000, 7)) };
        if (Conditions.NoData is null) worlds.Add((real.World, Vintages.Find(real.World.Folder, VintageKind.OpenAlex, null).Value.Id, await RealProjectsAsync()));
        var (answered, refused) = (0, new Dictionary<string, int>());
        foreach (var (world, vintage, projects) in worlds)
        {
            foreach (var loaded in new[] { vintage, projects.Id }) Assert.True((await ClickHouseExport.RunAsync(world.Work, cluster.Address, loaded, null, default)).Ok);
            var both = new Both(world, cluster);
            var questions = new RandomQuestions(world.Folder, Vintages.Find(world.Folder, VintageKind.OpenAlex, vintage).Value, ["cnrs", "imperial", "utokyo"], seed: 11) { Projects = projects };
            for (var i = 0; i < Figures / worlds.Count; i++)
            {
                var question = questions.Next();
                if (both.Hold(question) is { } refusal) refused[refusal.Code] = refused.GetValueOrDefault(refusal.Code) + 1;
                else answered++;
                if (i % 5 == 0) both.HoldWorks(question, upper: i % 2 == 0, denominator: i % 3 == 0);
            }
        }
        Assert.True(answered > Figures / 2, $"{answered} answered; {string.Join(", ", refused.Select(r => $"{r.Value} {r.Key}"))}");
    }

    // The real tables, with the codes of those who take part most for organisations of the portfolio.
    async Task<Manifest> RealProjectsAsync()
    {
        var busiest = Rows(OrganisationTable).GroupBy(row => row["organisationID"]).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Take(20).Select(g => g.Key);
        await RandomProjects.GiveCodesAsync(real.World, [.. busiest]);
        var imported = await Import(real.World, OrganisationTable, ProjectTable, TopicTable);
        return Vintages.Find(real.World.Folder, VintageKind.Cordis, imported.Value.Vintage).Value;
    }

    // Two institutions of three are somewhere, in towns of one place for several.
    static async Task PlaceAsync(TestWorld world, string vintage)
    {
        using var store = Vintages.OpenWorks(world.Folder, Vintages.Find(world.Folder, VintageKind.OpenAlex, vintage).Value);
        var random = new Random(5);
        var rors = store.DistinctUnits.Select(u => u.Ror).OfType<string>().Where(ror => ror.Length == 9).Distinct().Order(StringComparer.Ordinal);
        await world.PlaceAsync("v2.9", rors.Where(_ => random.Next(3) > 0).Select(ror => (ror, (RorPlace?)new RorPlace(random.Next(-60, 60), random.Next(-18, 18) * 10.0))));
    }

    [ClickHouseFact]
    public async Task A_small_world_with_every_quirk()
    {
        await using var world = await WorldAsync(
        [
            .. Eight, "W40 a1:{CNRS} a2:{ICL} cited=3 fwci=0.4999999 topic=1/1/11/1", "W41 a1:{CNRS} cited=2147483647 fwci=1234567.9 topic=2/1/11/1", "W42 a1:{ICL} cited=3 fwci=0 topic=3/2/22/1 type=review",
            "W43 a1:{CNRS,ICL} cited=9 topic=1/1/11/1", "W44 a1:{UTK} cited=9 fwci=0.0000005 topic=9/0/0/0", "W45 a1:{ICL} a2:{UTK} cited=1 fwci=2.0000005 topic=9/0/0/0 year=", "W9 a1:{CNRS} a2:{ICL} retracted", "W10 a1:{CNRS} a2:{ICL} paratext", "W11 a1:{CNRS} truncated", "W12 a1:{UTK} truncated", "W13 a1:{REU} a2:{CNRS}",
            "W14 a1:{NOWHERE,CNRS} a2:{} a3:{ICL}", "W15", "W16 a1:{CNRS} a2:{ICL} year=", "W17 a1:{CNRS} a2:{ICL} a3:{CNRS,UTK,U1} year=1999", "W18 a1:{U1,REU} truncated",
            "W19 a1:{CNRS} updated=2020-01-01", "W19 a1:{ICL} updated=2024-01-01", "W20 a1:{CNRS} a2:{ICL} retracted paratext truncated", "W21 a1:{HK} a2:{CN} a3:{CNRS}",
        ]);
        // An update: its works stand in a second segment, and what it replaces is not loaded.
        var path = Path.Combine(world.Folder.Root, "update.jsonl");
        await File.WriteAllLinesAsync(path, new[] { "W3 a1:{ICL} a2:{UTK} updated=2026-01-01", "W30 a1:{CNRS,IRL} a2:{IRL} a3:{ICL,U1,UTK}" }.Select(w => Work(w).ToJsonString()));
        var first = Vintages.Find(world.Folder, VintageKind.OpenAlex, null).Value.Id;
        var updated = (await OpenAlexImport.UpdateAsync(world.Work, first, [path], null, true, null, default)).Value.Vintage;
        await world.PlaceAsync("v2.9", "CNRS", "ICL", "UTK", "REU", "CN");
        var both = new Both(world, cluster);
        foreach (var vintage in new[] { first, updated })
        {
            Assert.True((await ClickHouseExport.RunAsync(world.Work, cluster.Address, vintage, null, default)).Ok);
            string[] names = ["CNRS", "ICL", "UTK", "U1", "IRL", "REU", "CN"];
            foreach (var a in names)
                foreach (var membership in new[] { Membership.Direct, Membership.Lineage })
                {
                    foreach (var counting in Enum.GetValues<Counting>()) Assert.Null(both.Hold(Of(a, membership: membership) with { Counting = counting, Vintage = vintage }));
                    foreach (var figure in new[] { "international-share", "partners", "mncs", "top-tenth", "mcs", "fwci-mean", "collaboration-distance", "long-distance-share" }) Assert.Null(both.Hold(Of(a, figure, membership) with { Vintage = vintage }));
                    Assert.Null(both.Hold(Of(a, "country-share", membership) with { With = "FR", Vintage = vintage }));
                    foreach (var b in names.Where(b => b != a)) Assert.Null(both.Hold(Pair(a, b, membership) with { Vintage = vintage }));
                    Assert.Null(both.Hold(Pair("CNRS", "ICL", membership, "collaboration-distance") with { Vintage = vintage }));
                }
            Assert.True(both.HoldWorks(Pair("CNRS", "ICL") with { Vintage = vintage }, upper: true, denominator: false) > 0);
            foreach (var denominator in new[] { false, true })
                Assert.True(both.HoldWorks(Of("CNRS", "long-distance-share") with { Vintage = vintage }, upper: true, denominator) > 0);
            Assert.True(both.HoldWorks(Of("CNRS") with { Counting = Counting.Author, Vintage = vintage }, upper: true, denominator: false) > 0);
        }
    }

    [ClickHouseFact]
    public async Task What_moved_a_figure_and_how_stable_it_is_are_told_alike()
    {
        await using var world = await WorldAsync([.. Eight, "W9 a1:{CNRS} a2:{ICL} retracted", "W10 a1:{CNRS} truncated"]);
        var earlier = Vintages.Find(world.Folder, VintageKind.OpenAlex, null).Value.Id;
        var later = await ImportAsync(world, Coverage.Complete, Eight.Skip(2).Concat(["W9 a1:{CNRS} a2:{ICL}", "W1 a1:{ICL}", "W50 a1:{CNRS} a2:{ICL}"]).Select(Work), "later.jsonl");
        var both = new Both(world, cluster);
        foreach (var vintage in new[] { earlier, later }) Assert.True((await ClickHouseExport.RunAsync(world.Work, cluster.Address, vintage, null, default)).Ok);
        foreach (var figure in new[] { "co-publications", "partner-share" })
        {
            var question = Pair("CNRS", "ICL", Membership.Direct, figure) with { With = figure == "partner-share" ? "GB" : null, Vintage = earlier };
            Assert.Null(both.Hold(question with { Stability = 5 }));
            Assert.True(both.HoldMove(question, question with { Vintage = later, Membership = Membership.Lineage }) >= 3);
        }
    }

    [ClickHouseFact]
    public async Task What_moved_any_figure_is_told_alike()
    {
        var (earlier, later) = ExplainedTwinTests.Draw(new(9));
        await using var world = await WorldAsync(Coverage.Complete, earlier.Select(Work));
        await world.PlaceAsync("v2.9");
        var first = Vintages.Find(world.Folder, VintageKind.OpenAlex, null).Value.Id;
        var last = await ImportAsync(world, Coverage.Complete, later.Select(Work), "later.jsonl");
        foreach (var vintage in new[] { first, last }) Assert.True((await ClickHouseExport.RunAsync(world.Work, cluster.Address, vintage, null, default)).Ok);
        var both = new Both(world, cluster);
        foreach (var indicator in Indicators.All.Where(i => !i.IsProjects))
            foreach (var counting in indicator.Countings)
            {
                var question = AnyOf(indicator) with { Counting = counting, Vintage = first };
                var causes = both.HoldMove(question, question with { Vintage = last, Membership = Membership.Lineage, Filters = question.Filters with { WithRetracted = true } });
                Assert.True(causes >= 3, $"{indicator.Key}, {counting}: {causes} causes");
            }
    }

    [ClickHouseFact]
    public async Task Vintages_that_servers_hold_in_another_order_are_not_held_against_each_other()
    {
        await using var world = await WorldAsync(Eight);
        var earlier = Vintages.Find(world.Folder, VintageKind.OpenAlex, null).Value.Id;
        var later = await ImportAsync(world, Coverage.Complete, Eight.Skip(2).Select(Work), "later.jsonl");
        Assert.True((await ClickHouseExport.RunAsync(world.Work, cluster.Address, earlier, null, default)).Ok);
        Assert.True((await ClickHouseExport.RunAsync(world.Work, cluster.Address with { Servers = [.. cluster.Address.Servers.Reverse()] }, later, null, default)).Ok);
        var there = new Both(world, cluster).There();
        var question = Pair("CNRS", "ICL") with { Vintage = earlier };
        Assert.Equal("clickhouse-apart", Explaining.Explain(there, question, question with { Vintage = later }, default).Refusal?.Code);
    }

    [ClickHouseFact]
    public async Task The_sql_of_a_receipt_lists_what_its_digest_is_the_hash_of()
    {
        await using var world = await WorldAsync([.. Eight, "W9 a1:{CNRS} a2:{ICL} retracted", "W10 a1:{CNRS} truncated"]);
        Assert.True((await ClickHouseExport.RunAsync(world.Work, cluster.Address, null, null, default)).Ok);
        var suffix = ClickHouseTables.Of(cluster.Address, Vintages.Find(world.Folder, VintageKind.OpenAlex, null).Value).Suffix;
        await world.PlaceAsync("v2.9");
        Assert.All(Indicators.All.Where(i => !i.IsProjects), i => Assert.Contains("select", world.Ask(AnyOf(i), receipt: true).Receipt!.ClickHouse, StringComparison.Ordinal));
        foreach (var question in new[] { Pair("CNRS", "ICL"), Of("UTK"), Of("CNRS", "partners"), Pair("CNRS", "ICL") with { Years = new(2019, 2020), Filters = new() { AuthorsMax = 2 } } })
        {
            var receipt = world.Ask(question, receipt: true).Receipt!;
            var list = receipt.ClickHouse!.Replace(ClickHouseSql.Suffix, suffix, StringComparison.Ordinal).TrimEnd('\n', ';').Split(";\n\n")[^1];
            using var rows = cluster.Server(0).Ask(list);
            var ids = new List<string>();
            while (rows.More())
                if (rows.U64() is var id and < ClickHouseTables.FirstControl) ids.Add(string.Create(CultureInfo.InvariantCulture, $"W{id}\n"));
            Assert.NotEmpty(ids);
            Assert.Equal(receipt.Digest, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(string.Concat(ids)))));
        }
    }

    [ClickHouseFact]
    public async Task A_receipt_of_one_engine_verifies_in_the_other_on_a_machine_that_has_no_segments()
    {
        await using var world = await WorldAsync(Eight);
        var vintage = Vintages.Find(world.Folder, VintageKind.OpenAlex, null).Value.Id;
        Assert.True((await ClickHouseExport.RunAsync(world.Work, cluster.Address, null, null, default)).Ok);
        var receipts = new[] { Pair("CNRS", "ICL"), Of("CNRS") with { Counting = Counting.Author }, Of("UTK", "partners") }.Select(q => Receipts.Text(world.Ask(q, receipt: true).Receipt!)).ToList();
        await using var elsewhere = await TestWorld.OpenAsync();
        await Portfolios.EnsureAsync(elsewhere.Work, Portfolios.None, default);
        var work = new Both(elsewhere, cluster).There();
        foreach (var receipt in receipts)
        {
            var verified = Verifying.Verify(work, receipt, default).Value;
            Assert.True(verified.Verdict == Recomputation.Verified, verified.Reason?.En);
            Assert.Equal("unknown-vintage", Entente.Core.Evidence.Figures.Ask(elsewhere.Work, Pair("CNRS", "ICL") with { Vintage = vintage }, false, default).Refusal?.Code);
        }
        var changed = receipts[0].Replace("\"value\": 5,", "\"value\": 6,", StringComparison.Ordinal);
        Assert.Equal(Recomputation.Differs, Verifying.Verify(work, changed, default).Value.Verdict);
    }
}
