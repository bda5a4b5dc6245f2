namespace Entente.Core.Portfolio.Agreements;

/// <summary>That somebody signed an agreement on behalf of a side.</summary>
public sealed class Signature : Cited
{
    public int Id { get; init; }
    public required string Agreement { get; init; }

    /// <summary>Key of the organisation that it binds.</summary>
    public required string Side { get; init; }
    public required string Signatory { get; init; }

    /// <summary>What the signatory is, such as President.</summary>
    public string? Office { get; init; }
    public PartialDate? Date { get; init; }
    public string? Place { get; init; }
}
