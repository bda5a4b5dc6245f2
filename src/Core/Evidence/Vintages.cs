using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Engine.Segments;
using Entente.Engine.Works;

namespace Entente.Core.Evidence;

/// <summary>The vintages of a data folder: vintages/ID/manifest.json and the files it names. Read without any lock.</summary>
public static class Vintages
{
    public const string ManifestFile = "manifest.json";

    /// <summary>
    /// The version of what is in a vintage's files: their layout, and what the readers take from a source. Raised when
    /// either changes; a vintage of an older version is then written anew, under its old id, when it is imported again.
    /// </summary>
    public const int Format = 6;

    /// <summary>All vintages, newest import first. A folder without a manifest is not a vintage; a damaged manifest is told by <see cref="Unreadable"/>.</summary>
    public static IReadOnlyList<Manifest> List(DataFolder folder) => [.. Ids(folder)
        .Select(id => TryRead(folder, id))
        .OfType<Manifest>()
        .OrderByDescending(m => m.ImportedAt).ThenBy(m => m.Id, StringComparer.Ordinal)];

    /// <summary>The vintages whose manifest cannot be read, each with what to do about it.</summary>
    public static IReadOnlyList<Said> Unreadable(DataFolder folder) => [.. Ids(folder)
        .Where(id => File.Exists(ManifestOf(folder, id)) && TryRead(folder, id) is null)
        .Select(id => BadManifest(folder, id))];

    public static string FolderOf(DataFolder folder, string id) => Path.Combine(folder.Vintages, id);

    /// <summary>Where copies of a vintage's works are kept for questions (docs/format/copies.md): no part of the vintage, and made again where they are gone.</summary>
    public static string CopiesOf(DataFolder folder, string id) => Path.Combine(FolderOf(folder, id), "copies");

    /// <summary>The vintage named, or the newest real one of the kind, else the newest synthetic one; refused when there is none.</summary>
    public static Outcome<Manifest> Find(DataFolder folder, VintageKind kind, string? id)
    {
        if (id is not null) return Named(folder, kind, id);
        var newest = List(folder).Where(m => m.Kind == kind).OrderBy(m => m.Synthetic).FirstOrDefault();
        return newest is null ? NoneOf(kind) : newest;
    }

    /// <summary>The ROR release named, or the highest by (major, minor); of two imports of one release, the later.</summary>
    public static Outcome<Manifest> FindRelease(DataFolder folder, string? release)
    {
        var releases = List(folder).Where(m => m.Kind == VintageKind.Ror).ToList();
        if (releases.Count == 0) return NoneOf(VintageKind.Ror);
        if (release is null) return releases.OrderByDescending(m => ReleaseOf(m.Release)).First();
        var wanted = ReleaseOf(release);
        if (wanted is not null && releases.Find(m => ReleaseOf(m.Release) == wanted) is { } found) return found;
        var known = string.Join(", ", releases.Select(m => m.Release).Distinct().OrderBy(ReleaseOf));
        return Refusal.NotFound("unknown-release",
            $"ROR release {release} has not been imported. Imported: {known}. Import it with: entente import ror PATH --release {release}",
            $"La version {release} de ROR n’a pas été importée. Versions importées\u202F: {known}. Pour l’importer\u202F: entente import ror CHEMIN --release {release}");
    }

