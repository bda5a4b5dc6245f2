using Entente.Core.Evidence.Ror;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Store;

namespace Entente.Core.Evidence;

/// <summary>From what a person writes to the definition of a perimeter: a key of ours, a ROR id, a key or name of the portfolio, an exact name in ROR.</summary>
public static class PerimeterKeys
{
    /// <summary>The latest version of the definition that a key, a ROR id or an exact name stands for.</summary>
    public static Outcome<PerimeterDefinition> Definition(Work work, string name)
    {
        if (RorId.Parse(name) is { } root) return OfRoot(work, root);
        if (PerimeterDefinition.Of(name.Trim().ToLowerInvariant()) is { } shipped) return shipped;
        if (Organisations.Find(PortfolioRecord.Of(work), name) is { } known) return known.Ror is { } ror ? OfRoot(work, ror) : NoRor(known.Name);
        var named = RorNames.Resolve(work, name);
        return named.Refusal is { } unknown ? unknown : OfRoot(work, named.Value);
    }

    /// <summary>This version of a perimeter, as a receipt names it; null where there is no such version.</summary>
    public static PerimeterDefinition? Definition(Work work, string key, int version) => PerimeterDefinition.Of(key, version)
        ?? (version == 1 && Organisations.Find(PortfolioRecord.Of(work), key) is { Ror: { } ror } known && known.Key == key ? Tree(key, ror) : null);

    /// <summary>Every perimeter that has a key: those that ship with the program, and the institutions of the portfolio that ROR knows.</summary>
    public static IReadOnlyList<PerimeterDefinition> All(Work work)
    {
        var shipped = PerimeterDefinition.All.GroupBy(d => d.Key).Select(versions => versions.Last()).ToList();
        var others = PortfolioRecord.Of(work).Organisations.Values
            .Where(o => o.Ror is not null && o.Kind == OrganisationKind.Institution).OrderBy(o => o.Key, StringComparer.Ordinal)
            .Where(o => shipped.TrueForAll(d => d.Key != o.Key && d.Root != o.Ror)).Select(o => Tree(o.Key, o.Ror!));
        return [.. shipped, .. others];
    }

    static PerimeterDefinition OfRoot(Work work, string root) => PerimeterDefinition.All.LastOrDefault(d => d.Root == root)
        ?? (Organisations.Find(PortfolioRecord.Of(work), root) is { } known ? Tree(known.Key, root) : PerimeterDefinition.Of(root)!);

    static PerimeterDefinition Tree(string key, string root) => new(key, 1, PerimeterExpression.Tree(root), "");

    static Refusal NoRor(string name) => Refusal.Invalid("no-ror",
        $"No ROR id is known for {name}, so it has no perimeter. Add the id to the portfolio if ROR has one.",
        $"Aucun identifiant ROR n’est connu pour {name}, qui n’a donc pas de périmètre. Ajoutez-le au portefeuille si ROR en a un.");
}
