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
    const int Clients = 32, Warm = 12_000, One = 2_000, Many = 16_000, FirstAsked = 100;

    /// <summary>Windows that questions are asked of for the first time; no two questions share one, since a window’s sets are kept.</summary>
    static readonly (int First, int Last)[] Windows =
        [.. from first in Enumerable.Range(1992, 30) from last in Enumerable.Range(first, 2026 - first) where (first, last) != (2015, 2024) select (first, last)];

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
        foreach (var (i, (what, path)) in Questions.Index())
            text.AppendLine(await RowAsync(server, what, $"/api/v1/figures/{path}", Windows.Where((_, w) => w % Questions.Length == i).Take(FirstAsked)));
        Console.Write(text);
        var folder = Path.Combine(options.Results, machine.Folder);
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "http.md"), $"{text}");
    }

    static StringBuilder Head(Machine machine, Options options) => new StringBuilder()
        .AppendLine(CultureInfo.InvariantCulture, $"# Figures over HTTP (B13), {options.Works:N0} synthetic works").AppendLine()
        .AppendLine(CultureInfo.InvariantCulture, $"{machine.Processor}, {machine.Cores} cores, {machine.MemoryGiB:F0} GiB, {machine.Os}, {machine.Runtime}; commit {machine.Commit}, {machine.Date:yyyy-MM-dd}.")
        .AppendLine(CultureInfo.InvariantCulture, $"Written by `bench/run http`: a server process of its own, connections kept open, loopback, client and server on the same {machine.Cores} cores. No answer is kept: each is put together from the vintage and the record as they stand, and all answers to one question are the same bytes. Kept in a bound of bytes, with the segments that they are of, are sets of works (an organisation’s, a window’s, what two sets come to) and their counts by year.")
        .AppendLine(CultureInfo.InvariantCulture, $"“First asked”: the same of {FirstAsked} windows of years that nobody asked of before, one after the other, so that of all sets only the organisations’ and the countries’ are at hand; all else is of a question asked again and again.")
        .AppendLine("“Others” as in README.md; “processor” is what one answer takes of the server and of the client.").AppendLine()
        .AppendLine("| question | bytes | first asked: median ms | p95 ms | one client: median ms | p95 ms | 32 clients: median ms | p95 ms | answers per second | server’s processor ms | client’s | others |").AppendLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");

    static async Task<string> RowAsync(Served server, string what, string path, IEnumerable<(int First, int Last)> windows)
    {
        var expected = await FirstAsync(server.Port, path);
        await AskAsync(server.Port, path, expected, Clients, Warm);
        // The compiler works beside the server: it is given time to end.
        await Task.Delay(1_000);
        var first = await FirstTimesAsync(server.Port, path, windows);
        var (one, _, foreignOne) = await TimedAsync(server, path, expected, 1, One);
        var (many, perSecond, foreign) = await TimedAsync(server, path, expected, Clients, Many);
        return string.Create(CultureInfo.InvariantCulture,
            $"| {what} | {expected.Length} | {first[first.Length / 2]:F3} | {first[(int)(0.95 * (first.Length - 1))]:F3} | {one.Median:F3} | {one.P95:F3} | {many.Median:F2} | {many.P95:F2} | {perSecond:N0} | {many.Server:F3} | {many.Client:F3} | {(Math.Max(foreign, foreignOne) > 12 ? "~" : "")}{Math.Max(foreign, foreignOne):F0} % |");
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

    /// <summary>The times of questions never asked before, sorted. Each answer is then asked for again, by the framework’s client.</summary>
    static async Task<double[]> FirstTimesAsync(int port, string path, IEnumerable<(int First, int Last)> windows)
    {
        var times = new List<double>();
        foreach (var (first, last) in windows)
        {
            var asked = $"{path.Split("&years=")[0]}&years={first}-{last}";
            using var connection = await KeptConnection.OpenAsync(port, asked);
            var began = Stopwatch.GetTimestamp();
            var body = await connection.AskAsync();
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            var again = await FirstAsync(port, asked);
            if (!body.Span.SequenceEqual(again)) throw new InvalidOperationException($"{asked} gave two answers.");
        }
        return [.. times.Order()];
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
                var body = await connection.AskAsync();
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                if (!body.Span.SequenceEqual(expected)) throw new InvalidOperationException($"{path} gave two answers.");
            }
            return times;
        })));
        return [.. all.SelectMany(times => times)];
    }
}
