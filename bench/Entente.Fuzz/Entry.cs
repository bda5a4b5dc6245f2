using System.Globalization;

namespace Entente.Fuzz;

/// <summary>The readers under fire, by name.</summary>
public static class Readers
{
    public static readonly string[] Names = ["openalex", "ror", "cordis", "rnsr", "segment", "manifest", "receipt", "sheet"];

    public static Target Open(string name, string? data) => name switch
    {
        "openalex" => new OpenAlexTarget(new(data)),
        "ror" => new RorTarget(new(data)),
        "cordis" => new CordisTarget(new(data)),
        "rnsr" => new RnsrTarget(new(data)),
        "segment" => new SegmentTarget(),
        "manifest" => new ManifestTarget(),
        "receipt" => new ReceiptTarget(),
        "sheet" => new SheetTarget(),
        _ => throw new ArgumentException($"There is no reader {name}; there are {string.Join(", ", Names)}."),
    };
}

static class Entry
{
    static int Main(string[] args)
    {
        string? Value(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
        long Number(string name, long otherwise) => Value(name) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : otherwise;
        var readers = Value("--reader")?.Split(',') ?? Readers.Names;
        var time = TimeSpan.FromMinutes(double.Parse(Value("--minutes") ?? "1", CultureInfo.InvariantCulture) / readers.Length);
        var seed = (int)Number("--seed", Random.Shared.Next());
        var (from, count, most, findings) = (Number("--from", 0), Number("--count", long.MaxValue), Number("--records", long.MaxValue), 0);
        foreach (var name in readers)
        {
            using var target = Readers.Open(name, Value("--data"));
            Bag? bag = null;
            var bent = 0L;
            for (var (next, left) = (from, time); left > TimeSpan.Zero && next - from < count && bent < most; (next, left) = (bag.Number + 1, left - bag.Time))
            {
                bag = new Hunt(target, seed, TimeProvider.System).Run(next, count - (next - from), left, Say, most - bent);
                Say(bag);
                bent += bag.Bent;
                if (bag.Found is null) break;
                findings++;
                Show(name, seed, bag);
            }

            void Say(Bag so) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name}: seed {seed}, input {so.Number:N0}, {so.Records:N0} records, {so.Bent:N0} of them bent, in {so.Time.TotalSeconds:N0} s"));
        }
        Console.WriteLine(findings == 0 ? "Nothing was found." : $"{findings} findings.");
        return findings == 0 ? 0 : 1;
    }

    static void Show(string name, int seed, Bag bag)
    {
        var path = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"entente-fuzz-{name}-{seed}-{bag.Number}"));
        File.WriteAllBytes(path, bag.Smallest);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"FOUND by --reader {name} --seed {seed} --from {bag.Number} --count 1; smallest input in {path} ({bag.Smallest.Length} bytes)"));
        Console.WriteLine(bag.Found);
    }
}
