using System.Globalization;
using System.IO.Compression;
using Entente.Core.Evidence.OpenAlex;
using Entente.Core.Evidence.Synthesis;
using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Evidence;

/// <summary>Invents works in the layout of OpenAlex: for tests, benchmarks and the first start. The same seed gives the same bytes.</summary>
public static class Synthesizing
{
    /// <summary>The world of the first start.</summary>
    public const int FirstWorks = 20_000;
    public const long FirstSeed = 1;

    public const long MostWorks = 500_000_000;

    /// <summary>Works of one file. Fixed, since it decides the bytes of every file.</summary>
    const int PerFile = 20_000;

    /// <summary>Writes works-00000.jsonl.gz and so on into a folder that is new or empty; on a break, what was written is taken away.</summary>
    public static async Task<Outcome<IReadOnlyList<string>>> WriteAsync(
        string folder, long works, long seed, IProgress<ProgressReport>? progress, CancellationToken ct)
    {
        if (works is < 1 or > MostWorks)
            return Refusal.Usage("synthetic-works",
                "The number of works must lie between 1 and 500,000,000: write --works 20000.",
                "Le nombre de publications doit être compris entre 1 et 500\u202F000\u202F000\u202F: écrivez --works 20000.", "works");
        if (seed < 0)
            return Refusal.Usage("synthetic-seed", "The seed must lie between 0 and 9223372036854775807.",
                "La graine doit être comprise entre 0 et 9223372036854775807.", "seed");
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            return Refusal.Conflict("folder-not-empty",
                $"The folder {folder} is not empty. Name a new one, or empty it, so that files of two worlds do not mix.",
                $"Le dossier {folder} n’est pas vide. Nommez-en un nouveau ou videz-le, pour que les fichiers de deux mondes ne se mêlent pas.");
        Directory.CreateDirectory(folder);
        var files = Enumerable.Range(0, (int)((works + PerFile - 1) / PerFile))
            .Select(i => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"works-{i:00000}.jsonl.gz"))).ToArray();
        try
        {
            await WriteFilesAsync(files, new SyntheticWorld((ulong)seed, works), works, (ulong)seed, progress, ct);
        }
        catch
        {
            foreach (var file in files) File.Delete(file);
            throw;
        }
        return files;
    }

    /// <summary>Invents a world in a scratch folder and imports it as any other; the vintage is synthetic, since every record says so.</summary>
    public static async Task<Outcome<ImportResult>> ImportAsync(Work work, long works, long seed, IProgress<ProgressReport>? progress, CancellationToken ct)
    {
        var scratch = Path.Combine(work.Folder.Root, $"scratch-{Guid.NewGuid().ToString("N")[..8]}");
        try
        {
            var files = await WriteAsync(scratch, works, seed, progress, ct);
            if (files.Refusal is { } refusal) return refusal;
            var name = string.Create(CultureInfo.InvariantCulture, $"{works} works, seed {seed}");
            return await OpenAlexImport.RunAsync(work, files.Value, name, Coverage.Complete, progress, ct);
        }
        finally
        {
            if (Directory.Exists(scratch)) Directory.Delete(scratch, recursive: true);
        }
    }

    static async Task WriteFilesAsync(
        string[] files, SyntheticWorld world, long works, ulong seed, IProgress<ProgressReport>? progress, CancellationToken ct)
    {
        var done = 0L;
        var what = new Said("Inventing works", "Invention des publications");
        await Parallel.ForAsync(0, files.Length, ct, (i, stop) =>
        {
            var first = (long)i * PerFile;
            WriteFile(files[i], world, seed, first, Math.Min(first + PerFile, works), count =>
            {
                var sum = Interlocked.Add(ref done, count);
                progress?.Report(new(what, sum, works, sum));
            }, stop);
            return ValueTask.CompletedTask;
        });
    }

    static void WriteFile(string path, SyntheticWorld world, ulong seed, long first, long end, Action<int> count, CancellationToken ct)
    {
        const int Step = 1000;
        using var file = File.Create(path);
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true))
        {
            var (planner, json, work) = (new WorkPlanner(world, seed), new SyntheticJson(world, seed), new SyntheticWork());
            for (var number = first; number < end; number++)
            {
                planner.Plan(number + 1, work);
                gzip.Write(json.Write(work));
                if ((number + 1 - first) % Step != 0 && number + 1 != end) continue;
                ct.ThrowIfCancellationRequested();
                count((int)((number - first) % Step) + 1);
            }
        }
        // The header names the operating system that compressed; the same world must not differ by it.
        const int OperatingSystem = 9;
        const byte Unknown = 255;
        file.Position = OperatingSystem;
        file.WriteByte(Unknown);
    }
}
