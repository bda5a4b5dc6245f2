using System.Text.Json;
using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Evidence;

/// <summary>A row that an import left out, as its vintage lists it. Text is the row itself, cut at 200 characters; null where it could not be shown.</summary>
public sealed record RejectedRow(string File, long Line, Said Reason, string? Text);

/// <summary>The rows that an import left out, read from the vintage's rejects.jsonl.</summary>
public static class Rejects
{
    /// <summary>Some of the rows, in the order of the source; none where the vintage rejected nothing.</summary>
    public static IReadOnlyList<RejectedRow> Of(DataFolder folder, Manifest manifest, int skip, int take)
    {
        var path = Path.Combine(Vintages.FolderOf(folder, manifest.Id), VintageDraft.RejectsFile);
        if (manifest.Rejected == 0 || !File.Exists(path)) return [];
        return [.. File.ReadLines(path).Skip(skip).Take(take).Select(Row)];
    }

    static RejectedRow Row(string line)
    {
        using var json = JsonDocument.Parse(line);
        var row = json.RootElement;
        return new(
            Name(row.GetProperty("file").GetString()!),
            row.GetProperty("line").GetInt64(),
            new(row.GetProperty("en").GetString()!, row.GetProperty("fr").GetString()!),
            row.TryGetProperty("text", out var text) ? text.GetString() : null);
    }

    // Where the file lay on the importer's disk is nobody's business.
    static string Name(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
}
