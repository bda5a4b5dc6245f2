using Entente.Core.Kernel;

namespace Entente.Core.Portfolio.Agreements;

/// <summary>A facility, a body of data or an infrastructure that the sides share through a structure.</summary>
public sealed class Shared : Cited
{
    public int Id { get; init; }
    public required string Structure { get; init; }
    public required SharedKind Kind { get; init; }
    public required string Name { get; init; }
    public string? NameFr { get; init; }

    /// <summary>Key of the organisation that provides it; null where no source says.</summary>
    public string? Side { get; init; }

    /// <summary>On what terms it is shared.</summary>
    public string? Terms { get; init; }
    public string? TermsFr { get; init; }

    public Said SaidName => new(Name, NameFr ?? Name);
}

public enum SharedKind { Facility, Data, Infrastructure }
