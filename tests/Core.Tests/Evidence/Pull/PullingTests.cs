using System.IO.Compression;
using System.Text.Json.Nodes;
using Entente.Core.Evidence;
using Entente.Core.Evidence.Pull;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Tests;
using Microsoft.AspNetCore.Http;

namespace Entente.Core.Tests.Evidence.Pull;

/// <summary>Pulls from a real server, which behaves, stumbles for a while, or never gets up again.</summary>
public sealed class PullingTests
{
    const string Cnrs = "I1294671590", Imperial = "I47508984";
    const string Key = "a-key-that-must-not-be-seen";

    // Waits of milliseconds, so that a test of patience is short.
    static readonly PullPace Brisk = new(TimeSpan.Zero, TimeSpan.FromMilliseconds(2), TimeSpan.FromSeconds(3), 4, TimeSpan.FromSeconds(20));

    static readonly PullQuestion Pair = new("cnrs", "imperial", null, new Years(2015, 2020));

    static async Task<TestWorld> WorldAsync()
    {
        var world = await TestWorld.OpenAsync();
        Assert.True((await Portfolios.EnsureAsync(world.Work, null, default)).Ok);
        return world;
    }

    static Task<Outcome<ImportResult>> PullAsync(TestWorld world, RecordedApi api, PullQuestion? question = null, CancellationToken ct = default) =>
        Pulling.RunAsync(world.Work, question ?? Pair, api.Address, Key, Brisk, null, ct);

    static JsonObject Work(int id, int authors = 2, int year = 2018) => new()
    {
        ["id"] = $"https://openalex.org/W{id}",
        ["title"] = $"Work {id}",
        ["publication_year"] = year,
        ["type"] = "article",
        ["updated_date"] = "2026-01-01",
        ["authorships"] = new JsonArray([.. Enumerable.Range(0, authors).Select(i => Author(i == 0 ? Cnrs : i == authors - 1 ? Imperial : "I5"))]),
    };

    static JsonNode Author(string institution) => new JsonObject
    {
        ["author"] = new JsonObject { ["id"] = "https://openalex.org/A1", ["display_name"] = "A" },
        ["institutions"] = new JsonArray(new JsonObject
        {
            ["id"] = $"https://openalex.org/{institution}", ["display_name"] = institution, ["ror"] = null, ["country_code"] = "FR",
            ["lineage"] = new JsonArray($"https://openalex.org/{institution}"),
        }),
    };

    static IEnumerable<JsonObject> Works(int count) => Enumerable.Range(1, count).Select(i => Work(i));

    static Manifest TheVintage(TestWorld world) => Assert.Single(Vintages.List(world.Folder));

    [RealDataFact]
    public async Task Every_recorded_work_of_the_pair_comes_and_no_other()
    {
        var recorded = Recorded().ToList();
        await using var api = await RecordedApi.StartAsync(recorded);
        await using var world = await WorldAsync();
        // Every work of CNRS with anyone in Great Britain, in the extract.
        var question = new PullQuestion("02feahw73", null, "GB", new Years(2000, 2026));
        var expected = recorded.Where(w => RecordedApi.Passes(w, $"authorships.institutions.lineage:{Cnrs},authorships.institutions.country_code:GB,publication_year:2000-2026")).ToList();
        Assert.True(expected.Count > 5);

        var pulled = await PullAsync(world, api, question);
        Assert.True(pulled.Ok, pulled.Refusal?.Message.En);
        Assert.Equal(expected.Select(RecordedApi.IdOf).Order(StringComparer.Ordinal), Ids(world));
        Assert.Equal(new Coverage(CoverageKind.Query) { A = "02feahw73", With = "GB", FirstYear = 2000, LastYear = 2026 }, TheVintage(world).Coverage);
        Assert.True(File.Exists(Assert.Single(TheVintage(world).Sources).Path), "the works as pulled stay as the vintage's source");
    }

