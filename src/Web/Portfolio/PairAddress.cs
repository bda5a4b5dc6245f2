using Entente.Core.Portfolio;

namespace Entente.Web.Portfolio;

/// <summary>Two organisations as one partnership: how it is called, and where it is shown in numbers.</summary>
public sealed record PairAddress(Organisation A, Organisation B)
{
    public string Title => $"{PortfolioWords.ShortOf(A)}–{PortfolioWords.ShortOf(B)}";

    public string Href => $"/partnerships/{A.Key}/{B.Key}";

    /// <summary>The pair behind a structure, where its sources name exactly two institutions.</summary>
    public static PairAddress? Of(PortfolioRecord record, Structure? structure) =>
        structure is not null && record.PartnersOf(structure.Key).ToList() is [var a, var b] ? new(a, b) : null;
}
