using System.Globalization;
using Entente.Core.Evidence;
using Entente.Core.Evidence.ClickHouse;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Tests;

namespace Entente.Core.Tests.Evidence.ClickHouse;

/// <summary>
/// What a part of the servers, or of the rows, can do: refuse, and never answer a smaller number. The servers' profile says to pass
/// over servers that are down, as an operator might have left it.
/// </summary>
public sealed class LostServerTests : IAsyncLifetime
{
    readonly ClickHouseCluster _cluster = new();
    TestWorld _world = null!;
    string _vintage = "";
    string _projects = "";
    Work _there = null!;

    static readonly Question[] Questions =
    [
        new("co-publications") { A = "cnrs", B = "imperial" }, new("output") { A = "cnrs" }, new("output") { A = "cnrs", Counting = Counting.Author },
        new("international-share") { A = "imperial" }, new("mncs") { A = "imperial" }, new("fwci-mean") { A = "cnrs" }, new("partners") { A = "utokyo" },
        new("joint-projects") { A = "imperial", B = "utokyo" }, new("joint-projects") { A = "imperial", B = "utokyo", Years = new(2015, 2018) },
    ];

    public async Task InitializeAsync()
    {
        await _cluster.InitializeAsync();
        _world = await TestWorld.OpenAsync();
        if (Conditions.NoClickHouse is not null) return;
        await RandomProjects.GiveCodesAsync(_world);
        _projects = (await RandomProjects.ImportAsync(_world, 400, 3)).Id;
        _vintage = (await Synthesizing.ImportAsync(_world.Work, 10_000, 3, null, default)).Value.Vintage;
        _there = new Both(_world, _cluster).There();
    }

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    Task<Outcome<ExportResult>> ExportAsync(IProgress<ProgressReport>? progress = null, CancellationToken ct = default) =>
        ClickHouseExport.RunAsync(_world.Work, _cluster.Address, _vintage, 500, progress, ct);

    Task<Outcome<ExportResult>> ExportProjectsAsync(IProgress<ProgressReport>? progress = null, CancellationToken ct = default) =>
        ClickHouseExport.RunAsync(_world.Work, _cluster.Address, _projects, 50, progress, ct);

    // The whole figure with its digest, or the code of why there is none.
    IReadOnlyList<string> Answers() => [.. Questions.Select(question => Figures.Ask(_there, question, receipt: true, default) is var answer && answer.Ok
        ? string.Create(CultureInfo.InvariantCulture, $"{answer.Value.Value} {answer.Value.Bounds} {answer.Value.Receipt!.Digest}") : answer.Refusal!.Code)];

    IReadOnlyList<string> Expected() => [.. Questions.Select(question => Figures.Ask(_world.Work, question, receipt: true, default).Value)
        .Select(answer => string.Create(CultureInfo.InvariantCulture, $"{answer.Value} {answer.Bounds} {answer.Receipt!.Digest}"))];

    [ClickHouseFact]
    public async Task Without_one_of_its_servers_or_some_of_its_rows_a_vintage_gives_no_figure_at_all()
    {
        Assert.True((await ExportAsync()).Ok);
        Assert.True((await ExportProjectsAsync()).Ok);
        Assert.Equal(Expected(), Answers());

        await _cluster.KillAsync(1);
        Assert.All(Answers(), code => Assert.Contains(code, new[] { "clickhouse-partial", "clickhouse-failed" }));
        await _cluster.StartAsync(1);
        Assert.Equal(Expected(), Answers());

        // The second server is up, but a part of its works and of its projects is gone.
        var (tables, projects) = (ClickHouseTables.Of(_cluster.Address, Vintages.Read(_world.Folder, _vintage)!), ClickHouseProjectTables.Of(_cluster.Address, Vintages.Read(_world.Folder, _projects)!));
        await _cluster.Server(1).RunAsync($"alter table {tables.Postings} drop partition 3", default);
        await _cluster.Server(1).RunAsync($"alter table {projects.On(ClickHouseProjectTables.SubjectTable)} drop partition 3", default);
        Assert.All(Answers(), code => Assert.Equal("clickhouse-partial", code));

        await _cluster.KillAsync(0);
        Assert.All(Answers(), code => Assert.Equal("clickhouse-unreachable", code));
    }

    [ClickHouseFact]
    public async Task Each_query_says_by_itself_which_servers_answered()
    {
        Assert.True((await ExportAsync()).Ok);
        var told = ClickHouseVintages.Find(_cluster.Server(0), "entente", VintageKind.OpenAlex, _vintage).Value;
        var tables = ClickHouseTables.Of(_cluster.Address, told.Manifest);
        // Taken while both servers were there; one is lost before the first query.
        var works = ClickHouseOpened.Take(_cluster.Address, told);
        await _cluster.Server(1).RunAsync($"drop table {tables.Postings}", default);
        await _cluster.Server(1).RunAsync($"drop table {tables.Works}", default);
        foreach (var statement in tables.Create()) await _cluster.Server(1).RunAsync(statement, default);
        var body = works.Body(works.Carriers.IdsOf("02feahw73"), lineage: true);
        Assert.Equal("clickhouse-partial", Assert.Throws<ClickHouseException>(() => body.Works.Count).Refusal.Code);
        Assert.Equal("clickhouse-partial", Assert.Throws<ClickHouseException>(() => works.Of(null).Count).Refusal.Code);
        Assert.Equal("clickhouse-partial", Assert.Throws<ClickHouseException>(body.Works.Digest).Refusal.Code);
        Assert.Equal("clickhouse-partial", Assert.Throws<ClickHouseException>(() => body.Works.Lines("counted").Count()).Refusal.Code);
        Assert.Equal("clickhouse-partial", Assert.Throws<ClickHouseException>(() => works.Weigh(body.Works, body, Counting.Country)).Refusal.Code);
        Assert.Equal("clickhouse-partial", Assert.Throws<ClickHouseException>(() => works.Listed(body.Works, body)).Refusal.Code);
        Assert.Equal("clickhouse-partial", Assert.Throws<ClickHouseException>(() => works.Links(body.Works, null)).Refusal.Code);
        var cited = works.Cited(body.Works, new(works.Topics));
        Assert.All(new Action[] { () => _ = cited.ByYear, () => _ = cited.Strata, () => _ = cited.Baselines, () => _ = cited.InOrder().Count(), () => _ = works.Same(works.Of(null)).Count },
            ask => Assert.Equal("clickhouse-partial", Assert.Throws<ClickHouseException>(ask).Refusal.Code));
    }

