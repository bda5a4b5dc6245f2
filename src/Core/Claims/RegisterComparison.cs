using Entente.Core.Evidence.Rnsr;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Store;

namespace Entente.Core.Claims;

/// <summary>One field of a structure as the portfolio's sources and the imported register give it. Published is null where no source says.</summary>
public sealed record RegisterField(Said Field, Said? Published, IReadOnlyList<string> Sources, Said Register, Verdict Verdict, Said Reason);

/// <summary>A structure beside its entry in the register; Entry is null where none was found by number or code.</summary>
public sealed record RegisterMatch(Structure Structure, RegisterEntry? Entry, string? FoundBy, IReadOnlyList<RegisterField> Fields);

/// <summary>Holds the portfolio against an imported register of research structures. Neither corrects the other.</summary>
public static class RegisterComparison
{
    /// <summary>Every structure with a register number or a code; refused when no register was imported.</summary>
    public static Outcome<List<RegisterMatch>> All(Work work, PortfolioRecord record)
    {
        var register = Registers.Open(work);
        if (!register.Ok) return register.Refusal!;
        var matches = record.Structures.Values.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => Match(record, s, register.Value))
            .Where(m => m.Entry is not null || record.IdentifiersOf(m.Structure.Key).Any());
        return matches.ToList();
    }

    public static RegisterMatch Match(PortfolioRecord record, Structure structure, Register register)
    {
        var numbers = record.IdentifiersOf(structure.Key).ToList();
        foreach (var number in numbers.Where(i => i.Scheme == IdentifierScheme.Rnsr))
            if (register.ByNumber(number.Value) is { } entry) return new(structure, entry, number.Value, Fields(record, structure, entry));
        foreach (var code in numbers.Where(i => i.Scheme is IdentifierScheme.Code or IdentifierScheme.FormerCode))
            if (register.ByCode(code.Value) is [var entry]) return new(structure, entry, code.Value, Fields(record, structure, entry));
        // A name is taken only where it names one international unit: two bodies may share an acronym.
        return new[] { structure.Name, structure.LongName }.OfType<string>().SelectMany(name => register.ByName(name).Where(e => e.IsInternational)).Distinct().ToList() is [var named]
            ? new(structure, named, structure.Name, Fields(record, structure, named))
            : new(structure, null, null, []);
    }

    static List<RegisterField> Fields(PortfolioRecord record, Structure structure, RegisterEntry entry) =>
        [.. new[] { Year(record, structure, entry), Kind(record, structure, entry), Heads(record, structure, entry), Parties(record, structure, entry) }.OfType<RegisterField>()];

    // A register on record must not be held against itself.
    static bool Published(PortfolioRecord record, Cited fact) => fact.Source.Any(c => record.Sources[c.Source].Kind == SourceKind.Document);

    static RegisterField? Year(PortfolioRecord record, Structure structure, RegisterEntry entry)
    {
        if (entry.Year is not { } year) return null;
        var field = new Said("Year of creation", "Année de création");
        var stated = (Lineages.Start(record, structure)?.Statements ?? []).Where(a => a.Date is not null && Published(record, a)).ToList();
        var register = Said.Same(year.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (stated.Count == 0) return new(field, null, [], register, Verdict.NotComparable, NotPublished);
        var apart = stated.Min(a => Math.Abs(a.Date!.Value.Year - year));
        var nearest = stated.MinBy(a => Math.Abs(a.Date!.Value.Year - year))!;
        var reason = apart == 0 ? new Said("The years agree.", "Les années s’accordent.")
            : new Said($"{apart} {(apart == 1 ? "year" : "years")} apart.", $"{apart} {(apart == 1 ? "an" : "ans")} d’écart.");
        return new(field, nearest.Date!.Value.Said, [.. nearest.Source.Sources], register,
            apart == 0 ? Verdict.Consistent : apart == 1 ? Verdict.Explainable : Verdict.Contradictory, reason);
    }

    static RegisterField? Kind(PortfolioRecord record, Structure structure, RegisterEntry entry)
    {
        if (entry.Type.Length == 0) return null;
        var code = record.InstrumentOf(structure).Code;
        var agrees = entry.IsInternational == (record.InstrumentOf(structure).Family == InstrumentFamily.Laboratory);
        return new(new("Kind", "Type"), Said.Same(code), [.. structure.Source.Sources.Where(s => record.Sources[s].Kind == SourceKind.Document)], Said.Same($"{entry.Type} ({string.Join(", ", entry.Codes)})"),
            agrees ? Verdict.Consistent : Verdict.Contradictory,
            agrees ? new("The register’s type of joint laboratories abroad, under its label before 2019.", "Le type que le répertoire donne aux laboratoires communs à l’étranger, sous son label d’avant 2019.")
                : new("The register gives another type.", "Le répertoire donne un autre type."));
    }

    static RegisterField? Heads(PortfolioRecord record, Structure structure, RegisterEntry entry)
    {
        if (entry.Heads.Count == 0) return null;
        var field = new Said("Heads", "Direction");
        var register = Said.Same(string.Join(", ", entry.Heads.Select(h => h.Name)));
        var heads = record.RolesOf(structure.Key).Where(r => r.Kind is RoleKind.Director or RoleKind.DeputyDirector && Published(record, r)).ToList();
        if (heads.Count == 0) return new(field, null, [], register, Verdict.NotComparable, NotPublished);
        var names = heads.Select(r => record.People[r.Person].Name).Distinct().ToList();
        var shared = names.Count(name => entry.Heads.Any(h => Words.Fold(name).EndsWith(Words.Fold(h.Surname), StringComparison.Ordinal)));
        var all = shared == names.Count && shared == entry.Heads.Count;
        return new(field, Said.Same(string.Join(", ", names)), [.. heads.SelectMany(r => r.Source.Sources).Distinct()], register,
            all ? Verdict.Consistent : Verdict.Explainable,
            all ? new("The same persons.", "Les mêmes personnes.") : new("Not the same persons: heads change, and the two need not be of one date.", "Pas les mêmes personnes\u202F: les directions changent, et les deux ne sont pas forcément de la même date."));
    }

    // The register lists French supervisors only, so an absent foreign partner contradicts nothing.
    static RegisterField? Parties(PortfolioRecord record, Structure structure, RegisterEntry entry)
    {
        if (entry.Supervisors.Count == 0) return null;
        var stated = record.Parties[structure.Key].Where(p => p.Organisation is not null && Published(record, p)).ToList();
        var register = Said.Same(string.Join(", ", entry.Supervisors.Select(s => s.Acronym.Length > 0 ? s.Acronym : s.Name).Distinct()));
        var field = new Said("Parties", "Parties");
        if (stated.Count == 0) return new(field, null, [], register, Verdict.NotComparable, NotPublished);
        var partners = stated.Select(p => record.Organisations[p.Organisation!]).Distinct().ToList();
        var unnamed = entry.Supervisors.Where(s => !partners.Any(o => IsSame(record, o, s))).Select(s => s.Name).Distinct().ToList();
        var names = Said.Same(string.Join(", ", partners.Select(o => o.Short ?? o.Name)));
        var by = stated.SelectMany(p => p.Source.Sources).Distinct().ToList();
        return unnamed.Count == 0
            ? new(field, names, by, register, Verdict.Consistent, new("The register names French bodies only; all of them are published.", "Le répertoire ne nomme que les organismes français\u202F; tous sont publiés."))
            : new(field, names, by, register, Verdict.Explainable, new($"The register also names {string.Join(", ", unnamed)}.", $"Le répertoire nomme aussi {string.Join(", ", unnamed)}."));
    }

    static bool IsSame(PortfolioRecord record, Organisation organisation, RegisterSupervisor supervisor) =>
        new[] { organisation.Name, organisation.NameFr, organisation.Short }.Concat(record.Names[organisation.Key].Select(n => n.Name))
            .OfType<string>().Select(Words.Fold).Any(name => name == Words.Fold(supervisor.Name) || name == Words.Fold(supervisor.Acronym));

    static Said NotPublished => new("No other source states it.", "Aucune autre source ne le dit.");
}
