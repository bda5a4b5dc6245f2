using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Entente.Web.Tests.Cli;

/// <summary>Figure, works and verify as the real program answers them.</summary>
public sealed class FigureCommandTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("entente-cli-").FullName;

    string Data => Path.Combine(_folder, "data");

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    const string Cnrs = """{"id":"https://openalex.org/I1294671590","ror":"https://ror.org/02feahw73","display_name":"CNRS","country_code":"FR"}""";
    const string Imperial = """{"id":"https://openalex.org/I47508984","ror":"https://ror.org/041kmwe10","display_name":"Imperial","country_code":"GB"}""";

    static string Work(int id, string title, bool truncated, params string[] institutions) =>
        $$"""{"id":"https://openalex.org/W{{id}}","publication_year":2020,"title":{{JsonSerializer.Serialize(title)}},"is_authors_truncated":{{(truncated ? "true" : "false")}},"authorships":[{{string.Join(',', institutions.Select(i => $$"""{"institutions":[{{i}}]}"""))}}]}""";

    async Task ImportAsync()
    {
        var path = Path.Combine(_folder, "works.jsonl");
        await File.WriteAllLinesAsync(path,
        [
            Work(2, "Tabs\there,\r\nlines\u2028and\u0085 more\u0000", false, Cnrs, Imperial), Work(10, "Plain", false, Cnrs, Imperial), Work(1, "", false, $"{Cnrs},{Imperial}"),
            Work(7, "Cut", true, Cnrs), Work(8, "Alone", false, Cnrs),
        ]);
        Assert.Equal(0, (await RunAsync("import", "openalex", path)).Code);
    }

    Task<EntenteProcess.Run> RunAsync(params string[] args) => EntenteProcess.RunAsync([.. args, "--data", Data]);

    static string Digest(IEnumerable<string> lines) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines.Order(StringComparer.Ordinal).Select(l => l + "\n")))));

    [Fact]
    public async Task Works_stand_one_on_a_line_whatever_their_titles_and_give_the_digest()
    {
        await ImportAsync();
        var works = (await RunAsync("works", "co-publications", "--between", "cnrs", "imperial")).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('\t')).ToList();
        Assert.Equal(["W1", "W10", "W2"], works.Select(w => w[0]));
        Assert.All(works, w => Assert.Equal(6, w.Length));
        Assert.Equal(("2020", "Tabs here, lines and more", "structural"), (works[2][1], works[2][3], works[0][5]));
        var answer = JsonNode.Parse((await RunAsync("figure", "co-publications", "--between", "cnrs", "imperial", "--json")).Out)!;
        Assert.Equal(Digest(works.Select(w => w[0])), answer["receipt"]!["digest"]!.GetValue<string>());
        Assert.Equal(("3", "4"), (answer["value"]!.ToJsonString(), answer["bounds"]!["upper"]!.ToJsonString()));
        var upper = (await RunAsync("works", "co-publications", "--between", "cnrs", "imperial", "--upper")).Out;
        Assert.Contains("W7\t2020\t\tCut\t\tupper-bound-only\n", upper, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_share_the_numerator_is_listed_or_the_denominator()
    {
        await ImportAsync();
        async Task<string[]> Ids(params string[] more) =>
            [.. (await RunAsync(["works", "country-share", "--of", "cnrs", "--with", "GB", .. more])).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('\t')[0])];
        Assert.Equal(["W1", "W10", "W2"], await Ids());
        Assert.Equal(["W1", "W10", "W2", "W7", "W8"], await Ids("--part", "denominator"));
        Assert.Equal(2, (await RunAsync("works", "output", "--of", "cnrs", "--part", "half")).Code);
    }

    [Fact]
    public async Task Fractional_works_carry_their_weight_and_the_two_give_the_digest()
    {
        await ImportAsync();
        var works = (await RunAsync("works", "output", "--of", "cnrs", "--counting", "author")).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('\t')).ToList();
        Assert.Equal(["0.5", "0.5", "0.5", "1", "1"], works.Select(w => w[6]));
        var answer = JsonNode.Parse((await RunAsync("figure", "output", "--of", "cnrs", "--counting", "author", "--json")).Out)!;
        Assert.Equal(Digest(works.Select(w => $"{w[0]}\t{w[6]}")), answer["receipt"]!["digest"]!.GetValue<string>());
        Assert.Equal("3.5", answer["value"]!.ToJsonString());
    }

    [Fact]
    public async Task A_receipt_that_was_written_verifies_until_its_store_is_damaged()
    {
        await ImportAsync();
        var kept = Path.Combine(_folder, "kept");
        Assert.Equal(0, (await RunAsync("figure", "co-publications", "--between", "cnrs", "imperial", "--receipt", kept)).Code);
        var receipt = Path.Combine(kept, "receipt.json");
        var verified = await RunAsync("verify", receipt, "--json");
        Assert.Equal((0, "verified"), (verified.Code, JsonNode.Parse(verified.Out)!["verdict"]!.GetValue<string>()));
        var changed = Path.Combine(_folder, "changed.json");
        await File.WriteAllTextAsync(changed, (await File.ReadAllTextAsync(receipt)).Replace("\"value\": 3", "\"value\": 4", StringComparison.Ordinal));
        var differs = await RunAsync("verify", changed, "--lang", "fr");
        Assert.Equal(1, differs.Code);
        Assert.Contains("modifié après son émission", differs.Error, StringComparison.Ordinal);
        Assert.Equal(1, (await RunAsync("verify", Path.Combine(_folder, "nothere.json"))).Code);
        var segment = Directory.GetFiles(Path.Combine(Data, "vintages"), "*", SearchOption.AllDirectories).First(f => !f.EndsWith(".json", StringComparison.Ordinal) && new FileInfo(f).Length > 0);
        var bytes = await File.ReadAllBytesAsync(segment);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes);
        var corrupt = await RunAsync("verify", receipt);
        Assert.Equal(3, corrupt.Code);
        Assert.Contains(Path.GetFileName(segment), corrupt.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_figure_reads_in_both_languages()
    {
        await ImportAsync();
        var english = (await RunAsync("figure", "co-publications", "--between", "cnrs", "imperial", "--lang", "en")).Out;
        Assert.All(["Co-publications · ", "value", "3 works", "3 – 4", "structural share", "33.333%", "2020"], part => Assert.Contains(part, english, StringComparison.Ordinal));
        var french = (await RunAsync("figure", "co-publications", "--between", "cnrs", "imperial", "--lang", "fr")).Out;
        Assert.All(["Copublications · ", "valeur", "3 publications", "part structurelle", "33,333\u202F%", "par lignée"], part => Assert.Contains(part, french, StringComparison.Ordinal));
        Assert.Contains("Imperial", (await RunAsync("figure", "partners", "--of", "cnrs")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_difference_says_of_what_it_is_and_a_share_moves_in_points()
    {
        await ImportAsync();
        var told = (await RunAsync("explain", "country-share", "--of", "cnrs", "--with", "GB", "--to-membership", "direct", "--lang", "en")).Out;
        Assert.All(["Share with a country · ", "move, in points", "60.0%", "before: openalex-", ", by lineage", ", direct"], part => Assert.Contains(part, told, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bounds_that_nothing_is_known_of_are_said_to_be_unknown()
    {
        await ImportAsync();
        var told = (await RunAsync("figure", "mncs", "--of", "imperial", "--lang", "en")).Out;
        Assert.Matches("bounds +unknown", told);
        Assert.DoesNotContain("∞", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stability_interval_is_drawn_from_the_seed_that_was_named()
    {
        await ImportAsync();
        string[] question = ["country-share", "--of", "cnrs", "--with", "GB"];
        async Task<JsonNode> AskAsync(params string[] more) => JsonNode.Parse((await RunAsync(["figure", .. question, .. more, "--json"])).Out)!;
        Assert.Null((await AskAsync())["stability"]);
        var (seven, same) = (await AskAsync("--stability", "7"), await AskAsync("--stability", "7"));
        Assert.Equal(seven["stability"]!.ToJsonString(), same["stability"]!.ToJsonString());
        Assert.Equal((7UL, 1000), (seven["stability"]!["seed"]!.GetValue<ulong>(), seven["stability"]!["draws"]!.GetValue<int>()));
        Assert.Equal(seven["stability"]!.ToJsonString(), seven["receipt"]!["stability"]!.ToJsonString());
        var largest = (await RunAsync(["figure", .. question, "--stability", $"{ulong.MaxValue}", "--lang", "fr"])).Out;
        Assert.Contains("stabilité", largest, StringComparison.Ordinal);
        Assert.Contains("graine 18446744073709551615", largest, StringComparison.Ordinal);
        var receipt = Path.Combine(_folder, "drawn.json");
        await File.WriteAllTextAsync(receipt, seven.ToJsonString());
        Assert.Equal(0, (await RunAsync("verify", receipt)).Code);
        var refused = await RunAsync("figure", "affinity", "--between", "cnrs", "imperial", "--stability", "1");
        Assert.Equal((1, ""), (refused.Code, refused.Out));
    }

    static readonly (int Code, string[] Question)[] Unanswerable =
    [
        (2, ["nosuchfigure", "--of", "cnrs"]),
        (2, ["output"]),
        (2, ["output", "--of", "cnrs", "--between", "cnrs", "imperial"]),
        (2, ["output", "--of", "cnrs", "--membership", "sideways"]),
        (2, ["output", "--of", "cnrs", "--years", "2024-2010"]),
        (2, ["co-publications", "--between", "cnrs", "imperial", "--counting", "author"]),
        (2, ["country-share", "--of", "cnrs", "--with", "Atlantis"]),
        (2, ["output", "--of", "cnrs", "--stability", "seven"]),
        (2, ["output", "--of", "cnrs", "--stability", "-1"]),
        (2, ["output", "--of", "cnrs", "--stability"]),
        (1, ["co-publications", "--between", "cnrs", "000000000"]),
        (1, ["co-publications", "--between", "cnrs", "imperial", "--membership", "perimeter"]),
        (1, ["output", "--of", "cnrs", "--vintage", "openalex-0000000000000000"]),
        (1, ["joint-projects", "--between", "cnrs", "imperial"]),
    ];

    [Fact]
    public async Task A_question_that_cannot_be_answered_says_why()
    {
        await ImportAsync();
        foreach (var (code, question) in Unanswerable)
        {
            var run = await RunAsync(["figure", .. question]);
            Assert.Equal((string.Join(' ', question), code, ""), (string.Join(' ', question), run.Code, run.Out));
            Assert.StartsWith("entente: ", run.Error, StringComparison.Ordinal);
        }
        Assert.Equal(2, (await RunAsync(["works", .. Unanswerable[0].Question])).Code);
    }
}
