using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Entente.Core.Evidence;
using Entente.Core.Evidence.OpenAlex;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Engine.Works;

namespace Entente.Bench.Import;

/// <summary>B1 and B2: gz JSON to a queryable vintage, and the extraction alone, beside their peers.</summary>
static class ImportBench
{
    const int Rounds = 5;
    const long Works = 96_000;

    static string Real => Environment.GetEnvironmentVariable("ENTENTE_BENCH_WORKS") ?? "../shared/data/openalex/works.jsonl.gz";

    public static async Task RunAsync(Machine machine, Options options)
    {
        var folder = options.Keep ?? Directory.CreateTempSubdirectory("entente-bench-").FullName;
        var corpus = ImportCorpus.Make(Path.Combine(folder, "import-sources"), Real, Works);
        var bareOfTexts = ImportCorpus.Make(Path.Combine(folder, "import-sources-without-texts"), Real, Works, texts: false);
        var extraction = ExtractionBench.Measure(corpus, folder);
        var quiet = new Quiet();
        var bare = Median(2, () => Unpack(corpus));
        var (own, withoutTexts) = (new List<double>(), new List<double>());
        for (var round = -1; round < Rounds; round++)
        {
            var without = await ImportAsync(bareOfTexts, Path.Combine(folder, "data"));
            var seconds = await ImportAsync(corpus, Path.Combine(folder, "data"));
            if (round < 0) continue;
            own.Add(seconds);
            withoutTexts.Add(without);
        }
        bare = (bare + Median(2, () => Unpack(corpus))) / 2;
        var others = quiet.Foreign();
        var text = Report(machine, corpus, extraction, bare, own.Order().ElementAt(Rounds / 2), withoutTexts.Order().ElementAt(Rounds / 2), await DuckDbImport.MeasureAsync(corpus, Rounds), others);
        Console.Write(text);
        var results = Path.Combine(options.Results, machine.Folder);
        Directory.CreateDirectory(results);
        await File.WriteAllTextAsync(Path.Combine(results, "import.md"), text);
        if (options.Keep is null) Directory.Delete(folder, recursive: true);
    }

    static double Median(int rounds, Action act)
    {
        var times = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            act();
            times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return times.Order().ElementAt(rounds / 2);
    }

    /// <summary>The framework's own unpacking of the same files, two at a time, and nothing else.</summary>
    static void Unpack(ImportCorpus corpus) => Parallel.ForEach(corpus.Files, new ParallelOptions { MaxDegreeOfParallelism = 2 }, path =>
    {
        using var packed = new GZipStream(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan), CompressionMode.Decompress);
        var block = new byte[1 << 18];
        while (packed.Read(block) > 0) { }
    });

    /// <summary>The whole verb, in process: unpacked, hashed, scanned, written in both families of columns, checked for works that come twice, committed and opened.</summary>
    static async Task<double> ImportAsync(ImportCorpus corpus, string data)
    {
        if (Directory.Exists(data)) Directory.Delete(data, recursive: true);
        var folder = new DataFolder(data);
        await using var db = folder.OpenDb();
        await Migrator.RunAsync(db, default);
        var work = new Work(db, folder, Actor.CommandLine, TimeProvider.System);
        var start = Stopwatch.GetTimestamp();
        var result = await OpenAlexImport.RunAsync(work, corpus.Files, null, Coverage.Complete, null, default);
        if (!result.Ok) throw new InvalidOperationException(result.Refusal!.Message.En);
        using var store = Vintages.OpenWorks(folder, Vintages.Read(folder, result.Value.Vintage)!);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (store.Works != corpus.Works || result.Value.Rejected != 0) throw new InvalidOperationException($"{store.Works} works of {corpus.Works} stand. Nothing is told.");
        DuckDbImport.Expected = Sums(store);
        return seconds;
    }

    /// <summary>Works, years, citations and listed organisations, which every engine must give alike.</summary>
    static string Sums(WorksStore store)
    {
        var (years, citations, units) = (0L, 0L, 0L);
        foreach (var segment in store.Segments)
            for (var work = 0; work < segment.Count; work++)
            {
                years += segment.Years[work];
                citations += segment.Citations[work];
                foreach (var unit in segment.UnitsOf(work)) units += segment.Unit(unit).Id > 0 ? 1 : 0;
            }
        return string.Create(CultureInfo.InvariantCulture, $"{store.Works} {years} {citations} {units}");
    }

    static string Report(Machine machine, ImportCorpus corpus, IReadOnlyList<(string What, double Rate)> extraction, double bare, double own, double withoutTexts, double? duck, double others)
    {
        var text = new StringBuilder();
        text.AppendLine("# Import of works").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{machine.Processor}, {machine.Cores} cores, {machine.MemoryGiB:F0} GiB, {machine.Os}, {machine.Runtime}; commit {machine.Commit}, {machine.Date:yyyy-MM-dd}. Others took {others:F0} % of the machine.");
        text.AppendLine(CultureInfo.InvariantCulture, $"Written by `bench/run import`: {corpus.Works:N0} works in {corpus.Files.Count} files, the real records of the shared data over and over with ids of their own; {corpus.TextBytes / 1e6:N0} MB of JSON ({corpus.TextBytes / corpus.Works:N0} bytes a work), {corpus.PackedBytes / 1e6:N0} MB as they lie. All engines’ sums were equal.").AppendLine();
        text.AppendLine("## B1: gz JSON to a queryable vintage").AppendLine().AppendLine("| what | seconds | MB of JSON a second | against the import |").AppendLine("|---|---:|---:|---:|");
        Row("import: columns, titles and DOIs, digests, committed and opened", own);
        Row("the same with titles and DOIs under other names, so that none is kept", withoutTexts);
        Row("GZipStream alone, 2 threads", bare);
        if (duck is { } seconds) Row("DuckDB read_json, typed columns of figures into a table, 2 threads", seconds);
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"The import takes {own / bare:F2} times what unpacking alone takes (wanted: at most 1.25){(duck is { } d ? string.Create(CultureInfo.InvariantCulture, $", and is {d / own:F1} times as fast as DuckDB (wanted: 2.8)") : "")}.").AppendLine();
        text.AppendLine("## B2: extraction from text in memory, one thread").AppendLine().AppendLine("| what | MB a second |").AppendLine("|---|---:|");
        foreach (var (what, rate) in extraction) text.AppendLine(CultureInfo.InvariantCulture, $"| {what} | {rate:N0} |");
        double Rate(string what) => extraction.FirstOrDefault(row => row.What == what).Rate;
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"The scanner is {Rate("scanner") / Rate("Utf8JsonReader"):F1} times as fast as Utf8JsonReader (wanted: 7){(Rate("simdjson on-demand") > 0 ? string.Create(CultureInfo.InvariantCulture, $" and {Rate("scanner") / Rate("simdjson on-demand"):F2} times simdjson (wanted: 2.5)") : "")}.");
        text.AppendLine("Both pass what is not read by its brackets. The scanner also holds every token on its way, a whole record’s brackets and escapes to the grammar, hashes the record, and finds each institution and topic by its bytes.");
        return text.ToString();

        void Row(string what, double seconds) => text.AppendLine(CultureInfo.InvariantCulture, $"| {what} | {seconds:F2} | {corpus.TextBytes / 1e6 / seconds:N0} | {seconds / own:F2} |");
    }
}
