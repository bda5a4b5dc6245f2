using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Entente.Core.Evidence;
using Entente.Core.Kernel;

namespace Entente.Fuzz;

/// <summary>The manifest of a vintage, bent: listing, opening and checking tell that it is damaged, and never break.</summary>
public sealed class ManifestTarget : Target
{
    readonly FuzzWorld _world = new();
    readonly string _path;
    readonly JsonSeed _sound;
    DateTime _time = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public ManifestTarget()
    {
        _path = Path.Combine(Vintages.FolderOf(_world.Folder, _world.Vintage), Vintages.ManifestFile);
        _sound = new(File.ReadAllBytes(_path));
    }

    public override string Name => "manifest";

    public override byte[] Make(Random random) => _sound.Draw(random, _sound);

    public override int Feed(byte[] input)
    {
        File.WriteAllBytes(_path, input);
        // What was read is remembered by the file's time, which the system keeps only to some milliseconds.
        File.SetLastWriteTimeUtc(_path, _time += TimeSpan.FromSeconds(1));
        try
        {
            var listed = Vintages.List(_world.Folder);
            Owe(listed.Count + Vintages.Unreadable(_world.Folder).Count == 1, "the vintage is neither listed nor told to be damaged");
            foreach (var manifest in listed) Look(manifest);
        }
        catch (BrokenWorldException)
        {
            return 1;
        }
        return 1;
    }

    void Look(Manifest manifest)
    {
        _ = Vintages.Damage(_world.Folder, manifest);
        _ = Vintages.Find(_world.Folder, VintageKind.OpenAlex, null);
        _ = Vintages.Find(_world.Folder, VintageKind.OpenAlex, _world.Vintage);
        _ = Vintages.FindRelease(_world.Folder, null);
        _ = Figures.Ask(_world.Work, new("output") { A = FuzzWorld.RorOf(0) }, receipt: true, default);
    }

    public override void Dispose()
    {
        _world.Dispose();
        base.Dispose();
    }
}

/// <summary>Receipts come from outside: bent ones, with an id that fits as often as not, are refused, differ or verify, and nothing else.</summary>
public sealed class ReceiptTarget : Target
{
    readonly FuzzWorld _world = new();
    readonly JsonSeed[] _sound;

    public ReceiptTarget() => _sound =
    [
        .. new Question[]
        {
            new("output") { A = FuzzWorld.RorOf(0) },
            new("co-publications") { A = FuzzWorld.RorOf(0), B = FuzzWorld.RorOf(1), Years = new(2001, 2005) },
            new("country-share") { A = FuzzWorld.RorOf(1), With = "FR" },
        }.Select(Receipt),
    ];

    JsonSeed Receipt(Question question) => new(Encoding.UTF8.GetBytes(Receipts.Text(Figures.Ask(_world.Work, question, receipt: true, default).Value.Receipt!)));

    public override string Name => "receipt";

    public override byte[] Make(Random random)
    {
        var seed = _sound[random.Next(_sound.Length)];
        var bent = seed.Draw(random, _sound[random.Next(_sound.Length)]);
        return random.Next(3) == 0 ? bent : Renamed(bent);
    }

    /// <summary>With the id that its content hashes to, where it is still an object.</summary>
    static byte[] Renamed(byte[] bent)
    {
        try
        {
            var root = JsonNode.Parse(bent, documentOptions: new() { AllowDuplicateProperties = false })?.AsObject();
            if (root is null) return bent;
            root["id"] = CanonicalJson.Hash(JsonSerializer.SerializeToElement(root), without: "id");
            return Encoding.UTF8.GetBytes(root.ToJsonString());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return bent;
        }
    }

    public override int Feed(byte[] input)
    {
        try
        {
            _ = Verifying.Verify(_world.Work, Encoding.UTF8.GetString(input), default);
        }
        catch (BrokenWorldException)
        {
            return 1;
        }
        return 1;
    }

    public override void Dispose()
    {
        _world.Dispose();
        base.Dispose();
    }
}
