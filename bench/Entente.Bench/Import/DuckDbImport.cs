using System.Diagnostics;
using System.Text.Json;

namespace Entente.Bench.Import;

/// <summary>DuckDB's read_json of the same files with the columns of figures named and typed, on two threads, into a table in memory.</summary>
static class DuckDbImport
{
    /// <summary>What the engine's own vintage sums to.</summary>
    public static string Expected { get; set; } = "";

    /// <summary>The median of the rounds; null where DuckDB is not there.</summary>
    public static async Task<double?> MeasureAsync(ImportCorpus corpus, int rounds)
    {
        if (Environment.GetEnvironmentVariable("ENTENTE_BENCH_DUCKDB") is null) return null;
        using var node = Process.Start(new ProcessStartInfo("node", ["bench/peers/duckdb.mjs", ":memory:"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await RunAsync(node, "set threads = 2");
        var files = string.Join(", ", corpus.Files.Select(file => $"'{file}'"));
        var times = new List<double>();
        for (var round = 0; round < Math.Min(rounds, 3); round++)
        {
            await RunAsync(node, "drop table if exists work");
            times.Add((await RunAsync(node, $$"""
                create table work as select * from read_json([{{files}}], format='newline_delimited', maximum_object_size=67108864, columns={
                    id: 'VARCHAR', title: 'VARCHAR', doi: 'VARCHAR', type: 'VARCHAR', publication_year: 'SMALLINT', cited_by_count: 'INTEGER', fwci: 'FLOAT', updated_date: 'VARCHAR',
                    is_retracted: 'BOOLEAN', is_paratext: 'BOOLEAN', is_xpac: 'BOOLEAN', open_access: 'STRUCT(is_oa BOOLEAN)',
                    citation_normalized_percentile: 'STRUCT(is_in_top_1_percent BOOLEAN, is_in_top_10_percent BOOLEAN)', primary_topic: 'STRUCT(id VARCHAR)',
                    sustainable_development_goals: 'STRUCT(id VARCHAR)[]', grants: 'STRUCT(funder VARCHAR)[]', awards: 'STRUCT(funder_id VARCHAR)[]', funders: 'STRUCT(id VARCHAR)[]',
                    authorships: 'STRUCT(institutions STRUCT(id VARCHAR, ror VARCHAR, country_code VARCHAR, display_name VARCHAR, lineage VARCHAR[])[])[]'})
                """)).Ms / 1000);
        }
        var sums = (await RunAsync(node, """
            select concat_ws(' ', count(*), sum(publication_year), sum(cited_by_count), sum(len(list_filter(flatten(list_transform(authorships, a -> a.institutions)), i -> regexp_matches(i.id, '/I[1-9][0-9]*$'))))) from work
            """)).Rows[0][0];
        node.StandardInput.Close();
        await node.WaitForExitAsync();
        if (sums != Expected) throw new InvalidOperationException($"DuckDB sums to {sums}, the vintage to {Expected}. Nothing is told.");
        return times.Order().ElementAt(times.Count / 2);
    }

    static async Task<(double Ms, string[][] Rows)> RunAsync(Process node, string sql)
    {
        await node.StandardInput.WriteLineAsync(JsonSerializer.Serialize(sql));
        await node.StandardInput.FlushAsync();
        var answer = JsonSerializer.Deserialize<JsonElement>(await node.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("DuckDB's process has ended."));
        if (answer.TryGetProperty("error", out var error)) throw new InvalidOperationException(error.GetString());
        return (answer.GetProperty("ms").GetDouble(), answer.GetProperty("rows").Deserialize<string[][]>()!);
    }
}
