namespace Entente.Core.Portfolio;

/// <summary>A body that is party to something, or part of one that is: an institution, an institute of it, a laboratory.</summary>
public sealed class Organisation : Cited
{
    public required string Key { get; init; }
    public required OrganisationKind Kind { get; init; }
    public required string Name { get; init; }
    public string? NameFr { get; init; }
    public string? Short { get; init; }

    /// <summary>Nine characters; null where the register holds none that is surely this body.</summary>
    public string? Ror { get; init; }

    /// <summary>ISO 3166 code.</summary>
    public string? Country { get; init; }

    /// <summary>Key of the body that it is an institute or laboratory of.</summary>
    public string? Parent { get; init; }
}

public enum OrganisationKind { Institution, Institute, Laboratory }

/// <summary>Another name that an organisation bears, bore, or is given by one source.</summary>
public sealed class OrganisationName : Cited
{
    public int Id { get; init; }
    public required string Organisation { get; init; }
    public required string Name { get; init; }
    public required NameKind Kind { get; init; }
    public PartialDate? Since { get; init; }
    public PartialDate? Until { get; init; }
}

public enum NameKind { Also, Former }

/// <summary>A number that a register gives to an organisation or to a structure; exactly one of the two is set.</summary>
public sealed class Identifier : Cited
{
    public int Id { get; init; }
    public string? Organisation { get; init; }
    public string? Structure { get; init; }
    public required IdentifierScheme Scheme { get; init; }
    public required string Value { get; init; }
}

/// <summary>Code is the issuer's own number of a structure, such as IRL 3654; FormerCode the one it bore under another label.</summary>
public enum IdentifierScheme { Ror, OpenAlex, Pic, Rnsr, Code, FormerCode }
