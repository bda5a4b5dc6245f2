using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Entente.Core.Evidence;
using Entente.Core.Evidence.Ror;
using Entente.Core.Kernel;
using Entente.Tests;

namespace Entente.Core.Tests.Evidence.Ror;

/// <summary>The real records, and small invented ones, as files to import; and slow twins that read them as plain JSON.</summary>
static class RorFiles
{
    public static string History { get; } = Path.Combine(Conditions.Data, "ror", "history");
    public static string Records { get; } = Path.Combine(Conditions.Data, "ror", "records.jsonl.gz");

    public static string Of(string id, string release) => Path.Combine(History, $"{id}-{release}.json.gz");

    public static Task<Outcome<ImportResult>> Import(TestWorld world, string release, params string[] paths) =>
        RorImport.RunAsync(world.Work, paths, release, complete: false, null, default);

    public static string Write(TestWorld world, string name, string text)
    {
        var path = Path.Combine(world.Folder.Root, name);
        File.WriteAllText(path, text, new UTF8Encoding(false));
        return path;
    }

    public static IEnumerable<string> Lines(string gzip)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(gzip), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line) yield return line;
    }

    public static JsonNode Json(string gzip)
    {
        using var stream = new GZipStream(File.OpenRead(gzip), CompressionMode.Decompress);
        return JsonNode.Parse(stream)!;
    }

    /// <summary>Twin: the child links of a raw record, either schema.</summary>
    public static string[] Children(JsonNode record) => [.. record["relationships"]!.AsArray()
        .Where(r => r!["type"]!.GetValue<string>() is "Child" or "child")
        .Select(r => r!["id"]!.GetValue<string>()["https://ror.org/".Length..]).Distinct()];

    /// <summary>A record of schema 2 with these links, such as "child:000000002".</summary>
    public static string Record(string id, string name, string[] links, string status = "active", string? country = "FR", string updated = "2025-01-01") =>
        JsonSerializer.Serialize(new
        {
            id = "https://ror.org/" + id,
            names = new[] { new { value = name, types = new[] { "label", "ror_display" }, lang = (string?)"en" } },
            status,
            types = new[] { "facility" },
            admin = new { created = new { date = "2018-11-14", schema_version = "1.0" }, last_modified = new { date = updated, schema_version = "2.1" } },
            locations = new[] { new { geonames_id = 1, geonames_details = new { name = "Paris", country_code = country } } },
            relationships = links.Select(link => link.Split(':')).Select(p => new { type = p[0], id = "https://ror.org/" + p[1], label = "label of " + p[1] }),
        });

    /// <summary>A record of schema 1 with the same meaning.</summary>
    public static string First(string id, string name, string[] links, string status = "active", string country = "FR") =>
        JsonSerializer.Serialize(new
        {
            id = "https://ror.org/" + id,
            name,
            status,
            types = new[] { "Facility" },
            country = new { country_code = country, country_name = country },
            labels = Array.Empty<object>(),
            aliases = Array.Empty<string>(),
            acronyms = Array.Empty<string>(),
            relationships = links.Select(link => link.Split(':')).Select(p => new { type = char.ToUpperInvariant(p[0][0]) + p[0][1..], id = "https://ror.org/" + p[1], label = "label of " + p[1] }),
        });
}
