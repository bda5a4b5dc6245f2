using Entente.Core.Kernel;

namespace Entente.Core.Portfolio;

/// <summary>A kind of cooperation, as its issuers offer it. Its rules are rows of their own, since they move.</summary>
public sealed class Instrument : Cited
{
    public required string Key { get; init; }

    /// <summary>The label that it bears today, such as IRL.</summary>
    public required string Code { get; init; }

    /// <summary>Keys of the organisations that issue it, separated by semicolons; null where no source says.</summary>
    public string? Issuers { get; init; }
    public required InstrumentFamily Family { get; init; }
    public required string Name { get; init; }
    public string? NameFr { get; init; }
    public required string Description { get; init; }
    public required string DescriptionFr { get; init; }

    public Said SaidName => new(Name, NameFr ?? Name);
    public Said SaidDescription => new(Description, DescriptionFr);
}

public enum InstrumentFamily { Centre, Laboratory, Project, Network, Doctoral, Fund, Mobility, Programme }

/// <summary>A label that an instrument bears or bore, and in which years: UMI until 2019, IRL since.</summary>
public sealed class Label : Cited
{
    public int Id { get; init; }
    public required string Instrument { get; init; }
    public required string Code { get; init; }
    public string? Name { get; init; }
    public string? NameFr { get; init; }

    /// <summary>First day it was borne; null: before anything that the record holds.</summary>
    public PartialDate? Since { get; init; }

    /// <summary>First day it was no longer borne; null: still borne.</summary>
    public PartialDate? Until { get; init; }

    public bool BorneOn(DateOnly day) => (Since is not { } since || since.First <= day) && (Until is not { } until || day < until.First);
}

/// <summary>
/// One value of a rule pack. A pack is the rows that share issuer, institute, instrument, campaign year, days and version. Two
/// sources with two values are two rows; a rule that no source states has no row.
/// </summary>
public sealed class Rule : Cited
{
    public int Id { get; init; }
    public string? Issuer { get; init; }
    public string? Institute { get; init; }
    public required string Instrument { get; init; }
    public int? CampaignYear { get; init; }

    /// <summary>First day it held; null: before anything that the record holds.</summary>
    public PartialDate? Since { get; init; }

    /// <summary>First day it no longer held; null: still in force, as far as the sources tell.</summary>
    public PartialDate? Until { get; init; }
    public required int Version { get; init; }

    /// <summary>A field of Rules.RuleVocabulary, such as duration.</summary>
    public required string Field { get; init; }

    /// <summary>A number in figures, yes or no, or text, as the field asks.</summary>
    public required string Value { get; init; }

    /// <summary>years, months, persons, a currency; null for a text.</summary>
    public string? Unit { get; init; }
    public string? ValueFr { get; init; }
}
