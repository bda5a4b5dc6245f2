using System.Diagnostics;
using System.Globalization;

namespace Entente.Bench.Scale;

/// <summary>Facts of one scale in the engine and in its peers: loaded, asked the same, compared, and only then timed.</summary>
static class ScaleBench
{
    public static async Task RunAsync(Machine machine, Options options, string scale, string[] peers)
    {
        var works = scale switch { "1m" => 1_000_000L, "10m" => 10_000_000, _ => long.Parse(scale, CultureInfo.InvariantCulture) };
        var root = options.Keep ?? Directory.CreateTempSubdirectory("entente-scale-").FullName;
        try
        {
            var facts = new FactStore(root, works);
            facts.WriteLines();
            var report = new ScaleReport(machine, options.Results, scale, works);
            var (engine, loaded) = Load(facts, report);
            using (engine)
            {
                foreach (var name in peers)
                {
                    await using var peer = Peer.Of(name, root);
                    await CompareAsync(engine, loaded, peer, facts, report);
                }
                if (peers.Length == 0) ScaleReport.Print(Measure(engine));
            }
            report.Write();
        }
        finally
        {
            if (options.Keep is null) Directory.Delete(root, recursive: true);
        }
    }

    static (EngineSide Engine, double Seconds) Load(FactStore facts, ScaleReport report)
    {
        Console.Error.WriteLine("Loading the engine…");
        var (quiet, began) = (new Quiet(), Stopwatch.GetTimestamp());
        var written = facts.Load();
        var engine = new EngineSide(facts);
        engine.Answers();
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        report.Loaded(seconds, quiet.Foreign(), written.Files.Sum(file => file.Bytes), written.Files.Where(file => file.Name.StartsWith("works", StringComparison.Ordinal)).Sum(file => file.Bytes), engine.EgoBytes);
        return (engine, seconds);
    }

    static async Task CompareAsync(EngineSide engine, double loaded, Peer peer, FactStore facts, ScaleReport report)
    {
        Console.Error.WriteLine($"Loading {peer.Name}…");
        var quiet = new Quiet();
        await peer.StartAsync();
        var began = Stopwatch.GetTimestamp();
        await peer.LoadAsync(facts.Lines);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var expected = engine.Answers();
        var times = await peer.AskAsync(answers =>
        {
            foreach (var (key, answer) in answers)
                if (answer != expected[key[0]]) throw new InvalidOperationException($"{peer.Name} answers {key} otherwise. Nothing is timed.\n{peer.Name}:\n{answer}\nengine:\n{expected[key[0]]}");
        });
        report.Compare(peer.Name, peer.Version, loaded, seconds, await peer.BytesAsync(), Measure(engine), times, quiet.Foreign(peer.OwnSeconds));
    }

    static Dictionary<char, Times> Measure(EngineSide engine) =>
        engine.Questions().ToDictionary(question => question.Key, question => Times.Measure(question.Key.ToString(), 300, 1001, () => question.Ask()));
}
