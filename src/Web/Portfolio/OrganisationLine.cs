using Entente.Core.Claims;
using Entente.Core.Portfolio;
using Entente.Web.Api;

namespace Entente.Web.Portfolio;

/// <summary>An organisation as lists show it, page and API alike.</summary>
public sealed record OrganisationLine(
    string Key, string Kind, string Name, string? Short, string? Ror, string? Country, string? Parent, int Structures, IReadOnlyList<string> Sources)
{
    public static Listing<OrganisationLine> Columns { get; } = new(
        new("key", r => r.Key), new("kind", r => r.Kind), new("name", r => r.Name), new("short", r => r.Short), new("ror", r => r.Ror),
        new("country", r => r.Country), new("parent", r => r.Parent), new("structures", r => r.Structures), new("sources", r => r.Sources));

    public static IEnumerable<OrganisationLine> All(PortfolioRecord record) => record.Organisations.Values
        .Select(o => new OrganisationLine(o.Key, o.Kind.ToString().ToLowerInvariant(), o.Name, o.Short, o.Ror, o.Country, o.Parent,
            record.Parties.Count(parties => parties.Any(p => p.Organisation == o.Key)), [.. o.Source.Sources.Distinct()]))
        .OrderByDescending(r => r.Structures).ThenBy(r => r.Name, StringComparer.OrdinalIgnoreCase);
}

/// <summary>A source as lists show it, page and API alike.</summary>
public sealed record SourceLine(string Key, string Kind, string Title, string Publisher, string? Date, string? DateNote, string? Url, int Facts, int Claims)
{
    public static Listing<SourceLine> Columns { get; } = new(
        new("key", r => r.Key), new("kind", r => r.Kind), new("title", r => r.Title), new("publisher", r => r.Publisher), new("date", r => r.Date),
        new("dateNote", r => r.DateNote), new("url", r => r.Url), new("facts", r => r.Facts), new("claims", r => r.Claims));

    public static IEnumerable<SourceLine> All(PortfolioRecord record, IReadOnlyList<Claim> claims)
    {
        var facts = CitationLine.All(record, Shell.Reader.English).SelectMany(line => line.Source.Sources.Distinct()).CountBy(key => key).ToDictionary();
        return record.Sources.Values.OrderBy(s => s.Kind).ThenBy(s => s.Key, StringComparer.Ordinal).Select(s => new SourceLine(
            s.Key, s.Kind.ToString().ToLowerInvariant(), s.Title, s.Publisher, s.Date?.ToString(), s.DateNote, s.Url, facts.GetValueOrDefault(s.Key), claims.Count(c => c.Source.Cites(s.Key))));
    }
}
