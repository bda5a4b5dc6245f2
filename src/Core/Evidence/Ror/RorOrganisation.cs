using Entente.Core.Kernel;

namespace Entente.Core.Evidence.Ror;

public enum RorStatus : byte { Active, Inactive, Withdrawn }

public enum RorLink : byte { Child, Parent, Related, Predecessor, Successor }

[Flags]
public enum RorNameKinds : byte { None = 0, Display = 1, Label = 2, Alias = 4, Acronym = 8 }

public sealed record RorName(string Value, RorNameKinds Kinds, string? Lang);

/// <summary>A link as the record of the organisation itself states it. Label is the other's name as that record gives it.</summary>
public sealed record RorRelation(RorLink Type, string Id, string? Label);

/// <summary>A point on the earth, in degrees north and east.</summary>
public readonly record struct RorPlace(double Latitude, double Longitude);

/// <summary>One record of ROR, whichever schema it was written in. Ids are in their nine-character form.</summary>
public sealed record RorOrganisation
{
    public required string Id { get; init; }

    /// <summary>1 or 2: the schema of the source record.</summary>
    public required int Schema { get; init; }
    public required RorStatus Status { get; init; }

    /// <summary>ISO code of the country of the first location; null where the record gives none.</summary>
    public string? Country { get; init; }
    public string? City { get; init; }

    /// <summary>Where the first location is; null where the record does not say, or says no point on the earth.</summary>
    public RorPlace? Place { get; init; }
    public int? Established { get; init; }

    /// <summary>Types in the words of schema 2 (lower case).</summary>
    public IReadOnlyList<string> Types { get; init; } = [];
    public IReadOnlyList<RorName> Names { get; init; } = [];
    public IReadOnlyList<RorRelation> Relations { get; init; } = [];

    // Other registers' ids of the same organisation; the preferred one first where the record names one.
    public IReadOnlyList<string> Grid { get; init; } = [];
    public IReadOnlyList<string> Isni { get; init; } = [];
    public IReadOnlyList<string> Wikidata { get; init; } = [];
    public IReadOnlyList<string> Fundref { get; init; } = [];

    /// <summary>Hosts of its web pages, without www.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>When the record was last changed; schema 1 does not say.</summary>
    public DateOnly? Updated { get; init; }

    public string Name => First(RorNameKinds.Display) ?? First(RorNameKinds.Label) ?? Id;

    public string? Acronym => First(RorNameKinds.Acronym);

    /// <summary>The name in a language where the record has one, else the display name.</summary>
    public string NameIn(Lang lang)
    {
        var code = lang switch { Lang.En => "en", Lang.Fr => "fr" };
        return Names.FirstOrDefault(n => n.Lang == code && (n.Kinds & (RorNameKinds.Label | RorNameKinds.Display)) != 0)?.Value ?? Name;
    }

    public IEnumerable<RorRelation> Links(RorLink type) => Relations.Where(r => r.Type == type);

    string? First(RorNameKinds kind) => Names.FirstOrDefault(n => n.Kinds.HasFlag(kind))?.Value;
}