    [Fact]
    public async Task The_question_is_put_in_the_API_s_grammar_and_the_key_only_in_a_header()
    {
        await using var api = await RecordedApi.StartAsync(Works(7));
        await using var world = await WorldAsync();
        Assert.True((await PullAsync(world, api)).Ok);
        Assert.Equal($"/works?filter=authorships.institutions.lineage:{Cnrs}+{Imperial},publication_year:2015-2020&per_page=100&cursor=*", api.Requests[0]);
        Assert.Equal(3, api.Requests.Count);
        Assert.All(api.Requests, request => Assert.DoesNotContain(Key, request, StringComparison.Ordinal));
        Assert.All(api.Authorizations, header => Assert.Equal("Bearer " + Key, header));
        Assert.Equal(new Coverage(CoverageKind.Query) { A = "02feahw73", B = "041kmwe10", FirstYear = 2015, LastYear = 2020 }, TheVintage(world).Coverage);
        foreach (var file in Directory.EnumerateFiles(world.Folder.Root, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
            Assert.DoesNotContain(Key, Convert.ToBase64String(await File.ReadAllBytesAsync(file)) + await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_work_with_a_cut_list_of_authors_is_asked_for_alone()
    {
        await using var api = await RecordedApi.StartAsync([Work(1), Work(2, authors: 130), Work(3, authors: 100)]);
        await using var world = await WorldAsync();
        Assert.True((await PullAsync(world, api)).Ok);
        Assert.Equal(["/works/W2", "/works/W3"], api.Requests.Where(r => r.StartsWith("/works/W", StringComparison.Ordinal)));
        using var store = Vintages.OpenWorks(world.Folder, TheVintage(world));
        var segment = Assert.Single(store.Segments);
        var authors = Enumerable.Range(0, segment.Count).Select(work => segment.AuthorsOf(work)).Select(span => span.Last - span.First);
        Assert.Equal([2, 100, 130], authors.Order());
    }

    [Fact]
    public async Task An_organisation_that_the_portfolio_does_not_know_is_looked_up_by_its_ROR_id()
    {
        var work = Work(1);
        work["authorships"]![0]!["institutions"]![0]!["ror"] = "https://ror.org/0aaaaaa01";
        await using var api = await RecordedApi.StartAsync([work]);
        await using var world = await WorldAsync();
        Assert.True((await PullAsync(world, api, new("0aaaaaa01", "imperial", null, Pair.Years))).Ok);
        Assert.Equal("unknown-organisation", (await PullAsync(world, api, new("0aaaaaa02", null, null, Pair.Years))).Refusal?.Code);
        Assert.Equal("unknown-organisation", (await PullAsync(world, api, new("no such body", null, null, Pair.Years))).Refusal?.Code);
    }

    public static TheoryData<string> PassingTroubles => ["429", "500", "503", "cut", "html", "half", "partial", "reset"];

    [Theory, MemberData(nameof(PassingTroubles))]
    public async Task Trouble_that_passes_is_borne(string trouble)
    {
        await using var api = await RecordedApi.StartAsync(Works(8));
        await using var world = await WorldAsync();
        // The second and third request fail, then all is well.
        api.Trouble = (context, number) => number is 2 or 3 ? Stumble(context, trouble) : Task.FromResult(false);
        var pulled = await PullAsync(world, api);
        Assert.True(pulled.Ok, pulled.Refusal?.Message.En);
        Assert.Equal(8, pulled.Value.Accepted);
        Assert.Equal(5, api.Requests.Count);
    }

    [Theory, MemberData(nameof(PassingTroubles))]
    public async Task Trouble_that_stays_is_refused_and_the_next_run_goes_on_from_there(string trouble)
    {
        await using var api = await RecordedApi.StartAsync(Works(8));
        await using var world = await WorldAsync();
        api.Trouble = (context, number) => number >= 3 ? Stumble(context, trouble) : Task.FromResult(false);
        var given = await PullAsync(world, api);
        Assert.Equal("pull-given-up", given.Refusal?.Code);
        Assert.DoesNotContain(Key, given.Refusal!.Message.En, StringComparison.Ordinal);
        Assert.Empty(Vintages.List(world.Folder));

        var before = api.Requests.Count;
        api.Trouble = (_, _) => Task.FromResult(false);
        var pulled = await PullAsync(world, api);
        Assert.Equal(8, pulled.Value.Accepted);
        Assert.Contains("cursor=c6", Assert.Single(api.Requests.Skip(before)), StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(Path.Combine(world.Folder.Root, "pulls")));
    }

    static async Task<bool> Stumble(HttpContext context, string trouble)
    {
        var response = context.Response;
        switch (trouble)
        {
            case "429":
                response.Headers.RetryAfter = "0";
                goto default;
            case "cut":
                response.ContentLength = 10_000;
                await response.WriteAsync("""{"meta":""");
                await response.Body.FlushAsync();
                context.Abort();
                break;
            case "reset":
                context.Abort();
                break;
            case "html":
                response.ContentType = "text/html";
                await response.WriteAsync("<html><body>Down for maintenance</body></html>");
                break;
            case "half":
                await response.WriteAsync("""{"meta":{"count":8,""");
                break;
            case "partial":
                await response.WriteAsync("""{"meta":{"count":8,"next_cursor":null,"timed_out":true},"results":[]}""");
                break;
            default:
                response.StatusCode = int.Parse(trouble, System.Globalization.CultureInfo.InvariantCulture);
                break;
        }
        return true;
    }

    [Fact]
    public async Task A_server_that_wants_a_long_rest_gets_it()
    {
        await using var api = await RecordedApi.StartAsync(Works(8));
        await using var world = await WorldAsync();
        api.Trouble = (context, _) =>
        {
            (context.Response.StatusCode, context.Response.Headers.RetryAfter) = (429, "7200");
            return Task.FromResult(true);
        };
        var refusal = (await PullAsync(world, api)).Refusal;
        Assert.Equal("pull-given-up", refusal?.Code);
        Assert.Contains("120 minutes", refusal!.Message.En, StringComparison.Ordinal);
        Assert.Single(api.Requests);
    }

    public static TheoryData<string> ChangedFields => ["meta", "count", "next_cursor", "results", "id"];

    [Theory, MemberData(nameof(ChangedFields))]
    public async Task Fields_that_changed_are_named(string field)
    {
        await using var api = await RecordedApi.StartAsync(Works(8));
        await using var world = await WorldAsync();
        api.Bend = page =>
        {
            if (field is "meta" or "results") page.Remove(field);
            else if (field == "id") ((JsonObject)page["results"]![0]!)["id"] = 17;
            else ((JsonObject)page["meta"]!).Remove(field);
        };
        var refusal = (await PullAsync(world, api)).Refusal;
        Assert.Equal("pull-fields-changed", refusal?.Code);
        Assert.Contains(field, refusal!.Message.En, StringComparison.Ordinal);
        Assert.Empty(Vintages.List(world.Folder));
    }

    [Fact]
    public async Task A_page_that_comes_twice_counts_once()
    {
        await using var api = await RecordedApi.StartAsync(Works(8));
        await using var world = await WorldAsync();
        var repeated = false;
        api.Bend = page =>
        {
            // The first page is given again under the second cursor.
            if (repeated || (string?)page["meta"]!["next_cursor"] != "c3") return;
            repeated = true;
            page["meta"]!["next_cursor"] = "c0";
        };
        Assert.Equal(8, (await PullAsync(world, api)).Value.Accepted);
        Assert.Equal(4, api.Requests.Count);
    }

    [Fact]
    public async Task A_cursor_that_never_ends_is_left()
    {
        await using var api = await RecordedApi.StartAsync(Works(8));
        await using var world = await WorldAsync();
        api.Bend = page => page["meta"]!["next_cursor"] ??= "c0";
        Assert.Equal("pull-no-end", (await PullAsync(world, api)).Refusal?.Code);
        Assert.InRange(api.Requests.Count, 4, 8);
        Assert.Empty(Vintages.List(world.Folder));
    }

    [Fact]
    public async Task Fewer_works_than_the_server_counts_are_not_a_whole_answer()
    {
        await using var api = await RecordedApi.StartAsync(Works(8));
        await using var world = await WorldAsync();
        api.Bend = page => page["meta"]!["count"] = 9;
        var refusal = (await PullAsync(world, api)).Refusal;
        Assert.Equal("pull-incomplete", refusal?.Code);
        Assert.Contains("counts 9 works but gave 8", refusal!.Message.En, StringComparison.Ordinal);
        Assert.Empty(Vintages.List(world.Folder));
        api.Bend = _ => { };
        var before = api.Requests.Count;
        Assert.True((await PullAsync(world, api)).Ok);
        Assert.EndsWith("cursor=*", api.Requests[before], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_without_works_is_refused()
    {
        await using var api = await RecordedApi.StartAsync([]);
        await using var world = await WorldAsync();
        Assert.Equal("pull-empty", (await PullAsync(world, api)).Refusal?.Code);
    }

    [Theory]
    [InlineData(401, "pull-key")]
    [InlineData(403, "pull-key")]
    [InlineData(400, "pull-refused-by-server")]
    [InlineData(302, "pull-refused-by-server")]
    [InlineData(404, "pull-not-found")]
    public async Task A_server_that_says_no_is_not_asked_again(int status, string code)
    {
        await using var api = await RecordedApi.StartAsync(Works(8));
        await using var world = await WorldAsync();
        api.Trouble = async (context, _) =>
        {
            (context.Response.StatusCode, context.Response.Headers.Location) = (status, "http://127.0.0.1:1/elsewhere");
            await context.Response.WriteAsync($$"""{"error":"x","message":"Invalid\u001b[31m filter {{new string('x', 500)}}"}""");
            return true;
        };
        var refusal = (await PullAsync(world, api)).Refusal;
        Assert.Equal(code, refusal?.Code);
        Assert.Single(api.Requests);
        Assert.DoesNotContain('\u001b', refusal!.Message.En);
        Assert.True(refusal.Message.En.Length < 500, "a server's words are cut");
    }

    [Fact]
    public async Task A_cursor_that_ran_out_starts_the_pull_afresh()
    {
        await using var api = await RecordedApi.StartAsync(Works(8));
        await using var world = await WorldAsync();
        api.Trouble = (context, number) => number >= 3 ? Stumble(context, "500") : Task.FromResult(false);
        Assert.False((await PullAsync(world, api)).Ok);
        api.Trouble = (context, _) => context.Request.QueryString.Value!.Contains("cursor=c6", StringComparison.Ordinal) && !api.Requests.Skip(7).Any(r => r.EndsWith("cursor=c3", StringComparison.Ordinal))
            ? Stumble(context, "400") : Task.FromResult(false);
        var pulled = await PullAsync(world, api);
        Assert.True(pulled.Ok, pulled.Refusal?.Message.En);
        Assert.Equal(8, pulled.Value.Accepted);
    }

    [Fact]
    public async Task An_interrupted_pull_leaves_no_vintage_and_goes_on_later()
    {
        await using var api = await RecordedApi.StartAsync(Works(8));
        await using var world = await WorldAsync();
        using var stop = new CancellationTokenSource();
        api.Trouble = (_, number) =>
        {
            if (number == 2) stop.Cancel();
            return Task.FromResult(false);
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PullAsync(world, api, ct: stop.Token));
        Assert.Empty(Vintages.List(world.Folder));
        Assert.Equal(8, (await PullAsync(world, api)).Value.Accepted);
        Assert.Contains("cursor=c3", api.Requests[^2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_is_not_sent_in_clear_beyond_this_machine()
    {
        await using var world = await WorldAsync();
        var refusal = (await Pulling.RunAsync(world.Work, Pair, new("http://example.invalid"), Key, Brisk, null, default)).Refusal;
        Assert.Equal("pull-key-in-clear", refusal?.Code);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_refused()
    {
        var api = await RecordedApi.StartAsync([]);
        var address = api.Address;
        await api.DisposeAsync();
        await using var world = await WorldAsync();
        var refusal = (await Pulling.RunAsync(world.Work, Pair, address, null, Brisk, null, default)).Refusal;
        Assert.Equal("pull-given-up", refusal?.Code);
        Assert.Contains("cannot be reached", refusal!.Message.En, StringComparison.Ordinal);
    }

    static IEnumerable<string> Ids(TestWorld world)
    {
        using var store = Vintages.OpenWorks(world.Folder, TheVintage(world));
        return [.. store.Segments.SelectMany(s => s.Ids.ToArray()).Select(id => $"W{id}").Order(StringComparer.Ordinal)];
    }

    static IEnumerable<JsonObject> Recorded()
    {
        using var lines = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(Conditions.Data, "openalex", "works.jsonl.gz")), CompressionMode.Decompress));
        var seen = new HashSet<string>();
        while (lines.ReadLine() is { } line)
            if (JsonNode.Parse(line) is JsonObject work && work["publication_year"] is not null && seen.Add(RecordedApi.IdOf(work))) yield return work;
    }
}
