using Entente.Core.Kernel;

namespace Entente.Core.Evidence.OpenAlex;

/// <summary>
/// The files of works that paths stand for. Of a folder: every .gz, .json, .jsonl and .ndjson below it, and lists of deleted works;
/// where the folder holds several entities of a snapshot, those of works alone.
/// </summary>
static class OpenAlexFolders
{
    static readonly string[] Endings = [".gz", ".json", ".jsonl", ".ndjson"];

    public static Outcome<IReadOnlyList<Source>> Expand(IReadOnlyList<string> paths)
    {
        var files = new List<string>();
        foreach (var path in paths)
        {
            if (!Directory.Exists(path))
            {
                files.Add(path);
                continue;
            }
            var found = Below(path);
            if (found.Count == 0)
                return Refusal.Invalid("empty-folder",
                    $"The folder {path} holds no file of works (.gz, .json, .jsonl or .ndjson). Name a folder of a snapshot, such as works, or the files themselves.",
                    $"Le dossier {path} ne contient aucun fichier de publications (.gz, .json, .jsonl ou .ndjson). Indiquez un dossier d’instantané, tel que works, ou les fichiers eux-mêmes.");
            files.AddRange(found);
        }
        return Source.Files(files);
    }

    static List<string> Below(string folder)
    {
        // A folder that may not be read must not be passed over in silence; the depth ends links that lead in a circle.
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 16, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.System };
        var files = Directory.EnumerateFiles(folder, "*", options)
            .Select(path => (Path: path, Parts: Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar)))
            .Where(file => !file.Parts.Any(part => part.StartsWith('.')) && IsInput(file.Path))
            .ToList();
        if (files.Exists(IsOfWorks)) files.RemoveAll(file => !IsOfWorks(file));
        return [.. files.Select(file => file.Path).Order(StringComparer.Ordinal)];
    }

    static bool IsOfWorks((string Path, string[] Parts) file) => file.Parts.SkipLast(1).Contains("works");

    static bool IsInput(string path) => DeletedWorks.IsList(path)
        || (Endings.Contains(Path.GetExtension(path).ToLowerInvariant()) && !IsManifest(path) && !path.Contains(".csv", StringComparison.OrdinalIgnoreCase));

    static bool IsManifest(string path) => Path.GetFileName(path).StartsWith("manifest", StringComparison.OrdinalIgnoreCase);
}
