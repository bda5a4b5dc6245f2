using System.Collections.Concurrent;
using System.Globalization;
using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Evidence;

/// <summary>The perimeters of a question's sides at one release, or why there are none.</summary>
sealed record SidePerimeters(ResolvedPerimeter? A, ResolvedPerimeter? B, Refusal? Reason)
{
    const int MostKept = 256;

    static readonly ConcurrentDictionary<string, SidePerimeters> Kept = new(StringComparer.Ordinal);

    /// <summary>Resolved once for each set of imported releases: reading a whole release takes longer than most figures.</summary>
    public static SidePerimeters Of(Work work, AskedOrganisation a, AskedOrganisation? b, string? release)
    {
        foreach (var organisation in b is null ? [a] : (AskedOrganisation[])[a, b])
            if (organisation.Ror is null) return new(null, null, WithoutRor(organisation));
        var releases = Perimeters.Releases(work.Folder).Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Id}@{m.ImportedAt.UtcTicks}"));
        var key = string.Join('\n', [work.Folder.Root, a.Key, a.Ror, b?.Key, b?.Ror, release, .. releases]);
        if (Kept.TryGetValue(key, out var known)) return known;
        if (Kept.Count >= MostKept) Kept.Clear();
        return Kept[key] = b is null ? One(Perimeters.Show(work, a.Ror!, release)) : Both(Perimeters.Pair(work, a.Ror!, b.Ror!, release));
    }

    static SidePerimeters One(Outcome<ResolvedPerimeter> shown) => shown.Ok ? new(shown.Value, null, null) : new(null, null, shown.Refusal);

    static SidePerimeters Both(Outcome<(ResolvedPerimeter A, ResolvedPerimeter B)> pair) =>
        pair.Ok ? new(pair.Value.A, pair.Value.B, null) : new(null, null, pair.Refusal);

    static Refusal WithoutRor(AskedOrganisation organisation) => Refusal.Invalid("no-perimeter",
        $"{organisation.Name} has no ROR id, so no perimeter.", $"{organisation.Name} n’a pas d’identifiant ROR, donc pas de périmètre.");
}
