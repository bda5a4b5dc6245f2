using System.Security.Cryptography;
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

    public override byte[] Make(Random random)
    {
        var drawn = _sound.Draw(random, _sound);
        Bent = drawn.AsSpan().SequenceEqual(_sound.Text) ? 0 : 1;
        return random.Next(4) == 0 ? drawn : Resealed(drawn);
    }

    /// <summary>With the seal that its bytes have, where it still has one: bent fields then reach whoever relies on them.</summary>
    public static byte[] Resealed(byte[] bent)
    {
        var at = bent.AsSpan().LastIndexOf("\"seal\": \""u8) + 9;
        if (at < 9 || bent.Length < at + 64) return bent;
        var text = bent.ToArray();
        text.AsSpan(at, 64).Fill((byte)'0');
        var seal = Convert.ToHexStringLower(SHA256.HashData(text));
        Encoding.ASCII.GetBytes(seal, text.AsSpan(at));
        return text;
    }

    public override int Feed(byte[] input)
    {
        Manifest? manifest = null;
        try
        {
            manifest = Manifest.Read(input, _world.Vintage);
        }
        catch (JsonException)
        {
            // Told to be damaged, as one of another seal is.
        }
        // A folder is far slower than what is tried; one in so many goes through it, and all that lists and opens vintages.
        if (input.AsSpan().Count((byte)'e') % 16 == 0) InFolder(input, manifest is not null);
        return 1;
    }

    void InFolder(byte[] input, bool sound)
    {
        File.WriteAllBytes(_path, input);
        // What was read is remembered by the file's time, which the system keeps only to some milliseconds.
        File.SetLastWriteTimeUtc(_path, _time += TimeSpan.FromSeconds(1));
        var listed = Vintages.List(_world.Folder);
        Owe(listed.Count + Vintages.Unreadable(_world.Folder).Count == 1, "the vintage is neither listed nor told to be damaged");
        Owe(listed.Count == 1 == sound, "a manifest is listed that is damaged, or one that is not is left out");
        try
        {
            foreach (var one in listed) Look(one);
        }
        catch (BrokenWorldException)
        {
            // What it names is not there, or it contradicts what is.
        }
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
        Bent = bent.AsSpan().SequenceEqual(seed.Text) ? 0 : 1;
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
        var text = Encoding.UTF8.GetString(input);
        var understood = Verifying.Understand(text);
        Owe(understood.Ok != (understood.Refusal is not null), "a receipt is neither understood nor refused");
        // Recomputing takes ten times as long as understanding: one in so many.
        if (!understood.Ok || input.AsSpan().Count((byte)'e') % 8 > 0) return 1;
        try
        {
            _ = Verifying.Verify(_world.Work, text, default);
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
