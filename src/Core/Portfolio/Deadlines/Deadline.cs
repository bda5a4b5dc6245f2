using Entente.Core.Kernel;

namespace Entente.Core.Portfolio.Deadlines;

/// <summary>
/// A day by which something must be done for a structure or an agreement, as somebody entered it. What the record implies by itself,
/// such as the renewal of an agreement that ends, has no row: the agenda works it out.
/// </summary>
public sealed class Deadline : Cited
{
    public required string Key { get; init; }

    /// <summary>Key of what it is about: a structure or an agreement, exactly one of the two.</summary>
    public string? Structure { get; init; }
    public string? Agreement { get; init; }
    public required DeadlineKind Kind { get; init; }
    public required string Title { get; init; }
    public string? TitleFr { get; init; }

    /// <summary>As precise as it is known; it falls due on its last day.</summary>
    public required PartialDate Due { get; init; }

    /// <summary>How many days before it people want to be told; null where nobody said.</summary>
    public int? LeadDays { get; init; }

    /// <summary>Key of the partner that must see to it; null for both.</summary>
    public string? Side { get; init; }

    /// <summary>When it was done, and by whom as the journal names them; null while it is open.</summary>
    public PartialDate? Done { get; internal set; }
    public string? DoneBy { get; internal set; }

    public Said SaidTitle => new(Title, TitleFr ?? Title);
}

public enum DeadlineKind { Report, Review, Renewal, Other }
