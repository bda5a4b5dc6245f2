using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Entente.Bench.Scale;

/// <summary>SQLite in this process. It has no lists: the edges stand twice, in order of institution and in order of work.</summary>
sealed class SqlitePeer(string root) : Peer
{
    readonly string file = Path.Combine(root, "facts.sqlite");
    SqliteConnection? connection;

    public override string Name => "SQLite";
    public override double OwnSeconds => 0;

    public override async Task StartAsync()
    {
        File.Delete(file);
        connection = new SqliteConnection($"Data Source={file};Pooling=false");
        await connection.OpenAsync();
        Version = connection.ServerVersion;
        foreach (var pragma in (string[])["journal_mode=off", "synchronous=off", "cache_size=-4000000", "mmap_size=8000000000", "temp_store=memory"]) await RunAsync($"pragma {pragma}");
    }

    public override async Task LoadAsync(string lines)
    {
        await RunAsync("create table raw (inst int, work int, year int, topic int, several int)");
        await RunAsync("create table tn (topic int primary key, n int) without rowid");
        await using (var transaction = connection!.BeginTransaction()) await FillAsync(lines, transaction);
        await RunAsync("create table edge (inst int, work int, year int, topic int, several int, primary key (inst, work)) without rowid");
        await RunAsync("insert into edge select * from raw order by inst, work");
        await RunAsync("create table wedge (work int, inst int, primary key (work, inst)) without rowid");
        await RunAsync("insert into wedge select work, inst from raw order by work, inst");
        await RunAsync("drop table raw");
        await RunAsync("create table it (inst int, topic int, n int, primary key (inst, topic)) without rowid");
        await RunAsync("insert into it select inst, topic, count(*) from edge group by inst, topic");
        await RunAsync("create table country (inst int primary key, c int) without rowid");
        var facts = new Facts();
        await using (var transaction = connection.BeginTransaction())
        {
            for (var institution = 1; institution <= Facts.Institutions; institution++) await RunAsync(string.Create(CultureInfo.InvariantCulture, $"insert into country values ({institution}, {facts.CountryOf(institution)})"));
            await transaction.CommitAsync();
        }
        await RunAsync("analyze");
    }

    async Task FillAsync(string lines, SqliteTransaction transaction)
    {
        await using var insert = connection!.CreateCommand();
        insert.CommandText = "insert into raw values ($i, $w, $y, $t, $s)";
        var values = ((string[])["$i", "$w", "$y", "$t", "$s"]).Select(name => insert.Parameters.Add(name, SqliteType.Integer)).ToArray();
        var topics = new Dictionary<int, int>();
        foreach (var line in File.ReadLines(lines))
        {
            var cells = line.Split('\t');
            var topic = int.Parse(cells[2], CultureInfo.InvariantCulture);
            topics[topic] = topics.GetValueOrDefault(topic) + 1;
            if (cells[3].Length == 2) continue;
            (values[1].Value, values[2].Value, values[3].Value, values[4].Value) = (long.Parse(cells[0], CultureInfo.InvariantCulture), long.Parse(cells[1], CultureInfo.InvariantCulture), (long)topic, cells[4].Contains(',') ? 1L : 0);
            foreach (var institution in cells[3][1..^1].Split(','))
            {
                values[0].Value = long.Parse(institution, CultureInfo.InvariantCulture);
                insert.ExecuteNonQuery();
            }
        }
        foreach (var (topic, n) in topics) await RunAsync(string.Create(CultureInfo.InvariantCulture, $"insert into tn values ({topic}, {n})"));
        await transaction.CommitAsync();
    }

    protected override IReadOnlyDictionary<string, string> Questions { get; } = new Dictionary<string, string>
    {
        ["a join"] = PeerSql.PairByJoin,
        ["b join"] = $"select c, year, count(*) from (select distinct a.work, a.year year, k.c c from edge a join wedge b on b.work = a.work join country k on k.inst = b.inst where a.inst = {EngineSide.A}) x group by c, year order by c, year",
        ["c join"] = PeerSql.TopByJoin,
        ["d flag"] = $"select year, sum(several), count(*) from edge where inst = {EngineSide.A} group by year order by year",
        ["e join"] = PeerSql.TopicsByJoin,
    };

    public override Task<long> BytesAsync() => Task.FromResult(new FileInfo(file).Length);

    protected override Task<(double Ms, IReadOnlyList<string[]> Rows)> RunAsync(string sql)
    {
        var (began, rows) = (Stopwatch.GetTimestamp(), new List<string[]>());
        using var command = connection!.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read()) rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)!)]);
        return Task.FromResult<(double, IReadOnlyList<string[]>)>((Stopwatch.GetElapsedTime(began).TotalMilliseconds, rows));
    }

    public override async ValueTask DisposeAsync()
    {
        if (connection is not null) await connection.DisposeAsync();
        File.Delete(file);
    }
}
