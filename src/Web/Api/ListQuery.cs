
namespace Entente.Web.Api;

/// <summary>What every list can be asked: a page, an order, words, a format.</summary>
public sealed record ListQuery
{
    public const int DefaultSize = 100;
    public const int MaxSize = 1000;

    public int? Page { get; init; }

    public int? Size { get; init; }

    public string? Sort { get; init; }

    public string? Q { get; init; }

    public string? Format { get; init; }
}

/// <summary>What a list that is too long to sort can be asked: a page.</summary>
public sealed record PageQuery
{
    public int? Page { get; init; }
    public int? Size { get; init; }
}
