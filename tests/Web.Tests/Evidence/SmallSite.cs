using System.Text.Json;
using System.Text.Json.Nodes;
using Entente.Core.Evidence;
using Entente.Core.Evidence.OpenAlex;
using Entente.Core.Evidence.Ror;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Web.Tests.Evidence;

/// <summary>
/// The real host over a world whose every figure is known by hand: the eight works of the indicators' page on the demonstration
/// portfolio, a ROR tree in two releases, and three European projects.
/// </summary>
public sealed class SmallSite : IAsyncLifetime
{
    const string Cnrs = "02feahw73", Imperial = "041kmwe10", Tokyo = "057zh3y96", University = "0u1test01", Laboratory = "0irltest1";

    static readonly Dictionary<string, (long Id, string Ror, string Name, string Country, string[] Above)> Institutions = new()
    {
        ["CNRS"] = (1294671590, Cnrs, "Centre National de la Recherche Scientifique", "FR", []),
        ["ICL"] = (47508984, Imperial, "Imperial College London", "GB", []),
        ["UTK"] = (74801974, Tokyo, "The University of Tokyo", "JP", []),
        ["U1"] = (2, University, "University One", "FR", []),
        ["IRL"] = (4, Laboratory, "Joint Laboratory", "GB", ["CNRS", "ICL"]),
    };

    static readonly (string Id, int Year, string[] Authors)[] Works =
    [
        ("W1", 2018, ["CNRS", "ICL"]), ("W2", 2018, ["CNRS,U1", "U1", "ICL"]), ("W3", 2019, ["CNRS", "UTK"]), ("W4", 2019, ["ICL"]),
        ("W5", 2020, ["CNRS,ICL"]), ("W6", 2021, ["IRL"]), ("W7", 2021, ["U1", "UTK"]), ("W8", 2021, ["CNRS", "ICL", "UTK", "UTK"]),
    ];

    WebApplication? _app;

    public DataFolder Folder { get; } = new(Directory.CreateTempSubdirectory("entente-small-").FullName);

    public Uri Address { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    /// <summary>The receipt that was kept before the tests began.</summary>
    public string Receipt { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await using (var db = Folder.OpenDb())
        {
            await Migrator.RunAsync(db, default);
            var work = WorkOn(db);
            Assert.Null((await Portfolios.EnsureAsync(work, null, default)).Refusal);
            await ImportWorksAsync("eight.jsonl", Works.Select(Work));
            await ImportRorAsync(work, "v1.1", []);
            await ImportRorAsync(work, "v1.2", [Laboratory, University]);
            await EuropeanProjects.ThreeAsync(work);
        }
        _app = EntenteWeb.Build(Folder, ["http://127.0.0.1:0"], rounds: false);
        await _app.StartAsync();
        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
        Receipt = (await JsonAsync("/api/v1/figures/co-publications?between=cnrs,imperial&receipt=1")).GetProperty("receipt").GetProperty("id").GetString()!;
    }

    public Work WorkOn(Db db) => new(db, Folder, Actor.CommandLine, TimeProvider.System);

    /// <summary>Imports these works as a complete vintage of their own, as a command would beside the running host.</summary>
    public async Task<string> ImportWorksAsync(string name, IEnumerable<JsonObject> works)
    {
        await using var db = Folder.OpenDb();
        var path = Path.Combine(Folder.Root, name);
        await File.WriteAllLinesAsync(path, works.Select(w => w.ToJsonString()));
        return (await OpenAlexImport.RunAsync(WorkOn(db), [path], null, Coverage.Complete, null, default)).Value.Vintage;
    }

    public static JsonObject Work((string Id, int Year, string[] Authors) work) => new()
    {
        ["id"] = $"https://openalex.org/{work.Id}",
        ["title"] = $"On {work.Id}",
        ["doi"] = $"https://doi.org/10.1000/{work.Id.ToLowerInvariant()}",
        ["publication_year"] = work.Year,
        ["type"] = "article",
        ["is_retracted"] = false,
        ["is_paratext"] = false,
        ["authorships"] = new JsonArray([.. work.Authors.Select(Authorship)]),
    };

    static JsonObject Authorship(string institutions) => new() { ["institutions"] = new JsonArray([.. institutions.Split(',').Select(Institution)]) };

    static JsonObject Institution(string name)
    {
        var (id, ror, display, country, above) = Institutions[name];
        return new()
        {
            ["id"] = $"https://openalex.org/I{id}",
            ["ror"] = $"https://ror.org/{ror}",
            ["display_name"] = display,
            ["country_code"] = country,
            ["type"] = "education",
            ["lineage"] = new JsonArray([.. above.Select(a => Institutions[a].Id).Prepend(id).Select(i => (JsonNode)$"https://openalex.org/I{i}")]),
        };
    }

    async Task ImportRorAsync(Work work, string release, string[] childrenOfCnrs)
    {
        var path = Path.Combine(Folder.Root, $"ror-{release}.jsonl");
        await File.WriteAllLinesAsync(path,
        [
            Organisation(Cnrs, "Centre National de la Recherche Scientifique", "FR", childrenOfCnrs.Select(id => ("child", id))),
            Organisation(Imperial, "Imperial College London", "GB", childrenOfCnrs.Contains(Laboratory) ? [("child", Laboratory)] : []),
            Organisation(Laboratory, "Joint Laboratory", "GB", [("parent", Cnrs), ("parent", Imperial)]),
            Organisation(University, "University One", "FR", childrenOfCnrs.Contains(University) ? [("parent", Cnrs)] : []),
        ]);
        Assert.Null((await RorImport.RunAsync(work, [path], release, complete: true, null, default)).Refusal);
    }

    static string Organisation(string id, string name, string country, IEnumerable<(string Type, string Id)> links) => new JsonObject
    {
        ["id"] = $"https://ror.org/{id}",
        ["names"] = new JsonArray(new JsonObject { ["value"] = name, ["types"] = new JsonArray("ror_display", "label"), ["lang"] = null }),
        ["locations"] = new JsonArray(new JsonObject { ["geonames_id"] = 1, ["geonames_details"] = Town(country) }),
        ["relationships"] = new JsonArray([.. links.Select(l => new JsonObject { ["type"] = l.Type, ["id"] = $"https://ror.org/{l.Id}", ["label"] = l.Id })]),
        ["status"] = "active",
        ["types"] = new JsonArray("facility"),
    }.ToJsonString();

    // Paris and London.
    static JsonObject Town(string country) => country == "FR" ? new() { ["country_code"] = "FR", ["name"] = "Paris", ["lat"] = 48.85341, ["lng"] = 2.3488 }
        : new() { ["country_code"] = country, ["name"] = "London", ["lat"] = 51.50853, ["lng"] = -0.12574 };

    public Task<string> GetAsync(string path) => Client.GetStringAsync(new Uri(path, UriKind.Relative));

    public async Task<JsonElement> JsonAsync(string path)
    {
        var text = await GetAsync(path);
        return JsonDocument.Parse(text).RootElement.Clone();
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        if (_app is not null) await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder.Root, recursive: true);
    }
}

/// <summary>Alone on the machine while it counts queries.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SmallSiteCollection : ICollectionFixture<SmallSite>
{
    public const string Name = "small site";
}
