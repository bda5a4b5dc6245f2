using System.Text.Json;
using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using static Entente.Core.Tests.Evidence.Corpus;

namespace Entente.Core.Tests.Evidence;

/// <summary>The cases that two people would decide differently.</summary>
public sealed class FiguresTests
{
    static string? Code(TestWorld world, Question question) => Figures.Ask(world.Work, question, false, default).Refusal?.Code;

    [Fact]
    public async Task A_work_without_institutions_counts_for_nobody()
    {
        await using var world = await WorldAsync("W1 a1:{CNRS}", "W2 a1:{}", "W3");
        Assert.Equal(1, world.Ask(Of("CNRS")).Value);
    }

    [Fact]
    public async Task The_part_of_an_author_without_affiliation_goes_to_the_authors_who_have_one()
    {
        await using var world = await WorldAsync("W1 a1:{CNRS} a2:{} a3:{ICL}");
        Assert.Equal(0.5, world.Ask(Of("CNRS") with { Counting = Counting.Author }).Value);
    }

    [Fact]
    public async Task A_work_of_no_known_country_has_no_country_weight_and_is_not_international()
    {
        await using var world = await WorldAsync("W1 a1:{NOWHERE} a2:{NOWHERE}", "W2 a1:{NOWHERE} a2:{CNRS}");
        Assert.Equal(0, world.Ask(Of("NOWHERE") with { Counting = Counting.Country }).Value);
        Assert.Equal(0, world.Ask(Of("NOWHERE", "international-share")).Value);
        Assert.Equal(1, world.Ask(Of("CNRS") with { Counting = Counting.Country }).Value);
    }

    [Fact]
    public async Task Paris_with_La_Reunion_is_national_and_Hong_Kong_counts_with_China()
    {
        await using var world = await WorldAsync("W1 a1:{CNRS} a2:{REU}", "W2 a1:{CNRS} a2:{HK}", "W3 a1:{HK} a2:{CN}");
        Assert.Equal(0.5, world.Ask(Of("CNRS", "international-share")).Value);
        Assert.Equal(0.5, world.Ask(Of("CNRS", "country-share") with { With = "CN" }).Value);
        Assert.Equal(0.5, world.Ask(Of("HK", "international-share")).Value);
        Assert.Equal("not-a-statistical-country", Code(world, Of("CNRS", "country-share") with { With = "RE" }));
        Assert.Equal("unknown-country", Code(world, Of("CNRS", "country-share") with { With = "XX" }));
    }

    [Fact]
    public async Task Retracted_works_and_paratext_are_left_out_and_each_counted_apart_once()
    {
        await using var world = await WorldAsync(
            "W1 a1:{CNRS} a2:{ICL}", "W2 a1:{CNRS} a2:{ICL} retracted", "W3 a1:{CNRS} a2:{ICL} paratext", "W4 a1:{CNRS} a2:{ICL} retracted paratext", "W5 a1:{CNRS} retracted");
        var answer = world.Ask(Pair("CNRS", "ICL"));
        Assert.Equal((1.0, new Excluded(2, 1, 0)), (answer.Value, answer.Excluded));
        Assert.Equal(new Excluded(3, 1, 0), world.Ask(Of("CNRS", "international-share")).Excluded);
    }

    [Theory]
    [InlineData(99, 0)]
    [InlineData(100, 1)]
    [InlineData(101, 0)]
    public async Task Exactly_one_hundred_authors_are_a_truncated_list(int authors, int hidden)
    {
        var many = string.Join(' ', Enumerable.Range(1, authors).Select(i => $"a{i}:{{CNRS}}"));
        await using var world = await WorldAsync($"W1 {many}", "W2 a1:{CNRS} a2:{ICL}");
        var answer = world.Ask(Pair("CNRS", "ICL"));
        Assert.Equal((1.0, new Bounds(1, 1 + hidden), (long)hidden), (answer.Value, answer.Bounds, answer.Excluded.Truncated));
    }

