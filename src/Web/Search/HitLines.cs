using Entente.Core.Claims;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Store.Search;
using Entente.Web.Portfolio;
using Entente.Web.Shell;

namespace Entente.Web.Search;

/// <summary>How what was found is shown. What the reader's record does not hold is not shown, whatever the index says.</summary>
public sealed class HitLines(PortfolioRecord record, Reader l, IReadOnlyDictionary<string, Claim> claims)
{
    /// <summary>The kinds that have a page, in the order of this one.</summary>
    public static IReadOnlyDictionary<string, Said> Titles { get; } = new Dictionary<string, Said>
    {
        ["structures"] = new("Structures", "Structures"),
        ["organisations"] = new("Organisations", "Organisations"),
        ["people"] = new("People", "Personnes"),
        ["agreements"] = new("Agreements", "Accords"),
        ["claims"] = new("Claims", "Affirmations"),
        ["sources"] = new("Sources", "Sources"),
        ["instruments"] = new("Instruments", "Instruments"),
    };

    public Hit? Of(Found found) => found.Kind switch
    {
        "structures" => record.Structures.TryGetValue(found.Key, out var s) ? Structure(s) : null,
        "organisations" => record.Organisations.TryGetValue(found.Key, out var o)
            ? new(PortfolioWords.NameOf(o, l), $"/organisations/{o.Key}", l.Say(PortfolioWords.Name(o.Kind))) : null,
        "people" => record.People.TryGetValue(found.Key, out var p) ? Person(p) : null,
        "agreements" => record.FindAgreement(found.Key) is { } a
            ? new(l.Say(a.SaidTitle), $"/agreements/{a.Key}", l.Say(record.Structures[a.Structure].SaidName)) : null,
        "claims" => claims.TryGetValue(found.Key, out var c)
            ? new(c.Value, $"/claims/{c.Key}", $"{l.Say(c.SaidTopic)}, {string.Join(", ", c.Source.Sources)}") : null,
        "sources" => record.Sources.TryGetValue(found.Key, out var source)
            ? new(source.Title, $"/sources/{source.Key}", $"{source.Key}, {PortfolioWords.DateOf(source, l)}") : null,
        "instruments" => record.Instruments.TryGetValue(found.Key, out var i) ? new(l.Say(i.SaidName), $"/instruments/{i.Key}", i.Code) : null,
        _ => null,
    };

    Hit Structure(Structure s) => new(l.Say(s.SaidName), $"/structures/{s.Key}", $"{record.InstrumentOf(s).Code}, {l.Say(PortfolioQueries.SinceOf(record, s).Text)}");

    Hit Person(Person p)
    {
        var roles = record.RolesOfPerson(p.Key).DistinctBy(r => (r.Structure, r.Kind)).ToList();
        var detail = string.Join("; ", roles.Take(3).Select(r => $"{l.Say(PortfolioWords.Name(r.Kind))}, {l.Say(record.Structures[r.Structure].SaidName)}"));
        return new(p.Name, roles.Count == 0 ? null : $"/structures/{roles[0].Structure}#people", detail);
    }
}
