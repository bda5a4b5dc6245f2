using Entente.Core.Kernel;

namespace Entente.Core.Portfolio;

/// <summary>One instance of an instrument: a laboratory, a project, a network, a centre, a programme.</summary>
public sealed class Structure : Cited
{
    public required string Key { get; init; }
    public required string Instrument { get; init; }
    public required string Name { get; init; }
    public string? NameFr { get; init; }
    public string? LongName { get; init; }

    /// <summary>False where the sources mention it without a name; Name then describes it.</summary>
    public required bool Named { get; init; }

    /// <summary>ISO code of the partner's country: the side that is not the issuer's.</summary>
    public string? Country { get; init; }

    /// <summary>True until each side concerned has approved it. What a source publishes is never a draft.</summary>
    public bool Draft { get; init; }

    public Said SaidName => new(Name, NameFr ?? Name);
}

/// <summary>
/// Something that happened to a structure, as one statement dates it. Two statements of one event are two acts with the same Event.
/// </summary>
public sealed class Act : Cited
{
    public int Id { get; init; }
    public required string Structure { get; init; }

    /// <summary>Which event it dates, such as founding or agreement-2017: statements about the same event share it.</summary>
    public required string Event { get; init; }
    public PartialDate? Date { get; init; }

    /// <summary>Where the statement spans time: the end of a PICS that ran from 2007 to 2010.</summary>
    public PartialDate? Until { get; init; }
    public required DateKind DateKind { get; init; }

    /// <summary>The instrument it became by this act; null where the act changes none.</summary>
    public string? Instrument { get; init; }

    /// <summary>The label as the source writes it, even where it did not exist yet.</summary>
    public string? Label { get; init; }

    /// <summary>The name that it bore then, where it differs.</summary>
    public string? NameThen { get; init; }
    public required string What { get; init; }
    public required string WhatFr { get; init; }

    public Said SaidWhat => new(What, WhatFr);
}

/// <summary>
/// What a date is the date of. Sources mix them, so they are kept apart. Unspecified: the source says only "created", "established",
/// or gives a year. Running: seen at work then, the start is not published.
/// </summary>
public enum DateKind { Unspecified, Agreed, Signed, Effective, Inaugurated, Announced, Launched, Running, Suspended, Ended }

/// <summary>
/// A signed text behind a structure. Its dates are the acts and its parties the parties that bear the same Event, so that each keeps
/// its own source; what no source states of it, such as its end, has no row.
/// </summary>
public sealed class Agreement : Cited
{
    public required string Key { get; init; }
    public required string Structure { get; init; }
    public required string Event { get; init; }
    public required string Title { get; init; }
    public string? TitleFr { get; init; }

    /// <summary>Key of the agreement that it renews or replaces.</summary>
    public string? Replaces { get; init; }

    /// <summary>The first day that its text covers; the day on which it did take effect is an act.</summary>
    public PartialDate? Starts { get; init; }

    /// <summary>The last day that it covers; null where the text or its sources do not say.</summary>
    public PartialDate? Ends { get; init; }

    /// <summary>How long before its end a renewal must be begun.</summary>
    public int? LeadMonths { get; init; }

    /// <summary>Whether the text allows a renewal; null where it does not say.</summary>
    public bool? Renewable { get; init; }
    public string? Terms { get; init; }
    public string? TermsFr { get; init; }

    /// <summary>The day on which it was let end, or is to be, once that was decided; with the reason.</summary>
    public PartialDate? Ended { get; init; }
    public string? EndedWhy { get; init; }

    /// <summary>True until each side concerned has approved it. What a source publishes is never a draft.</summary>
    public bool Draft { get; init; }

    public Said SaidTitle => new(Title, TitleFr ?? Title);
}

/// <summary>An organisation that a source names as standing behind a structure.</summary>
public sealed class Party : Cited
{
    public int Id { get; init; }
    public required string Structure { get; init; }

    /// <summary>Null where the source counts parties without naming them.</summary>
    public string? Organisation { get; init; }
    public required PartyRole Role { get; init; }

    /// <summary>The name that the source gives it, such as UPMC for what is now Sorbonne Université.</summary>
    public string? NameThen { get; init; }

    /// <summary>The event by which it became a party.</summary>
    public string? Event { get; init; }

    /// <summary>Key of the agreement that it is a party to; null for a party to the structure as a whole.</summary>
    public string? Agreement { get; init; }
    public PartialDate? Since { get; init; }
    public PartialDate? Until { get; init; }
}

/// <summary>Supervisor and participant are the register's words (tutelle, participant), parent is ROR's.</summary>
public enum PartyRole { Founder, Party, Supervisor, Participant, Parent }

/// <summary>Where a structure is. A mirror site is its second home in the other country.</summary>
public sealed class Site : Cited
{
    public int Id { get; init; }
    public required string Structure { get; init; }
    public required SiteKind Kind { get; init; }
    public required string Name { get; init; }
    public string? NameFr { get; init; }
    public string? Organisation { get; init; }
    public string? Country { get; init; }
    public PartialDate? Since { get; init; }
    public PartialDate? Until { get; init; }
}

public enum SiteKind { Main, Mirror, Partner }

/// <summary>That a structure belongs to an umbrella centre.</summary>
public sealed class Belonging : Cited
{
    public int Id { get; init; }
    public required string Structure { get; init; }
    public required string Centre { get; init; }
    public PartialDate? Since { get; init; }
    public PartialDate? Until { get; init; }
}