    [Fact]
    public async Task Every_truncated_work_that_is_not_counted_is_in_the_upper_bound_whichever_side_is_seen()
    {
        await using var world = await WorldAsync("W1 a1:{CNRS} truncated", "W2 a1:{ICL} truncated", "W3 a1:{UTK} truncated", "W4 truncated",
            "W5 a1:{CNRS} a2:{ICL} truncated", "W6 a1:{CNRS} truncated retracted");
        var answer = world.Ask(Pair("CNRS", "ICL"));
        Assert.Equal((1.0, new Bounds(1, 5), 4L), (answer.Value, answer.Bounds, answer.Excluded.Truncated));
        Assert.Equal(["W5"], world.Lines(Pair("CNRS", "ICL")).Select(w => w.Id));
        Assert.Equal([("W1", "upper-bound-only"), ("W2", "upper-bound-only"), ("W3", "upper-bound-only"), ("W4", "upper-bound-only"), ("W5", "distinct-authors")],
            world.Lines(Pair("CNRS", "ICL"), upper: true).Select(w => (w.Id, w.CountsAs)));
    }

    [Fact]
    public async Task A_series_holds_every_year_of_the_window_and_without_one_from_the_first_to_the_last()
    {
        await using var world = await WorldAsync("W1 a1:{CNRS} a2:{ICL} year=2018", "W2 a1:{CNRS} a2:{ICL} year=2020", "W3 a1:{CNRS,ICL} year=", "W4 a1:{CNRS} year=2021 truncated");
        var all = world.Ask(Pair("CNRS", "ICL"));
        Assert.Equal(3, all.Value);
        Assert.Equal([(2018, 1), (2019, 0), (2020, 1)], all.Series.Select(y => (y.Year, (int)y.Value!)));
        var window = world.Ask(Pair("CNRS", "ICL") with { Years = new(2019, 2022) });
        Assert.Equal((1.0, new Bounds(1, 2)), (window.Value, window.Bounds));
        Assert.Equal([(2019, 0, 0), (2020, 1, 1), (2021, 0, 1), (2022, 0, 0)], window.Series.Select(y => (y.Year, (int)y.Value!, (int)y.Upper!)));
    }

    [Fact]
    public async Task The_newest_record_of_a_work_is_the_one_that_counts()
    {
        await using var world = await WorldAsync("W1 a1:{CNRS} a2:{ICL} updated=2020-01-01", "W1 a1:{UTK} updated=2024-01-01", "W2 a1:{CNRS} a2:{ICL} updated=2024-01-01", "W2 a1:{UTK} updated=2020-01-01");
        Assert.Equal(["W2"], world.Lines(Pair("CNRS", "ICL")).Select(w => w.Id));
    }

    [Fact]
    public async Task A_known_organisation_without_works_gives_0_and_an_unknown_one_is_refused()
    {
        await using var world = await WorldAsync(Eight);
        await Portfolios.EnsureAsync(world.Work, Portfolios.Demo, default);
        var answer = world.Ask(new("co-publications") { A = "cnrs", B = "utokyo" }, receipt: true);
        Assert.Equal((0.0, new Bounds(0, 0)), (answer.Value, answer.Bounds));
        Assert.Equal((null, 0.0), (answer.Breakdown.StructuralShare, answer.Breakdown.DistinctAuthors));
        Assert.Equal(["I1294671590"], answer.Receipt!.Organisations[0].OpenAlex);
        Assert.Equal("unknown-organisation", Code(world, new("output") { A = "000000000" }));
        Assert.Equal("unknown-organisation", Code(world, new("output") { A = "No such place" }));
        Assert.Null(world.Ask(new("international-share") { A = "utokyo" }).Value);
    }

    [Fact]
    public async Task Organisations_are_found_by_key_exact_name_ROR_id_and_address()
    {
        await using var world = await WorldAsync(Eight);
        await Portfolios.EnsureAsync(world.Work, Portfolios.Demo, default);
        foreach (var text in new[] { "cnrs", "02feahw73", "https://ror.org/02feahw73", "Imperial College London" })
            Assert.Contains(world.Ask(new("output") { A = text }).Organisations[0].Ror, new[] { "02feahw73", "041kmwe10" });
        Assert.Equal(RorOf("UTK"), world.Ask(new("output") { A = "UTK" }).Organisations[0].Ror);
    }

