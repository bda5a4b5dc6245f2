using Entente.Core.Evidence.Ror;
using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Evidence;

/// <summary>One imported release of a perimeter's history. Added and Removed compare it with the imported release before it.</summary>
public sealed record PerimeterStep
{
    public required string Release { get; init; }
    public required string Vintage { get; init; }
    public required int Children { get; init; }
    public required int Size { get; init; }
    public required string Hash { get; init; }
    public required int Added { get; init; }
    public required int Removed { get; init; }

    /// <summary>Members other than the root whose own record the vintage holds; only of these are the parents known.</summary>
    public required int WithRecord { get; init; }

    /// <summary>Of those, how many have so many parents: number of parents to number of members.</summary>
    public required IReadOnlyDictionary<int, int> Parents { get; init; }

    /// <summary>Of those, how many have a parent registered in another country than the root.</summary>
    public required int WithForeignParent { get; init; }
}

/// <summary>A member as a page shows it. Parents are those that its own record names; null where the vintage holds no record of it.</summary>
public sealed record PerimeterLine(string Ror, string? Name, string? Country, string? City, IReadOnlyList<PerimeterMember>? Parents);

/// <summary>A perimeter with a key, and where it stands at the highest imported release that holds its root. Resolved is null where none does.</summary>
public sealed record PerimeterOverview(string Key, int Version, string Root, string Expression, string? Name, ResolvedPerimeter? Resolved);

public static partial class Perimeters
{
    /// <summary>Every perimeter that has a key. Each release is opened once, from the highest down, until every root is found.</summary>
    public static IReadOnlyList<PerimeterOverview> List(Work work)
    {
        var all = PerimeterKeys.All(work);
        var found = new Dictionary<string, ResolvedPerimeter?>(StringComparer.Ordinal);
        foreach (var manifest in Releases(work.Folder))
        {
            var open = all.Where(d => !found.ContainsKey(d.Key)).ToList();
            if (open.Count == 0) break;
            using var release = RorRelease.Open(work.Folder, manifest);
            foreach (var definition in open.Where(d => d.Expression.Named.All(release.Holds)))
                found.Add(definition.Key, Resolve(definition, release) is { Ok: true } resolved ? resolved.Value : null);
        }
        return [.. all.Select(d => new PerimeterOverview(d.Key, d.Version, d.Root, d.Expression.ToString(), found.GetValueOrDefault(d.Key)?.RootName, found.GetValueOrDefault(d.Key)))];
    }

    /// <summary>What each imported release that holds the root made of a perimeter, lowest release first.</summary>
    public static Outcome<IReadOnlyList<PerimeterStep>> History(Work work, string key)
    {
        var definition = PerimeterKeys.Definition(work, key);
        if (definition.Refusal is { } unknown) return unknown;
        var steps = new List<PerimeterStep>();
        IReadOnlyList<string> before = [];
        foreach (var pieces in Releases(work.Folder).GroupBy(m => Vintages.ReleaseOf(m.Release)).Reverse())
        {
            using var release = First(work, pieces, definition.Value.Expression.Named);
            if (release is null || Resolve(definition.Value, release) is not { Ok: true } resolved) continue;
            var now = resolved.Value;
            var first = steps.Count == 0;
            steps.Add(Step(release, now, first ? 0 : now.Members.Except(before).Count(), first ? 0 : before.Except(now.Members).Count()));
            before = now.Members;
        }
        return steps;
    }

    /// <summary>The members of a resolved perimeter with their parents, the root first, then by name.</summary>
    public static IReadOnlyList<PerimeterLine> Lines(Work work, ResolvedPerimeter perimeter)
    {
        using var release = RorRelease.Open(work.Folder, Vintages.Find(work.Folder, VintageKind.Ror, perimeter.Vintage).Value);
        return [.. Named(release, perimeter.Root, perimeter.Members).OrderByDescending(m => m.Ror == perimeter.Root).Select(member =>
        {
            var record = release.Find(member.Ror);
            return new PerimeterLine(member.Ror, member.Name, member.Country, record?.City, record is null ? null : ParentsOf(release, record));
        })];
    }

    /// <summary>The parents that a record names; their country where the vintage holds their record.</summary>
    public static IReadOnlyList<PerimeterMember> ParentsOf(RorRelease release, RorOrganisation record) =>
        [.. record.Links(RorLink.Parent).DistinctBy(l => l.Id)
            .Select(l => release.Find(l.Id) is { } parent ? new PerimeterMember(l.Id, parent.Name, parent.Country) : new(l.Id, l.Label, null))];

    static PerimeterStep Step(RorRelease release, ResolvedPerimeter resolved, int added, int removed)
    {
        var home = release.Find(resolved.Root)!.Country;
        var records = resolved.Members.Where(id => id != resolved.Root).Select(release.Find).OfType<RorOrganisation>().ToList();
        var parents = records.ConvertAll(record => ParentsOf(release, record));
        return new()
        {
            Release = resolved.Release,
            Vintage = resolved.Vintage,
            Children = resolved.Children,
            Size = resolved.Size,
            Hash = resolved.Hash,
            Added = added,
            Removed = removed,
            WithRecord = records.Count,
            Parents = new SortedDictionary<int, int>(parents.GroupBy(p => p.Count).ToDictionary(g => g.Key, g => g.Count())),
            WithForeignParent = parents.Count(of => of.Any(p => p.Country is not null && p.Country != home)),
        };
    }
}
