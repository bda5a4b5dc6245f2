using Entente.Bench;

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
