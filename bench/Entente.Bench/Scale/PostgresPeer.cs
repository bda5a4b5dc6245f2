using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Entente.Bench.Scale;

/// <summary>PostgreSQL, a cluster of its own on loopback without the safety that costs time: no fsync, unlogged tables, parallel workers.</summary>
sealed class PostgresPeer(string root) : Peer
{
    readonly string folder = Path.Combine(root, "postgres");
    readonly int port = FreePort.Find();
    readonly string bin = Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Last() + "/bin";
    NpgsqlConnection? connection;

    public override string Name => "PostgreSQL";
    public override double OwnSeconds => 0;

    public override async Task StartAsync()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        if (Environment.IsPrivilegedProcess)
        {
            // A temporary folder is closed to all but who made it.
            Run("chmod", "o+x", Path.GetDirectoryName(folder)!);
            Run("chown", "postgres", folder);
        }
        AsPostgres($"{bin}/initdb", "-D", $"{folder}/data", "-U", "bench", "-A", "trust", "--no-sync");
        AsPostgres($"{bin}/pg_ctl", "-D", $"{folder}/data", "-w", "-l", $"{folder}/log", "-o",
            $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c wal_level=minimal -c max_wal_senders=0 "
            + "-c shared_buffers=5GB -c work_mem=512MB -c maintenance_work_mem=1GB -c max_parallel_workers_per_gather=2 -c max_wal_size=16GB -c jit=off -c effective_cache_size=12GB -c random_page_cost=1.1", "start");
        connection = new NpgsqlConnection($"Host=127.0.0.1;Port={port};Username=bench;Database=postgres;Command Timeout=540");
        await connection.OpenAsync();
        Version = connection.PostgreSqlVersion.ToString();
    }

    public override async Task LoadAsync(string lines)
    {
        await RunAsync("create unlogged table work (work int, year smallint, topic smallint, insts int[], countries smallint[])");
        await using (var copy = await connection!.BeginTextImportAsync("copy work from stdin"))
        {
            using var reader = new StreamReader(lines, System.Text.Encoding.ASCII, false, 1 << 20);
            var buffer = new char[1 << 16];
            for (int read; (read = await reader.ReadAsync(buffer)) > 0;) await copy.WriteAsync(buffer.AsMemory(0, read));
        }
        string[] statements =
        [
            "create unlogged table lst as select inst, work, year, topic, insts, countries from work, unnest(insts) inst order by inst, work",
            "create index on lst (inst)",
            "create unlogged table edge as select inst, work, year, topic from lst",
            "create index on edge (inst, work) include (year, topic)",
            "create unlogged table it as select inst, topic, count(*)::int n from edge group by inst, topic order by inst, topic",
            "create index on it (inst)",
            "create unlogged table tn as select topic, count(*)::int n from work group by topic",
            "drop table work",
            "vacuum analyze",
        ];
        foreach (var sql in statements) await RunAsync(sql);
    }

    protected override IReadOnlyDictionary<string, string> Questions { get; } = new Dictionary<string, string>
    {
        ["a list"] = PeerSql.PairByList($"{EngineSide.B} = any(insts)"),
        ["a join"] = PeerSql.PairByJoin,
        ["b list"] = PeerSql.Countries,
        ["c list"] = PeerSql.Top,
        ["d list"] = PeerSql.International("cardinality(countries)"),
        ["e list"] = PeerSql.TopicsByList,
    };

    public override async Task<long> BytesAsync() => long.Parse((await RunAsync("select pg_database_size('postgres')")).Rows[0][0], CultureInfo.InvariantCulture);

    protected override async Task<(double Ms, IReadOnlyList<string[]> Rows)> RunAsync(string sql)
    {
        var (began, rows) = (Stopwatch.GetTimestamp(), new List<string[]>());
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)!)]);
        return (Stopwatch.GetElapsedTime(began).TotalMilliseconds, rows);
    }

    public override async ValueTask DisposeAsync()
    {
        if (connection is not null) await connection.DisposeAsync();
        if (Directory.Exists($"{folder}/data")) AsPostgres($"{bin}/pg_ctl", "-D", $"{folder}/data", "-m", "immediate", "stop");
        Directory.Delete(folder, recursive: true);
    }

    static void AsPostgres(params string[] line)
    {
        if (Environment.IsPrivilegedProcess) Run("runuser", ["-u", "postgres", "--", .. line]);
        else Run(line[0], line[1..]);
    }

    static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = "/", RedirectStandardOutput = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
