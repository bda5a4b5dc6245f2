using System.Diagnostics;
using System.Text.Json;

namespace Entente.Bench;

/// <summary>What the import of the sources answered, how long the verb took from start to end, and the most memory it held.</summary>
sealed record Imported(string Vintage, long Records, long Accepted, long Rejected, long Superseded, double Seconds, double WallSeconds, long PeakBytes, double Foreign);

/// <summary>Invented sources, and a data folder into which they were imported, both made by the product's own verbs.</summary>
sealed class BenchWorld : IDisposable
{
    readonly string root;
    readonly bool keep;

    BenchWorld(string root, bool keep, Imported imported) => (this.root, this.keep, Imported) = (root, keep, imported);

    public Imported Imported { get; }
    public string Sources => SourcesIn(root);
    public string Data => DataIn(root);
    public long SourceBytes => BytesOf(Sources, "*.gz");
    public string VintageFolder => Path.Combine(Data, "vintages", Imported.Vintage);

    /// <summary>Bytes of JSON before compression; known once the sources were counted.</summary>
    public long JsonBytes { get; set; }

    public static long BytesOf(string folder, string pattern) => new DirectoryInfo(folder).EnumerateFiles(pattern).Sum(file => file.Length);

    public static async Task<BenchWorld> PrepareAsync(Options options)
    {
        var root = options.Keep ?? Directory.CreateTempSubdirectory("entente-bench-").FullName;
        Directory.CreateDirectory(root);
        if (!Directory.Exists(SourcesIn(root)))
        {
            Console.Error.WriteLine($"Inventing {options.Works} works…");
            await RunAsync(options.Entente, "synthesize", "--works", options.Works.ToString(System.Globalization.CultureInfo.InvariantCulture), "--out", SourcesIn(root));
        }
        if (Directory.Exists(DataIn(root))) Directory.Delete(DataIn(root), recursive: true);
        Console.Error.WriteLine("Importing…");
        // A first run brings the sources into the system's cache and the portfolio into the record, which is not what is timed.
        await RunAsync(options.Entente, "vintages", "--data", DataIn(root));
        foreach (var file in Directory.GetFiles(SourcesIn(root))) await using (var stream = File.OpenRead(file)) await stream.CopyToAsync(Stream.Null);
        return new(root, options.Keep is not null, await ImportAsync(options, root));
    }

    static async Task<Imported> ImportAsync(Options options, string root)
    {
        var quiet = new Quiet();
        var began = Stopwatch.GetTimestamp();
        var run = await RunAsync(options.Entente, "import", "openalex", SourcesIn(root), "--data", DataIn(root), "--complete", "--json");
        var wall = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var answer = JsonSerializer.Deserialize<JsonElement>(run.Output);
        long Number(string name) => answer.GetProperty(name).GetInt64();
        return new(answer.GetProperty("vintage").GetString()!, Number("records"), Number("accepted"), Number("rejected"), Number("superseded"),
            answer.GetProperty("seconds").GetDouble(), wall, run.PeakBytes, quiet.Foreign(run.CpuSeconds));
    }

    /// <summary>Runs a verb to its end; answers what it printed, the processor time it took and the most memory it held.</summary>
    public static async Task<(string Output, double CpuSeconds, long PeakBytes)> RunAsync(string executable, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(executable, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        var (cpu, peak) = (0.0, 0L);
        while (!process.WaitForExit(100))
        {
            process.Refresh();
            if (process.HasExited) continue;
            (cpu, peak) = (process.TotalProcessorTime.TotalSeconds, Math.Max(peak, process.PeakWorkingSet64));
        }
        return process.ExitCode == 0 ? (await output, cpu, peak)
            : throw new InvalidOperationException($"entente {string.Join(' ', arguments)} ended with {process.ExitCode}: {await error}");
    }

    public void Dispose()
    {
        if (!keep) Directory.Delete(root, recursive: true);
    }

    static string SourcesIn(string root) => Path.Combine(root, "sources");
    static string DataIn(string root) => Path.Combine(root, "data");
}
