using Entente.Core.Kernel;

namespace Entente.Core.Portfolio;

/// <summary>An organisation of the portfolio with the numbers that evidence knows it by.</summary>
public sealed record KnownOrganisation(string Key, string Name, string? NameFr, string? Short, string? Ror, string? Country)
{
    /// <summary>Such as I1294671590; those that the portfolio gives, not those that a vintage adds.</summary>
    public IReadOnlyList<string> OpenAlex { get; init; } = [];

    /// <summary>CORDIS participant codes (PIC) of this organisation alone.</summary>
    public IReadOnlyList<string> Pics { get; init; } = [];

    /// <summary>Its number in the register of research structures.</summary>
    public string? Rnsr { get; init; }
    public IReadOnlyList<string> OtherNames { get; init; } = [];

    public Said SaidName => new(Name, NameFr ?? Name);
}

/// <summary>The organisations that the portfolio knows, by ROR id, key or exact name.</summary>
public static class Organisations
{
    /// <summary>All of them, in order of key.</summary>
    public static IReadOnlyList<KnownOrganisation> All(PortfolioRecord record)
    {
        var numbers = record.Identifiers.Where(i => i.Organisation is not null).ToLookup(i => i.Organisation!);
        return [.. record.Organisations.Values.OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => new KnownOrganisation(o.Key, o.Name, o.NameFr, o.Short, o.Ror, o.Country)
        {
            OpenAlex = Numbers(numbers[o.Key], IdentifierScheme.OpenAlex),
            Pics = Numbers(numbers[o.Key], IdentifierScheme.Pic),
            Rnsr = Numbers(numbers[o.Key], IdentifierScheme.Rnsr).FirstOrDefault(),
            OtherNames = [.. record.Names[o.Key].Select(n => n.Name)],
        })];
    }

    /// <summary>The one that the text names: a ROR id bare or as an address, a key, or a name as written in the portfolio, capitals aside.</summary>
    public static KnownOrganisation? Find(PortfolioRecord record, string text) => Find(All(record), text);

    public static KnownOrganisation? Find(IReadOnlyList<KnownOrganisation> all, string text)
    {
        text = text.Trim();
        return (RorId.Parse(text) is { } ror ? all.FirstOrDefault(o => o.Ror == ror) : null)
            ?? all.FirstOrDefault(o => o.Key == text)
            ?? all.FirstOrDefault(o => Same(o.Name) || Same(o.NameFr))
            ?? all.FirstOrDefault(o => Same(o.Short) || o.OtherNames.Any(Same));

        bool Same(string? name) => string.Equals(name, text, StringComparison.OrdinalIgnoreCase);
    }

    static string[] Numbers(IEnumerable<Identifier> all, IdentifierScheme scheme) => [.. all.Where(i => i.Scheme == scheme).Select(i => i.Value)];
}