    /// <summary>Major and minor of "v1.30" or "1.30", so that v1.9 comes before v1.10; null where the text is no release.</summary>
    public static (int Major, int Minor)? ReleaseOf(string? release)
    {
        var parts = (release ?? "").TrimStart('v').Split('.');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor) ? (major, minor) : null;
    }

    /// <summary>The manifest of a vintage; null where there is no such vintage.</summary>
    /// <exception cref="BrokenWorldException">The manifest is damaged.</exception>
    public static Manifest? Read(DataFolder folder, string id)
    {
        var path = ManifestOf(folder, id);
        var info = new FileInfo(path);
        if (!info.Exists) return null;
        // A manifest is replaced as a whole, so its time tells whether it is the one that was read before.
        if (Known.TryGetValue(path, out var known) && known.Written == info.LastWriteTimeUtc && known.Length == info.Length) return known.Manifest;
        var manifest = Parse(folder, id, path);
        if (manifest is not null) Known[path] = (info.LastWriteTimeUtc, info.Length, manifest);
        return manifest;
    }

    static readonly ConcurrentDictionary<string, (DateTime Written, long Length, Manifest Manifest)> Known = new(StringComparer.Ordinal);

    static Manifest? Parse(DataFolder folder, string id, string path)
    {
        try
        {
            return Manifest.Read(File.ReadAllBytes(path), id) ?? throw new BrokenWorldException(BadManifest(folder, id), new InvalidDataException(path));
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException error)
        {
            throw new BrokenWorldException(BadManifest(folder, id), error);
        }
    }

    /// <summary>The works of an OpenAlex vintage, memory-mapped. The caller disposes the store.</summary>
    /// <exception cref="BrokenWorldException">A segment is damaged or gone: names the file and what to do.</exception>
    public static WorksStore OpenWorks(DataFolder folder, Manifest manifest)
    {
        while (true)
            try
            {
                return Guard(manifest, () => WorksStore.Open(FolderOf(folder, manifest.Id), manifest.Segments, CopiesOf(folder, manifest.Id)));
            }
            catch (BrokenWorldException) when (Merged(folder, manifest) is { } now)
            {
                manifest = now;
            }
    }

    /// <summary>The manifest as it is now, where segments were merged since this one was read; null where they were not.</summary>
    internal static Manifest? Merged(DataFolder folder, Manifest manifest) =>
        Read(folder, manifest.Id) is { } now && !now.Files.SequenceEqual(manifest.Files) ? now : null;

    /// <summary>One segment of a vintage, memory-mapped. The caller disposes it.</summary>
    /// <exception cref="BrokenWorldException">The segment is damaged or gone: names the file and what to do.</exception>
    public static Segment OpenSegment(DataFolder folder, Manifest manifest, string name) =>
        Guard(manifest, () => Segment.Open(Path.Combine(FolderOf(folder, manifest.Id), name)));

    /// <summary>Runs a read of a vintage; a corrupt or missing segment met on the way becomes the broken world that says so.</summary>
    public static T Guard<T>(Manifest manifest, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (CorruptIn(error) is { } corrupt)
        {
            throw Broken(manifest, new($"{corrupt.Path} is damaged at byte {corrupt.Offset}: {corrupt.Reason}.",
                $"{corrupt.Path} est endommagé à l’octet {corrupt.Offset}\u202F: {corrupt.Reason}."), corrupt);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Broken(manifest, new($"A file of vintage {manifest.Id} is gone: {gone.Message}",
                $"Un fichier du millésime {manifest.Id} a disparu\u202F: {gone.Message}"), gone);
        }
    }

    // What several threads read together, they report together.
    static CorruptSegmentException? CorruptIn(Exception error) =>
        error as CorruptSegmentException ?? (error as AggregateException)?.Flatten().InnerExceptions.OfType<CorruptSegmentException>().FirstOrDefault();

    /// <summary>What is wrong with the files of a vintage, by their SHA-256; empty when they are sound. Reads them all.</summary>
    public static IReadOnlyList<Said> Damage(DataFolder folder, Manifest manifest)
    {
        var damage = new List<Said>();
        foreach (var file in manifest.Files)
        {
            var path = Path.Combine(FolderOf(folder, manifest.Id), file.Name);
            if (!File.Exists(path))
                damage.Add(new($"{path} is gone.", $"{path} a disparu."));
            else if (Sha256(path) != file.Sha256)
                damage.Add(new($"{path} does not hold what was written: its SHA-256 differs from the manifest’s.",
                    $"{path} ne contient plus ce qui avait été écrit\u202F: son SHA-256 diffère de celui du manifeste."));
        }
        return damage.Count > 0 && Merged(folder, manifest) is { } now ? Damage(folder, now) : damage;
    }

    static string Sha256(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    static Outcome<Manifest> Named(DataFolder folder, VintageKind kind, string id)
    {
        if (id.AsSpan().IndexOfAny(Path.GetInvalidFileNameChars()) >= 0 || id.StartsWith('.') || Read(folder, id) is not { } manifest)
            return Refusal.NotFound("unknown-vintage", $"There is no vintage “{id}”. List them with: entente vintages",
                $"Le millésime «\u202F{id}\u202F» n’existe pas. Pour les voir tous\u202F: entente vintages");
        return manifest.Kind == kind ? manifest : Refusal.Invalid("wrong-vintage",
            $"Vintage {id} holds {VintageId.Name(manifest.Kind).En}, and {VintageId.Name(kind).En} is needed. List them with: entente vintages",
            $"Le millésime {id} contient {VintageId.Name(manifest.Kind).Fr}, or il faut {VintageId.Name(kind).Fr}. Pour les voir tous\u202F: entente vintages", "vintage");
    }

    static Refusal NoneOf(VintageKind kind)
    {
        var (name, word) = (VintageId.Name(kind), VintageId.Word(kind));
        return Refusal.NotFound("no-vintage",
            $"Nothing from {name.En} has been imported yet. Import it with: entente import {word} PATH{VintageId.Option(kind)}",
            $"Rien n’a encore été importé {(name.Fr[0] == 'O' ? "d’" : "de ")}{name.Fr}. Pour importer\u202F: entente import {word} CHEMIN{VintageId.Option(kind)}");
    }

    static IEnumerable<string> Ids(DataFolder folder) => Directory.Exists(folder.Vintages)
        ? Directory.EnumerateDirectories(folder.Vintages).Select(path => Path.GetFileName(path)).Where(name => !name.StartsWith('.'))
        : [];

    static Manifest? TryRead(DataFolder folder, string id)
    {
        try
        {
            return Read(folder, id);
        }
        catch (BrokenWorldException)
        {
            return null;
        }
    }

    static string ManifestOf(DataFolder folder, string id) => Path.Combine(FolderOf(folder, id), ManifestFile);

    static Said BadManifest(DataFolder folder, string id) => new(
        $"{ManifestOf(folder, id)} is damaged. Import the vintage’s sources again: that repairs it.",
        $"{ManifestOf(folder, id)} est endommagé. Importez de nouveau les sources du millésime\u202F: cela le répare.");

    static BrokenWorldException Broken(Manifest manifest, Said what, Exception cause)
    {
        var sources = string.Join(' ', manifest.Sources.Take(3).Select(s => s.Path)) + (manifest.Sources.Count > 3 ? " …" : "");
        return new(new(
            $"{what.En} Import the same sources again, which repairs the vintage: {sources}",
            $"{what.Fr} Importez de nouveau les mêmes sources, ce qui répare le millésime\u202F: {sources}"), cause);
    }
}
