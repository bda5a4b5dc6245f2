using System.Collections.Concurrent;
using System.Globalization;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Engine.Works;

namespace Entente.Core.Evidence.Ror;

/// <summary>
/// Where organisations are by a release of ROR, each at its first location. A release may have been imported in pieces: the newest that has a
/// record says where it is. Two sets of places are the same where they are one object.
/// </summary>
sealed class RorPlaces
{
    const int MostKept = 4;

    static readonly ConcurrentDictionary<string, RorPlaces> Kept = new(StringComparer.Ordinal);

    readonly Dictionary<string, RorPlace?> _places = new(StringComparer.Ordinal);

    RorPlaces(IReadOnlyList<Manifest> imports) => Imports = imports;

    /// <summary>The imports that say where organisations are, newest first.</summary>
    public IReadOnlyList<Manifest> Imports { get; }

    /// <summary>Such as v2.9.</summary>
    public string Release => Imports[0].Release!;

    /// <summary>Where a unit is, by the ROR id that its record states; null where it states none, or the release places none of that id.</summary>
    public (double Latitude, double Longitude)? Of(Unit unit) =>
        (unit.Ror is { Length: 9 } bare ? bare : RorId.Parse(unit.Ror)) is { } id && _places.GetValueOrDefault(id) is { } place ? (place.Latitude, place.Longitude) : null;

    /// <summary>By the release named, or the highest. Refused where none was imported, or none since places are taken in.</summary>
    public static Outcome<RorPlaces> Find(Work work, string? release)
    {
        var imports = Perimeters.Releases(work.Folder);
        if (imports.Count == 0) return NoRelease;
        var found = Vintages.FindRelease(work.Folder, release);
        if (found.Refusal is { } unknown) return unknown;
        return In(work.Folder, [.. imports.Where(import => Vintages.ReleaseOf(import.Release) == Vintages.ReleaseOf(found.Value.Release))]);
    }

    /// <summary>By these imports of one release, newest first.</summary>
    public static Outcome<RorPlaces> In(DataFolder folder, IReadOnlyList<Manifest> imports)
    {
        var key = string.Join('\n', [folder.Root, .. imports.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Id}@{m.ImportedAt.UtcTicks}"))]);
        if (Kept.TryGetValue(key, out var known)) return known;
        var places = new RorPlaces(imports);
        foreach (var import in imports)
        {
            using var release = RorRelease.Open(folder, import);
            if (!release.KnowsPlaces) return TooOld(import);
            foreach (var (id, place) in release.Places()) places._places.TryAdd(id, place);
        }
        if (Kept.Count >= MostKept) Kept.Clear();
        return Kept.GetOrAdd(key, places);
    }

    static Refusal NoRelease => Refusal.NotFound("no-places",
        "Where institutions are is taken from a release of ROR, and none was imported. Import one with: entente import ror PATH --release vX.Y",
        "Le lieu des établissements vient d’une version de ROR, et aucune n’a été importée. Pour en importer une\u202F: entente import ror CHEMIN --release vX.Y");

    static Refusal TooOld(Manifest import) => Refusal.Invalid("release-too-old",
        $"ROR release {import.Release} ({import.Id}) was imported before the places of organisations were taken in: import its sources again, with entente import ror PATH --release {import.Release}",
        $"La version {import.Release} de ROR ({import.Id}) fut importée avant que les lieux des organisations fussent retenus\u202F: réimportez ses sources, par entente import ror CHEMIN --release {import.Release}", "release");
}
