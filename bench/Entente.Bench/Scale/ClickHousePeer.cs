using System.Diagnostics;

namespace Entente.Bench.Scale;

/// <summary>ClickHouse as Debian has it (18.16), a server of its own on loopback, asked over HTTP.</summary>
sealed class ClickHousePeer(string root) : Peer
{
    const int A = EngineSide.A, B = EngineSide.B;
    readonly string folder = Path.Combine(root, "clickhouse");
    readonly int port = FreePort.Find(), native = FreePort.Find(), between = FreePort.Find();
    readonly HttpClient client = new() { Timeout = TimeSpan.FromMinutes(9) };
    Process? server;

    public override string Name => "ClickHouse";
    public override double OwnSeconds => server is null ? 0 : Cpu(server);

    public override async Task StartAsync()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "config.xml"), $"""
            <yandex>
              <logger><level>warning</level><log>{folder}/log</log><errorlog>{folder}/errors</errorlog></logger>
              <http_port>{port}</http_port><tcp_port>{native}</tcp_port><interserver_http_port>{between}</interserver_http_port><listen_host>127.0.0.1</listen_host>
              <path>{folder}/data/</path><tmp_path>{folder}/tmp/</tmp_path><user_files_path>{folder}/files/</user_files_path><format_schema_path>{folder}/schemas/</format_schema_path>
              <users_config>users.xml</users_config><default_profile>default</default_profile><default_database>default</default_database>
              <mark_cache_size>1073741824</mark_cache_size><uncompressed_cache_size>4294967296</uncompressed_cache_size>
            </yandex>
            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "users.xml"), """
            <yandex>
              <profiles><default><max_threads>2</max_threads><max_memory_usage>12000000000</max_memory_usage><use_uncompressed_cache>1</use_uncompressed_cache></default></profiles>
              <users><default><password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default></users>
              <quotas><default><interval><duration>3600</duration><queries>0</queries><errors>0</errors><result_rows>0</result_rows><read_rows>0</read_rows><execution_time>0</execution_time></interval></default></quotas>
            </yandex>
            """);
        server = Process.Start(new ProcessStartInfo("clickhouse-server", [$"--config-file={folder}/config.xml"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        server.BeginErrorReadLine();
        server.BeginOutputReadLine();
        for (var i = 0; Version.Length == 0; i++)
        {
            try
            {
                Version = (await RunAsync("select version()")).Rows[0][0];
            }
            catch (HttpRequestException) when (i < 100 && !server.HasExited)
            {
                await Task.Delay(100);
            }
        }
    }

    public override async Task LoadAsync(string lines)
    {
        await RunAsync("create table work (work UInt32, year UInt16, topic UInt16, i String, c String) engine = Log");
        // Braces are not how it writes lists: the text is taken as it is, and cut in the server.
        await using (var file = File.OpenRead(lines))
        {
            using var content = new StreamContent(file, 1 << 20);
            using var answer = await client.PostAsync(new Uri($"http://127.0.0.1:{port}/?query={Uri.EscapeDataString("insert into work format TabSeparated")}"), content);
            if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
        }
        await RunAsync("create table lst (inst UInt32, work UInt32, year UInt16, topic UInt16, insts Array(UInt32), countries Array(UInt8)) engine = MergeTree partition by tuple() order by (inst, work)");
        await RunAsync("""
            insert into lst select arrayJoin(insts) inst, work, year, topic, insts, countries from (select work, year, topic,
                arrayMap(x -> toUInt32(x), splitByChar(',', substring(i, 2, length(i) - 2))) insts, arrayMap(x -> toUInt8(x), splitByChar(',', substring(c, 2, length(c) - 2))) countries from work where length(i) > 2)
            """);
        await RunAsync("optimize table lst final");
        await RunAsync("create table edge (inst UInt32, work UInt32, year UInt16, topic UInt16) engine = MergeTree partition by tuple() order by (inst, work)");
        await RunAsync("insert into edge select inst, work, year, topic from lst");
        await RunAsync("optimize table edge final");
        await RunAsync("create table it (inst UInt32, topic UInt16, n UInt32) engine = MergeTree partition by tuple() order by (inst, topic)");
        await RunAsync("insert into it select inst, topic, count() from edge group by inst, topic");
        await RunAsync("create table tn (topic UInt16, n UInt32) engine = MergeTree partition by tuple() order by topic");
        await RunAsync("insert into tn select topic, count() from work group by topic");
        await RunAsync("drop table work");
    }

    protected override IReadOnlyDictionary<string, string> Questions { get; } = new Dictionary<string, string>
    {
        ["a list"] = $"select year, count() from lst where inst = {A} and has(insts, {B}) group by year order by year",
        ["a join"] = $"select year, count() from edge where inst = {A} and work in (select work from edge where inst = {B}) group by year order by year",
        ["b list"] = $"select arrayJoin(countries) c, year, count() from lst where inst = {A} group by c, year order by c, year",
        ["c list"] = $"select p, count() n from (select arrayJoin(insts) p from lst where inst = {A} and year >= {EngineSide.Recent}) where p <> {A} group by p order by n desc, toString(p) limit {EngineSide.Partners}",
        ["d list"] = $"select year, countIf(length(countries) > 1), count() from lst where inst = {A} group by year order by year",
        ["e list"] = $"""
            select p, topic, sum(o) oo, sum(e) ee from (
                select p, topic, o, part * m e from (
                    select inst p, topic, n m, part from it all inner join (
                        select topic, own / n part from (select topic, count() own from lst where inst = {A} group by topic) all inner join tn using topic
                    ) using topic where inst in (select p from (select arrayJoin(insts) p from lst where inst = {A}) where p <> {A} group by p order by count() desc, toString(p) limit {EngineSide.Partners})
                ) all left join (
                    select p, topic, count() o from (select arrayJoin(insts) p, topic from lst where inst = {A}) group by p, topic
                ) using p, topic
            ) group by p, topic with totals order by oo desc, p, topic limit {EngineSide.Cells}
            """,
    };

    public override Task<long> BytesAsync() =>
        Task.FromResult(new DirectoryInfo(Path.Combine(folder, "data")).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length));

    protected override async Task<(double Ms, IReadOnlyList<string[]> Rows)> RunAsync(string sql)
    {
        var began = Stopwatch.GetTimestamp();
        using var content = new StringContent(sql);
        using var answer = await client.PostAsync(new Uri($"http://127.0.0.1:{port}/"), content);
        var text = await answer.Content.ReadAsStringAsync();
        var ms = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{text}\n{sql}");
        var rows = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).ToList();
        // Totals come last; in the other engines' answers they come first.
        if (sql.Contains("with totals", StringComparison.Ordinal)) rows = [rows[^1], .. rows[..^1]];
        return (ms, rows);
    }

    public override async ValueTask DisposeAsync()
    {
        client.Dispose();
        if (server is null) return;
        server.Kill();
        await server.WaitForExitAsync();
        server.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
