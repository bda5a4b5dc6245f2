using System.Text.Json;
using System.Text.Json.Nodes;
using Entente.Core.Evidence;
using Entente.Core.Evidence.OpenAlex;
using Entente.Core.Evidence.Ror;
using Entente.Core.Portfolio;

namespace Entente.Core.Tests.Evidence;

/// <summary>Small worlds written as one would on a blackboard: "W2 a1:{CNRS,U1} a2:{U1} a3:{ICL}".</summary>
static class Corpus
{
    /// <summary>The eight works of REFERENCE 4.7.</summary>
    public static readonly string[] Eight =
    [
        "W1 a1:{CNRS} a2:{ICL}", "W2 a1:{CNRS,U1} a2:{U1} a3:{ICL}", "W3 a1:{CNRS} a2:{UTK}", "W4 a1:{ICL}",
        "W5 a1:{CNRS,ICL}", "W6 a1:{IRL}", "W7 a1:{U1} a2:{UTK}", "W8 a1:{CNRS} a2:{ICL} a3:{UTK} a4:{UTK}",
    ];

    /// <summary>Name, number, country, type and what stands above it.</summary>
    static readonly (string Name, int Id, string? Country, string? Type, int[] Above)[] Institutions =
    [
        ("CNRS", 1, "FR", "government", []), ("U1", 2, "FR", "funder", []), ("ICL", 3, "GB", "education", []), ("IRL", 4, "GB", "facility", [1, 3]), ("UTK", 5, "JP", "company", []),
        ("REU", 6, "RE", "education", []), ("NOWHERE", 7, null, null, []), ("HK", 8, "HK", "education", []), ("CN", 9, "CN", "company", []),
    ];

    /// <summary>Paris, London, Tokyo, Saint-Denis, Hong Kong and Beijing, as GeoNames and so ROR has them; nobody knows where NOWHERE is.</summary>
    public static readonly IReadOnlyDictionary<string, RorPlace> Towns = new Dictionary<string, RorPlace>
    {
        ["CNRS"] = new(48.85341, 2.3488), ["U1"] = new(48.85341, 2.3488), ["ICL"] = new(51.50853, -0.12574), ["IRL"] = new(51.50853, -0.12574), ["UTK"] = new(35.6895, 139.69171),
        ["REU"] = new(-20.88231, 55.4504), ["HK"] = new(22.27832, 114.17469), ["CN"] = new(39.9075, 116.39723),
    };

    public static int NumberOf(string name) => Institutions.Single(i => i.Name == name).Id;

    public static string RorOf(string name) => $"0{name.ToLowerInvariant().PadRight(8, 'x')}"[..9];

    /// <summary>One work as OpenAlex gives it. Words after the authors: year=2020, retracted, paratext, truncated, updated=2024-01-01,
    /// type=review, topic=10001/1702/17/3 (topic, subfield, field, domain), goal=4, funder=1, oa, xpac, cited=12, fwci=1.5, top10, top1.</summary>
    public static JsonObject Work(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var authorships = words.Where(w => w.StartsWith('a') && w.Contains(":{", StringComparison.Ordinal))
            .Select(w => Authorship(w[(w.IndexOf('{') + 1)..^1].Split(',', StringSplitOptions.RemoveEmptyEntries)));
        var work = new JsonObject
        {
            ["id"] = $"https://openalex.org/{words[0]}",
            ["title"] = $"On {words[0]}",
            ["publication_year"] = words.FirstOrDefault(w => w.StartsWith("year=", StringComparison.Ordinal)) is { } year
                ? year == "year=" ? null : int.Parse(year[5..], System.Globalization.CultureInfo.InvariantCulture) : 2020,
            ["type"] = "article",
            ["is_retracted"] = words.Contains("retracted"),
            ["is_paratext"] = words.Contains("paratext"),
            ["authorships"] = new JsonArray([.. authorships]),
        };
        Subjects(work, words);
        if (words.Contains("truncated")) work["is_authors_truncated"] = true;
        if (words.FirstOrDefault(w => w.StartsWith("updated=", StringComparison.Ordinal)) is { } updated) work["updated_date"] = updated[8..];
        return work;
    }

    static void Subjects(JsonObject work, string[] words)
    {
        string? Word(string name) => words.FirstOrDefault(w => w.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];
        if (Word("type") is { } type) work["type"] = type;
        if (Word("cited") is { } cited) work["cited_by_count"] = int.Parse(cited, System.Globalization.CultureInfo.InvariantCulture);
        if (Word("fwci") is { } fwci) work["fwci"] = double.Parse(fwci, System.Globalization.CultureInfo.InvariantCulture);
        if (words.Contains("top10") || words.Contains("top1"))
            work["citation_normalized_percentile"] = new JsonObject { ["value"] = 0.95, ["is_in_top_1_percent"] = words.Contains("top1"), ["is_in_top_10_percent"] = true };
        if (words.Contains("oa")) work["open_access"] = new JsonObject { ["is_oa"] = true };
        if (words.Contains("xpac")) work["is_xpac"] = true;
        if (Word("goal") is { } goal)
            work["sustainable_development_goals"] = new JsonArray([.. goal.Split('+').Select(g => new JsonObject { ["id"] = $"https://metadata.un.org/sdg/{g}", ["score"] = 0.7 })]);
        if (Word("funder") is { } funder) work["grants"] = new JsonArray(new JsonObject { ["funder"] = $"https://openalex.org/F{funder}" });
        if (Word("topic")?.Split('/') is { Length: 4 } place)
            work["primary_topic"] = new JsonObject
            {
                ["id"] = $"https://openalex.org/T{place[0]}", ["display_name"] = $"Topic {place[0]}", ["subfield"] = Place("subfields", place[1]), ["field"] = Place("fields", place[2]),
                ["domain"] = Place("domains", place[3]),
            };
    }

