using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Web;
using Entente.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Bench;

/// <summary>
/// Every page of the record as an officer sees it, on a large invented record and on a small one: the median time of each, and the
/// number of queries, which must not grow with the rows.
/// </summary>
static partial class RecordBench
{
    const int Structures = 1_000, People = 20_000, Kept = 100_000, Small = 50, Repeats = 15;

    sealed record Row(string Path, int Status, double Median, double P95, int Queries, int QueriesSmall, int Bytes);

    public static async Task RunAsync(Machine machine, Options options)
    {
        var root = Directory.CreateTempSubdirectory("entente-record-").FullName;
        try
        {
            var small = await MeasureAsync(await RecordWorld.MakeAsync(root, Small, 4 * Small, 2 * Small), repeats: 1);
            var large = await MeasureAsync(await RecordWorld.MakeAsync(root, Structures, People, options.Lines), Repeats);
            var rows = large.Select(l => l with { QueriesSmall = small.Single(s => s.Path == l.Path).Queries }).ToList();
            var text = Text(machine, options, rows);
            Console.Write(text);
            if (options.Lines < Kept) return;
            var folder = Path.Combine(options.Results, machine.Folder);
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(Path.Combine(folder, "record.md"), text);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(root, recursive: true);
        }
    }

    static async Task<List<Row>> MeasureAsync(DataFolder folder, int repeats)
    {
        await using var app = EntenteWeb.Build(folder, ["http://127.0.0.1:0"]);
        await app.StartAsync();
        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        using var client = await OfficerAsync(folder, address);
        var rows = new List<Row>();
        foreach (var path in Paths(app)) rows.Add(await MeasureAsync(client, path, repeats));
        await app.StopAsync();
        return rows;
    }

    static async Task<Row> MeasureAsync(HttpClient client, string path, int repeats)
    {
        var (status, bytes) = await AskAsync(client, path);
        await AskAsync(client, path);
        using var counter = new Counter();
        await AskAsync(client, path);
        var queries = counter.Commands;
        var times = new List<double>();
        for (var i = 0; i < repeats; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await AskAsync(client, path);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        times.Sort();
        return new(path, status, times[times.Count / 2], times[(int)(0.95 * (times.Count - 1))], queries, 0, bytes);
    }

    static async Task<(int Status, int Bytes)> AskAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        return ((int)answer.StatusCode, (await answer.Content.ReadAsByteArrayAsync()).Length);
    }

    // Every route that can be read, once, on a record in the middle.
    static IEnumerable<string> Paths(WebApplication app) => app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(r => r.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is null or ["GET"] && r.Metadata.GetMetadata<Door>() is not null)
        .Select(r => Address(r.RoutePattern.RawText!)).Where(path => !Skipped().IsMatch(path)).Distinct().Append("/search?q=person-10").Order(StringComparer.Ordinal);

    static string Address(string pattern) => Parameter().Replace(pattern, match => (match.Groups[1].Value, pattern.Split('/').First(p => p is not ("" or "api" or "v1"))) switch
    {
        ("a", _) => "cnrs",
        ("b", _) => "imperial",
        ("table" or "kind", _) => "structures",
        ("line", _) => "1",
        (_, "organisations") => "cnrs",
        (_, "people") => "person-7",
        (_, "agreements") => "agreement-7",
        (_, "sources") => "SYN",
        (_, "instruments") => "irl",
        ("key" or "structure", _) or ("id", "edit") => "structure-7",
        _ => "1",
    });

    static async Task<HttpClient> OfficerAsync(DataFolder folder, Uri address)
    {
        await using var db = folder.OpenDb();
        var work = new Work(db, folder, Actor.CommandLine, TimeProvider.System);
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
        var link = (await Inviting.InviteAsync(work, new(AccountRole.PartnershipOfficer, "cnrs", null, "officer@example.org"), default)).Value;
        var page = await client.GetStringAsync(new Uri(link.Path, UriKind.Relative));
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["name"] = "Synthetic officer", ["password"] = "four plain words here", ["again"] = "four plain words here",
            ["__RequestVerificationToken"] = Token().Match(page).Groups[1].Value,
        });
        using var joined = await client.PostAsync(new Uri(link.Path, UriKind.Relative), form);
        var account = await db.Accounts.SingleAsync(a => a.Email == "officer@example.org");
        await Granting.GrantAsync(work, account.Id, new(AccountRole.Administrator, null, null), default);
        return client;
    }

    static string Text(Machine machine, Options options, IReadOnlyList<Row> rows)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# A record of {Structures:N0} structures, {People:N0} people and {options.Lines:N0} journal lines (synthetic)").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{machine.Processor}, {machine.Cores} cores, {machine.MemoryGiB:F0} GiB, {machine.Os}, {machine.Runtime}; commit {machine.Commit}, {machine.Date:yyyy-MM-dd}. SQLite.");
        text.AppendLine(CultureInfo.InvariantCulture, $"Written by `bench/run record`: each page over HTTP on loopback, signed in as an officer who also administers, median of {Repeats} after two warm ones.");
        text.AppendLine(CultureInfo.InvariantCulture, $"Queries on this record and on one of {Small} structures must be as many; ≠ marks where they are not.").AppendLine();
        var pages = rows.Where(r => r.Status == 200).ToList();
        text.AppendLine(CultureInfo.InvariantCulture, $"{pages.Count} addresses answered; slowest median {pages.Max(r => r.Median):F0} ms; {pages.Count(r => r.Median > 100)} above 100 ms; {pages.Count(r => r.Queries != r.QueriesSmall)} with other numbers of queries.").AppendLine();
        text.AppendLine("| address | median ms | p95 ms | queries | on the small record | kB |").AppendLine("|---|---:|---:|---:|---:|---:|");
        foreach (var row in pages.OrderByDescending(r => r.Median))
            text.AppendLine(CultureInfo.InvariantCulture, $"| {row.Path} | {row.Median:F1} | {row.P95:F1} | {row.Queries} | {(row.Queries == row.QueriesSmall ? "" : "≠ ")}{row.QueriesSmall} | {row.Bytes / 1000.0:F0} |");
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Not measured, since nothing of the kind is on this record: {string.Join(", ", rows.Where(r => r.Status != 200).Select(r => $"{r.Path} ({r.Status})"))}.");
        return text.ToString();
    }

    // Ways out, and what leads elsewhere.
    [GeneratedRegex("sign-out|/passkeys|/external|/open$|\\.ics$")]
    private static partial Regex Skipped();

    [GeneratedRegex(@"\{\*{0,2}(\w+)(?::[^}]*)?\??\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]*)\"")]
    private static partial Regex Token();

    sealed class Counter : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        readonly List<IDisposable> _held = [];
        int _commands;

        public Counter() => _held.Add(DiagnosticListener.AllListeners.Subscribe(this));

        public int Commands => _commands;

        public void OnNext(DiagnosticListener listener)
        {
            if (listener.Name == DbLoggerCategory.Name) _held.Add(listener.Subscribe(this));
        }

        public void OnNext(KeyValuePair<string, object?> happening)
        {
            if (happening.Key == RelationalEventId.CommandExecuted.Name) Interlocked.Increment(ref _commands);
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void Dispose() => _held.ForEach(held => held.Dispose());
    }
}
