using Entente.Core.Kernel;

namespace Entente.Core.Portfolio;

/// <summary>
/// Which of several statements an office takes as right, and why. It corrects nothing: the others stay on record and in sight. One
/// for each field of a record and audience.
/// </summary>
public sealed class Settlement
{
    public int Id { get; init; }

    /// <summary>structures/KEY, or instruments/KEY for a rule.</summary>
    public required string Subject { get; init; }

    /// <summary>The field of the disagreement, such as start.</summary>
    public required string Field { get; init; }

    /// <summary>The statement that is accepted, as Disagreements words it in English: its words name it across reloads.</summary>
    public required string Accepted { get; init; }
    public required string Reason { get; init; }
    public required string Who { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Audience Audience { get; init; }
}
