using Entente.Core.Kernel;

namespace Entente.Core.Portfolio.Rules;

/// <summary>Roles that the rules ask for and nobody on record holds, and roles held by more than they say.</summary>
static class RoleChecks
{
    public static IEnumerable<RuleFinding> Of(Lens lens, Applied applied, IReadOnlyList<Applied> all) => applied.Rule.Field switch
    {
        "directors" => Heads(lens, applied, RoleKind.Director, new("director", "directeur")),
        "deputy-directors" => Heads(lens, applied, RoleKind.DeputyDirector, new("deputy director", "directeur adjoint")),
        "coordinators.per-side" => Coordinators(lens, applied, all.Any(a => a.Rule is { Field: "coordinators.shared", Value: "yes" })),
        _ => [],
    };

    static IEnumerable<RuleFinding> Heads(Lens lens, Applied applied, RoleKind kind, Said name)
    {
        var held = lens.Facts.Holders.Where(h => h.Kind == kind).Select(h => h.Person).Distinct().Count();
        if (held < Asked(applied)) yield return lens.Finding(applied, FindingKind.Missing, FindingPlace.People, "", Vacant(held, name, null));
        if (held > Asked(applied)) yield return lens.Finding(applied, FindingKind.Departs, FindingPlace.People, "", TooMany(held, name, null));
    }

    // A side is told by its country: a university and a national body of one country stand on the same side.
    static IEnumerable<RuleFinding> Coordinators(Lens lens, Applied applied, bool shared)
    {
        var sides = lens.Facts.Parties.Select(key => lens.Record.Organisations[key]).Where(o => o is { Country: not null, Kind: OrganisationKind.Institution })
            .GroupBy(o => o.Country!).ToList();
        var name = new Said("coordinator", "coordinateur");
        if (sides.Count < 2) yield break;
        foreach (var side in sides)
        {
            var bodies = string.Join(", ", side.Select(o => o.Short ?? o.Name));
            var held = lens.Facts.Holders.Where(h => h.Kind == RoleKind.Coordinator && h.Side is { } key && CountryOf(lens, key) == side.Key).Select(h => h.Person).Distinct().Count();
            if (held < Asked(applied)) yield return lens.Finding(applied, FindingKind.Missing, FindingPlace.People, side.Key, Vacant(held, name, bodies));
            if (held > Asked(applied) && !shared) yield return lens.Finding(applied, FindingKind.Departs, FindingPlace.People, side.Key, TooMany(held, name, bodies));
        }
    }

    static string? CountryOf(Lens lens, string organisation) => lens.Record.Organisations.TryGetValue(organisation, out var body) ? body.Country : null;

    static decimal Asked(Applied applied) => RuleVocabulary.Number(applied.Rule.Value) ?? 0;

    static Said Vacant(int held, Said role, string? side)
    {
        var (of, de) = (side is null ? "" : $" for {side}", side is null ? "" : $" pour {side}");
        return held == 0 ? new($"No {role.En} on record{of}.", $"Aucun {role.Fr} au registre{de}.") : new($"Only {held} {role.En} on record{of}.", $"Seulement {held} {role.Fr} au registre{de}.");
    }

    static Said TooMany(int held, Said role, string? side)
    {
        var (of, de) = (side is null ? "" : $" for {side}", side is null ? "" : $" pour {side}");
        return new($"{held} times {role.En} on record{of}.", $"{held} fois {role.Fr} au registre{de}.");
    }
}
