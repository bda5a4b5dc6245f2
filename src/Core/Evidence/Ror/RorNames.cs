using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Evidence.Ror;

/// <summary>From what a person writes to a ROR id.</summary>
public static class RorNames
{
    /// <summary>A ROR id, or the one organisation that bears exactly this name in the highest release that knows it. Refused where none does, or several do.</summary>
    public static Outcome<string> Resolve(Work work, string name)
    {
        if (RorId.Parse(name) is { } id) return id;
        foreach (var manifest in Perimeters.Releases(work.Folder))
        {
            using var release = RorRelease.Open(work.Folder, manifest);
            var found = release.Named(name);
            if (found.Count == 0) continue;
            // A name that some bear first and others only as an alias is theirs who bear it first.
            var display = found.Where(o => string.Equals(o.Name, name.Trim(), StringComparison.OrdinalIgnoreCase)).ToList();
            var named = display.Count > 0 ? display : found;
            return named.Count == 1 ? named[0].Id : Several(name, named);
        }
        return Refusal.NotFound("unknown-organisation",
            $"No organisation is known as “{name}”. Give its ROR id (such as 02feahw73), its key, or its exact name.",
            $"Aucune organisation n’est connue sous le nom «\u202F{name}\u202F». Donnez son identifiant ROR (par exemple 02feahw73), sa clé ou son nom exact.");
    }

    static Refusal Several(string name, IReadOnlyList<RorOrganisation> found)
    {
        var listed = string.Join("; ", found.Take(5).Select(o => $"{o.Id} {o.Name} ({o.Country})"));
        return Refusal.Invalid("ambiguous-organisation",
            $"{found.Count} organisations are known as “{name}”: {listed}. Give the ROR id.",
            $"{found.Count} organisations sont connues sous le nom «\u202F{name}\u202F»\u202F: {listed}. Donnez l’identifiant ROR.");
    }
}
