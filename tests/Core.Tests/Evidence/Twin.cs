using System.IO.Compression;
using System.Text.Json;
using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Entente.Tests;

namespace Entente.Core.Tests.Evidence;

/// <summary>
/// The slow, obvious computation: every work as a list of authors as a list of institutions, read from the raw JSON, and each
/// figure as a sentence over it. Shares no code with the engine, the reader or the measures, save the table of countries.
/// </summary>
sealed class Twin
{
    public sealed record Institution(string Id, string? Ror, string? Country, HashSet<string> Above);

    public sealed record Work(string Id, int? Year, bool Retracted, bool Paratext, bool Truncated, List<List<Institution>> Authors)
    {
        public IEnumerable<Institution> All => Authors.SelectMany(a => a);
    }

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
            Flag(root, "is_retracted"), Flag(root, "is_paratext"), Flag(root, "is_authors_truncated") || authors.Count == 100, authors);
    }

    static Institution? Read(JsonElement told)
    {
        var id = Short(Text(told, "id"));
        if (id is null || !long.TryParse(id.AsSpan(1), System.Globalization.NumberStyles.None, null, out _)) id = null;
        if (id is null && Text(told, "ror") is null && Text(told, "country_code") is null && Text(told, "display_name") is null) return null;
        return new(id ?? "none " + told.GetRawText(), Short(Text(told, "ror")), Text(told, "country_code"), [.. List(told, "lineage").Select(l => Short(l.GetString())!)]);
    }

    static IEnumerable<JsonElement> List(JsonElement of, string name) =>
        of.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    static bool Flag(JsonElement of, string name) => of.TryGetProperty(name, out var flag) && flag.ValueKind == JsonValueKind.True;

    static string? Short(string? address) => address?[(address.LastIndexOf('/') + 1)..];

    /// <summary>The ids that carry any of these ROR ids anywhere, and those known besides.</summary>
    public HashSet<string> IdsOf(IEnumerable<string> rors, IReadOnlyDictionary<string, string> known)
    {
        var wanted = rors.ToHashSet();
        var ids = Works.SelectMany(w => w.All).Where(i => i.Ror is not null && wanted.Contains(i.Ror) && i.Id.StartsWith('I')).Select(i => i.Id).ToHashSet();
        ids.UnionWith(wanted.Where(known.ContainsKey).Select(r => known[r]));
        return ids;
    }

    public static Belongs By(HashSet<string> ids, bool lineage) => i => ids.Contains(i.Id) || (lineage && i.Above.Overlaps(ids));

    public IEnumerable<Work> Window(Years? years) => Works.Where(w => years is not { } y || (w.Year is { } year && year >= y.First && year <= y.Last));

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
