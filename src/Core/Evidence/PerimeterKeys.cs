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
        var key = name.Trim().ToLowerInvariant();
        if (PerimeterDefinition.Of(key) is { } shipped) return shipped;
        if ((OfPortfolio(work, o => o.Key == key) ?? InPortfolio(work, name)) is { } known) return known;
        var named = RorNames.Resolve(work, name);
        return named.Refusal is { } unknown ? unknown : OfRoot(work, named.Value);
    }

    /// <summary>This version of a perimeter, as a receipt names it; null where there is no such version.</summary>
    public static PerimeterDefinition? Definition(Work work, string key, int version) =>
        PerimeterDefinition.Of(key, version) ?? (version == 1 ? OfPortfolio(work, o => o.Key == key) : null);

    /// <summary>Every perimeter that has a key: those that ship with the program, and the institutions of the portfolio that ROR knows.</summary>
    public static IReadOnlyList<PerimeterDefinition> All(Work work)
    {
        var shipped = PerimeterDefinition.All.GroupBy(d => d.Key).Select(versions => versions.Last()).ToList();
        var organisations = work.Db.Organisations;
        var others = organisations.Where(o => o.Ror != null && o.Kind == OrganisationKind.Institution).OrderBy(o => o.Key).ToList()
            .Where(o => shipped.TrueForAll(d => d.Key != o.Key && d.Root != o.Ror)).Select(Tree);
        return [.. shipped, .. others];
    }

    static PerimeterDefinition OfRoot(Work work, string root) =>
        PerimeterDefinition.All.LastOrDefault(d => d.Root == root) ?? OfPortfolio(work, o => o.Ror == root) ?? PerimeterDefinition.Of(root)!;

    static PerimeterDefinition? OfPortfolio(Work work, System.Linq.Expressions.Expression<Func<Organisation, bool>> which)
    {
        var organisations = work.Db.Organisations;
        return organisations.Where(o => o.Ror != null).Where(which).OrderBy(o => o.Key).FirstOrDefault() is { } organisation ? Tree(organisation) : null;
    }

    // Names are compared here, since databases fold case each in its own way; a portfolio holds few.
    static PerimeterDefinition? InPortfolio(Work work, string name)
    {
        var (organisations, names) = (work.Db.Organisations, work.Db.OrganisationNames);
        var wanted = RorSegment.Fold(name);
        var also = names.ToList().Where(n => RorSegment.Fold(n.Name) == wanted).Select(n => n.Organisation).ToHashSet();
        var found = organisations.Where(o => o.Ror != null).ToList()
            .Where(o => also.Contains(o.Key) || new[] { o.Name, o.NameFr, o.Short }.Any(n => n is not null && RorSegment.Fold(n) == wanted)).ToList();
        return found is [var only] ? OfRoot(work, only.Ror!) : null;
    }

    static PerimeterDefinition Tree(Organisation organisation) => new(organisation.Key, 1, PerimeterExpression.Tree(organisation.Ror!), "");
}
