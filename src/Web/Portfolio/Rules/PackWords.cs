using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Rules;

namespace Entente.Web.Portfolio.Rules;

/// <summary>Packs in words and addresses.</summary>
static class PackWords
{
    public static string Address(PackKey key) => $"/instruments/{key.Instrument}/rules/{key.Slug}";

    /// <summary>Made by CNRS for INSHS, campaign of 2025.</summary>
    public static Said Scope(PortfolioRecord record, PackKey key)
    {
        var parts = new List<Said>
        {
            key.Issuer is { } issuer ? new($"Made by {Short(record, issuer)}", $"Établi par {Short(record, issuer)}") : new("Of no one body", "D’aucun organisme en particulier"),
            key.Institute is { } institute ? new($"for {Short(record, institute)}", $"pour {Short(record, institute)}") : new("for all institutes", "pour tous les instituts"),
        };
        if (key.CampaignYear is { } year) parts.Add(new($"campaign of {year}", $"campagne {year}"));
        if (key.Since is { } since) parts.Add(since.Since());
        if (key.Until is { } until) parts.Add(new($"until {until.In(Lang.En)}", $"jusqu’en {until.In(Lang.Fr)}"));
        return new(string.Join(", ", parts.Select(p => p.En)) + ".", string.Join(", ", parts.Select(p => p.Fr)) + ".");
    }

    static string Short(PortfolioRecord record, string organisation) =>
        record.Organisations.TryGetValue(organisation, out var body) ? PortfolioWords.ShortOf(body) : organisation;
}
