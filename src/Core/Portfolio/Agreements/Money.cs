namespace Entente.Core.Portfolio.Agreements;

/// <summary>An amount that one side plans or spent for a structure in a year, in its own currency.</summary>
public sealed class Money : Cited
{
    public int Id { get; init; }
    public required string Structure { get; init; }

    /// <summary>Key of the organisation that pays.</summary>
    public required string Side { get; init; }
    public required int Year { get; init; }
    public required MoneyKind Kind { get; init; }
    public required MoneyCategory Category { get; init; }
    public required decimal Amount { get; init; }

    /// <summary>ISO 4217 code, such as EUR.</summary>
    public required string Currency { get; init; }
}

public enum MoneyKind { Budget, Spent }

public enum MoneyCategory { Salaries, Mobility, Equipment, Meetings, Other }
