using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Entente.Bench.Scale;

/// <summary>
/// The table of one scale. Peers may be measured in runs of their own, the engine anew beside each: what each run found is kept in a
/// file beside the table, so that every ratio is of one run.
/// </summary>
sealed class ScaleReport(Machine machine, string results, string scale, long works)
{
    const double Noisy = 12;
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    static readonly (char Key, string What, string Bench)[] Questions =
    [
        ('a', "pair by year, from the ego copy", "B4"), ('l', "pair by year, from the two lists of works", "B4"), ('b', "organisation by every country and year", "B5"), ('c', "top 50 partners since 2021", "B6"),
        ('d', "international share by year", "B7"), ('e', "topic by 50 partners, observed and expected", "B8"),
    ];

    double foreign;
    long bytes, figureBytes, egoBytes;

    public sealed record Side(double Median, double P95, double Others);

    public sealed record Run(string Peer, string Version, string Commit, DateOnly Date, double EngineLoad, double PeerLoad, long PeerBytes, double Others,
        long StoreBytes, long FigureBytes, long EgoBytes, Dictionary<string, Side> Engine, Dictionary<string, Side> Times, Dictionary<string, string> Layouts);

    public void Loaded(double seconds, double others, long storeBytes, long ofFigures, long ofEgo)
    {
        (foreign, bytes, figureBytes, egoBytes) = (others, storeBytes, ofFigures, ofEgo);
        Console.Error.WriteLine($"  {seconds:F1} s, {storeBytes / (double)works:F1} bytes a work, others {others:F0} %");
    }

    public static void Print(Dictionary<char, Times> engine)
    {
        foreach (var (key, what, _) in Questions) Console.WriteLine($"{what}: {engine[key].Median:F4} ms, p95 {engine[key].P95:F4}, others {engine[key].Foreign:F0} %");
    }

    public void Compare(string peer, string version, double engineLoad, double peerLoad, long peerBytes, Dictionary<char, Times> engine, Dictionary<char, (Times Times, string Layout)> peers, double others)
    {
        static Side Of(Times times) => new(times.Median, times.P95, times.Foreign);
        var run = new Run(peer, version, machine.Commit, machine.Date, engineLoad, peerLoad, peerBytes, Math.Max(others, foreign), bytes, figureBytes, egoBytes,
            engine.ToDictionary(each => $"{each.Key}", each => Of(each.Value)), peers.ToDictionary(each => $"{each.Key}", each => Of(each.Value.Times)), peers.ToDictionary(each => $"{each.Key}", each => each.Value.Layout));
        var runs = Known();
        runs.RemoveAll(known => known.Peer == peer);
        runs.Add(run);
        Directory.CreateDirectory(Path.GetDirectoryName(DataFile)!);
        File.WriteAllText(DataFile, JsonSerializer.Serialize(runs, Json) + "\n");
    }

    string DataFile => Path.Combine(results, machine.Folder, $"scale-{scale}.json");

    List<Run> Known() => File.Exists(DataFile) ? JsonSerializer.Deserialize<List<Run>>(File.ReadAllText(DataFile), Json)! : [];

    public void Write()
    {
        var runs = Known();
        if (runs.Count == 0) return;
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# {works:N0} works as facts: the engine and its peers").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{machine.Processor}, {machine.Cores} cores, {machine.MemoryGiB:F0} GiB, {machine.Os}, {machine.Runtime}. Written by `bench/run --scale {scale}`, which held every answer of every");
        text.AppendLine("peer against the engine’s before it took a time. The facts are invented (bench/Entente.Bench/Scale/Facts.cs) and given to all as one file of lines. Each peer has its best layouts and is timed with");
        text.AppendLine("the better of them; DuckDB and SQLite in process, PostgreSQL and ClickHouse over loopback. Engine: from the ego copy, warm, without writing the answer out. Times are medians in milliseconds; “others” is");
        text.AppendLine("what other processes took of the machine; each peer was timed in one run with the engine, and a ratio is of that run.").AppendLine();
        text.AppendLine("| | question | " + string.Join(" | ", runs.Select(run => $"engine | {run.Peer} {run.Version} | ratio")) + " |");
        text.AppendLine("|---|---|" + string.Concat(runs.Select(_ => "---:|---:|---:|")));
        foreach (var (key, what, bench) in Questions)
            text.AppendLine($"| {bench} | {what} | " + string.Join(" | ", runs.Select(run => Cells(run.Engine[$"{key}"].Median, run.Times[Theirs(key)].Median, run.Layouts[Theirs(key)]))) + " |");
        text.AppendLine("| B3 | facts to queryable, seconds | " + string.Join(" | ", runs.Select(run => string.Create(CultureInfo.InvariantCulture, $"{run.EngineLoad:F1} | {run.PeerLoad:F1} | {run.PeerLoad / run.EngineLoad:F1}"))) + " |");
        text.AppendLine("| B14 | bytes a work on disk: all segments (those that figures read) | " + string.Join(" | ", runs.Select(run => string.Create(CultureInfo.InvariantCulture, $"{run.StoreBytes / (double)works:F0} ({run.FigureBytes / (double)works:F0}) | {run.PeerBytes / (double)works:F0} | {run.PeerBytes / (double)run.FigureBytes:F1}"))) + " |");
        text.AppendLine("| | others | " + string.Join(" | ", runs.Select(run => string.Create(CultureInfo.InvariantCulture, $"{Most(run.Engine):F0} % | {(run.Others > Noisy ? "~" : "")}{run.Others:F0} % | "))) + " |").AppendLine();
        text.AppendLine("Commits: " + string.Join(", ", runs.Select(run => $"{run.Peer} {run.Commit} on {run.Date:yyyy-MM-dd}")) + ".");
        File.WriteAllText(Path.ChangeExtension(DataFile, ".md"), text.ToString());
        Console.Write(text);
    }

    /// <summary>The peers have one best way to a pair.</summary>
    static string Theirs(char key) => key == 'l' ? "a" : $"{key}";

    static double Most(Dictionary<string, Side> sides) => sides.Values.Max(side => side.Others);

    static string Cells(double engine, double peer, string layout) => string.Create(CultureInfo.InvariantCulture, $"{engine:F3} | {peer:F2} ({layout}) | {peer / engine:F0}");
}
