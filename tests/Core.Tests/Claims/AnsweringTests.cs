using System.Text.Json.Nodes;
using Entente.Core.Claims;
using Entente.Core.Evidence;
using Entente.Core.Evidence.Cordis;
using Entente.Core.Portfolio;
using Entente.Core.Tests.Evidence;
using Entente.Core.Tests.Evidence.Cordis;

namespace Entente.Core.Tests.Claims;

/// <summary>Claims of the demonstration, answered by vintages made for the purpose.</summary>
public sealed class AnsweringTests
{
    static async Task<TestWorld> WorldAsync()
    {
        var world = await TestWorld.OpenAsync();
        await Portfolios.EnsureAsync(world.Work, null, default);
        return world;
    }

    static async Task<Answer> AnswerAsync(TestWorld world, string claim)
    {
        var record = await PortfolioRecord.ReadAsync(world.Db, default);
        return (await ClaimsQueries.LedgerAsync(world.Work, record, new(), default)).Rows.Single(r => r.Claim.Key == claim).ByEvidence!;
    }

    static async Task ImportProjectsAsync(TestWorld world, int projects, bool complete)
    {
        var rows = Enumerable.Range(1, projects).SelectMany(i => new[]
        {
            CordisFiles.Part($"{i}", CordisFiles.Cnrs, "coordinator", order: "1"), CordisFiles.Part($"{i}", CordisFiles.Imperial, "participant", order: "2"),
        });
        var organisations = CordisFiles.Write(world, $"o{projects}.csv", CordisFiles.Table(CordisFiles.OrganisationHeader, [.. rows]));
        var table = CordisFiles.Write(world, $"p{projects}.csv", CordisFiles.Table(CordisFiles.ProjectHeader,
            [.. Enumerable.Range(1, projects).Select(i => CordisFiles.Project($"{i}", "2016-01-01", "H2020-EU.1.1."))]));
        Assert.True((await CordisImport.RunAsync(world.Work, [organisations, table], new(2020, 12, 14), complete, null, default)).Ok);
    }

    [Fact]
    public async Task Joint_consortia_are_answered_by_complete_tables()
    {
        await using var world = await WorldAsync();
        await ImportProjectsAsync(world, 43, complete: true);
        var answer = await AnswerAsync(world, "imperial-cnrs-h2020");
        Assert.Equal((Verdict.Consistent, 43d), (answer.Verdict, answer.Figure!.Value));
        Assert.Matches("^Counted 43 by cordis-[0-9a-f]{16}, imported as complete as of 14 December 2020: “?43”? agrees\\.$", answer.Text.En);
    }

    [Fact]
    public async Task A_damaged_vintage_answers_nothing_and_the_claims_are_shown_all_the_same()
    {
        await using var world = await WorldAsync();
        await ImportProjectsAsync(world, 43, complete: true);
        var vintage = Vintages.List(world.Folder)[0];
        File.Delete(Path.Combine(Vintages.FolderOf(world.Folder, vintage.Id), vintage.Segments[0]));
        var answer = await AnswerAsync(world, "imperial-cnrs-h2020");
        Assert.Null(answer.Verdict);
        Assert.StartsWith($"Vintage {vintage.Id} is damaged", answer.Text.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_selection_answers_no_claim_and_says_what_is_missing()
    {
        await using var world = await WorldAsync();
        await ImportProjectsAsync(world, 43, complete: false);
        var answer = await AnswerAsync(world, "imperial-cnrs-h2020");
        Assert.Equal((null, null), (answer.Verdict, answer.Figure));
        Assert.Equal("The vintages here do not cover the question: what they hold is a lower bound and answers no claim. "
            + "To answer it: entente import cordis PATH --as-of DATE --complete", answer.Text.En);
    }

    [Fact]
    public async Task An_older_complete_vintage_answers_where_the_newest_is_a_selection()
    {
        await using var world = await WorldAsync();
        await ImportProjectsAsync(world, 50, complete: true);
        await ImportProjectsAsync(world, 3, complete: false);
        var answer = await AnswerAsync(world, "imperial-cnrs-h2020");
        Assert.Equal((Verdict.Contradictory, 50d), (answer.Verdict, answer.Figure!.Value));
    }

    // Works of 2017 to 2022, each with an author of CNRS and one of Imperial.
    static IEnumerable<JsonObject> Joint(int perYear) => Enumerable.Range(0, perYear * 6).Select(i =>
    {
        var work = Corpus.Work($"W{i + 1} a1:{{CNRS}} a2:{{ICL}} year={2017 + i % 6}");
        var institutions = work["authorships"]!.AsArray().Select(a => a!["institutions"]![0]!.AsObject()).ToList();
        (institutions[0]["ror"], institutions[1]["ror"]) = ("https://ror.org/02feahw73", "https://ror.org/041kmwe10");
        return work;
    });

    [Theory]
    [InlineData(264, Verdict.Consistent)]
    [InlineData(315, Verdict.Consistent)]
    [InlineData(100, Verdict.Contradictory)]
    public async Task Co_publications_are_answered_in_every_reading_of_the_window(int perYear, Verdict verdict)
    {
        await using var world = await WorldAsync();
        // A pull of the pair over other years does not cover the question; one over its years does.
        var pull = new Coverage(CoverageKind.Query) { A = "02feahw73", B = "041kmwe10", FirstYear = 2017, LastYear = 2022 };
        await Corpus.ImportAsync(world, pull with { FirstYear = 2019 }, Joint(1), "narrow.jsonl");
        Assert.Null((await AnswerAsync(world, "imperial-cnrs-1550")).Verdict);
        await Corpus.ImportAsync(world, pull, Joint(perYear), "pull.jsonl");
        var answer = await AnswerAsync(world, "imperial-cnrs-1550");
        Assert.Equal((verdict, perYear * 6d), (answer.Verdict, answer.Figure!.Value));
        Assert.Equal("co-publications", answer.Question!.Figure);
    }

    [Fact]
    public async Task A_claim_counted_on_another_database_is_never_recomputed()
    {
        await using var world = await WorldAsync();
        await Corpus.ImportAsync(world, Coverage.Complete, Joint(1), "all.jsonl");
        Assert.Equal("Counted on Web of Science/InCites, which no vintage holds.", (await AnswerAsync(world, "utokyo-cnrs-2900")).Text.En);
    }
}
