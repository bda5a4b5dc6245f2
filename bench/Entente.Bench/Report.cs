using System.Globalization;
using System.Text;

namespace Entente.Bench;

/// <summary>The table of results, as printed and as kept under bench/results.</summary>
sealed class Report(Machine machine, Options options, BenchWorld world)
{
    const double Noisy = 12;

    public IReadOnlyList<(Times Plain, Times Receipt)> Figures { get; set; } = [];
    public IReadOnlyList<(Times One, Times Many, double PerSecond)> Pages { get; set; } = [];

    public void Write()
    {
        var text = Text();
        Console.Write(text);
        if (!options.Pages) return;
        var folder = Path.Combine(options.Results, machine.Folder);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "README.md"), text);
    }

    string Text()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# {options.Works:N0} synthetic works").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{machine.Processor}, {machine.Cores} cores, {machine.MemoryGiB:F0} GiB, {machine.Os}, {machine.Runtime}; commit {machine.Commit}, {machine.Date:yyyy-MM-dd}.");
        text.AppendLine(CultureInfo.InvariantCulture, $"Written by `bench/run --works {options.Works}`, which first held every answer against an independent count over the same JSON lines.");
        text.AppendLine("“Others” is the share of the machine that other processes took meanwhile; times with more than 12 % are marked ~ and say little; “processor” is the processor time of all threads for one answer, on average.").AppendLine();
        Import(text);
        FigureTable(text);
        if (options.Pages) PageTable(text);
        return text.ToString();
    }

    void Import(StringBuilder text)
    {
        var import = world.Imported;
        var bytes = BenchWorld.BytesOf(world.VintageFolder, "*.seg");
        text.AppendLine("## Import and size").AppendLine().AppendLine("| what | value |").AppendLine("|---|---:|");
        Row("works per second", $"{import.Accepted / import.Seconds:N0}");
        Row("JSON read, MB per second", $"{world.JsonBytes / 1e6 / import.Seconds:N0}");
        Row("compressed read, MB per second", $"{world.SourceBytes / 1e6 / import.Seconds:N0}");
        Row("seconds of import, as it answers / of the whole verb", $"{import.Seconds:F1} / {import.WallSeconds:F1}");
        Row("most memory of the import, MB", $"{import.PeakBytes / 1e6:N0}");
        Row("source, bytes a work: JSON / compressed", $"{world.JsonBytes / (double)import.Records:N0} / {world.SourceBytes / (double)import.Records:N0}");
        Row("vintage, bytes a work: all / read by figures", $"{bytes / (double)import.Accepted:F1} / {BenchWorld.BytesOf(world.VintageFolder, "works-*.seg") / (double)import.Accepted:F1}");
        Row("others", Others(import.Foreign));
        text.AppendLine();

        void Row(string what, string value) => text.AppendLine(CultureInfo.InvariantCulture, $"| {what} | {value} |");
    }

    void FigureTable(StringBuilder text)
    {
        text.AppendLine("## Figures, in process, warm").AppendLine();
        text.AppendLine("| figure | median ms | p95 ms | processor ms | with receipt: median ms | p95 ms | processor ms | others |").AppendLine("|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var (plain, receipt) in Figures)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {plain.What} | {Ms(plain.Median)} | {Ms(plain.P95)} | {Ms(plain.Processor)} | {Ms(receipt.Median)} | {Ms(receipt.P95)} | {Ms(receipt.Processor)} | {Others(Math.Max(plain.Foreign, receipt.Foreign))} |");
        text.AppendLine();
    }

    void PageTable(StringBuilder text)
    {
        text.AppendLine("## Pages and answers over HTTP on loopback, client and server on the same cores").AppendLine();
        text.AppendLine("| path | one client: median ms | p95 ms | server’s processor ms | 32 clients: median ms | p95 ms | answers per second | others |").AppendLine("|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var (one, many, perSecond) in Pages)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {one.What} | {Ms(one.Median)} | {Ms(one.P95)} | {Ms(one.Processor)} | {Ms(many.Median)} | {Ms(many.P95)} | {perSecond:N0} | {Others(Math.Max(one.Foreign, many.Foreign))} |");
    }

    static string Ms(double milliseconds) => milliseconds.ToString(milliseconds < 1 ? "F3" : "F1", CultureInfo.InvariantCulture);

    static string Others(double foreign) => string.Create(CultureInfo.InvariantCulture, $"{(foreign > Noisy ? "~" : "")}{foreign:F0} %");
}
