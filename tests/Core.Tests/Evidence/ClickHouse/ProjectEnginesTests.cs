using Entente.Core.Evidence;
using Entente.Core.Evidence.ClickHouse;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Tests;

namespace Entente.Core.Tests.Evidence.ClickHouse;

/// <summary>Joint projects come out the same in both engines: ClickHouse on two servers, each with a part of the projects.</summary>
public sealed class ProjectEnginesTests(ClickHouseCluster cluster) : IClassFixture<ClickHouseCluster>
{
    [ClickHouseFact]
    public async Task Random_questions_about_random_projects_have_the_same_answer_receipt_and_list()
    {
        await using var world = await TestWorld.OpenAsync();
        await RandomProjects.GiveCodesAsync(world);
        var (both, draw, answered, listed) = (new Both(world, cluster), new Random(5), 0, 0);
        for (var seed = 1; seed <= 3; seed++)
        {
            var vintage = (await RandomProjects.ImportAsync(world, seed * 70, seed)).Id;
            Assert.True((await ClickHouseExport.RunAsync(world.Work, cluster.Address, vintage, 30, null, default)).Ok);
            for (var i = 0; i < 60; i++)
            {
                var question = RandomProjects.Draw(draw, vintage);
                if (both.Hold(question) is { } refused) Assert.Contains(refused.Code, new[] { "same-organisation", "no-pic" });
                else answered++;
                listed += both.HoldProjects(question) + both.HoldWorks(question, upper: i % 2 == 0, denominator: false);
            }
        }
        Assert.True(answered > 100 && listed > 1000, $"{answered} answered, {listed} projects listed");
    }

    [ClickHouseFact]
    public async Task What_moved_them_is_told_alike()
    {
        await using var world = await TestWorld.OpenAsync();
        await Portfolios.EnsureAsync(world.Work, null, default);
        var (earlier, later) = Cordis.ProjectMovesTests.Draw(new(4));
        var (first, last) = (await Cordis.ProjectMovesTests.ImportAsync(world, earlier, "1"), await Cordis.ProjectMovesTests.ImportAsync(world, later, "2"));
        foreach (var vintage in new[] { first, last }) Assert.True((await ClickHouseExport.RunAsync(world.Work, cluster.Address, vintage, null, default)).Ok);
        var question = new Question("joint-projects") { A = "cnrs", B = "imperial", Vintage = first };
        Assert.Equal(4, new Both(world, cluster).HoldMove(question, question with { Years = new(2014, 2018), Vintage = last }));
    }

    [ClickHouseFact]
    public async Task A_vintage_that_says_nothing_of_subjects_or_holds_no_project_of_both_is_asked_alike()
    {
        await using var world = await TestWorld.OpenAsync();
        await Portfolios.EnsureAsync(world.Work, null, default);
        var both = new Both(world, cluster);
        foreach (var rows in new[] { "1;2", "" })
        {
            var parts = rows.Split(';', StringSplitOptions.RemoveEmptyEntries).SelectMany(id => new[] { Cordis.CordisFiles.Part(id, Cordis.CordisFiles.Imperial, "participant"), Cordis.CordisFiles.Part(id, Cordis.CordisFiles.Cnrs, "participant") });
            var path = Cordis.CordisFiles.Write(world, $"o{rows.Length}.csv", Cordis.CordisFiles.Table(Cordis.CordisFiles.OrganisationHeader, [.. parts.Append(Cordis.CordisFiles.Part("3", Cordis.CordisFiles.Cnrs, "coordinator"))]));
            var vintage = (await Cordis.CordisFiles.Import(world, path)).Value.Vintage;
            Assert.Equal("not-in-clickhouse", Figures.Ask(both.There(), new("joint-projects") { A = "cnrs", B = "imperial", Vintage = vintage }, false, default).Refusal?.Code);
            Assert.True((await ClickHouseExport.RunAsync(world.Work, cluster.Address, vintage, null, default)).Ok);
            Assert.Null(both.Hold(new("joint-projects") { A = "cnrs", B = "imperial", Vintage = vintage }));
            Assert.Null(both.Hold(new("joint-projects") { A = "cnrs", B = "imperial", Years = new(2014, 2020), Vintage = vintage }));
        }
    }

    [ClickHouseFact]
    public async Task The_sql_of_a_receipt_lists_what_its_digest_is_the_hash_of()
    {
        await using var world = await TestWorld.OpenAsync();
        await RandomProjects.GiveCodesAsync(world);
        var vintage = await RandomProjects.ImportAsync(world, 200, 9);
        Assert.True((await ClickHouseExport.RunAsync(world.Work, cluster.Address, vintage.Id, null, default)).Ok);
        var suffix = ClickHouseSchema.SuffixOf(cluster.Address, vintage);
        foreach (var years in new[] { (Years?)null, new Years(2015, 2018), new Years(1990, 1991) })
        {
            var receipt = world.Ask(new("joint-projects") { A = "imperial", B = "utokyo", Years = years, Vintage = vintage.Id }, receipt: true).Receipt!;
            using var rows = cluster.Server(0).Ask(receipt.ClickHouse!.Replace(ClickHouseSql.Suffix, suffix, StringComparison.Ordinal).TrimEnd('\n', ';').Split(";\n\n")[^1]);
            var (counted, upper) = (new List<string>(), 0);
            while (rows.More())
            {
                var (id, year) = (rows.Text(), rows.I16());
                _ = rows.Array(r => (r.Text(), r.Text(), r.Text()));
                if (year > 0 || (year == 0 && years is null)) counted.Add(id);
                if (year >= 0) upper++;
            }
            Assert.Equal((receipt.Value, receipt.Bounds.Upper, receipt.Digest), (counted.Count, upper, JointProjects.DigestOf(counted)));
            Assert.True(upper > 0);
        }
    }

    [ClickHouseFact]
    public async Task A_receipt_of_one_engine_verifies_in_the_other_on_a_machine_that_has_no_segments()
    {
        await using var world = await TestWorld.OpenAsync();
        await RandomProjects.GiveCodesAsync(world);
        var vintage = (await RandomProjects.ImportAsync(world, 200, 10)).Id;
        Assert.True((await ClickHouseExport.RunAsync(world.Work, cluster.Address, vintage, null, default)).Ok);
        var receipt = Receipts.Text(world.Ask(new("joint-projects") { A = "imperial", B = "utokyo", Years = new(2015, 2018), Vintage = vintage }, receipt: true).Receipt!);
        await using var elsewhere = await TestWorld.OpenAsync();
        await Portfolios.EnsureAsync(elsewhere.Work, Portfolios.None, default);
        var work = new Both(elsewhere, cluster).There();
        var verified = Verifying.Verify(work, receipt, default).Value;
        Assert.True(verified.Verdict == Recomputation.Verified, string.Join('\n', verified.Checks.Select(c => c.Says.En)));
        Assert.Equal("vintage-not-here", Verifying.Verify(elsewhere.Work, receipt, default).Refusal?.Code);
        // A code that closes a text in SQL is a code that nothing has.
        var changed = receipt.Replace("\"100000002\"", "\"' or 1 or project in ('\"", StringComparison.Ordinal);
        Assert.NotEqual(receipt, changed);
        Assert.Equal(Recomputation.Differs, Verifying.Verify(work, changed, default).Value.Verdict);
    }
}
