using System.Diagnostics;
using System.Globalization;
using System.Text;
using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Engine.Query;
using Entente.Engine.Works;

namespace Entente.Bench.Scale;

/// <summary>
/// The engine alone at world scale: facts written straight into a vintage, opened by a process that has just begun, and every figure asked about
/// organisations of all sizes, first without anything made ready and then warm.
/// </summary>
static class FullBench
{
    const string Vintage = "openalex-00000000000000b1";

    /// <summary>By rank of size: the largest, and down to one of a few thousand works.</summary>
    static readonly int[] Ranks = [1, 2, 4, 8, 16, 40, 100, 300, 1000, 3000, 10_000, 40_000];

    public static async Task RunAsync(Machine machine, Options options, long works)
    {
        var root = options.Keep ?? throw new ArgumentException("--scale full needs --keep DIR, on a disk with room for a hundred bytes a work: it is run once to write the facts, and again to measure.");
        var data = new DataFolder(Path.Combine(root, "data"));
        var facts = new FactStore(root, works) { Folder = Vintages.FolderOf(data, Vintage) };
        if (!File.Exists(Path.Combine(facts.Folder, Vintages.ManifestFile)))
        {
            await BenchWorld.RunAsync(options.Entente, "vintages", "--data", Path.Combine(root, "data"));
            await WriteAsync(facts);
            KeepCopies(data, facts);
            Console.Error.WriteLine("Written. Run the same again to measure, in a process that has nothing at hand.");
            return;
        }
        var report = new FullReport(machine, options.Results, works, BenchWorld.BytesOf(facts.Folder, "*.seg"), BenchWorld.BytesOf(facts.Folder, "works-*.seg"),
            CopyFolder.Files(Vintages.CopiesOf(data, Vintage)).Sum(path => new FileInfo(path).Length));
        var quiet = new Quiet();
        await MeasureAsync(data, facts, report);
        report.Write(quiet.Foreign());
    }

    static async Task WriteAsync(FactStore facts)
    {
        var began = Stopwatch.GetTimestamp();
        var written = facts.Generate(number => Console.Error.Write($"\r{number / 1_000_000} M  {Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s   "));
        Console.Error.WriteLine($"\n{written.Works:N0} works in {Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s");
        var manifest = new Manifest
        {
            Id = Vintage, Kind = VintageKind.OpenAlex, Name = "bench", Synthetic = true, Coverage = Coverage.Complete, Sources = [],
            Files = [.. written.Files.Select(file => new VintageFile(file.Name, file.Sha256, file.Bytes))],
            Records = written.Works, Accepted = written.Works, Rejected = 0, Superseded = 0, FirstYear = written.FirstYear, LastYear = written.LastYear,
            ImportedAt = TimeProvider.System.GetUtcNow(), Seconds = Stopwatch.GetElapsedTime(began).TotalSeconds, Format = Vintages.Format,
        };
        await File.WriteAllBytesAsync(Path.Combine(facts.Folder, Vintages.ManifestFile), manifest.Sealed());
    }

    /// <summary>What the daily job of a server keeps, so that no process waits for it.</summary>
    static void KeepCopies(DataFolder data, FactStore facts)
    {
        var began = Stopwatch.GetTimestamp();
        using var store = Open(data, facts);
        _ = (Select.SeveralGroups(store, Country, 4), Select.SeveralOrganisations(store));
        Console.Error.WriteLine($"Sets of all works in {Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s");
        var made = store.Egos.KeepLargest(Country, default);
        Console.Error.WriteLine($"{made:N0} ego copies in {Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s");
    }

    static WorksStore Open(DataFolder data, FactStore facts) =>
        WorksStore.Open(facts.Folder, Vintages.Read(data, Vintage)!.Files.Select(file => file.Name), Vintages.CopiesOf(data, Vintage));

    /// <summary>Statistical countries, as figures group units: under another grouping their copies would not do.</summary>
    static int Country(Unit unit) => Countries.Statistical(unit.Country) is { } code ? (code[0] - 'A') * 26 + code[1] - 'A' : -1;

    static async Task MeasureAsync(DataFolder data, FactStore facts, FullReport report)
    {
        await using var db = data.OpenDb();
        await Migrator.RunAsync(db, default);
        var work = new Work(db, data, Actor.CommandLine, TimeProvider.System);
        var began = Stopwatch.GetTimestamp();
        Ask(work, new Question("co-publications") { A = Ror(3000), B = Ror(1000), Vintage = Vintage });
        report.Start("from nothing to the first figure, a pair by year", Stopwatch.GetElapsedTime(began).TotalSeconds);
        began = Stopwatch.GetTimestamp();
        Ask(work, new Question("co-publications") { A = Ror(3), B = Ror(5), Vintage = Vintage });
        report.Start("the next figure, of two large organisations", Stopwatch.GetElapsedTime(began).TotalSeconds);
        foreach (var (what, question) in Questions()) report.Figure(what, Time(Ranks.Select<int, Action>(rank => () => Ask(work, question(rank)))));
        using (var store = Open(data, facts))
            Kernels(store, report);
        foreach (var (what, question) in Catalogue()) report.OfCatalogue(what, Time(Ranks.Select<int, Action>(rank => () => Ask(work, question(rank)))));
        report.Memory(Process.GetCurrentProcess());
    }

