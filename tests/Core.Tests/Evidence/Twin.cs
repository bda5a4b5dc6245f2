using System.IO.Compression;
using System.Text.Json;
using Entente.Core.Evidence;
using Entente.Core.Evidence.Ror;
using Entente.Core.Kernel;
using Entente.Tests;

namespace Entente.Core.Tests.Evidence;

/// <summary>
/// The slow, obvious computation: every work as a list of authors as a list of institutions, read from the raw JSON, and each
/// figure as a sentence over it. Shares no code with the engine, the reader or the measures, save the table of countries.
/// </summary>
sealed class Twin
{
    public sealed record Institution(string Id, string? Ror, string? Country, string? Type, HashSet<string> Above);

    public sealed record Work(string Id, int? Year, bool Retracted, bool Paratext, bool Truncated, List<List<Institution>> Authors)
    {
        public IEnumerable<Institution> All => Authors.SelectMany(a => a);

        public required Facts Facts { get; init; }
    }

    /// <summary>What a record says of a work beside its year and authors. Numbers of places are those of the record itself.</summary>
    public sealed record Facts(int Topic, int Subfield, int Field, int Domain, string Type, HashSet<int> Goals, HashSet<string> Funders, bool Open, bool Expansion, int Citations, double? Fwci, bool TopTenth, string Updated);

    /// <summary>Which institutions stand for a side.</summary>
    public delegate bool Belongs(Institution institution);

    public List<Work> Works { get; }

    public Twin(IEnumerable<string> lines) => Works = [.. lines.Select(Read)];

