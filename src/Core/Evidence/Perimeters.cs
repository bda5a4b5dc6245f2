using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Entente.Core.Evidence.Ror;
using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Evidence;

/// <summary>A perimeter resolved at a release: root first in Members, then the others in order of id.</summary>
public sealed record ResolvedPerimeter
{
    public required string Key { get; init; }
    public required int Version { get; init; }
    public required string Release { get; init; }
    public required string Root { get; init; }

    /// <summary>Child links of the root's own record, withdrawn ones included.</summary>
    public required int Children { get; init; }

    /// <summary>All members, root included.</summary>
    public required int Size { get; init; }

    /// <summary>SHA-256 of the sorted ids, each followed by a newline.</summary>
    public required string Hash { get; init; }
    public required IReadOnlyList<string> Members { get; init; }

    /// <summary>Members whose own record the imported release does not hold.</summary>
    public required int WithoutRecord { get; init; }
    public required string Expression { get; init; }
    public required string Vintage { get; init; }
    public IReadOnlyList<PerimeterCorrection> Corrections { get; init; } = [];
    [JsonIgnore] public string? RootName { get; init; }
}

public sealed record PerimeterMember(string Ror, string? Name, string? Country);

public sealed record PerimeterDiff(string Key, string From, string To, IReadOnlyList<PerimeterMember> Added, IReadOnlyList<PerimeterMember> Removed);

/// <summary>
/// Perimeters resolved over the ROR releases that were imported. Without a release, the highest by (major, minor) that holds the
/// root. Of several imports of one release the newest counts; an older one answers only where the newest is a selection without the root.
/// </summary>
public static partial class Perimeters
{
    /// <param name="key">key, ROR id or exact name of an organisation</param>
    public static Outcome<ResolvedPerimeter> Show(Work work, string key, string? release)
    {
        var definition = PerimeterKeys.Definition(work, key);
        return definition.Refusal is { } unknown ? unknown : Show(work, definition.Value, release);
    }

    static Outcome<ResolvedPerimeter> Show(Work work, PerimeterDefinition definition, string? release)
    {
        using var opened = ReleaseWith(work, release, definition.Expression.Named).Use(out var refusal);
        return refusal is null ? Resolve(definition, opened!) : refusal;
    }

    /// <summary>What a release added to a perimeter and took from it, at the latest version of its definition.</summary>
    public static Outcome<PerimeterDiff> Diff(Work work, string key, string from, string to)
    {
        var definition = PerimeterKeys.Definition(work, key);
        if (definition.Refusal is { } unknown) return unknown;
        using var before = ReleaseWith(work, from, definition.Value.Expression.Named).Use(out var refusedBefore);
        if (refusedBefore is not null) return refusedBefore;
        using var after = ReleaseWith(work, to, definition.Value.Expression.Named).Use(out var refusedAfter);
        if (refusedAfter is not null) return refusedAfter;
        var (old, now) = (Resolve(definition.Value, before!), Resolve(definition.Value, after!));
        if (old.Refusal is { } left) return left;
        if (now.Refusal is { } right) return right;
        return new PerimeterDiff(old.Value.Key, old.Value.Release, now.Value.Release,
            Named(after!, old.Value.Root, now.Value.Members.Except(old.Value.Members)),
            Named(before!, old.Value.Root, old.Value.Members.Except(now.Value.Members)));
    }

    /// <summary>
    /// Both perimeters of a pair at one release: the one named, or the highest that holds both roots. Where a release was imported in
    /// pieces, each side is resolved in the piece that holds its root.
    /// </summary>
    public static Outcome<(ResolvedPerimeter A, ResolvedPerimeter B)> Pair(Work work, string a, string b, string? release)
    {
        var (first, second) = (PerimeterKeys.Definition(work, a), PerimeterKeys.Definition(work, b));
        if (first.Refusal is { } noFirst) return noFirst;
        if (second.Refusal is { } noSecond) return noSecond;
        var imports = Releases(work.Folder).Where(m => release is null || Vintages.ReleaseOf(m.Release) == Vintages.ReleaseOf(release));
        foreach (var pieces in imports.GroupBy(m => Vintages.ReleaseOf(m.Release)))
        {
            using var left = First(work, pieces, first.Value.Expression.Named);
            if (left is null) continue;
            using var right = First(work, pieces, second.Value.Expression.Named);
            if (right is not null && Resolve(first.Value, left) is { Ok: true } one && Resolve(second.Value, right) is { Ok: true } other)
                return (one.Value, other.Value);
        }
        return Vintages.FindRelease(work.Folder, release).Refusal ?? WithoutRoot(release, [first.Value.Root, second.Value.Root]);
    }

    /// <summary>A perimeter as a receipt names it: this version of it, at this release, in one of these vintages.</summary>
    public static Outcome<ResolvedPerimeter> In(Work work, IReadOnlyList<string> vintages, string key, int version, string release)
    {
        if (PerimeterKeys.Definition(work, key, version) is not { } definition)
            return Refusal.NotFound("unknown-perimeter", $"There is no version {version} of the perimeter {key}.", $"Il n’y a pas de version {version} du périmètre {key}.");
        foreach (var id in vintages)
        {
            if (Path.GetFileName(id) != id || Vintages.Read(work.Folder, id) is not { Kind: VintageKind.Ror } manifest || Vintages.ReleaseOf(manifest.Release) != Vintages.ReleaseOf(release)) continue;
            using var opened = RorRelease.Open(work.Folder, manifest);
            if (Resolve(definition, opened) is { Ok: true } resolved) return resolved;
        }
        return WithoutRoot(release, [definition.Root]);
    }

