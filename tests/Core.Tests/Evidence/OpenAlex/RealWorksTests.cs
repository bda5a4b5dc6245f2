using System.Globalization;
using System.Text.Json.Nodes;
using Entente.Core.Evidence;
using Entente.Core.Evidence.OpenAlex;
using Entente.Core.Kernel;
using Entente.Engine.Works;
using Entente.Tests;

namespace Entente.Core.Tests.Evidence.OpenAlex;

/// <summary>The reader against a slow, obvious twin over the raw JSON of the real file.</summary>
public sealed class RealWorksTests
{
    [RealDataFact]
    public async Task Every_work_of_the_real_file_is_stored_as_its_record_says()
    {
        await using var world = await TestWorld.OpenAsync();
        var result = (await OpenAlexImport.RunAsync(world.Work, [Works.RealFile], null, Coverage.Selection, null, default)).Value;
        var works = Works.Real();
        Assert.Equal((works.Count, works.Count, 0, 0), (result.Records, result.Accepted, result.Rejected, result.Superseded));
        Assert.Equal(works.Select(Twin).Order(StringComparer.Ordinal), Works.Told(world, result.Vintage));
    }

    [RealDataFact]
    public async Task Counts_of_the_real_file_are_those_of_the_raw_records()
    {
        await using var world = await TestWorld.OpenAsync();
        var result = (await OpenAlexImport.RunAsync(world.Work, [Works.RealFile], null, Coverage.Selection, null, default)).Value;
        var works = Works.Real();
        using var store = Works.Open(world, result.Vintage);
        var years = store.Segments.SelectMany(s => Enumerable.Range(0, s.Count).Select(w => s.Years[w])).GroupBy(y => (int)y).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(works.GroupBy(w => (int)w["publication_year"]!).ToDictionary(g => g.Key, g => g.Count()), years);
        Assert.Equal(works.Sum(w => w["authorships"]!.AsArray().Count), store.Segments.Sum(s => Enumerable.Range(0, s.Count).Sum(w => s.AuthorsOf(w).Last - s.AuthorsOf(w).First)));
        Assert.Equal(works.Sum(w => w["authorships"]!.AsArray().Sum(a => Listed(a!).Count())), store.Segments.Sum(s => Enumerable.Range(0, s.Count).Sum(w => s.UnitsOf(w).Length)));
        var flags = store.Segments.SelectMany(s => Enumerable.Range(0, s.Count).Select(w => s.Flags[w])).ToList();
        Assert.Equal((2, 6, 11), (Count(flags, WorkFlags.Retracted), Count(flags, WorkFlags.Paratext), Count(flags, WorkFlags.Truncated)));
        var manifest = Vintages.Read(world.Folder, result.Vintage)!;
        Assert.Equal((works.Min(w => (int)w["publication_year"]!), works.Max(w => (int)w["publication_year"]!)), (manifest.FirstYear!.Value, manifest.LastYear!.Value));
    }

    [RealDataFact]
    public async Task Each_topic_is_placed_as_its_newest_record_says()
    {
        await using var world = await TestWorld.OpenAsync();
        var result = (await OpenAlexImport.RunAsync(world.Work, [Works.RealFile], null, Coverage.Selection, null, default)).Value;
        using var store = Works.Open(world, result.Vintage);
        var newest = Works.Real().Where(work => work["primary_topic"] is not null)
            .GroupBy(work => (string)work["primary_topic"]!["id"]!)
            .Select(same => Placed(same.MaxBy(work => (string?)work["updated_date"], StringComparer.Ordinal)!["primary_topic"]!));
        Assert.Equal(newest.Order(StringComparer.Ordinal), store.Taxonomy.Topics.Select(Works.Told).Order(StringComparer.Ordinal));
    }

