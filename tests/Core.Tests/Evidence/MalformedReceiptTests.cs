using System.Text.Json;
using System.Text.Json.Nodes;
using Entente.Core.Evidence;
using Entente.Core.Kernel;
using static Entente.Core.Tests.Evidence.Corpus;

namespace Entente.Core.Tests.Evidence;

/// <summary>Receipts come from outside: whatever was done to one, verifying it refuses or finds a difference, and never breaks.</summary>
public sealed class MalformedReceiptTests
{
    static readonly string?[] Odd = [null, "\"\"", "\"x\"", "\"a\\u0000b\"", "-1", "1e300", "2147483648", "[]", "[null]", "[{}]", "{}", "true"];

    [Fact]
    public async Task Any_value_at_any_place_is_refused_or_found_to_differ()
    {
        await using var world = await WorldAsync(Eight);
        foreach (var question in new[] { Pair("CNRS", "ICL") with { Years = new(2019, 2021) }, Of("CNRS", "country-share", Membership.Direct) with { With = "JP" } })
        {
            var receipt = Receipts.Text(world.Ask(question, receipt: true).Receipt!);
            foreach (var path in Places(JsonNode.Parse(receipt)!))
                foreach (var odd in Odd) Check(world, receipt, path, odd);
        }
    }

    [Fact]
    public async Task A_receipt_of_projects_without_codes_is_refused()
    {
        await using var world = await WorldAsync(Eight);
        var receipt = JsonNode.Parse(Receipts.Text(world.Ask(Pair("CNRS", "ICL"), receipt: true).Receipt!))!;
        receipt["figure"] = "joint-projects";
        Assert.NotNull(Verifying.Verify(world.Work, receipt.ToJsonString(), default).Refusal);
    }

    static void Check(TestWorld world, string receipt, IReadOnlyList<object> path, string? odd)
    {
        var root = JsonNode.Parse(receipt)!;
        var value = odd is null ? null : JsonNode.Parse(odd);
        var parent = path.SkipLast(1).Aggregate(root, (node, step) => step is int i ? node[i]! : node[(string)step]!);
        if (JsonNode.DeepEquals(path[^1] is int at ? parent[at] : parent[(string)path[^1]], value)) return;
        if (path[^1] is int index) parent[index] = value;
        else parent[(string)path[^1]] = value;
        try
        {
            root["id"] = CanonicalJson.Hash(JsonSerializer.SerializeToElement(root), without: "id");
            _ = Verifying.Verify(world.Work, root.ToJsonString(), default);
        }
        catch (Exception e) when (e is not BrokenWorldException)
        {
            Assert.Fail($"{string.Join('/', path)} = {odd ?? "null"}: {e}");
        }
    }

    static IEnumerable<IReadOnlyList<object>> Places(JsonNode node)
    {
        IEnumerable<(object Step, JsonNode? Child)> children = node switch
        {
            JsonObject members => members.Where(m => m.Key != "id").Select(m => ((object)m.Key, m.Value)),
            JsonArray items => items.Select((item, i) => ((object)i, item)),
            _ => [],
        };
        foreach (var (step, child) in children.ToList())
        {
            yield return [step];
            if (child is not null)
                foreach (var below in Places(child)) yield return [step, .. below];
        }
    }
}
