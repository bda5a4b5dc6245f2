using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

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
    /// <summary>All of them, in order of key. Three queries, however many there are.</summary>
    public static IReadOnlyList<KnownOrganisation> All(Db db)
    {
        var names = db.OrganisationNames.AsNoTracking().ToLookup(n => n.Organisation, n => n.Name);
        var numbers = db.Identifiers.AsNoTracking().Where(i => i.Organisation != null).ToLookup(i => i.Organisation!);
        return [.. db.Organisations.AsNoTracking().OrderBy(o => o.Key).AsEnumerable().Select(o => new KnownOrganisation(o.Key, o.Name, o.NameFr, o.Short, o.Ror, o.Country)
        {
            OpenAlex = Numbers(numbers[o.Key], IdentifierScheme.OpenAlex),
            Pics = Numbers(numbers[o.Key], IdentifierScheme.Pic),
            Rnsr = Numbers(numbers[o.Key], IdentifierScheme.Rnsr).FirstOrDefault(),
            OtherNames = [.. names[o.Key]],
        })];
    }

    /// <summary>The one that the text names: a ROR id bare or as an address, a key, or a name as written in the portfolio, capitals aside.</summary>
    public static KnownOrganisation? Find(Db db, string text) => Find(All(db), text);

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