    [ClickHouseFact]
    public async Task A_load_that_broke_is_not_seen_and_goes_on_where_it_broke()
    {
        await _cluster.KillAsync(1);
        Assert.Equal("clickhouse-unreachable", (await ExportAsync()).Refusal?.Code);
        Assert.All(Answers(), code => Assert.Equal("not-in-clickhouse", code));
        await _cluster.StartAsync(1);

        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ExportAsync(new After(5, stop.Cancel), stop.Token));
        Assert.All(Answers(), code => Assert.Equal("not-in-clickhouse", code));

        // Rows that a broken load left in a stretch that it did not end are taken away.
        var tables = ClickHouseTables.Of(_cluster.Address, Vintages.Read(_world.Folder, _vintage)!);
        await _cluster.Server(0).RunAsync($"insert into {tables.Works} ({ClickHouseTables.WorkTable.ColumnNames}) values (19, 77, 2000, 0, '', 0, '', '', [], [], [], [])", default);
        var kept = Stretches(tables);
        Assert.InRange(kept, 1, 19);
        var done = (await ExportAsync()).Value;
        Assert.Equal((10_000, false), (done.Rows["works"], done.AlreadyThere));
        Assert.Equal(20, Stretches(tables));
        Assert.Equal(WithoutProjects(Expected()), Answers());
        Assert.True((await ExportAsync()).Value.AlreadyThere);

        // Works that are loaded show no project, and a load of projects breaks and goes on likewise.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            using var halt = new CancellationTokenSource();
            await ExportProjectsAsync(new After(4, halt.Cancel), halt.Token);
        });
        Assert.Equal(WithoutProjects(Expected()), Answers());
        var projects = ClickHouseProjectTables.Of(_cluster.Address, Vintages.Read(_world.Folder, _projects)!);
        var participations = ClickHouseProjectTables.ParticipationTable;
        await _cluster.Server(0).RunAsync($"insert into {projects.On(participations)} ({participations.ColumnNames}) values (7, '100000002', 'LEFT', 0, 'partner', '')", default);
        Assert.InRange(Stretches(projects), 1, 7);
        Assert.False((await ExportProjectsAsync()).Value.AlreadyThere);
        Assert.Equal(Expected(), Answers());
        var again = (await ExportProjectsAsync()).Value;
        Assert.Equal((true, Count(projects)), (again.AlreadyThere, again.Rows["participations"]));
    }

    [ClickHouseFact]
    public async Task Each_query_about_projects_says_by_itself_which_servers_answered()
    {
        Assert.True((await ExportProjectsAsync()).Ok);
        var told = ClickHouseVintages.Find(_cluster.Server(0), "entente", VintageKind.Cordis, _projects).Value;
        var tables = ClickHouseProjectTables.Of(_cluster.Address, told.Manifest);
        // Taken while both servers were there; one loses a table, each in its turn, before the first query.
        using var held = ClickHouseProjects.Take(_cluster.Address, told);
        Assert.NotEmpty(held.Joint(["100000002"], ["100000004"], null));
        foreach (var table in tables.Parted)
        {
            await _cluster.Server(1).RunAsync($"rename table {tables.On(table)} to {tables.On(table)}_aside", default);
            foreach (var statement in tables.Create()) await _cluster.Server(1).RunAsync(statement, default);
            Assert.Equal("clickhouse-partial", Assert.Throws<ClickHouseException>(() => held.Joint(["100000002"], ["100000004"], null)).Refusal.Code);
            Assert.Equal("clickhouse-partial", Assert.Throws<ClickHouseException>(() => ClickHouseProjects.Take(_cluster.Address, told)).Refusal.Code);
            await _cluster.Server(1).RunAsync($"drop table {tables.On(table)}", default);
            await _cluster.Server(1).RunAsync($"rename table {tables.On(table)}_aside to {tables.On(table)}", default);
            Assert.NotEmpty(held.Joint(["100000002"], ["100000004"], null));
        }
    }

    static IReadOnlyList<string> WithoutProjects(IReadOnlyList<string> answers) => [.. answers.Select((answer, i) => Questions[i].Figure == "joint-projects" ? "not-in-clickhouse" : answer)];

    long Count(ClickHouseProjectTables tables)
    {
        using var rows = _cluster.Server(0).Ask($"select count() from {tables.Over(ClickHouseProjectTables.ParticipationTable)} where year >= 0");
        return rows.More() ? (long)rows.U64() : 0;
    }

    int Stretches(ClickHouseSchema tables)
    {
        using var rows = _cluster.Server(0).Ask($"select toUInt32(count()) from {tables.On(tables.Stretches)}");
        return rows.More() ? (int)rows.U32() : 0;
    }

    sealed class After(int reports, Action act) : IProgress<ProgressReport>
    {
        int _left = reports;

        public void Report(ProgressReport value)
        {
            if (--_left == 0) act();
        }
    }
}
