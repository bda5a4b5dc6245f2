namespace Entente.Core.Portfolio;

/// <summary>Someone named by a source for a role. Nothing else about a person is kept.</summary>
public sealed class Person : Cited
{
    public required string Key { get; init; }
    public required string Name { get; init; }
    public string? Orcid { get; init; }
}

/// <summary>
/// What a person does in a structure, on behalf of one side. Side belongs to the role: the same person can hold roles on both.
/// </summary>
public sealed class Role : Cited
{
    public int Id { get; init; }
    public required string Person { get; init; }
    public required string Structure { get; init; }
    public required RoleKind Kind { get; init; }

    /// <summary>Key of the partner on whose behalf; null where the source does not say.</summary>
    public string? Side { get; init; }

    /// <summary>Key of the laboratory or department.</summary>
    public string? Affiliation { get; init; }
    public PartialDate? Since { get; init; }
    public PartialDate? Until { get; init; }
}

/// <summary>AlsoAt: works there too, without another role.</summary>
public enum RoleKind { Director, DeputyDirector, Coordinator, AlsoAt }
