using System.Text.Json;
using System.Text.Json.Serialization;

namespace Entente.Core.Evidence;

/// <summary>An organisation of a receipt: the OpenAlex ids (I123) that stood for its ROR id, and its participant codes where those were used.</summary>
public sealed record ReceiptOrganisation(string Side, string? Key, string? Ror, string Name, IReadOnlyList<string> OpenAlex, IReadOnlyList<string> Pics);

public sealed record ReceiptPerimeter(string Key, int Version, string Release, string Hash);

/// <summary>What was counted and what was left out.</summary>
public sealed record ReceiptFilters(int? FirstYear, int? LastYear, string Retracted, string Paratext, string Types, string? With);

/// <summary>A source file of a vintage: with these bytes, an import makes the same vintage again. Its path stays private.</summary>
public sealed record ReceiptSource(string Vintage, string Name, string Sha256);

public sealed record Definition(string Key, int Version, string Text);

/// <summary>
/// All that is needed to recompute a figure. Id is the SHA-256 of the receipt as canonical JSON (RFC 8785) without id.
/// </summary>
public sealed record Receipt
{
    public string? Id { get; init; }
    public required string Figure { get; init; }
    public required Definition Definition { get; init; }
    public required IReadOnlyList<ReceiptOrganisation> Organisations { get; init; }
    public required IReadOnlyList<ReceiptPerimeter> Perimeters { get; init; }
    public required IReadOnlyList<string> Vintages { get; init; }
    public required IReadOnlyList<ReceiptSource> Sources { get; init; }
    public required bool Synthetic { get; init; }
    public required Membership Membership { get; init; }
    public required Counting Counting { get; init; }
    public required ReceiptFilters Filters { get; init; }
    public required string CountryTable { get; init; }
    public string? Coverage { get; init; }
    public required double? Value { get; init; }
    public required Bounds Bounds { get; init; }
    public required string Digest { get; init; }
    public required string Sql { get; init; }

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
