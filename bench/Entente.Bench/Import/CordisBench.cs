using System.Globalization;
using System.Text;
using System.Text.Json;
using Entente.Core.Evidence;
using Entente.Core.Evidence.Cordis;
using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Bench.Import;

/// <summary>The three framework programmes of CORDIS at full size, invented: the import from zip to a vintage, and the joint projects of a pair in it.</summary>
static class CordisBench
{
    const int Rounds = 3;

    sealed record Taken(string Vintage, double Seconds, long Peak, double Foreign);

    public static async Task RunAsync(Machine machine, Options options)
    {
        var folder = Directory.CreateTempSubdirectory("entente-cordis-").FullName;
        try
        {
            var corpus = CordisCorpus.Make(Path.Combine(folder, "sources"));
            var taken = new List<Taken>();
            for (var round = 0; round < Rounds; round++) taken.Add(await ImportAsync(options, corpus, Path.Combine(folder, $"data-{round}")));
            var median = taken.OrderBy(t => t.Seconds).ElementAt(Rounds / 2);
            var (bytes, figure) = await AskAsync(Path.Combine(folder, "data-0"), corpus);
            var text = Report(machine, corpus, median with { Peak = taken.Max(t => t.Peak) }, bytes, figure);
            Console.Write(text);
            var results = Path.Combine(options.Results, machine.Folder);
            Directory.CreateDirectory(results);
            await File.WriteAllTextAsync(Path.Combine(results, "cordis.md"), text);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task<Taken> ImportAsync(Options options, CordisCorpus corpus, string data)
    {
        await BenchWorld.RunAsync(options.Entente, "vintages", "--data", data);
        var quiet = new Quiet();
        var run = await BenchWorld.RunAsync(options.Entente, ["import", "cordis", .. corpus.Files, "--as-of", "2025-04-01", "--complete", "--json", "--data", data]);
        var answer = JsonSerializer.Deserialize<JsonElement>(run.Output);
        long Number(string name) => answer.GetProperty(name).GetInt64();
        if ((Number("records"), Number("rejected"), Number("superseded")) != (corpus.All, 0, 0)) throw new InvalidOperationException($"{run.Output}: {corpus.All} rows were written. Nothing is told.");
        return new(answer.GetProperty("vintage").GetString()!, answer.GetProperty("seconds").GetDouble(), run.PeakBytes, quiet.Foreign(run.CpuSeconds));
    }

    static async Task<(long Bytes, Times Figure)> AskAsync(string data, CordisCorpus corpus)
    {
        var folder = new DataFolder(data);
        await using var db = folder.OpenDb();
        var work = new Work(db, folder, Actor.CommandLine, TimeProvider.System);
        var manifest = Vintages.Find(folder, VintageKind.Cordis, null).Value;
        using (var tables = CordisTables.Open(folder, manifest))
            if (tables.Subjects().LongCount() != corpus.Rows["topics"] + corpus.Rows["legalBasis"] + corpus.Rows["euroSciVoc"]) throw new InvalidOperationException("Not every row on what a project is about stands. Nothing is told.");
        JointProjectsCount Count() => JointProjects.Count(work, new("CNRS", [CordisCorpus.Cnrs]), new("Imperial", [CordisCorpus.Imperial]), null, null).Value;
        var count = Count();
        if (count.Value != corpus.Joint || count.Projects.Any(p => p.Topics.Count != 1)) throw new InvalidOperationException($"{count.Value} joint projects, {corpus.Joint} were written. Nothing is told.");
        return (manifest.Files.Sum(f => f.Bytes), Times.Measure("joint projects", 20, 50, () => Count()));
    }

    static string Report(Machine machine, CordisCorpus corpus, Taken taken, long bytes, Times figure)
    {
        var text = new StringBuilder();
        text.AppendLine("# Import of CORDIS").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{machine.Processor}, {machine.Cores} cores, {machine.MemoryGiB:F0} GiB, {machine.Os}, {machine.Runtime}; commit {machine.Commit}, {machine.Date:yyyy-MM-dd}. Others took {taken.Foreign:F0} % of the machine.");
        text.AppendLine(CultureInfo.InvariantCulture, $"Written by `bench/run cordis`. **Every row is invented**: {string.Join(", ", CordisCorpus.Frameworks.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Name} {f.Projects:N0} projects and {f.Participations:N0} participations")))}, which is the size of the real ones; {corpus.TextBytes / 1e6:N0} MB of text in three zips of {corpus.PackedBytes / 1e6:N0} MB. All rows stood afterwards, and the joint projects of a pair were those that were written.").AppendLine();
        text.AppendLine("| table | rows |").AppendLine("|---|---:|");
        foreach (var (table, rows) in corpus.Rows) text.AppendLine(CultureInfo.InvariantCulture, $"| {table} | {rows:N0} |");
        text.AppendLine().AppendLine("| what | figure |").AppendLine("|---|---:|");
        text.AppendLine(CultureInfo.InvariantCulture, $"| import, zips to a vintage (median of {Rounds}) | {taken.Seconds:F1} s |");
        text.AppendLine(CultureInfo.InvariantCulture, $"| rows a second | {corpus.All / taken.Seconds:N0} |");
        text.AppendLine(CultureInfo.InvariantCulture, $"| memory of the process at its highest | {taken.Peak / 1e6:N0} MB |");
        text.AppendLine(CultureInfo.InvariantCulture, $"| the vintage on disk | {bytes / 1e6:N0} MB |");
        text.AppendLine(CultureInfo.InvariantCulture, $"| the {corpus.Joint:N0} joint projects of a pair, with what they are about (median) | {figure.Median:F1} ms |");
        return text.ToString();
    }
}
