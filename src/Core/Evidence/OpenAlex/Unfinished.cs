using System.Security.Cryptography;
using System.Text.Json;
using Entente.Core.Store;

namespace Entente.Core.Evidence.OpenAlex;

/// <summary>
/// What an import has finished so far, aside from all vintages: a folder for each group of sources, with its segments and, written
/// last, a note of what came of it. An import that was broken off takes from here what it finds sound, and reads the rest.
/// </summary>
sealed class Unfinished(DataFolder data) : IDisposable
{
    const string Name = ".unfinished", Note = "taken.json";

    readonly string _folder = Path.Combine(data.Vintages, Name);
    bool _keep = true;

    /// <summary>The folder of a group, emptied of what a dead writer left.</summary>
    public string Begin(string? key)
    {
        var folder = Path.Combine(_folder, key ?? Guid.NewGuid().ToString("N"));
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        return folder;
    }

    /// <summary>The folder and what came of a group that was finished before; null where there is none, or where a file of it is not as it was written.</summary>
    public (string Folder, GroupTaken Taken)? Find(string? key)
    {
        var folder = Path.Combine(_folder, key ?? "");
        var note = Path.Combine(folder, Note);
        if (key is null || !File.Exists(note)) return null;
        try
        {
            return JsonSerializer.Deserialize<GroupTaken>(File.ReadAllBytes(note), Manifest.Json) is { } taken
                && taken.Files.All(file => IsAsWritten(Path.Combine(folder, file.Name), file)) ? (folder, taken) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static void End(string folder, GroupTaken taken)
    {
        var partial = Path.Combine(folder, Note + ".partial");
        using (var file = new HashedFile(partial))
        {
            file.Write(JsonSerializer.SerializeToUtf8Bytes(taken, Manifest.Json));
            file.Finish();
        }
        File.Move(partial, Path.Combine(folder, Note), overwrite: true);
        Disk.FlushFolder(folder);
    }

    /// <summary>Nothing of it is needed any more: the vintage is written, or will not be.</summary>
    public void Forget() => _keep = false;

    /// <summary>Takes away what is of no use to a later import.</summary>
    public void Dispose()
    {
        if (!Directory.Exists(_folder)) return;
        foreach (var folder in Directory.GetDirectories(_folder))
            if (!_keep || !File.Exists(Path.Combine(folder, Note))) Directory.Delete(folder, recursive: true);
        if (Directory.GetDirectories(_folder).Length == 0) Directory.Delete(_folder, recursive: true);
    }

    static bool IsAsWritten(string path, VintageFile file)
    {
        if (!File.Exists(path)) return false;
        using var stream = File.OpenRead(path);
        return stream.Length == file.Bytes && Convert.ToHexStringLower(SHA256.HashData(stream)) == file.Sha256;
    }
}
