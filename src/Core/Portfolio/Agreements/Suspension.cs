namespace Entente.Core.Portfolio.Agreements;

/// <summary>
/// That one side suspended the work of a structure, or a part of it. Each side suspends and resumes for itself, so several may run
/// at once: the structure works again when the last one is lifted.
/// </summary>
public sealed class Suspension : Cited
{
    public int Id { get; init; }
    public required string Structure { get; init; }

    /// <summary>Key of the organisation that declared it.</summary>
    public required string Side { get; init; }
    public required PartialDate Since { get; init; }

    /// <summary>The first date on which work went on; null while it runs.</summary>
    public PartialDate? Until { get; init; }
    public required string Reason { get; init; }

    /// <summary>What is suspended: everything, or which part.</summary>
    public required string Scope { get; init; }
    public string? ResumedWhy { get; init; }

    public bool RunsOn(DateOnly day) => Since.First <= day && (Until is not { } until || day < until.First);
}