    static JsonObject Place(string level, string number) => new() { ["id"] = $"https://openalex.org/{level}/{number}", ["display_name"] = $"{level[..^1]} {number}" };

    static JsonObject Authorship(string[] institutions) => new() { ["institutions"] = new JsonArray([.. institutions.Select(Institution)]) };

    static JsonObject Institution(string name)
    {
        var known = Institutions.FirstOrDefault(i => i.Name == name);
        var id = known.Name is null ? 1000 + int.Parse(name[1..], System.Globalization.CultureInfo.InvariantCulture) : known.Id;
        return new()
        {
            ["id"] = $"https://openalex.org/I{id}",
            ["ror"] = $"https://ror.org/{RorOf(name)}",
            ["display_name"] = name,
            ["country_code"] = known.Name is null ? "US" : known.Country,
            ["type"] = known.Name is null ? "education" : known.Type,
            ["lineage"] = new JsonArray([.. (known.Above ?? []).Prepend(id).Select(i => (JsonNode)$"https://openalex.org/I{i}")]),
        };
    }

    public static Task<TestWorld> WorldAsync(params string[] works) => WorldAsync(Coverage.Complete, works.Select(Work));

    public static async Task<TestWorld> WorldAsync(Coverage coverage, IEnumerable<JsonObject> works)
    {
        var world = await TestWorld.OpenAsync();
        await Portfolios.EnsureAsync(world.Work, Portfolios.None, default);
        await ImportAsync(world, coverage, works, "works.jsonl");
        return world;
    }

    /// <summary>Imports a release of ROR, as one array, that says where these are; without names, every one of the towns.</summary>
    public static Task<string> PlaceAsync(this TestWorld world, string release, params string[] names) =>
        PlaceAsync(world, release, (names.Length == 0 ? Towns.Keys : names).Select(name => (RorOf(name), Towns.TryGetValue(name, out var town) ? town : (RorPlace?)null)));

    public static async Task<string> PlaceAsync(this TestWorld world, string release, IEnumerable<(string Ror, RorPlace? Place)> places)
    {
        var path = Path.Combine(world.Folder.Root, $"ror-{release}.json");
        await File.WriteAllTextAsync(path, new JsonArray([.. places.Select(each => new JsonObject
        {
            ["id"] = $"https://ror.org/{each.Ror}", ["names"] = new JsonArray(new JsonObject { ["value"] = each.Ror, ["types"] = new JsonArray("ror_display") }), ["status"] = "active",
            ["locations"] = new JsonArray(new JsonObject { ["geonames_details"] = new JsonObject { ["lat"] = each.Place?.Latitude, ["lng"] = each.Place?.Longitude } }),
        })]).ToJsonString());
        return (await RorImport.RunAsync(world.Work, [path], release, complete: true, null, default)).Value.Vintage;
    }

    /// <summary>Writes the works beside the vintages and imports them.</summary>
    public static async Task<string> ImportAsync(TestWorld world, Coverage coverage, IEnumerable<JsonObject> works, string name)
    {
        var path = Path.Combine(world.Folder.Root, name);
        await File.WriteAllLinesAsync(path, works.Select(w => w.ToJsonString(new JsonSerializerOptions())));
        return (await OpenAlexImport.RunAsync(world.Work, [path], null, coverage, null, default)).Value.Vintage;
    }

    public static Question Pair(string a, string b, Membership membership = Membership.Lineage, string figure = "co-publications") =>
        new(figure) { A = RorOf(a), B = RorOf(b), Membership = membership };

    public static Question Of(string a, string figure = "output", Membership membership = Membership.Direct) =>
        new(figure) { A = RorOf(a), Membership = membership };

    /// <summary>A question that the indicator has all it needs in.</summary>
    public static Question AnyOf(Indicator indicator)
    {
        var question = indicator.Needs.HasFlag(Needs.Pair) ? Pair("CNRS", "ICL", Membership.Direct, indicator.Key) : Of("CNRS", indicator.Key);
        return question with
        {
            With = indicator.Needs.HasFlag(Needs.Country) ? "JP" : null,
            Years = indicator.Needs.HasFlag(Needs.Window) ? new(2018, 2021) : null,
            Filters = (indicator.Needs & (Needs.Subject | Needs.Goal)) != 0 ? new() { Goal = 2 } : Filters.None,
        };
    }

    public static FigureAnswer Ask(this TestWorld world, Question question, bool receipt = false)
    {
        var answer = Figures.Ask(world.Work, question, receipt, default);
        Assert.True(answer.Ok, answer.Refusal?.Message.En);
        return answer.Value;
    }

    public static IReadOnlyList<WorkLine> Lines(this TestWorld world, Question question, bool upper = false, bool denominator = false) =>
        Figures.Works(world.Work, question, upper, default, denominator).Value;
}
