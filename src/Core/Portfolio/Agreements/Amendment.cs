using Entente.Core.Kernel;

namespace Entente.Core.Portfolio.Agreements;

/// <summary>Changes to an agreement in effect that wait for approval. Until then the agreement stands as it was.</summary>
public sealed class Amendment
{
    public int Id { get; init; }
    public required string Agreement { get; init; }

    /// <summary>A JSON object: the cells that change by column, and the organisations that join and leave.</summary>
    public required string Changes { get; set; }
    public string? Reason { get; set; }
    public int? Account { get; init; }
    public required DateTimeOffset At { get; init; }
    public required AmendmentState State { get; set; }

    /// <summary>That of the agreement, but never the public's: only what is in effect is published.</summary>
    public required Audience Audience { get; init; }
}

public enum AmendmentState { Open, InEffect, Withdrawn }