    /// <summary>Figures that partnerships are followed by, and some through filters.</summary>
    static IEnumerable<(string What, Func<int, Question> Question)> Questions()
    {
        Question Of(string key, int rank) => new(key) { A = Ror(rank), Vintage = Vintage };
        yield return ("co-publications with the fourth largest", rank => Of("co-publications", rank) with { B = Ror(rank == 4 ? 5 : 4) });
        yield return ("co-publications, 2016–2025", rank => Of("co-publications", rank) with { B = Ror(rank == 4 ? 5 : 4), Years = new Years(2016, 2025) });
        yield return ("output", rank => Of("output", rank));
        yield return ("output, 2016–2025", rank => Of("output", rank) with { Years = new Years(2016, 2025) });
        yield return ("output, by author", rank => Of("output", rank) with { Counting = Counting.Author });
        yield return ("international-share", rank => Of("international-share", rank));
        yield return ("partners", rank => Of("partners", rank));
    }

    /// <summary>Every figure of works that the catalogue has, but those that ask for places, which the facts have none of.</summary>
    static IEnumerable<(string What, Func<int, Question> Question)> Catalogue() =>
        from indicator in Indicators.All
        where !indicator.IsProjects && !indicator.ByPlace
        select (indicator.Key, (Func<int, Question>)(rank => new(indicator.Key)
        {
            A = Ror(rank), B = indicator.Needs.HasFlag(Needs.Pair) ? Ror(rank == 4 ? 5 : 4) : null, With = indicator.Needs.HasFlag(Needs.Country) ? "AE" : null, Vintage = Vintage,
            Years = indicator.Needs.HasFlag(Needs.Window) ? new Years(2016, 2025) : null, Filters = (indicator.Needs & (Needs.Subject | Needs.Goal)) != 0 ? new() { Goal = 3 } : Filters.None,
        }));

    static void Kernels(WorksStore store, FullReport report)
    {
        foreach (var (what, ask) in KernelQuestions())
            report.Kernel(what, Time(Ranks.Select<int, Action>(rank =>
            {
                var side = FactStore.Of(store, rank);
                var other = FactStore.Of(store, rank == 4 ? 5 : 4);
                return () => ask(Ego.Of(side, Country), other);
            })));
        report.Egos(store.Egos.Count, store.Egos.Bytes);
    }

    static IEnumerable<(string What, Action<Ego, UnitSet> Ask)> KernelQuestions()
    {
        var recent = new WorkFilter { FirstYear = 2021, Without = WorkFlags.Retracted | WorkFlags.Paratext };
        yield return ("pair by year", (ego, other) => new EgoView(ego, WorkFilter.None).CountByYear(other, Facts.FirstYear, Facts.LastYear));
        yield return ("organisation by every country and year", (ego, _) => new EgoView(ego, WorkFilter.None).CountByGroupAndYear(Facts.FirstYear, Facts.LastYear));
        yield return ("top 50 partners since 2021, without retracted works", (ego, _) => new EgoView(ego, recent).TopPartners(50));
        yield return ("top 50 partners of open access", (ego, _) => new EgoView(ego, new WorkFilter { With = WorkFlags.OpenAccess }).TopPartners(50));
        yield return ("international share by year", (ego, _) => new EgoView(ego, WorkFilter.None).SeveralGroupsByYear(Facts.FirstYear, Facts.LastYear));
        yield return ("topic by 50 partners, observed and expected", (ego, _) => new EgoView(ego, WorkFilter.None).TopicsByPartner(50, 20));
    }

    /// <summary>Each act once as a process that has just begun answers it, and then warm.</summary>
    static FullReport.Measured Time(IEnumerable<Action> acts)
    {
        var (first, warm) = (new List<double>(), new List<double>());
        foreach (var act in acts)
        {
            var began = Stopwatch.GetTimestamp();
            act();
            first.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            var spent = Stopwatch.GetTimestamp();
            for (var i = 0; i < 20 && (i < 3 || Stopwatch.GetElapsedTime(spent).TotalSeconds < 1); i++)
            {
                began = Stopwatch.GetTimestamp();
                act();
                if (i > 0) warm.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }
        return new(first, warm);
    }

    static string Ror(int institution) => FactStore.Ror(institution);

    static void Ask(Work work, Question question)
    {
        if (Figures.Ask(work, question, receipt: false, default).Refusal is { } refusal) throw new InvalidOperationException($"{question.Figure}: {refusal}");
    }
}

/// <summary>The table of the full scale.</summary>
sealed class FullReport(Machine machine, string results, long works, long bytes, long figureBytes, long copyBytes)
{
    readonly StringBuilder starts = new(), figures = new(), kernels = new(), catalogue = new();
    readonly List<double> allWarm = [], allFirst = [];
    string egos = "", memory = "";

