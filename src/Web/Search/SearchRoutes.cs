using Entente.Core.Claims;
using Entente.Core.Portfolio;
using Entente.Core.Store;
using Entente.Web.Portfolio;
using Entente.Web.Shell;

namespace Entente.Web.Search;

/// <summary>One thing found: what it is called, where it is, and a line that tells it from the others.</summary>
public sealed record Hit(string Text, string Href, string Detail);

/// <summary>Things of one kind that hold all the words.</summary>
public sealed record HitGroup(string Key, string Title, IReadOnlyList<Hit> Hits);

/// <summary>Looks for words over the whole record, whatever the capitals and accents.</summary>
public static class SearchRoutes
{
    public static void MapSearch(this IEndpointRouteBuilder app) => app.MapGet("/search", async (Work work, PortfolioRecord record, Reader reader, CancellationToken ct) =>
        Answers.Page<SearchPage>(new { Groups = reader["q"] is { } words ? Find(record, await ClaimsQueries.OpenAsync(work, record, ct), words, reader) : [] }));

    public static IReadOnlyList<HitGroup> Find(PortfolioRecord record, IReadOnlyList<Claim> claims, string words, Reader l) =>
    [
        .. new HitGroup[]
        {
            new("structures", l.Say("Structures", "Structures"), [.. PortfolioQueries.Rows(record, new() { Text = words }, DateOnly.MaxValue)
                .Select(r => new Hit(l.Say(r.Structure.SaidName), $"/structures/{r.Structure.Key}", $"{r.Instrument.Code}, {l.Say(r.Since.Text)}"))]),
            new("organisations", "Organisations", [.. record.Organisations.Values
                .Where(o => Words.AllIn(words, [o.Key, o.Name, o.NameFr, o.Short, o.Ror, .. record.Names[o.Key].Select(n => n.Name)]))
                .Select(o => new Hit(PortfolioWords.NameOf(o, l), $"/organisations/{o.Key}", l.Say(PortfolioWords.Name(o.Kind))))]),
            new("people", l.Say("People", "Personnes"), [.. record.Roles.Where(r => Words.AllIn(words, [record.People[r.Person].Name]))
                .DistinctBy(r => (r.Person, r.Structure, r.Kind))
                .Select(r => new Hit(record.People[r.Person].Name, $"/structures/{r.Structure}#people",
                    $"{l.Say(PortfolioWords.Name(r.Kind))}, {l.Say(record.Structures[r.Structure].SaidName)}"))]),
            new("claims", l.Say("Claims", "Affirmations"), [.. claims
                .Where(c => Words.AllIn(words, [c.Key, c.Topic, c.TopicFr, c.Text, c.TextFr, c.Value, c.Period]))
                .Select(c => new Hit(c.Value, $"/claims/{c.Key}", $"{l.Say(c.SaidTopic)}, {string.Join(", ", c.Source.Sources)}"))]),
            new("sources", "Sources", [.. record.Sources.Values.Where(s => Words.AllIn(words, [s.Key, s.Title, s.Publisher]))
                .Select(s => new Hit(s.Title, $"/sources/{s.Key}", $"{s.Key}, {PortfolioWords.DateOf(s, l)}"))]),
        }.Where(group => group.Hits.Count > 0),
    ];
}
