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
        Importing.RunAsync(work, "import openalex", sources, draft => Read(work, draft, sources, name, coverage, null), progress, ct);

    /// <summary>Applies newer files to an earlier vintage: a new vintage of both. It covers what the earlier one covers, unless all of the source is stated.</summary>
    public static Task<Outcome<ImportResult>> UpdateAsync(
        Work work, string onto, IReadOnlyList<string> paths, string? name, bool complete, IProgress<ProgressReport>? progress, CancellationToken ct) =>
        UpdateAsync(work, onto, paths, name, complete, EarlierWorks.Fewest, progress, ct);

    /// <param name="fewest">segments of fewer works are written anew, not shared</param>
    internal static Task<Outcome<ImportResult>> UpdateAsync(
        Work work, string onto, IReadOnlyList<string> paths, string? name, bool complete, int fewest, IProgress<ProgressReport>? progress, CancellationToken ct)
    {
        var sources = OpenAlexFolders.Expand(paths);
        if (sources.Refusal is { } refusal) return Task.FromResult<Outcome<ImportResult>>(refusal);
        return Importing.RunAsync(work, "import openalex", sources.Value, draft =>
        {
            var earlier = Vintages.Find(work.Folder, VintageKind.OpenAlex, onto);
            if (earlier.Refusal is { } unknown) return unknown;
            return Read(work, draft, sources.Value, name, complete ? Coverage.Complete : earlier.Value.Coverage, new(work.Folder, earlier.Value, fewest));
        }, progress, ct);
    }

    static Outcome<VintageContent> Read(Work work, VintageDraft draft, IReadOnlyList<Source> sources, string? name, Coverage coverage, EarlierWorks? earlier)
    {
        var deleted = new DeletedWorks();
        foreach (var list in sources.Where(s => DeletedWorks.IsList(s.Path))) deleted.Read(draft, list);
        deleted.Sort();
        using var intake = new WorksIntake(work.Folder, draft, deleted);
        intake.Read([.. sources.Where(s => !DeletedWorks.IsList(s.Path))]);
        // From here on nothing is read that would take long to read again.
        intake.Forget();
        var files = intake.Lay();
        var taken = intake.Taken.ToList();
        if (draft.Records == draft.Rejected && taken.Select(t => t.ForeignId).FirstOrDefault(id => id is not null) is { } id && ForeignFiles.OfId(id) is { } foreign) return foreign;
        if (earlier?.Refuse(draft, lists: sources.Any(s => DeletedWorks.IsList(s.Path))) is { } vain) return vain;
        var withdrawn = taken.Sum(t => t.Withdrawn);
        var within = taken.Sum(t => t.Superseded);
        if (earlier is not null) withdrawn += earlier.Hand(draft, files, ref within, deleted);
        var written = WorksWriter.Join(draft.Folder, files, draft.Records, within, earlier?.Dead);
        // The list of works that do not stand holds those that the lists withdraw, and those that did not stand before.
        var counted = earlier?.Dead.Count ?? 0;
        return new VintageContent(VintageKind.OpenAlex)
        {
            Name = name,
            Coverage = coverage,
            Options = earlier?.Options ?? new Dictionary<string, string>(),
            Onto = earlier?.Manifest.Id,
            Synthetic = taken.Exists(t => t.Synthetic) || earlier?.Manifest.Synthetic == true,
            Files = written.Files,
            Records = draft.Records,
            Superseded = written.Superseded - counted + withdrawn + (earlier?.Manifest.Superseded ?? 0),
            HandedOver = taken.Sum(t => t.HandedOver) + (earlier?.Manifest.HandedOver ?? 0),
            Withdrawn = withdrawn + (earlier?.Manifest.Withdrawn ?? 0),
            FirstYear = written.FirstYear,
            LastYear = written.LastYear,
        };
    }
}
