using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Entente.Bench;

/// <summary>
/// One hop: figures as JSON from a server process over kept connections on loopback, by one client and by 32. The client writes bytes
/// made beforehand and reads to the length that the answer gives, since it shares the processors with the server.
/// </summary>
static class HttpBench
{
    const int Clients = 32, Warm = 12_000, One = 2_000, Many = 16_000;

    static readonly (string What, string Path)[] Questions =
    [
        ("co-publications CNRS–Imperial, all years", "co-publications?between=02feahw73,041kmwe10"),
        ("co-publications CNRS–UTokyo, 2015–2024", "co-publications?between=02feahw73,057zh3y96&years=2015-2024"),
        ("international-share CNRS", "international-share?of=02feahw73"),
        ("country-share CNRS with JP", "country-share?of=02feahw73&with=JP"),
    ];

    public static async Task RunAsync(Machine machine, Options options)
    {
        using var world = await BenchWorld.PrepareAsync(options);
        await using var server = await Served.StartAsync(options, world);
        var text = Head(machine, options);
        foreach (var (what, path) in Questions) text.AppendLine(await RowAsync(server, what, $"/api/v1/figures/{path}"));
        Console.Write(text);
        var folder = Path.Combine(options.Results, machine.Folder);
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "http.md"), $"{text}");
    }

    static StringBuilder Head(Machine machine, Options options) => new StringBuilder()
        .AppendLine(CultureInfo.InvariantCulture, $"# Figures over HTTP (B13), {options.Works:N0} synthetic works").AppendLine()
        .AppendLine(CultureInfo.InvariantCulture, $"{machine.Processor}, {machine.Cores} cores, {machine.MemoryGiB:F0} GiB, {machine.Os}, {machine.Runtime}; commit {machine.Commit}, {machine.Date:yyyy-MM-dd}.")
        .AppendLine(CultureInfo.InvariantCulture, $"Written by `bench/run http`: a server process of its own, connections kept open, loopback, client and server on the same {machine.Cores} cores. Each answer is computed anew from the vintage and the record as they stand; all answers to one question are the same bytes.")
        .AppendLine("“Others” as in README.md; “processor” is what one answer takes of the server and of the client.").AppendLine()
        .AppendLine("| question | bytes | one client: median ms | p95 ms | 32 clients: median ms | p95 ms | answers per second | server’s processor ms | client’s | others |").AppendLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");

    static async Task<string> RowAsync(Served server, string what, string path)
    {
        var expected = await FirstAsync(server.Port, path);
        await AskAsync(server.Port, path, expected, Clients, Warm);
        // The compiler works beside the server: it is given time to end.
        await Task.Delay(1_000);
        var (one, _, foreignOne) = await TimedAsync(server, path, expected, 1, One);
        var (many, perSecond, foreign) = await TimedAsync(server, path, expected, Clients, Many);
        return string.Create(CultureInfo.InvariantCulture,
            $"| {what} | {expected.Length} | {one.Median:F3} | {one.P95:F3} | {many.Median:F2} | {many.P95:F2} | {perSecond:N0} | {many.Server:F3} | {many.Client:F3} | {(Math.Max(foreign, foreignOne) > 12 ? "~" : "")}{Math.Max(foreign, foreignOne):F0} % |");
    }

    static async Task<((double Median, double P95, double Server, double Client) Times, double PerSecond, double Foreign)> TimedAsync(Served server, string path, byte[] expected, int clients, int count)
    {
        var (quiet, spent) = (new Quiet(), server.Cpu);
        var began = Stopwatch.GetTimestamp();
        var times = await AskAsync(server.Port, path, expected, clients, count);
        var (seconds, own, its) = (Stopwatch.GetElapsedTime(began).TotalSeconds, quiet.OwnSeconds, server.Cpu - spent);
        var sorted = times.Order().ToArray();
        return ((sorted[sorted.Length / 2], sorted[(int)(0.95 * (sorted.Length - 1))], 1000 * its / sorted.Length, 1000 * own / sorted.Length), sorted.Length / seconds, quiet.Foreign(its));
    }

    /// <summary>The answer by another client, the framework's own: a figure with a value.</summary>
    static async Task<byte[]> FirstAsync(int port, string path)
    {
        using var client = new HttpClient();
        var body = await client.GetByteArrayAsync(new Uri($"http://127.0.0.1:{port}{path}"));
        return JsonDocument.Parse(body).RootElement.GetProperty("value").ValueKind == JsonValueKind.Number ? body : throw new InvalidOperationException($"{path} has no value.");
    }

    static async Task<List<double>> AskAsync(int port, string path, byte[] expected, int clients, int count)
    {
        var all = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            using var connection = await KeptConnection.OpenAsync(port, path);
            var times = new List<double>(count / clients);
            for (var i = 0; i < count / clients; i++)
            {
                var began = Stopwatch.GetTimestamp();
                var same = await connection.AskAsync(expected);
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                if (!same) throw new InvalidOperationException($"{path} gave two answers.");
            }
            return times;
        })));
        return [.. all.SelectMany(times => times)];
    }
}
