using System.Diagnostics;

namespace Entente.Bench;

/// <summary>Pages and answers over HTTP from a server process of its own, on loopback.</summary>
static class PageBench
{
    const int Sequential = 200, Clients = 32, PerClient = 50;

    static readonly (string What, string Path)[] Paths =
    [
        ("home", "/"),
        ("partnership page CNRS–Imperial", "/partnerships/02feahw73/041kmwe10"),
        ("figure as JSON, CNRS–Imperial", "/api/v1/figures/co-publications?between=02feahw73,041kmwe10"),
        ("figure as JSON with receipt", "/api/v1/figures/co-publications?between=02feahw73,041kmwe10&receipt=1"),
        ("works behind CNRS–Imperial, first page", "/works?figure=co-publications&between=02feahw73,041kmwe10"),
    ];

    /// <summary>For each path: one client after another, then 32 at once, and how many answers a second these got.</summary>
    public static async Task<IReadOnlyList<(Times One, Times Many, double PerSecond)>> MeasureAsync(Options options, BenchWorld world)
    {
        await using var server = await Served.StartAsync(options, world);
        using var client = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(60) };
        var rows = new List<(Times, Times, double)>();
        foreach (var (what, path) in Paths) rows.Add(await MeasureAsync(client, server, what, path));
        return rows;
    }

    static async Task<(Times, Times, double)> MeasureAsync(HttpClient client, Served server, string what, string path)
    {
        await ManyAsync(client, path, Clients, 40);
        await Task.Delay(300);
        var (quiet, cpu) = (new Quiet(), server.Cpu);
        var sequential = await ManyAsync(client, path, 1, Sequential);
        var one = Times.Of(what, sequential, server.Cpu - cpu, quiet.Foreign(server.Cpu - cpu));
        (quiet, cpu) = (new Quiet(), server.Cpu);
        var began = Stopwatch.GetTimestamp();
        var times = await ManyAsync(client, path, Clients, PerClient);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return (one, Times.Of(what, times, server.Cpu - cpu, quiet.Foreign(server.Cpu - cpu)), times.Count / seconds);
    }

    static async Task<List<double>> ManyAsync(HttpClient client, string path, int clients, int each)
    {
        var all = await Task.WhenAll(Enumerable.Range(0, clients).Select(async _ =>
        {
            var times = new List<double>(each);
            for (var i = 0; i < each; i++)
            {
                var began = Stopwatch.GetTimestamp();
                using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
                await answer.Content.ReadAsByteArrayAsync();
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode}.");
            }
            return times;
        }));
        return [.. all.SelectMany(times => times)];
    }
}
