using Entente.Core.Portfolio;

namespace Entente.Web.Evidence;

/// <summary>A pair of organisations that the portfolio joins, and by how much.</summary>
/// <param name="A">key of the one</param>
/// <param name="B">key of the other</param>
/// <param name="NameA">its short name</param>
/// <param name="NameB">the short name of the other</param>
/// <param name="Structures">structures and programmes that name both</param>
/// <param name="Kinds">their kinds, such as IRC and IRL</param>
public sealed record PartnershipRow(string A, string B, string NameA, string NameB, string? CountryA, string? CountryB, int Structures, IReadOnlyList<string> Kinds)
{
    /// <summary>The pairs of institutions that stand behind one structure or more; the pairs with a centre first, then by number.</summary>
    public static IReadOnlyList<PartnershipRow> All(PortfolioRecord record)
    {
        var (organisations, structures, instruments) = (record.Organisations, record.Structures, record.Instruments);
        var parties = record.Parties.SelectMany(p => p).Where(p => p.Organisation is not null).OrderBy(p => p.Id).ToList();
        var rank = parties.GroupBy(p => p.Organisation!).ToDictionary(g => g.Key, g => g.Select(p => p.Structure).Distinct().Count());
        var pairs = from structure in parties.GroupBy(p => p.Structure)
                    let members = structure.Select(p => p.Organisation!).Distinct().Where(key => organisations[key].Kind == OrganisationKind.Institution).ToList()
                    from a in members
                    from b in members
                    where (rank[b], a).CompareTo((rank[a], b)) < 0
                    group structures[structure.Key] by (a, b) into pair
                    let kinds = pair.Select(s => instruments[s.Instrument]).ToList()
                    orderby kinds.Any(k => k.Family == InstrumentFamily.Centre) descending, pair.Count() descending, pair.Key.a, pair.Key.b
                    select new PartnershipRow(pair.Key.a, pair.Key.b, NameOf(organisations[pair.Key.a]), NameOf(organisations[pair.Key.b]),
                        organisations[pair.Key.a].Country, organisations[pair.Key.b].Country, pair.Count(), [.. kinds.Select(k => k.Code).Distinct().Order(StringComparer.Ordinal)]);
        return [.. pairs];
    }

    static string NameOf(Organisation organisation) => organisation.Short ?? organisation.Name;
}
