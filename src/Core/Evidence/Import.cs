using Entente.Core.Kernel;

namespace Entente.Core.Evidence;

/// <summary>What every import answers, and what --json prints.</summary>
public sealed record ImportResult(string Vintage, long Records, long Accepted, long Rejected, long Superseded, double Seconds)
{
    /// <summary>OpenAlex: records that the scanner left to the slower reader; null for other kinds.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public long? HandedOver { get; init; }
}

/// <summary>How far a long act has come. Total is in the same unit as Done, or null when it cannot be known.</summary>
public readonly record struct ProgressReport(Said What, long Done, long? Total, long Records);

/// <summary>A record that was not taken in, and why. Listed in the vintage's rejects.jsonl; never dropped silently.</summary>
public sealed record Reject(string File, long Line, Said Reason);
