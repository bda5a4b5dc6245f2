using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Entente.Core.Evidence;

[JsonConverter(typeof(JsonStringEnumConverter<VintageKind>))]
public enum VintageKind
{
    [JsonStringEnumMemberName("openalex")] OpenAlex,
    [JsonStringEnumMemberName("ror")] Ror,
    [JsonStringEnumMemberName("cordis")] Cordis,
    [JsonStringEnumMemberName("rnsr")] Rnsr,
}

/// <summary>
/// What a vintage is made of and what it covers: manifest.json in its folder, written last. The vintage's id is the hash of
/// kind, options that change content and sources; name, coverage and time are statements about it and not part of the id.
/// </summary>
public sealed record Manifest
{
    public required string Id { get; init; }
    public required VintageKind Kind { get; init; }
    public string? Name { get; init; }

    /// <summary>True when any record is invented: then every page and receipt says so, and no claim is judged by it.</summary>
    public bool Synthetic { get; init; }

    /// <summary>ROR: the release, such as v2.9.</summary>
    public string? Release { get; init; }

    /// <summary>CORDIS: the cut-off date of the tables.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>OpenAlex: the vintage that this one updates; its sources are among these.</summary>
    public string? Onto { get; init; }

    public required Coverage Coverage { get; init; }
    public required IReadOnlyList<SourceFile> Sources { get; init; }
    public required IReadOnlyList<VintageFile> Files { get; init; }
    public required long Records { get; init; }
    public required long Accepted { get; init; }
    public required long Rejected { get; init; }
    public required long Superseded { get; init; }

    /// <summary>OpenAlex: how many of the superseded records the source's own lists of deleted works withdraw.</summary>
    public long Withdrawn { get; init; }

    /// <summary>OpenAlex: how many of the records the scanner left to the slower reader.</summary>
    public long? HandedOver { get; init; }

    /// <summary>CORDIS: accepted rows on what a project is about whose project is in neither other table.</summary>
    public long? Unjoined { get; init; }
    public int? FirstYear { get; init; }
    public int? LastYear { get; init; }

    /// <summary>When; later than every import before it in the same folder, whatever the clock said.</summary>
    public required DateTimeOffset ImportedAt { get; init; }

    /// <summary>What the clock said, where it said less than an import before; null where it did not.</summary>
    public DateTimeOffset? Clock { get; init; }

    /// <summary>OpenAlex: when some of its segments were last written anew, together.</summary>
    public DateTimeOffset? MergedAt { get; init; }
    public required double Seconds { get; init; }

    /// <summary>The version of the layout and content of its files (docs/format/vintage.md).</summary>
    public required int Format { get; init; }

    /// <summary>The SHA-256 of the manifest's own bytes, with zeros where it stands itself. Vintages of format 3 and before have none.</summary>
    [JsonPropertyOrder(1)]
    public string? Seal { get; init; }

    /// <summary>The first format whose manifests are sealed.</summary>
    const int SealedSince = 4;

    static readonly string Unsealed = new('0', 64);

    /// <summary>The manifest as it is written: JSON with its seal.</summary>
    public byte[] Sealed()
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(this with { Seal = Unsealed }, Json);
        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.AsSpan(SealAt(bytes, Unsealed)));
        return bytes;
    }

    /// <summary>A manifest as it lies in the folder of this name; null where any byte of it is not as it was written.</summary>
    /// <exception cref="JsonException">It is no manifest.</exception>
    internal static Manifest? Read(byte[] bytes, string folder)
    {
        var manifest = JsonSerializer.Deserialize<Manifest>(bytes, Json);
        return manifest?.IsOf(folder) == true && manifest.IsAsSealed(bytes) ? manifest : null;
    }

    bool IsAsSealed(byte[] bytes)
    {
        if (Seal is null) return Format < SealedSince;
        if (Seal.Length != Unsealed.Length || SealAt(bytes, Seal) is not (>= 0 and var at)) return false;
        var unsealed = bytes.ToArray();
        Encoding.ASCII.GetBytes(Unsealed, unsealed.AsSpan(at));
        return Convert.ToHexStringLower(SHA256.HashData(unsealed)) == Seal;
    }

    static int SealAt(byte[] bytes, string seal) => bytes.AsSpan().LastIndexOf(Encoding.UTF8.GetBytes(seal));

    /// <summary>The names of its segments: all its files but the list of rejected rows.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Segments => [.. Files.Select(f => f.Name).Where(name => name != VintageDraft.RejectsFile)];

    /// <summary>Whether it can be relied on as the manifest of the vintage in this folder: JSON may leave null where something must be, or name a file elsewhere.</summary>
    bool IsOf(string folder) => Id == folder && Enum.IsDefined(Kind) && Coverage is not null && Enum.IsDefined(Coverage.Kind)
        && Sources?.All(source => source is { Path.Length: > 0, Sha256: not null }) == true && Files?.All(IsHere) == true;

    static bool IsHere(VintageFile? file) =>
        file is { Name.Length: > 0, Sha256: not null } && file.Name is not ("." or "..") && file.Name.AsSpan().IndexOfAny(Path.GetInvalidFileNameChars()) < 0;

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}

/// <summary>A file that was read, where it lay, and the SHA-256 of its bytes as they lay (compressed, if it was).</summary>
public sealed record SourceFile(string Path, string Sha256, long Bytes);

/// <summary>A file of the vintage and the SHA-256 of its bytes.</summary>
public sealed record VintageFile(string Name, string Sha256, long Bytes);

[JsonConverter(typeof(JsonStringEnumConverter<CoverageKind>))]
public enum CoverageKind
{
    /// <summary>Some records of the source, nobody says which: every figure is a lower bound.</summary>
    [JsonStringEnumMemberName("selection")] Selection,
    /// <summary>All records of the source as of its date, as the importer stated.</summary>
    [JsonStringEnumMemberName("complete")] Complete,
    /// <summary>All records that answer one query.</summary>
    [JsonStringEnumMemberName("query")] Query,
}

/// <summary>What a vintage covers. For a query: works of A (and B, or of A with a country), by lineage, in these years.</summary>
public sealed record Coverage(CoverageKind Kind)
{
    /// <summary>ROR ids: of one organisation, or the pair.</summary>
    public string? A { get; init; }
    public string? B { get; init; }

    /// <summary>ISO code of the country that works of A were asked with.</summary>
    public string? With { get; init; }
    public int? FirstYear { get; init; }
    public int? LastYear { get; init; }

    public static Coverage Selection { get; } = new(CoverageKind.Selection);
    public static Coverage Complete { get; } = new(CoverageKind.Complete);
}
