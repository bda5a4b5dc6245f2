using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Entente.Core.Evidence;
using Entente.Core.Evidence.ClickHouse;
using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Bench;

/// <summary>
/// A vintage loaded into two ClickHouse servers on this machine, and figures asked of them beside the embedded engine. Every answer
/// with its receipt is held against the other engine's before anything is timed.
/// </summary>
static class ClickHouseBench
{
    const string Cluster = "bench";

    public static async Task RunAsync(Machine machine, Options options)
    {
        using var world = await BenchWorld.PrepareAsync(options);
        var root = Directory.CreateTempSubdirectory("entente-bench-clickhouse-").FullName;
        var servers = new List<Process>();
        try
        {
            var address = await StartAsync(root, servers);
            var (here, there) = (await OpenAsync(world), await OpenAsync(world));
            Console.Error.WriteLine("Loading…");
            var loaded = (await ClickHouseExport.RunAsync(here, address, world.Imported.Vintage, null, default)).Value;
            Engines.Choose(there.Folder, address);
            var text = Head(machine, loaded, await BytesAsync(address));
            foreach (var (what, question) in FigureBench.Questions(world.Imported.Vintage)) Line(text, what, here, there, question);
            Console.Write(text);
            var folder = Path.Combine(options.Results, machine.Folder);
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(Path.Combine(folder, "clickhouse.md"), $"{text}");
            await here.Db.DisposeAsync();
            await there.Db.DisposeAsync();
        }
        finally
        {
            foreach (var server in servers)
            {
                server.Kill();
                await server.WaitForExitAsync();
            }
            Directory.Delete(root, recursive: true);
        }
    }

    static StringBuilder Head(Machine machine, ExportResult loaded, long bytes)
    {
        var (text, works) = (new StringBuilder(), loaded.Rows["works"]);
        text.AppendLine(CultureInfo.InvariantCulture, $"# {works:N0} works (synthetic) in ClickHouse").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{machine.Processor}, {machine.Cores} cores, {machine.MemoryGiB:F0} GiB, {machine.Os}, {machine.Runtime}; commit {machine.Commit}, {machine.Date:yyyy-MM-dd}. ClickHouse 18.16.1.");
        text.AppendLine("Written by `bench/run clickhouse`: two servers and the program on one machine share its cores, so that two machines would do better. Each answer, digest included, was the embedded engine’s before it was timed. Medians, in process, over HTTP to the servers; “others” as in README.md.").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Loaded in {loaded.Seconds:F1} s: {works / loaded.Seconds:N0} works/s, {loaded.Rows["postings"]:N0} postings, {loaded.Bytes / 1e6:N0} MB sent; {bytes / 1e6:N0} MB on disk, {(double)bytes / works:F0} bytes a work.").AppendLine();
        text.AppendLine("| figure | embedded: ms | ClickHouse: ms | p95 | with receipt, embedded: ms | ClickHouse: ms | others |").AppendLine("|---|---:|---:|---:|---:|---:|---:|");
        return text;
    }

    static void Line(StringBuilder text, string what, Work here, Work there, Question question)
    {
        var (ours, theirs) = (JsonSerializer.Serialize(Ask(here, question, true), Receipt.Json), JsonSerializer.Serialize(Ask(there, question, true), Receipt.Json));
        if (ours != theirs) throw new InvalidOperationException($"{what}: the engines differ. Nothing is timed.\n{ours}\n{theirs}");
        Times Time(Work work, bool receipt) => Times.Measure(what, 5, 30, () => Ask(work, question, receipt));
        var (a, b, c, d) = (Time(here, false), Time(there, false), Time(here, true), Time(there, true));
        text.AppendLine(CultureInfo.InvariantCulture, $"| {what} | {a.Median:F2} | {b.Median:F0} | {b.P95:F0} | {c.Median:F1} | {d.Median:F0} | {Math.Max(a.Foreign, c.Foreign):F0} % |");
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {a.Median:F2} and {b.Median:F1} ms; with receipt {c.Median:F1} and {d.Median:F1} ms"));
    }

    static FigureAnswer Ask(Work work, Question question, bool receipt)
    {
        var answer = Figures.Ask(work, question, receipt, default);
        return answer.Refusal is { } refusal ? throw new InvalidOperationException(refusal.Message.En) : answer.Value;
    }

    static async Task<Work> OpenAsync(BenchWorld world)
    {
        var folder = new DataFolder(world.Data);
        var db = folder.OpenDb();
        await Migrator.RunAsync(db, default);
        return new(db, folder, Actor.CommandLine, TimeProvider.System);
    }

    static async Task<long> BytesAsync(ClickHouseAddress address)
    {
        using var client = new HttpClient();
        var bytes = 0L;
        foreach (var server in address.Servers)
            bytes += long.Parse(await client.GetStringAsync(new Uri(server, "?query=" + Uri.EscapeDataString("select sum(bytes_on_disk) from system.parts where active and database = 'entente'"))), CultureInfo.InvariantCulture);
        return bytes;
    }

    static async Task<ClickHouseAddress> StartAsync(string root, List<Process> servers)
    {
        var nodes = Enumerable.Range(0, 2).Select(n => (Folder: Path.Combine(root, $"{n}"), Http: FreePort.Find(), Native: FreePort.Find(), Between: FreePort.Find())).ToList();
        foreach (var node in nodes)
        {
            Directory.CreateDirectory(node.Folder);
            await File.WriteAllTextAsync(Path.Combine(node.Folder, "config.xml"), $"""
                <yandex>
                  <logger><level>error</level><log>{node.Folder}/log</log><errorlog>{node.Folder}/errors</errorlog></logger><listen_host>127.0.0.1</listen_host>
                  <http_port>{node.Http}</http_port><tcp_port>{node.Native}</tcp_port><interserver_http_port>{node.Between}</interserver_http_port>
                  <path>{node.Folder}/data/</path><tmp_path>{node.Folder}/tmp/</tmp_path><user_files_path>{node.Folder}/files/</user_files_path>
                  <users_config>users.xml</users_config><default_profile>default</default_profile><default_database>default</default_database><mark_cache_size>1073741824</mark_cache_size>
                  <remote_servers><{Cluster}>{string.Concat(nodes.Select(n => $"<shard><replica><host>127.0.0.1</host><port>{n.Native}</port></replica></shard>"))}</{Cluster}></remote_servers>
                </yandex>
                """);
            await File.WriteAllTextAsync(Path.Combine(node.Folder, "users.xml"), """
                <yandex><profiles><default><max_memory_usage>6000000000</max_memory_usage></default></profiles><quotas><default></default></quotas>
                <users><default><password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default></users></yandex>
                """);
            var server = Process.Start(new ProcessStartInfo("clickhouse-server", ["--config-file=config.xml"]) { WorkingDirectory = node.Folder, RedirectStandardError = true, RedirectStandardOutput = true })!;
            server.BeginErrorReadLine();
            server.BeginOutputReadLine();
            servers.Add(server);
        }
        using var client = new HttpClient();
        foreach (var node in nodes)
            for (var tries = 0; ; tries++)
                try
                {
                    _ = await client.GetStringAsync(new Uri($"http://127.0.0.1:{node.Http}/"));
                    break;
                }
                catch (HttpRequestException) when (tries < 100)
                {
                    await Task.Delay(100);
                }
        return ClickHouseAddress.Parse(nodes.Select(n => $"http://127.0.0.1:{n.Http}"), null, Cluster).Value;
    }
}