    public sealed record Measured(IReadOnlyList<double> First, IReadOnlyList<double> Warm);

    public void Start(string what, double seconds) => starts.AppendLine(CultureInfo.InvariantCulture, $"| {what} | {seconds:F2} |");

    public void Figure(string what, Measured measured) => Line(figures, what, measured);

    public void Kernel(string what, Measured measured) => Line(kernels, what, measured);

    public void OfCatalogue(string what, Measured measured) => Line(catalogue, what, measured);

    public void Egos(int count, long ofEgos) => egos = string.Create(CultureInfo.InvariantCulture, $"{count} ego copies hold {ofEgos / 1e6:N0} MB.");

    public void Memory(Process process)
    {
        process.Refresh();
        memory = string.Create(CultureInfo.InvariantCulture, $"Memory after all of it: {process.WorkingSet64 / Math.Pow(2, 30):F1} GiB resident (most {process.PeakWorkingSet64 / Math.Pow(2, 30):F1}), of which {GC.GetTotalMemory(false) / Math.Pow(2, 30):F1} GiB are the program's own and the rest pages of the mapped files, which the system takes back when it needs them.");
    }

    void Line(StringBuilder into, string what, Measured measured)
    {
        allFirst.AddRange(measured.First);
        allWarm.AddRange(measured.Warm);
        into.AppendLine(CultureInfo.InvariantCulture, $"| {what} | {At(measured.Warm, 0.5):F2} | {At(measured.Warm, 0.95):F2} | {measured.Warm.Max():F2} | {At(measured.First, 0.5):F1} | {measured.First.Max():F1} |");
        Console.Error.WriteLine($"{what}: warm p95 {At(measured.Warm, 0.95):F2} ms, first at most {measured.First.Max():F1} ms");
    }

    static double At(IReadOnlyList<double> times, double part) => times.Order().ElementAt((int)(part * (times.Count - 1)));

    public void Write(double others)
    {
        const string Head = "| question | warm: median ms | p95 ms | most | first: median ms | most |\n|---|---:|---:|---:|---:|---:|";
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# {works:N0} works: the engine alone").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{machine.Processor}, {machine.Cores} cores, {machine.MemoryGiB:F0} GiB, {machine.Os}, {machine.Runtime}; commit {machine.Commit}, {machine.Date:yyyy-MM-dd}. Written by `bench/run --scale full`:");
        text.AppendLine("facts (bench/Entente.Bench/Scale/Facts.cs) written straight into a vintage, since their JSON would not fit a disk. Every question is asked of twelve organisations from the largest to the forty-thousandth:");
        text.AppendLine("once with nothing made ready for it, and then warm. Figures are asked as the API asks them, without their receipts; kernels are what the engine takes for a question of an ego copy, “first” with the reading, or making, of the copy.").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Segments: {bytes / 1e9:F1} GB, {bytes / (double)works:F1} bytes a work; those that figures read {figureBytes / 1e9:F1} GB, {figureBytes / (double)works:F1} bytes a work.");
        text.AppendLine(CultureInfo.InvariantCulture, $"Copies on disk, as the daily job keeps them: {copyBytes / 1e9:F1} GB, {copyBytes / (double)works:F1} bytes a work, {(bytes + copyBytes) / (double)works:F1} with the segments. In memory {egos}");
        text.AppendLine(memory).AppendLine();
        text.AppendLine("| start of a process | seconds |\n|---|---:|").Append(starts).AppendLine();
        text.AppendLine("## Figures, in process\n").AppendLine(Head).Append(figures).AppendLine();
        text.AppendLine("## Kernels\n").AppendLine(Head).Append(kernels).AppendLine();
        text.AppendLine("## Every figure of works in the catalogue\n");
        text.AppendLine("Asked after all of the above by the same process, one after another. The first of those that hold works against the whole frame (affinity on links, fields, baselines) walks all works; what comes of it is kept.\n");
        text.AppendLine(Head).Append(catalogue).AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"p95 over everything asked: warm {At(allWarm, 0.95):F2} ms, first {At(allFirst, 0.95):F1} ms. Other processes took {others:F0} % of the machine meanwhile{(others > 12 ? ": these times say little of a quiet one" : "")}.");
        Directory.CreateDirectory(Path.Combine(results, machine.Folder));
        File.WriteAllText(Path.Combine(results, machine.Folder, "scale-full.md"), text.ToString());
        Console.Write(text);
    }
}
