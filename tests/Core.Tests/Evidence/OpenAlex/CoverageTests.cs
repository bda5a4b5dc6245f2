using System.IO.Compression;
using System.Text.Json;
using CsvHelper;
using Entente.Tests;

namespace Entente.Core.Tests.Evidence.OpenAlex;

/// <summary>data/coverage/openalex.csv says of every field of the source where it lands, or why it does not.</summary>
public sealed class CoverageTests
{
    static readonly HashSet<string> Named = Rows().Where(r => r.Entity == "work").Select(r => r.Field).ToHashSet(StringComparer.Ordinal);

    [RealDataFact]
    public void Every_field_of_every_real_work_is_named()
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Works.RealFile), CompressionMode.Decompress));
        var unnamed = new SortedSet<string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            using var work = JsonDocument.Parse(line);
            unnamed.UnionWith(Unnamed(work.RootElement, ""));
        }
        Assert.Equal([], unnamed);
    }

    [Fact]
    public void A_field_that_the_source_adds_is_noticed()
    {
        using var work = JsonDocument.Parse("""{"id":"W1","novelty":{"score":1},"authorships":[{"institutions":[{"rank":2}]}],"abstract_inverted_index":{"any":[1]}}""");
        Assert.Equal(["authorships[].institutions[].rank", "novelty.score"], Unnamed(work.RootElement, "").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_field_is_named_once_and_lands_or_says_why_not()
    {
        var rows = Rows();
        Assert.Equal(rows.Count, rows.Select(r => (r.Entity, r.Field)).Distinct().Count());
        Assert.DoesNotContain(rows, r => r.LandsIn == "" && r.Note == "");
    }

    // A map whose keys are content, not fields, is named as a whole: "abstract_inverted_index.*".
    static IEnumerable<string> Unnamed(JsonElement value, string path) => value.ValueKind switch
    {
        _ when path.Length > 0 && Named.Contains(path + ".*") => [],
        JsonValueKind.Object => value.EnumerateObject().SelectMany(p => Unnamed(p.Value, path.Length == 0 ? p.Name : $"{path}.{p.Name}")),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(item => Unnamed(item, path + "[]")),
        _ => Named.Contains(path) ? [] : [path],
    };

    sealed record Row(string Entity, string Field, string LandsIn, string Note);

    static List<Row> Rows()
    {
        var path = Path.Combine(Conditions.Root, "data", "coverage", "openalex.csv");
        using var csv = CsvReader.FromFile(path, CsvReaderOptions.Default, FileOptions.None);
        var rows = new List<Row>();
        while (csv.Read()) rows.Add(new(csv.GetString("entity"), csv.GetString("field"), csv.GetString("lands_in"), csv.GetString("note")));
        return rows;
    }
}
