using System.Diagnostics;
using System.Globalization;

namespace Entente.Bench.Scale;

/// <summary>
/// Another engine with the same facts in the layouts that suit it best: a list table (each pair of institution and work with all institutions and
/// countries of the work, in order of institution), an edge table for joins, and the margins of topics. All of it is part of its loading time.
/// </summary>
abstract class Peer : IAsyncDisposable
{
    public abstract string Name { get; }
    public string Version { get; protected set; } = "";

    /// <summary>Processor time that the peer took since it was started.</summary>
    public abstract double OwnSeconds { get; }

    public static Peer Of(string name, string root) => name switch
    {
        "duckdb" => new DuckDbPeer(root),
        "clickhouse" => new ClickHousePeer(root),
        "postgres" => new PostgresPeer(root),
        "sqlite" => new SqlitePeer(root),
        _ => throw new ArgumentException($"No peer is named {name}: duckdb, clickhouse, postgres or sqlite."),
    };

    public abstract Task StartAsync();
    public abstract Task LoadAsync(string lines);
    public abstract Task<long> BytesAsync();

    /// <summary>The questions by key; a key's first letter says which, what follows the layout it is asked of.</summary>
    protected abstract IReadOnlyDictionary<string, string> Questions { get; }

    protected abstract Task<(double Ms, IReadOnlyList<string[]> Rows)> RunAsync(string sql);

    public abstract ValueTask DisposeAsync();

    /// <summary>Asks everything once, lets the answers be checked, and only then takes times: of each question the best layout's.</summary>
    public async Task<Dictionary<char, (Times Times, string Layout)>> AskAsync(Action<Dictionary<string, string>> check)
    {
        var answers = new Dictionary<string, string>();
        foreach (var (key, sql) in Questions) answers[key] = Answer(key[0], (await RunAsync(sql)).Rows);
        check(answers);
        var best = new Dictionary<char, (Times, string)>();
        foreach (var (key, sql) in Questions)
        {
            var times = await TimeAsync(key, sql);
            if (!best.TryGetValue(key[0], out var known) || times.Median < known.Item1.Median) best[key[0]] = (times, key[1..].Trim());
        }
        return best;
    }

    async Task<Times> TimeAsync(string key, string sql)
    {
        for (var i = 0; i < 5; i++) await RunAsync(sql);
        var (quiet, times, began) = (new Quiet(), new List<double>(), Stopwatch.GetTimestamp());
        while (times.Count < 101 && (times.Count < 5 || Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(4))) times.Add((await RunAsync(sql)).Ms);
        return Times.Of(key, times, OwnSeconds / Math.Max(1, times.Count), quiet.Foreign());
    }

    /// <summary>The rows in the one form in which answers are compared. Rows of e: sums first, then cells.</summary>
    static string Answer(char key, IReadOnlyList<string[]> rows) => EngineSide.Write(rows.Select(row => key != 'e' ? string.Join(' ', row)
        : row[0].Length == 0 || row[0] == "0" ? EngineSide.Sum(Whole(row[2]), Real(row[3])) : EngineSide.Cell(Whole(row[0]), Whole(row[1]), Whole(row[2]), Real(row[3]))));

    static long Whole(string text) => (long)Real(text);

    static double Real(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    protected static double Cpu(Process process)
    {
        process.Refresh();
        return process.HasExited ? 0 : process.TotalProcessorTime.TotalSeconds;
    }
}

/// <summary>The questions in the SQL that DuckDB, PostgreSQL and, without lists, SQLite understand alike.</summary>
static class PeerSql
{
    const int A = EngineSide.A, B = EngineSide.B, Recent = EngineSide.Recent, Partners = EngineSide.Partners, Cells = EngineSide.Cells;

    public static string PairByList(string listsB) => $"select year, count(*) from lst where inst = {A} and {listsB} group by year order by year";
    public static readonly string PairByJoin = $"select a.year, count(*) from edge a join edge b on a.work = b.work where a.inst = {A} and b.inst = {B} group by a.year order by a.year";
    public static readonly string Countries = $"select c, year, count(*) from (select unnest(countries) c, year from lst where inst = {A}) x group by c, year order by c, year";
    public static readonly string Top = $"select p, count(*) n from (select unnest(insts) p from lst where inst = {A} and year >= {Recent}) x where p <> {A} group by p order by n desc, cast(p as varchar) limit {Partners}";
    public static readonly string TopByJoin = $"select b.inst p, count(*) n from edge a join wedge b on a.work = b.work where a.inst = {A} and a.year >= {Recent} and b.inst <> {A} group by b.inst order by n desc, cast(b.inst as varchar(9)) limit {Partners}";
    public static string International(string countries) => $"select year, sum(case when {countries} > 1 then 1 else 0 end), count(*) from lst where inst = {A} group by year order by year";

    /// <param name="pairs">the pairs of partner and topic of A's works, as a query with columns p and topic</param>
    /// <param name="own">A's topics, as a query with one row a work</param>
    public static string Topics(string pairs, string own) => $"""
        with own as (select topic, count(*) n from ({own}) o group by topic),
        pairs as materialized (select p, topic, count(*) o from ({pairs}) x where p <> {A} group by p, topic),
        best as materialized (select p from pairs group by p order by sum(o) desc, cast(p as varchar(9)) limit {Partners}),
        cells as materialized (select it.inst p, it.topic topic, coalesce(pairs.o, 0) o, (own.n * 1.0E0 / tn.n) * it.n e
            from best join it on it.inst = best.p join own on own.topic = it.topic join tn on tn.topic = it.topic
            left join pairs on pairs.p = it.inst and pairs.topic = it.topic)
        select * from (select 0 p, 0 topic, sum(o) o, sum(e) e from cells) s union all
        select * from (select p, topic, o, e from cells order by o desc, p, topic limit {Cells}) t
        """;

    public static readonly string TopicsByList = Topics($"select unnest(insts) p, topic from lst where inst = {A}", $"select topic from lst where inst = {A}");
    public static readonly string TopicsByJoin = Topics($"select b.inst p, a.topic topic from edge a join wedge b on a.work = b.work where a.inst = {A}", $"select topic from edge where inst = {A}");
}
