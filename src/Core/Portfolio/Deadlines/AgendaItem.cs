using Entente.Core.Kernel;

namespace Entente.Core.Portfolio.Deadlines;

/// <summary>Renewal: an agreement must be renewed or let end. Term: a role ends. End: a structure does. The others are as entered, or as a rule asks.</summary>
public enum AgendaKind { Renewal, Report, Review, Term, End, Other }

/// <summary>Something that comes due, entered by somebody or implied by the record.</summary>
public sealed record AgendaItem
{
    /// <summary>The same whenever the agenda is worked out, such as renewals/majulab-2018: calendars know an entry by it.</summary>
    public required string Key { get; init; }
    public required AgendaKind Kind { get; init; }

    /// <summary>The last day on which it is in time.</summary>
    public required DateOnly Due { get; init; }

    /// <summary>How many days before it people want to be told.</summary>
    public required int LeadDays { get; init; }
    public required Said Title { get; init; }

    /// <summary>Why it is due then.</summary>
    public required Said Why { get; init; }
    public required string Structure { get; init; }
    public string? Agreement { get; init; }

    /// <summary>Key of the partner that must see to it; null for all.</summary>
    public string? Side { get; init; }
    public required Citations Source { get; init; }

    /// <summary>The row, where somebody entered it; what the record implies is done by changing the record.</summary>
    public Deadline? Entered { get; init; }

    public PartialDate? Done => Entered?.Done;

    /// <summary>The address that shows it.</summary>
    public string Address => Agreement is not null ? $"/agreements/{Agreement}" : $"/structures/{Structure}";
}

/// <summary>What the agenda can be narrowed to; a null part narrows nothing.</summary>
public sealed record AgendaFilter
{
    /// <summary>Key of a partner: what it must see to itself, and what all must, of the structures behind which it stands.</summary>
    public string? Side { get; init; }
    public AgendaKind? Kind { get; init; }
    public string? Structure { get; init; }

    /// <summary>Also what was done.</summary>
    public bool Done { get; init; }

    /// <summary>due (the default), title, kind or structure; with a leading minus the other way round.</summary>
    public string? Sort { get; init; }
}

/// <summary>When an entry must be looked at.</summary>
public enum AgendaPart { Overdue, Soon, Later, Done }