    [RealDataFact]
    public async Task The_same_content_gives_the_same_vintage_through_another_path_and_in_another_order()
    {
        await using var world = await TestWorld.OpenAsync();
        var lines = Works.RealLines(400);
        var folder = Directory.CreateTempSubdirectory("entente-works-").FullName;
        try
        {
            var (a, b, c) = (Path.Combine(folder, "a.jsonl"), Path.Combine(folder, "b.jsonl"), Path.Combine(folder, "sub", "z.jsonl"));
            Directory.CreateDirectory(Path.GetDirectoryName(c)!);
            await File.WriteAllLinesAsync(a, lines[..250]);
            await File.WriteAllLinesAsync(b, lines[150..]);
            File.Copy(a, c);
            var first = await ImportAsync(world, a, b);
            var told = Works.Told(world, first.Vintage);
            var files = Vintages.Read(world.Folder, first.Vintage)!.Files;
            Assert.Equal((500, 100), (first.Accepted, first.Superseded));
            Assert.Equal(400, told.Count);
            Assert.Equal(first.Vintage, (await ImportAsync(world, b, c)).Vintage);
            await using var other = await TestWorld.OpenAsync();
            var again = await ImportAsync(other, b, c);
            Assert.Equal((first.Vintage, 100), (again.Vintage, again.Superseded));
            Assert.Equal(told, Works.Told(other, again.Vintage));
            Assert.NotEqual(first.Vintage, (await ImportAsync(other, a)).Vintage);
            await using var third = await TestWorld.OpenAsync();
            await ImportAsync(third, a, b);
            Assert.Equal(files, Vintages.Read(third.Folder, first.Vintage)!.Files);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [RealDataTheory]
    [InlineData("institutions.jsonl.gz", "institutions of OpenAlex")]
    [InlineData("authors.jsonl.gz", "authors of OpenAlex")]
    [InlineData("../ror/records.jsonl.gz", "import ror")]
    [InlineData("../ror/history/02feahw73-v1.0.json.gz", "import ror")]
    [InlineData("../cordis/organization.csv.gz", "import cordis")]
    [InlineData("../cordis/project.csv.gz", "import cordis")]
    [InlineData("../rnsr/structures-recherche-actives-2022.csv.gz", "import rnsr")]
    public async Task A_file_of_another_kind_is_refused_with_what_it_seems_to_be(string file, string expected)
    {
        await using var world = await TestWorld.OpenAsync();
        var path = Path.Combine(Conditions.Data, "openalex", file);
        var refusal = (await OpenAlexImport.RunAsync(world.Work, [path], null, Coverage.Selection, null, default)).Refusal!;
        Assert.Contains(expected, refusal.Message.En, StringComparison.Ordinal);
        Assert.Equal(RefusalKind.Invalid, refusal.Kind);
        Assert.Empty(Directory.GetDirectories(world.Folder.Vintages));
    }

    static async Task<ImportResult> ImportAsync(TestWorld world, params string[] paths) =>
        (await OpenAlexImport.RunAsync(world.Work, paths, null, Coverage.Selection, null, default)).Value;

    static int Count(List<ushort> flags, WorkFlags flag) => flags.Count(f => ((WorkFlags)f & flag) != 0);

    /// <summary>What the store must hold of a record, taken from the record without any of the reader's code.</summary>
    static string Twin(JsonObject work)
    {
        var authors = work["authorships"]!.AsArray();
        var flags = WorkFlags.None;
        void Flag(JsonNode? value, WorkFlags flag) => flags |= value is not null && (bool)value ? flag : 0;
        Flag(work["is_retracted"], WorkFlags.Retracted);
        Flag(work["is_paratext"], WorkFlags.Paratext);
        Flag(work["is_authors_truncated"], WorkFlags.Truncated);
        Flag(work["open_access"]?["is_oa"], WorkFlags.OpenAccess);
        Flag(work["is_xpac"], WorkFlags.Expansion);
        Flag(work["citation_normalized_percentile"]?["is_in_top_10_percent"], WorkFlags.TopTenPercent);
        Flag(work["citation_normalized_percentile"]?["is_in_top_1_percent"], WorkFlags.TopOnePercent);
        if (authors.Count == 100) flags |= WorkFlags.Truncated;
        var goals = (work["sustainable_development_goals"]?.AsArray() ?? []).Select(g => int.Parse(((string)g!["id"]!).Split('/')[^1], CultureInfo.InvariantCulture));
        var fwci = work["fwci"] is { } f ? (float)(double)f : float.NaN;
        var units = authors.Select(a => string.Join(" + ", Listed(a!).Select(Unit)));
        return $"{Short(work["id"])} {(int)work["publication_year"]!} T{Number(work["primary_topic"]?["id"])}{string.Concat(Funders(work).Select(funder => $" F{funder}"))} {(string?)work["type"]} c{(int)work["cited_by_count"]!} "
            + $"{fwci:R} {flags} g{goals.Aggregate(0u, (bits, goal) => bits | 1u << (goal - 1)):x} “{(string?)work["title"] ?? (string?)work["display_name"]}” "
            + $"{((string?)work["doi"])?.Replace("https://doi.org/", "", StringComparison.Ordinal)}: {string.Join("; ", units)}";
    }

    static IEnumerable<long> Funders(JsonObject work) => new[] { ("grants", "funder"), ("awards", "funder_id"), ("funders", "id") }
        .SelectMany(from => (work[from.Item1]?.AsArray() ?? []).Select(named => long.Parse(Number(named![from.Item2]), CultureInfo.InvariantCulture))).Distinct().Order();

    static string Placed(JsonNode topic) =>
        $"{Short(topic["id"])} ({(string?)topic["display_name"]}; {Place(topic["subfield"])}; {Place(topic["field"])}; {Place(topic["domain"])})";

    static string Place(JsonNode? place) => $"{Short(place?["id"])} {(string?)place?["display_name"]}";

    // 35 listings name nothing at all: no name, ROR id or country, and null or "I-1" for an id.
    static IEnumerable<JsonNode> Listed(JsonNode author) =>
        author["institutions"]!.AsArray().Select(i => i!).Where(i => i["display_name"] is not null || i["ror"] is not null || i["country_code"] is not null);

    static string Unit(JsonNode unit) =>
        $"I{Number(unit["id"])}|{Short(unit["ror"])}|{(string?)unit["country_code"]}|{(string?)unit["type"]}|{(string?)unit["display_name"]}|{string.Join(',', (unit["lineage"]?.AsArray() ?? []).Select(Number))}";

    static string? Short(JsonNode? id) => ((string?)id)?.Split('/')[^1];

    static string Number(JsonNode? id) => Short(id)?[1..] ?? "0";
}
