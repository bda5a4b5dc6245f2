using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Evidence;

/// <summary>The vintages of a data folder: vintages/ID/manifest.json and the files it names. Read without any lock.</summary>
public static class Vintages
{
    /// <summary>All vintages, newest import first. A folder without a manifest is not a vintage.</summary>
    public static IReadOnlyList<Manifest> List(DataFolder folder) => throw new NotImplementedException();

    public static string FolderOf(DataFolder folder, string id) => Path.Combine(folder.Vintages, id);

    /// <summary>The vintage named, or the newest real one of the kind, else the newest synthetic one; refused when there is none.</summary>
    public static Outcome<Manifest> Find(DataFolder folder, VintageKind kind, string? id) => throw new NotImplementedException();

    /// <summary>The ROR release named, or the highest by (major, minor); of two imports of one release, the later.</summary>
    public static Outcome<Manifest> FindRelease(DataFolder folder, string? release) => throw new NotImplementedException();
}
