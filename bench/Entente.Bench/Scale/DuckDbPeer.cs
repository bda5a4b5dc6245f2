using System.Diagnostics;
using System.Text.Json;

namespace Entente.Bench.Scale;

/// <summary>DuckDB from npm, in a process of its own that takes its own times, so that the way to it is in none of them.</summary>
sealed class DuckDbPeer(string root) : Peer
{
    readonly string file = Path.Combine(root, "facts.duckdb");
    Process? node;

    public override string Name => "DuckDB";
    public override double OwnSeconds => node is null ? 0 : Cpu(node);

    public override async Task StartAsync()
    {
        if (Environment.GetEnvironmentVariable("ENTENTE_BENCH_DUCKDB") is null) throw new InvalidOperationException("ENTENTE_BENCH_DUCKDB names a folder whose node_modules holds @duckdb/node-api: npm install --prefix DIR @duckdb/node-api");
        File.Delete(file);
        node = Process.Start(new ProcessStartInfo("node", ["bench/peers/duckdb.mjs", file]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Version = (await RunAsync("select version()")).Rows[0][0];
        await RunAsync("set threads = 2");
    }

    public override async Task LoadAsync(string lines)
    {
        string[] statements =
        [
            $$"""
            create temp table work as select w as work, y as year, t as topic, string_split(substr(i, 2, length(i) - 2), ',')::int[] as insts, string_split(substr(c, 2, length(c) - 2), ',')::utinyint[] as countries
                from read_csv('{{lines}}', delim='\t', header=false, quote='', columns={'w':'INTEGER','y':'SMALLINT','t':'SMALLINT','i':'VARCHAR','c':'VARCHAR'}) where length(i) > 2
            """,
            "create table lst as select inst, work, year, topic, insts, countries from (select unnest(insts) inst, * from work) order by inst, work",
            "create table edge as select inst, work, year, topic from lst order by inst, work",
            "create table it as select inst, topic, count(*)::int n from edge group by inst, topic order by inst, topic",
            $$"""
            create table tn as select t as topic, count(*)::int as n from read_csv('{{lines}}', delim='\t', header=false, quote='', columns={'w':'INTEGER','y':'SMALLINT','t':'SMALLINT','i':'VARCHAR','c':'VARCHAR'}) group by t
            """,
            "drop table work",
            "checkpoint",
        ];
        foreach (var sql in statements) await RunAsync(sql);
    }

    protected override IReadOnlyDictionary<string, string> Questions { get; } = new Dictionary<string, string>
    {
        ["a list"] = PeerSql.PairByList($"list_contains(insts, {EngineSide.B})"),
        ["a join"] = PeerSql.PairByJoin,
        ["b list"] = PeerSql.Countries,
        ["c list"] = PeerSql.Top,
        ["d list"] = PeerSql.International("len(countries)"),
        ["e list"] = PeerSql.TopicsByList,
    };

    public override Task<long> BytesAsync() => Task.FromResult(new FileInfo(file).Length);

    protected override async Task<(double Ms, IReadOnlyList<string[]> Rows)> RunAsync(string sql)
    {
        await node!.StandardInput.WriteLineAsync(JsonSerializer.Serialize(sql));
        await node.StandardInput.FlushAsync();
        var answer = JsonSerializer.Deserialize<JsonElement>(await node.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("DuckDB's process has ended."));
        if (answer.TryGetProperty("error", out var error)) throw new InvalidOperationException($"{error}\n{sql}");
        return (answer.GetProperty("ms").GetDouble(), answer.GetProperty("rows").Deserialize<string[][]>()!);
    }

    public override async ValueTask DisposeAsync()
    {
        if (node is null) return;
        node.StandardInput.Close();
        await node.WaitForExitAsync();
        node.Dispose();
        File.Delete(file);
    }
}
