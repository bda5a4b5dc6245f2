using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Entente.Core.Evidence;
using Entente.Tests;

namespace Entente.Core.Tests.Evidence;

/// <summary>docs/format/vintage.md says what the program does.</summary>
public sealed class VintageFormatTests
{
    static readonly string Page = File.ReadAllText(Path.Combine(Conditions.Root, "docs", "format", "vintage.md"));

    [Fact]
    public void The_worked_example_of_the_id_holds()
    {
        string[] sources = [.. new[] { "two\n", "one\n" }.Select(Hash)];
        var id = VintageId.Of(VintageKind.Ror, synthetic: false, new Dictionary<string, string> { ["release"] = "v2.9" }, sources);
        var text = Page.Split("```\n")[1];
        Assert.Equal($"kind=ror\nrelease=v2.9\n{string.Join('\n', sources.Order(StringComparer.Ordinal))}\n", text);
        Assert.Equal($"ror-{Hash(text)[..16]}", id);
        Assert.Contains($"the id `{id}`", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_field_of_a_manifest_is_described()
    {
        var manifest = new Manifest
        {
            Id = "", Kind = VintageKind.Cordis, Name = "", Release = "", AsOf = default(DateOnly), Onto = "", Sources = [new("", "", 0)], Files = [new("", "", 0)],
            Coverage = new(CoverageKind.Query) { A = "", B = "", With = "", FirstYear = 1, LastYear = 1 },
            Records = 0, Accepted = 0, Rejected = 0, Superseded = 0, HandedOver = 0, Unjoined = 0, FirstYear = 1, LastYear = 1, ImportedAt = default, Clock = default(DateTimeOffset), Seconds = 0, Format = 1,
        };
        var fields = Names(JsonSerializer.SerializeToNode(manifest, Manifest.Json)!).Distinct();
        Assert.Equal([], fields.Where(field => !Page.Contains($"`{field}`", StringComparison.Ordinal)));
    }

    static IEnumerable<string> Names(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => Names(p.Value).Prepend(p.Key)),
        JsonArray a => a.SelectMany(Names),
        _ => [],
    };

    static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
