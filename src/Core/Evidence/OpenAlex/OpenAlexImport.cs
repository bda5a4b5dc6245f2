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
        Importing.RunAsync(work, "import openalex", sources, draft => Read(draft, sources, name, coverage, null), progress, ct);

    /// <summary>Applies newer files to an earlier vintage: a new vintage of both. It covers what the earlier one covers, unless all of the source is stated.</summary>
    public static Task<Outcome<ImportResult>> UpdateAsync(
        Work work, string onto, IReadOnlyList<string> paths, string? name, bool complete, IProgress<ProgressReport>? progress, CancellationToken ct)
    {
        var sources = OpenAlexFolders.Expand(paths);
        if (sources.Refusal is { } refusal) return Task.FromResult<Outcome<ImportResult>>(refusal);
        return Importing.RunAsync(work, "import openalex", sources.Value, draft =>
        {
            var earlier = Vintages.Find(work.Folder, VintageKind.OpenAlex, onto);
            if (earlier.Refusal is { } unknown) return unknown;
            return Read(draft, sources.Value, name, complete ? Coverage.Complete : earlier.Value.Coverage, new(work.Folder, earlier.Value));
        }, progress, ct);
    }

    static Outcome<VintageContent> Read(VintageDraft draft, IReadOnlyList<Source> sources, string? name, Coverage coverage, EarlierWorks? earlier)
    {
        using var writer = new WorksWriter(draft.Folder);
        var deleted = new DeletedWorks();
        foreach (var list in sources.Where(s => DeletedWorks.IsList(s.Path))) deleted.Read(draft, list);
        var reader = new WorksReader(draft, writer, deleted);
        foreach (var source in sources.Where(s => !DeletedWorks.IsList(s.Path))) reader.Read(source);
        if (draft.Records == draft.Rejected && reader.ForeignId is { } id && ForeignFiles.OfId(id) is { } foreign) return foreign;
        if (earlier?.Refuse(draft, lists: sources.Any(s => DeletedWorks.IsList(s.Path))) is { } vain) return vain;
        var withdrawn = reader.Deleted + (earlier?.Copy(draft, writer, deleted) ?? 0);
        var written = writer.Finish();
        return new VintageContent(VintageKind.OpenAlex)
        {
            Name = name,
            Coverage = coverage,
            Options = earlier?.Options ?? new Dictionary<string, string>(),
            Onto = earlier?.Manifest.Id,
            Synthetic = reader.Synthetic || earlier?.Manifest.Synthetic == true,
            Files = written.Files,
            Records = draft.Records,
            Superseded = written.Superseded + withdrawn + (earlier?.Manifest.Superseded ?? 0),
            HandedOver = reader.HandedOver + (earlier?.Manifest.HandedOver ?? 0),
            Withdrawn = withdrawn + (earlier?.Manifest.Withdrawn ?? 0),
            FirstYear = written.FirstYear,
            LastYear = written.LastYear,
        };
    }
}
