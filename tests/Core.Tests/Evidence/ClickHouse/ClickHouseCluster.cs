using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Entente.Core.Evidence.ClickHouse;
using Entente.Tests;

namespace Entente.Core.Tests.Evidence.ClickHouse;

/// <summary>
/// ClickHouse servers of our own on loopback, each with its data in a temporary folder, that know each other as the shards of one
/// cluster. Each can be killed and started again.
/// </summary>
public sealed class ClickHouseCluster : IAsyncLifetime
{
    public const string Cluster = "entente_test";

    Node[] _nodes = Nodes();
    readonly string _root = Directory.CreateTempSubdirectory("entente-clickhouse-").FullName;

    sealed class Node
    {
        public int Http { get; } = Ports.Free();
        public int Native { get; } = Ports.Free();
        public int Between { get; } = Ports.Free();
        public Process? Process { get; set; }
    }

    public ClickHouseAddress Address => Addressed("entente");

    /// <summary>The same servers and another database.</summary>
    public ClickHouseAddress Addressed(string database) => new([.. _nodes.Select(Url)], database, Cluster);

    internal ClickHouseServer Server(int number) => new(Url(_nodes[number]));

    static Uri Url(Node node) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{node.Http}"));

    public async Task InitializeAsync()
    {
        if (Conditions.NoClickHouse is not null) return;
        // Another process may take a port between its choice and its use; then all begin again on others.
        for (var tries = 0; !await StartAllAsync(); tries++)
        {
            Assert.True(tries < 5, "No ClickHouse server would start.");
            for (var i = 0; i < _nodes.Length; i++) await KillAsync(i);
            _nodes = Nodes();
        }
    }

    static Node[] Nodes() => [.. Enumerable.Range(0, 2).Select(_ => new Node())];

    async Task<bool> StartAllAsync()
    {
        for (var i = 0; i < _nodes.Length; i++)
            if (!await TryStartAsync(i)) return false;
        return true;
    }

    /// <summary>Starts a server again that was killed.</summary>
    public async Task StartAsync(int number) => Assert.True(await TryStartAsync(number), "The ClickHouse server would not start again.");

    async Task<bool> TryStartAsync(int number)
    {
        var (node, folder) = (_nodes[number], Path.Combine(_root, $"server{number}"));
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "config.xml"), Config(node, folder));
        await File.WriteAllTextAsync(Path.Combine(folder, "users.xml"), Users);
        var start = new ProcessStartInfo(Conditions.ClickHouse!, ["--config-file=config.xml"]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        node.Process = Process.Start(start)!;
        node.Process.OutputDataReceived += (_, _) => { };
        node.Process.ErrorDataReceived += (_, _) => { };
        node.Process.BeginOutputReadLine();
        node.Process.BeginErrorReadLine();
        using var http = new HttpClient();
        for (var tries = 0; tries < 200 && !node.Process.HasExited; tries++)
            try
            {
                if ((await http.GetAsync(Url(node))).IsSuccessStatusCode && !node.Process.HasExited) return true;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100);
            }
        return false;
    }

    /// <summary>Ends a server as a power cut would.</summary>
    public async Task KillAsync(int number)
    {
        if (_nodes[number].Process is not { HasExited: false } process) return;
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async Task DisposeAsync()
    {
        for (var i = 0; i < _nodes.Length; i++) await KillAsync(i);
        Directory.Delete(_root, recursive: true);
    }

    string Config(Node node, string folder) => $"""
        <yandex>
          <logger><level>error</level><log>{folder}/log</log><errorlog>{folder}/errors</errorlog></logger>
          <listen_host>127.0.0.1</listen_host>
          <http_port>{node.Http}</http_port><tcp_port>{node.Native}</tcp_port><interserver_http_port>{node.Between}</interserver_http_port>
          <path>{folder}/data/</path><tmp_path>{folder}/tmp/</tmp_path><user_files_path>{folder}/files/</user_files_path>
          <users_config>users.xml</users_config><default_profile>default</default_profile><default_database>default</default_database>
          <mark_cache_size>67108864</mark_cache_size>
          <remote_servers>
            <{Cluster}>{string.Concat(_nodes.Select(n => $"<shard><replica><host>127.0.0.1</host><port>{n.Native}</port></replica></shard>"))}</{Cluster}>
          </remote_servers>
        </yandex>
        """;

    // A profile as an operator might have left it: servers that are down would be passed over in silence.
    const string Users = """
        <yandex>
          <profiles><default><skip_unavailable_shards>1</skip_unavailable_shards><max_threads>2</max_threads></default></profiles>
          <users><default><password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default></users>
          <quotas><default></default></quotas>
        </yandex>
        """;

    static class Ports
    {
        public static int Free()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}
