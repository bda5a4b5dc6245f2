using System.Diagnostics;
using System.Text.Json;
using Entente.Tests;

namespace Entente.Core.Tests.Evidence;

/// <summary>Runs SQL in DuckDB through Node, many queries in one process.</summary>
static class DuckDb
{
    public sealed record Query(string Name, string Sql, string Folder);

    /// <summary>The one row of each query's answer, by name.</summary>
    public static async Task<IReadOnlyDictionary<string, JsonElement>> RunAsync(IEnumerable<Query> queries)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Conditions.Root, "tests", "duckdb", "query.mjs")]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var node = Process.Start(start)!;
        var output = node.StandardOutput.ReadToEndAsync();
        await node.StandardInput.WriteAsync(JsonSerializer.Serialize(queries, JsonSerializerOptions.Web));
        node.StandardInput.Close();
        var answers = new Dictionary<string, JsonElement>();
        foreach (var answer in JsonDocument.Parse(await output).RootElement.EnumerateArray())
        {
            var name = answer.GetProperty("name").GetString()!;
            Assert.False(answer.TryGetProperty("error", out var error), $"{name}: {error}");
            answers.Add(name, Assert.Single(answer.GetProperty("rows").EnumerateArray()));
        }
        return answers;
    }

    /// <summary>DuckDB's whole numbers come as text, since they may be larger than a double holds.</summary>
    public static double? Number(JsonElement row, string column) => row.GetProperty(column) switch
    {
        { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } text => double.Parse(text.GetString()!, System.Globalization.CultureInfo.InvariantCulture),
        var number => number.GetDouble(),
    };
}