    public static Twin OfRealWorks()
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(Conditions.Data, "openalex", "works.jsonl.gz")), CompressionMode.Decompress));
        return new(reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    static Work Read(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        var authors = List(root, "authorships").Select(a => List(a, "institutions").Select(Read).OfType<Institution>().ToList()).ToList();
        return new(Short(Text(root, "id"))!, root.TryGetProperty("publication_year", out var y) && y.ValueKind == JsonValueKind.Number ? y.GetInt32() : null,
            Flag(root, "is_retracted"), Flag(root, "is_paratext"), Flag(root, "is_authors_truncated") || authors.Count == 100, authors)
        {
            Facts = FactsOf(root),
        };
    }

    static Facts FactsOf(JsonElement root)
    {
        var topic = Under(root, "primary_topic");
        var funders = List(root, "grants").Select(g => Text(g, "funder")).Concat(List(root, "awards").Select(a => Text(a, "funder_id"))).Concat(List(root, "funders").Select(f => Text(f, "id")));
        return new(Last(topic), Last(Under(topic, "subfield")), Last(Under(topic, "field")), Last(Under(topic, "domain")), Text(root, "type") ?? "",
            [.. List(root, "sustainable_development_goals").Select(Last)], [.. funders.Select(Short).OfType<string>()], Flag(Under(root, "open_access"), "is_oa"), Flag(root, "is_xpac"),
            Math.Max(0, (int)(Number(root, "cited_by_count") ?? 0)), Number(root, "fwci"), Flag(Under(root, "citation_normalized_percentile"), "is_in_top_10_percent"), Text(root, "updated_date") ?? "");
    }

    static JsonElement Under(JsonElement of, string name) => of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) ? value : default;

    static double? Number(JsonElement of, string name) => Under(of, name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    // The number at the end of its id: 17 of ".../fields/17", 10001 of ".../T10001".
    static int Last(JsonElement of) => of.ValueKind == JsonValueKind.Object && Short(Text(of, "id"))?.TrimStart('T') is { } id
        && int.TryParse(id, System.Globalization.NumberStyles.None, null, out var number) ? number : 0;

    static Institution? Read(JsonElement told)
    {
        var id = Short(Text(told, "id"));
        if (id is null || !long.TryParse(id.AsSpan(1), System.Globalization.NumberStyles.None, null, out _)) id = null;
        if (id is null && Text(told, "ror") is null && Text(told, "country_code") is null && Text(told, "display_name") is null) return null;
        return new(id ?? "none " + told.GetRawText(), Short(Text(told, "ror")), Text(told, "country_code"), Text(told, "type"), [.. List(told, "lineage").Select(l => Short(l.GetString())!)]);
    }

    static IEnumerable<JsonElement> List(JsonElement of, string name) =>
        Under(of, name) is var list && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    static string? Text(JsonElement of, string name) => Under(of, name) is var text && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    static bool Flag(JsonElement of, string name) => Under(of, name).ValueKind == JsonValueKind.True;

    static string? Short(string? address) => address?[(address.LastIndexOf('/') + 1)..];

    /// <summary>The ids that carry any of these ROR ids anywhere, and those known besides.</summary>
    public HashSet<string> IdsOf(IEnumerable<string> rors, IReadOnlyDictionary<string, string> known)
    {
        var wanted = rors.ToHashSet();
        var ids = Works.SelectMany(w => w.All).Where(i => i.Ror is not null && wanted.Contains(i.Ror) && i.Id.StartsWith('I')).Select(i => i.Id).ToHashSet();
        ids.UnionWith(wanted.Where(known.ContainsKey).Select(r => known[r]));
        return ids;
    }

    /// <summary>The longest way between two places of a work, in whole metres, by the haversine formula; null where no place is known.</summary>
    public static long? Metres(Work work, IReadOnlyDictionary<string, RorPlace> places)
    {
        var known = work.All.Where(i => i.Ror is not null && places.ContainsKey(i.Ror)).Select(i => places[i.Ror!]).ToList();
        return known.Count == 0 ? null : known.Max(x => known.Max(y => Metres(x, y)));
    }

    static long Metres(RorPlace x, RorPlace y)
    {
        static double Haversine(double degrees) => Math.Pow(Math.Sin(degrees * Math.PI / 360), 2);
        static double Cos(double degrees) => Math.Cos(degrees * Math.PI / 180);
        var h = Haversine(y.Latitude - x.Latitude) + Cos(x.Latitude) * Cos(y.Latitude) * Haversine(y.Longitude - x.Longitude);
        return (long)Math.Floor(2 * 6371.01 * 1000 * Math.Asin(Math.Sqrt(h)) + 0.5);
    }

    /// <summary>Whether a work lists an institution of which nobody knows the place.</summary>
    public static bool Unplaced(Work work, IReadOnlyDictionary<string, RorPlace> places) => work.All.Any(i => i.Ror is null || !places.ContainsKey(i.Ror));

    public static Belongs By(HashSet<string> ids, bool lineage) => i => ids.Contains(i.Id) || (lineage && i.Above.Overlaps(ids));

    public IEnumerable<Work> Window(Years? years) => Works.Where(work => Inside(work, years));

    public static bool Inside(Work work, Years? years) => years is not { } y || (work.Year is { } year && year >= y.First && year <= y.Last);

    public static bool Passes(Work work) => !work.Retracted && !work.Paratext;

    public static bool Lists(Work work, Belongs side) => work.All.Any(i => side(i));

    public static bool Distinct(Work work, Belongs a, Belongs b) =>
        work.Authors.Where((x, i) => x.Any(n => a(n)) && work.Authors.Where((y, j) => i != j && y.Any(n => b(n))).Any()).Any();

    public static HashSet<string> CountriesOf(Work work) => [.. work.All.Select(i => Countries.Statistical(i.Country)).OfType<string>()];

    public static double Weight(Work work, Belongs a, Counting counting)
    {
        var authors = work.Authors.Where(x => x.Count > 0).ToList();
        var all = work.All.ToList();
        return counting switch
        {
            Counting.Full => 1,
            Counting.Author => authors.Sum(x => (double)x.Where(i => a(i)).Select(i => i.Id).Distinct().Count() / x.Select(i => i.Id).Distinct().Count()) / authors.Count,
            Counting.Organisation => (double)all.Where(i => a(i)).Select(i => i.Id).Distinct().Count() / all.Select(i => i.Id).Distinct().Count(),
            Counting.Country => CountriesOf(work) is { Count: > 0 } countries
                ? (double)all.Where(i => a(i)).Select(i => Countries.Statistical(i.Country)).OfType<string>().Distinct().Count() / countries.Count : 0,
        };
    }
}
