using System.Text.Json;

namespace Entente.Web.Tests.Cli;

/// <summary>The verbs import ror, cordis, rnsr, perimeter and the figure joint-projects, end to end on small tables.</summary>
public sealed class RegisterCommandTests : IDisposable
{
    const string Cnrs = "02feahw73";

    readonly string _data = Directory.CreateTempSubdirectory("entente-cli-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    string Write(string name, string text)
    {
        var path = Path.Combine(_data, name);
        File.WriteAllText(path, text);
        return path;
    }

    string Record(string name, params string[] children) => Write(name, JsonSerializer.Serialize(new
    {
        id = "https://ror.org/" + Cnrs,
        name = "CNRS",
        status = "active",
        types = new[] { "Government" },
        country = new { country_code = "FR" },
        relationships = children.Select(child => new { id = "https://ror.org/" + child, type = "Child", label = "unit " + child }),
    }));

    Task<EntenteProcess.Run> Run(params string[] args) => EntenteProcess.RunAsync([.. args, "--data", _data]);

    async Task<JsonElement> JsonAsync(params string[] args)
    {
        var run = await Run([.. args, "--json"]);
        Assert.True(run.Code == 0, run.Error);
        return JsonDocument.Parse(run.Out).RootElement;
    }

    static string[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetString()!)];

    [Fact]
    public async Task Releases_are_imported_shown_and_compared()
    {
        var imported = await JsonAsync("import", "ror", Record("a.json", "0aaaa0001", "0bbbb0001"), "--release", "v1.9");
        Assert.Equal(["vintage", "records", "accepted", "rejected", "superseded", "seconds"], imported.EnumerateObject().Select(p => p.Name));
        await JsonAsync("import", "ror", Record("b.json", "0bbbb0001", "0cccc0001", "0dddd0001"), "--release", "v1.10");
        var shown = await JsonAsync("perimeter", "show", "cnrs");
        Assert.Equal(("cnrs", 1, "v1.10", Cnrs, 3, 4), (Text(shown, "key"), Number(shown, "version"), Text(shown, "release"), Text(shown, "root"), Number(shown, "children"), Number(shown, "size")));
        Assert.Equal([Cnrs, "0bbbb0001", "0cccc0001", "0dddd0001"], Texts(shown.GetProperty("members")));
        Assert.Equal(64, Text(shown, "hash")!.Length);
        Assert.Equal("v1.9", Text(await JsonAsync("perimeter", "show", Cnrs, "--release", "v1.9"), "release"));
        var diff = await JsonAsync("perimeter", "diff", "cnrs", "--from", "v1.9", "--to", "v1.10");
        Assert.Equal((new[] { "0cccc0001", "0dddd0001" }, new[] { "0aaaa0001" }), (Texts(diff.GetProperty("added")), Texts(diff.GetProperty("removed"))), Pairs);
        Assert.Equal(("v1.9", "v1.10"), (Text(diff, "from"), Text(diff, "to")));
        var page = await Run("perimeter", "diff", "cnrs", "--from", "v1.9", "--to", "v1.10", "--lang", "fr");
        Assert.Contains("ajoutés 2, retirés 1", page.Out, StringComparison.Ordinal);
        Assert.Contains("+ 0cccc0001  unit 0cccc0001", page.Out, StringComparison.Ordinal);
        Assert.Contains((await JsonAsync("perimeters")).EnumerateArray(), p => Text(p, "key") == "cnrs" && Number(p, "size") == 4);
    }

    static bool Pairs((string[] A, string[] B) x, (string[] A, string[] B) y) => x.A.SequenceEqual(y.A) && x.B.SequenceEqual(y.B);

    [Fact]
    public async Task Joint_projects_are_counted_from_the_tables_and_listed()
    {
        var organisations = Write("o.csv", "projectID;organisationID;name;role\n1;999997930;CNRS;coordinator\n1;999993468;Imperial;participant\n2;999997930;CNRS;thirdParty\n2;999993468;Imperial;participant\n3;999997930;CNRS;participant\nbad row\n");
        var projects = Write("p.csv", "id,acronym,title,startDate,legalBasis\n1,ONE,The first,2016-05-01,H2020-EU.1.1.\n");
        var imported = await JsonAsync("import", "cordis", organisations, projects, "--as-of", "2020-12-14", "--complete");
        Assert.Equal((7, 1), (Number(imported, "records"), Number(imported, "rejected")));
        var figure = await JsonAsync("figure", "joint-projects", "--between", "cnrs", "imperial");
        var breakdown = figure.GetProperty("breakdown");
        Assert.Equal((2, 2, 1), (Number(figure, "value"), Number(breakdown, "all"), Number(breakdown, "withoutPartnerRoles")));
        Assert.Equal("coordinator/participant 1, thirdParty/participant 1", Counts(breakdown, "byRole"));
        Assert.Equal("H2020-EU.1.1. 1, unknown 1", Counts(breakdown, "byProgramme"));
        Assert.Equal("2016 1, unknown 1", Counts(breakdown, "byYear"));
        var works = await Run("works", "joint-projects", "--between", "cnrs", "imperial");
        Assert.Equal(["1", "2"], works.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')[0]));
        var refused = await Run("figure", "joint-projects", "--between", "cnrs", "utokyo");
        Assert.Equal(1, refused.Code);
        Assert.Contains("No PIC known", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_with_its_exit_code()
    {
        var table = Write("x.csv", "a;b;c\n1;2;3\n");
        foreach (var (code, args) in new (int, string[])[]
        {
            (1, ["import", "cordis", table, "--as-of", "2020-12-14"]), (1, ["import", "rnsr", table]), (1, ["import", "ror", table, "--release", "v2.0"]),
            (2, ["import", "cordis", table, "--as-of", "yesterday"]), (2, ["import", "ror", table]), (2, ["import", "ror", table, "--release", "new"]),
            (1, ["perimeter", "show", "cnrs"]), (1, ["perimeter", "show", "nobody"]), (2, ["perimeter", "diff", "cnrs", "--from", "v1.0"]),
        })
        {
            var run = await Run(args);
            Assert.True(code == run.Code && run.Error.Length > 10 && run.Out.Length == 0, $"{string.Join(' ', args)}: {run.Code} {run.Out} {run.Error}");
        }
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_data, "vintages")));
    }

    static string Counts(JsonElement breakdown, string name) => string.Join(", ", breakdown.GetProperty(name).EnumerateObject().Select(p => $"{p.Name} {p.Value}"));

    static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    static int Number(JsonElement element, string name) => (int)element.GetProperty(name).GetDouble();
}