    [Fact]
    public async Task Without_a_release_the_perimeter_is_unknown_with_its_reason_and_asking_by_it_is_refused()
    {
        await using var world = await WorldAsync(Eight);
        var answer = world.Ask(Pair("CNRS", "ICL"));
        Assert.Null(answer.Breakdown.Perimeter);
        Assert.NotEqual("", answer.Breakdown.PerimeterReason!.Value.En);
        Assert.NotNull(Code(world, Pair("CNRS", "ICL", Membership.Perimeter)));
    }

    [Fact]
    public async Task A_pair_is_of_two_organisations()
    {
        await using var world = await WorldAsync(Eight);
        Assert.Equal("same-organisation", Code(world, Pair("CNRS", "CNRS")));
    }

    [Fact]
    public async Task An_empty_folder_says_what_to_import()
    {
        await using var world = await TestWorld.OpenAsync();
        Assert.Equal("no-vintage", Code(world, Pair("CNRS", "ICL")));
    }

    [Fact]
    public async Task The_json_of_a_figure_has_the_fields_of_the_contract()
    {
        await using var world = await WorldAsync(Eight);
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(world.Ask(Pair("CNRS", "ICL"), receipt: true), FigureJson.In(Lang.Fr)));
        var root = json.RootElement;
        Assert.All(new[] { "figure", "value", "unit", "bounds", "series", "breakdown", "excluded", "receipt" }, name => Assert.True(root.TryGetProperty(name, out _), name));
        Assert.Equal(["direct", "lineage", "perimeter", "perimeterReason", "distinctAuthors", "structuralShare"], root.GetProperty("breakdown").EnumerateObject().Select(p => p.Name));
        Assert.Equal("5", root.GetProperty("value").GetRawText());
        Assert.Equal("0.4", root.GetProperty("breakdown").GetProperty("structuralShare").GetRawText());
        Assert.Equal(JsonValueKind.String, root.GetProperty("breakdown").GetProperty("perimeterReason").ValueKind);
        Assert.Equal("""{"lower":5,"upper":5}""", JsonSerializer.Serialize(root.GetProperty("bounds")));
        Assert.All(new[] { "id", "figure", "definition", "organisations", "perimeters", "vintages", "membership", "counting", "filters", "countryTable", "value", "bounds", "digest", "sql", "synthetic", "coverage" },
            name => Assert.True(root.GetProperty("receipt").TryGetProperty(name, out _), name));
    }

    [Fact]
    public async Task A_vintage_that_was_imported_since_is_seen_and_one_that_is_gone_is_let_go()
    {
        await using var world = await WorldAsync("W1 a1:{CNRS} a2:{ICL}");
        var before = world.Ask(Pair("CNRS", "ICL"));
        var newer = await ImportAsync(world, Coverage.Complete, [Work("W1 a1:{CNRS} a2:{ICL}"), Work("W2 a1:{CNRS} a2:{ICL}")], "more.jsonl");
        Assert.Equal((2.0, newer), (world.Ask(Pair("CNRS", "ICL")).Value, world.Ask(Pair("CNRS", "ICL")).Vintage));
        Assert.Equal(1, world.Ask(Pair("CNRS", "ICL") with { Vintage = before.Vintage }).Value);
        Directory.Delete(Vintages.FolderOf(world.Folder, newer), recursive: true);
        Assert.Equal((1.0, before.Vintage), (world.Ask(Pair("CNRS", "ICL")).Value, world.Ask(Pair("CNRS", "ICL")).Vintage));
    }

    [Fact]
    public async Task Many_readers_ask_at_once()
    {
        await using var world = await WorldAsync(Eight);
        var questions = new[] { Pair("CNRS", "ICL"), Pair("ICL", "UTK"), Pair("CNRS", "UTK", Membership.Direct) };
        var expected = questions.Select(q => world.Ask(q).Value).ToList();
        await Parallel.ForEachAsync(Enumerable.Range(0, 64), async (i, _) =>
        {
            await using var db = world.Folder.OpenDb();
            var answer = Figures.Ask(new(db, world.Folder, Actor.Program, TimeProvider.System), questions[i % 3], true, default);
            Assert.Equal(expected[i % 3], answer.Value.Value);
        });
    }
}
