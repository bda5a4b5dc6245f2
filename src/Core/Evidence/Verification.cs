using System.Text.Json.Serialization;
using Entente.Core.Kernel;

namespace Entente.Core.Evidence;

[JsonConverter(typeof(JsonStringEnumConverter<CheckState>))]
public enum CheckState
{
    [JsonStringEnumMemberName("pass")] Pass,
    [JsonStringEnumMemberName("fail")] Fail,
    /// <summary>What would have to be looked at is no longer there. It neither proves nor disproves.</summary>
    [JsonStringEnumMemberName("gone")] Gone,
}

/// <summary>One thing that verifying looked at. Name is id, definition, vintage, source, segment, perimeter, organisation, value, bounds, stability or digest.</summary>
public sealed record Check(string Name, CheckState State, Said Says);

/// <summary>What verifying a receipt came to. How far statements agree is another word: Portfolio.Verdict.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Recomputation>))]
public enum Recomputation
{
    /// <summary>The receipt recomputes to the same value, bounds and digest.</summary>
    [JsonStringEnumMemberName("verified")] Verified,
    [JsonStringEnumMemberName("differs")] Differs,
    /// <summary>The vintage's own files do not hold what was written: nothing can be said before it is imported again.</summary>
    [JsonStringEnumMemberName("corrupt")] Corrupt,
}

/// <summary>All that verifying found. Recomputed is the figure as it comes out today; null where it could not be recomputed.</summary>
public sealed record Verification(string Receipt, Recomputation Verdict, IReadOnlyList<Check> Checks, double? Value, Bounds? Bounds, string? Digest)
{
    /// <summary>The first reason for which it is not verified; null where it is.</summary>
    public Said? Reason => Checks.FirstOrDefault(c => c.State == CheckState.Fail)?.Says;
}
