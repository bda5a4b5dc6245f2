using Entente.Core.Kernel;

namespace Entente.Core.Evidence.Pull;

/// <summary>One side of a pull: a ROR id, and the OpenAlex ids (I123) that stand for it.</summary>
public sealed record PullSide(string Ror, IReadOnlyList<string> OpenAlex);

/// <summary>Works of A and B, of A with a country, or of A; by lineage, in a window of years.</summary>
/// <param name="Countries">the codes that make the statistical country <paramref name="With"/></param>
public sealed record PullRequest(PullSide A, PullSide? B, string? With, IReadOnlyList<string> Countries, Years Years)
{
    const string Lineage = "authorships.institutions.lineage";

    /// <summary>The filter in the grammar of OpenAlex: a comma joins conditions, + joins values that must all hold, | values of which one must.</summary>
    public string Filter
    {
        get
        {
            var parts = new List<string>();
            if (B is { OpenAlex: [var b] } && A.OpenAlex is [var a]) parts.Add($"{Lineage}:{a}+{b}");
            else foreach (var side in new[] { A, B }.OfType<PullSide>()) parts.Add($"{Lineage}:{string.Join('|', side.OpenAlex)}");
            if (With is not null) parts.Add($"authorships.institutions.country_code:{string.Join('|', Countries)}");
            parts.Add($"publication_year:{Years}");
            return string.Join(',', parts);
        }
    }

    /// <summary>What the vintage is called, such as “02feahw73 × 041kmwe10, 2017-2022”.</summary>
    public string Name => $"{A.Ror}{(B is null ? "" : $" × {B.Ror}")}{(With is null ? "" : $" × {With}")}, {Years}";

    public Coverage Coverage => new(CoverageKind.Query) { A = A.Ror, B = B?.Ror, With = With, FirstYear = Years.First, LastYear = Years.Last };
}
