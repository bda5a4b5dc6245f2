using System.Text.Json;
using System.Text.Json.Serialization;

namespace Entente.Core.Evidence;

/// <summary>An organisation of a receipt: the OpenAlex ids (I123) that stood for its ROR id, and its participant codes where those were used.</summary>
public sealed record ReceiptOrganisation(string Side, string? Key, string? Ror, string Name, IReadOnlyList<string> OpenAlex, IReadOnlyList<string> Pics);

public sealed record ReceiptPerimeter(string Key, int Version, string Release, string Hash);

/// <summary>The release of ROR that says where institutions are, and from how many kilometres on a distance is long, where that matters.</summary>
public sealed record ReceiptPlaces(string Release)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Kilometres { get; init; }
}

/// <summary>What was counted and what was left out.</summary>
/// <param name="Retracted">excluded, or included where it was asked for</param>
/// <param name="Types">all, or those that count, with commas between</param>
public sealed record ReceiptFilters(int? FirstYear, int? LastYear, string Retracted, string Paratext, string Types, string? With)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Topic { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Subfield { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Field { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Domain { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Goal { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Funder { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? OpenAccess { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Corpus { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? AuthorsMax { get; init; }

    internal static ReceiptFilters Of(Question question) => new(question.Years?.First, question.Years?.Last,
        question.Filters.WithRetracted ? "included" : "excluded", "excluded", question.Filters.Types ?? "all", question.With)
    {
        Topic = question.Filters.Topic, Subfield = question.Filters.Subfield, Field = question.Filters.Field, Domain = question.Filters.Domain, Goal = question.Filters.Goal,
        Funder = question.Filters.Funder, OpenAccess = question.Filters.OpenAccess, Corpus = question.Filters.Corpus, AuthorsMax = question.Filters.AuthorsMax,
    };

    /// <summary>The filters that the question had.</summary>
    [JsonIgnore]
    public Filters Among => new()
    {
        Topic = Topic, Subfield = Subfield, Field = Field, Domain = Domain, Goal = Goal, Funder = Funder, OpenAccess = OpenAccess, Corpus = Corpus, AuthorsMax = AuthorsMax,
        Types = Types is null or "all" ? null : Types, WithRetracted = Retracted == "included",
    };
}

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

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReceiptPlaces? Places { get; init; }
    public string? Coverage { get; init; }
    public required double? Value { get; init; }
    public required Bounds Bounds { get; init; }
    /// <summary>With its seed, where it was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StabilityInterval? Stability { get; init; }
    public required string Digest { get; init; }
    public required string Sql { get; init; }

    /// <summary>What ClickHouse is asked for it, where the vintage was exported; null in receipts issued before it was.</summary>
    public string? ClickHouse { get; init; }

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
