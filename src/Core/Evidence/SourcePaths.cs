using Entente.Core.Kernel;

namespace Entente.Core.Evidence;

/// <summary>The files that paths stand for: a file is itself, a folder the files in it with one of these endings, in order of name.</summary>
public static class SourcePaths
{
    public static Outcome<IReadOnlyList<Source>> Find(IReadOnlyList<string> paths, params string[] endings)
    {
        var files = new List<string>();
        foreach (var path in paths)
        {
            if (!Directory.Exists(path))
            {
                files.Add(path);
                continue;
            }
            var inside = Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
                .Where(file => endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
                .Order(StringComparer.Ordinal).ToList();
            if (inside.Count == 0)
                return Refusal.Invalid("empty-folder",
                    $"The folder {path} holds no file ending in {string.Join(", ", endings)}. Name the folder that holds them, or the files.",
                    $"Le dossier {path} ne contient aucun fichier en {string.Join(", ", endings)}. Indiquez le dossier qui les contient, ou les fichiers.");
            files.AddRange(inside);
        }
        return Source.Files(files);
    }
}
