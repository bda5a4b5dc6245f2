using Entente.Bench;
using Entente.Bench.Import;
using Entente.Bench.Scale;

// Sources are invented and imported with the product's own verbs, answers checked, and only then is anything timed.
var options = Options.Parse(args);
var machine = Machine.Look();
if (options.Record)
{
    await RecordBench.RunAsync(machine, options);
    return;
}
if (args.Contains("search"))
{
    await SearchBench.RunAsync(machine, options);
    return;
}
if (args.Contains("http"))
{
    await HttpBench.RunAsync(machine, options);
    return;
}
if (args.Contains("clickhouse"))
{
    await ClickHouseBench.RunAsync(machine, options);
    return;
}
if (Array.IndexOf(args, "--scale") is >= 0 and var at && at + 1 < args.Length)
{
    if (args[at + 1] == "full")
    {
        await FullBench.RunAsync(machine, options, args.Contains("--works") ? options.Works : 270_000_000);
        return;
    }
    var peers = Array.IndexOf(args, "--peers") is >= 0 and var named && named + 1 < args.Length ? args[named + 1] : "duckdb,clickhouse,postgres,sqlite";
    await ScaleBench.RunAsync(machine, options, args[at + 1], peers.Split(',', StringSplitOptions.RemoveEmptyEntries));
    return;
}
if (args.Contains("cordis"))
{
    await CordisBench.RunAsync(machine, options);
    return;
}
if (args.Contains("import"))
{
    await ImportBench.RunAsync(machine, options);
    return;
}
using var world = await BenchWorld.PrepareAsync(options);

Console.Error.WriteLine("Counting independently…");
var truth = Truth.Of(world.Sources);
world.JsonBytes = truth.JsonBytes;
var report = new Report(machine, options, world);

Console.Error.WriteLine("Figures…");
await using (var figures = await FigureBench.OpenAsync(world))
{
    figures.Check(truth);
    report.Figures = figures.Measure();
}

if (options.Pages)
{
    Console.Error.WriteLine("Pages…");
    report.Pages = await PageBench.MeasureAsync(options, world);
}
report.Write();