    /// <summary>Resolves a definition over an opened release. Refused when the root has no record there, or a withdrawn one.</summary>
    public static Outcome<ResolvedPerimeter> Resolve(PerimeterDefinition definition, RorRelease release)
    {
        if (release.Find(definition.Root) is not { } root) return WithoutRoot(release.Name, [definition.Root]);
        if (root.Status == RorStatus.Withdrawn) return Withdrawn(root, release.Name);
        var members = new HashSet<string>(definition.Expression.Members(release), StringComparer.Ordinal);
        foreach (var correction in definition.Corrections)
            if (correction.Add) members.Add(correction.Ror);
            else members.Remove(correction.Ror);
        var sorted = members.Order(StringComparer.Ordinal).ToArray();
        return new ResolvedPerimeter
        {
            Key = definition.Key,
            Version = definition.Version,
            Release = release.Name,
            Root = definition.Root,
            RootName = root.Name,
            Children = root.Links(RorLink.Child).Select(l => l.Id).Distinct().Count(),
            Size = sorted.Length,
            Hash = HashOf(sorted),
            Members = [.. sorted.OrderByDescending(id => id == definition.Root)],
            WithoutRecord = sorted.Count(id => release.StatusOf(id) is null),
            Expression = definition.Expression.ToString(),
            Vintage = release.Manifest.Id,
            Corrections = definition.Corrections,
        };
    }

    public static string HashOf(IEnumerable<string> members) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Concat(members.Order(StringComparer.Ordinal).Select(id => id + "\n")))));

    /// <summary>Members with names: of their own record, else as the root's record labels them.</summary>
    public static IReadOnlyList<PerimeterMember> Named(RorRelease release, string root, IEnumerable<string> members)
    {
        var labels = (release.Find(root)?.Relations ?? []).GroupBy(r => r.Id).ToDictionary(g => g.Key, g => g.First().Label);
        return [.. members.Select(id => release.Find(id) is { } record
                ? new PerimeterMember(id, record.Name, record.Country)
                : new PerimeterMember(id, labels.GetValueOrDefault(id), null))
            .OrderBy(m => m.Name ?? "\uFFFF", StringComparer.OrdinalIgnoreCase).ThenBy(m => m.Ror, StringComparer.Ordinal)];
    }

    /// <summary>The import of a release that answers for these roots; of the highest such release when none is named. The caller disposes it.</summary>
    public static Outcome<RorRelease> ReleaseWith(Work work, string? release, IReadOnlyList<string> roots)
    {
        var imports = Releases(work.Folder);
        if (First(work, imports.Where(m => release is null || Vintages.ReleaseOf(m.Release) == Vintages.ReleaseOf(release)), roots) is { } opened) return opened;
        return Vintages.FindRelease(work.Folder, release).Refusal ?? WithoutRoot(release, roots);
    }

    static RorRelease? First(Work work, IEnumerable<Manifest> imports, IReadOnlyList<string> roots)
    {
        foreach (var manifest in imports)
        {
            var opened = RorRelease.Open(work.Folder, manifest);
            if (roots.All(opened.Holds)) return opened;
            opened.Dispose();
        }
        return null;
    }

    /// <summary>The imports that may answer, highest release first, of each release newest first down to the first complete one.</summary>
    public static IReadOnlyList<Manifest> Releases(DataFolder folder) => [.. Vintages.List(folder)
        .Where(m => m.Kind == VintageKind.Ror)
        .GroupBy(m => Vintages.ReleaseOf(m.Release))
        .OrderByDescending(g => g.Key)
        .SelectMany(UpToComplete)];

    static IEnumerable<Manifest> UpToComplete(IEnumerable<Manifest> newestFirst)
    {
        foreach (var manifest in newestFirst)
        {
            yield return manifest;
            if (manifest.Coverage.Kind == CoverageKind.Complete) yield break;
        }
    }

    static Refusal WithoutRoot(string? release, IReadOnlyList<string> roots)
    {
        var named = string.Join(", ", roots);
        return release is null
            ? Refusal.NotFound("no-perimeter", $"No imported ROR release holds {(roots.Count > 1 ? "all of " : "")}{named}. Import one with: entente import ror PATH --release vX.Y",
                $"Aucune version de ROR importée ne contient {named}. Pour en importer une\u202F: entente import ror CHEMIN --release vX.Y")
            : Refusal.NotFound("no-perimeter", $"ROR release {release} as imported does not hold {named}. Import more of it with: entente import ror PATH --release {release}",
                $"La version {release} de ROR telle qu’importée ne contient pas {named}. Pour la compléter\u202F: entente import ror CHEMIN --release {release}");
    }

    static Refusal Withdrawn(RorOrganisation root, string release)
    {
        var next = string.Join(", ", root.Links(RorLink.Successor).Select(l => $"{l.Id} ({l.Label})"));
        return Refusal.Invalid("withdrawn-root", $"The record {root.Id} is withdrawn in ROR release {release}{(next.Length > 0 ? $"; its successor is {next}" : "")}.",
            $"La notice {root.Id} est retirée de la version {release} de ROR{(next.Length > 0 ? $"\u202F; lui succède {next}" : "")}.");
    }
}

static class Opened
{
    /// <summary>The value to dispose with using, or the refusal beside it.</summary>
    public static T? Use<T>(this Outcome<T> outcome, out Refusal? refusal) where T : class
    {
        refusal = outcome.Refusal;
        return outcome.Ok ? outcome.Value : null;
    }
}
