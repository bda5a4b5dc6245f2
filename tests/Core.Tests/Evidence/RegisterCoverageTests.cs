using System.IO.Compression;
using System.Text.Json;
using Entente.Core.Evidence;
using Entente.Core.Evidence.Cordis;
using Entente.Core.Tests.Evidence.Ror;
using Entente.Tests;

namespace Entente.Core.Tests.Evidence;

/// <summary>data/coverage/{ror,cordis,rnsr}.csv say of every field of these sources where it lands, or why it does not.</summary>
public sealed class RegisterCoverageTests
{
    static readonly Dictionary<string, List<DataRow>> Tables = new[] { "ror", "cordis", "rnsr" }
        .ToDictionary(name => name, name => DataTable.Read(Path.Combine(Conditions.Root, "data", "coverage", name + ".csv")).ToList());

    static HashSet<string> Fields(string table, string entity) => [.. Tables[table].Where(r => r["entity"] == entity).Select(r => r["field"])];

    [RealDataFact]
    public void Every_field_of_every_real_record_of_ROR_is_named()
    {
        var named = new[] { Fields("ror", "record v1"), Fields("ror", "record v2") };
        var unnamed = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var line in Directory.GetFiles(RorFiles.History).Append(RorFiles.Records).SelectMany(RorFiles.Lines))
        {
            using var record = JsonDocument.Parse(line);
            unnamed.UnionWith(Unnamed(record.RootElement, "", named[record.RootElement.TryGetProperty("names", out _) ? 1 : 0]));
        }
        Assert.Equal([], unnamed);
    }

    [RealDataTheory]
    [InlineData("cordis", "organization", "cordis/organization.csv.gz")]
    [InlineData("cordis", "project", "cordis/project.csv.gz")]
    [InlineData("cordis", "topics", "cordis/topics.csv.gz")]
    [InlineData("rnsr", "structure", "rnsr/structures-recherche-actives-2022.csv.gz")]
    public void Every_column_of_every_real_table_is_named(string table, string entity, string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(Conditions.Data, file)), CompressionMode.Decompress));
        Assert.Equal([], reader.ReadLine()!.Split(';', ',').Select(name => name.Trim('"')).Except(Fields(table, entity)));
    }

    [Fact]
    public void A_field_that_ROR_adds_is_noticed()
    {
        using var record = JsonDocument.Parse("""{"id":"x","names":[{"value":"v","script":"Latn"}],"budget":{"year":1}}""");
        Assert.Equal(["budget.year", "names[].script"], Unnamed(record.RootElement, "", Fields("ror", "record v2")).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("ror")]
    [InlineData("cordis")]
    [InlineData("rnsr")]
    public void A_field_is_named_once_and_lands_or_says_why_not(string table)
    {
        Assert.Equal(Tables[table].Count, Tables[table].Select(r => (r["entity"], r["field"])).Distinct().Count());
        Assert.DoesNotContain(Tables[table], r => r["lands_in"].Length == 0 && r["note"].Length == 0);
    }

    [Fact]
    public void What_the_table_says_of_CORDIS_is_what_the_reader_keeps()
    {
        foreach (var (entity, columns) in new[] { ("organization", CordisSchema.Organisation), ("project", CordisSchema.Project), ("topics", CordisSchema.Topics), ("euroSciVoc", CordisSchema.Sciences), ("legalBasis", CordisSchema.Bases) })
            Assert.Equal(columns.Select(c => (c.Name, c.Kept || CordisSchema.KeptIfSound.Contains(c.Name))), Tables["cordis"].Where(r => r["entity"] == entity).Select(r => (r["field"], r["lands_in"].Length > 0)));
    }

    static IEnumerable<string> Unnamed(JsonElement value, string path, HashSet<string> named) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(p => Unnamed(p.Value, path.Length == 0 ? p.Name : $"{path}.{p.Name}", named)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(item => Unnamed(item, path + "[]", named)),
        _ => named.Contains(path) ? [] : [path],
    };
}
