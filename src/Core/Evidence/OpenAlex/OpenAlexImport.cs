using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Engine.Works;

namespace Entente.Core.Evidence.OpenAlex;

/// <summary>Works of OpenAlex, from files or folders of a snapshot, into a vintage.</summary>
public static class OpenAlexImport
{
    /// <summary>Imports files and folders, the same content giving the same vintage whatever their paths and order.</summary>
    public static Task<Outcome<ImportResult>> RunAsync(
        Work work, IReadOnlyList<string> paths, string? name, Coverage coverage, IProgress<ProgressReport>? progress, CancellationToken ct)
    {
        var sources = OpenAlexFolders.Expand(paths);
        return sources.Refusal is { } refusal
            ? Task.FromResult<Outcome<ImportResult>>(refusal)
            : RunAsync(work, sources.Value, name, coverage, progress, ct);
    }

    /// <summary>Imports sources that are already open to view, such as pages pulled or works invented.</summary>
    public static Task<Outcome<ImportResult>> RunAsync(
        Work work, IReadOnlyList<Source> sources, string? name, Coverage coverage, IProgress<ProgressReport>? progress, CancellationToken ct) =>
        Importing.RunAsync(work, "import openalex", sources, draft => Read(draft, sources, name, coverage), progress, ct);

    static Outcome<VintageContent> Read(VintageDraft draft, IReadOnlyList<Source> sources, string? name, Coverage coverage)
    {
        using var writer = new WorksWriter(draft.Folder);
        var deleted = new DeletedWorks();
        foreach (var list in sources.Where(s => DeletedWorks.IsList(s.Path))) deleted.Read(draft, list);
        var reader = new WorksReader(draft, writer, deleted);
        foreach (var source in sources.Where(s => !DeletedWorks.IsList(s.Path))) reader.Read(source);
        if (draft.Records == draft.Rejected && reader.ForeignId is { } id && ForeignFiles.OfId(id) is { } foreign) return foreign;
        var written = writer.Finish();
        return new VintageContent(VintageKind.OpenAlex)
        {
            Name = name,
            Coverage = coverage,
            Synthetic = reader.Synthetic,
            Files = written.Files,
            Records = draft.Records,
            Superseded = written.Superseded + reader.Deleted,
            Withdrawn = reader.Deleted,
            FirstYear = written.FirstYear,
            LastYear = written.LastYear,
        };
    }
}
