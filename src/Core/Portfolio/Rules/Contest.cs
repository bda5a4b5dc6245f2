using Entente.Core.Kernel;

namespace Entente.Core.Portfolio.Rules;

/// <summary>
/// Somebody's objection to what a rule says about a record: shown beside the finding, which stays. Finding names it across reloads,
/// since the rows of rules are numbered anew.
/// </summary>
public sealed class Contest
{
    public int Id { get; init; }

    /// <summary>structures/KEY</summary>
    public required string Subject { get; init; }

    /// <summary>The finding that is contested: RuleFinding.Key.</summary>
    public required string Finding { get; init; }

    /// <summary>The rule as it was quoted when it was contested, so that the objection can be read when the rule has changed.</summary>
    public required string Quoted { get; init; }
    public required string Reason { get; init; }
    public required string Who { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Audience Audience { get; init; }
}
