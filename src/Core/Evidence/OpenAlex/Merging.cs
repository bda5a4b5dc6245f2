using System.Globalization;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Engine.Segments;
using Entente.Engine.Works;

namespace Entente.Core.Evidence.OpenAlex;

/// <summary>What a merge came to: segments before and after, works that were written anew, records left behind that did not stand.</summary>
public sealed record MergeResult(string Vintage, int Before, int After, long Works, long Dropped, double Seconds);

/// <summary>
/// Writes small segments of a vintage, and those with works that do not stand, anew together. The vintage stays what it was: its id,
/// its works, every figure. New segments come in under new numbers, then the manifest is replaced in one step, then the old ones go; who
/// has them open reads on.
/// </summary>
public static class Merging
{
    /// <summary>Merges all that can be, of the vintage named or the newest real one.</summary>
    public static Task<Outcome<MergeResult>> RunAsync(Work work, string? vintage, IProgress<ProgressReport>? progress, CancellationToken ct) =>
        RunAsync(work, vintage, MergePlan.Asked, progress, ct);

    internal static Task<Outcome<MergeResult>> RunAsync(Work work, string? vintage, MergePlan plan, IProgress<ProgressReport>? progress, CancellationToken ct) =>
        Importing.AsideAsync<MergeResult>(work, "merge", new("The merge stopped", "La fusion s’est interrompue"), async partial =>
        {
            var found = Vintages.Find(work.Folder, VintageKind.OpenAlex, vintage);
            if (found.Refusal is { } refusal) return refusal;
            var (start, manifest, result) = (work.Clock.GetTimestamp(), found.Value, new MergeResult(found.Value.Id, SegmentsOf(found.Value), 0, 0, 0, 0));
            var settled = new HashSet<int>();
            while (Step(work.Folder, manifest, plan, settled, partial, done => Tell(progress, result.Works + done), ct) is { } step)
            {
                manifest = manifest with { Files = step.Files, MergedAt = work.Now };
                await CommitAsync(work, manifest, step, partial, ct);
                result = result with { Works = result.Works + step.Works, Dropped = result.Dropped + step.Dropped };
            }
            return result with { After = SegmentsOf(manifest), Seconds = Math.Round(work.Clock.GetElapsedTime(start).TotalSeconds, 3) };
        });

    static void Tell(IProgress<ProgressReport>? progress, long works) => progress?.Report(new(new("Merging", "Fusion"), works, null, works));

    static int SegmentsOf(Manifest manifest) => manifest.Files.Count(file => file.Name.StartsWith("works-", StringComparison.Ordinal));

    /// <summary>What a step wrote aside, and the vintage's files with it.</summary>
    sealed record Stepped(IReadOnlyList<VintageFile> Files, IReadOnlyList<SegmentDigest> Written, int Merged, long Works, long Dropped);

    static Stepped? Step(DataFolder folder, Manifest manifest, MergePlan plan, HashSet<int> settled, string partial, Action<long> tell, CancellationToken ct)
    {
        using var store = Vintages.OpenWorks(folder, manifest);
        return Vintages.Guard(manifest, () =>
        {
            var chosen = plan.Next(store, settled);
            if (chosen.Count == 0) return null;
            Directory.CreateDirectory(partial);
            var first = store.Segments.Max(segment => segment.Number) + 1;
            var (written, works) = Write(chosen, plan, partial, first, tell, ct);
            var staying = store.Segments.Except(chosen).ToList();
            if (WorksWriter.Bury(partial, first, staying.SelectMany(Dead)) is { } tombstones) written.Add(tombstones);
            // All but the last are as full as the writer makes them.
            settled.UnionWith(Enumerable.Range(first, Math.Max(0, written.Count(file => file.Name.StartsWith("works-", StringComparison.Ordinal)) - 1)));
            return new Stepped(FilesOf(manifest, staying, written), written, chosen.Count, works, chosen.Sum(segment => (long)segment.Count) - works);
        });
    }

    static (List<SegmentDigest> Files, long Works) Write(IReadOnlyList<WorksSegment> chosen, MergePlan plan, string partial, int first, Action<long> tell, CancellationToken ct)
    {
        using var writer = new WorksWriter(partial, plan.Full);
        writer.Begin(partial, first);
        var (works, done) = (0L, 0L);
        foreach (var segment in chosen)
        {
            // Where a topic belongs may have been said by a record that does not stand.
            for (var row = 0; row < segment.Topical!.Count; row++) writer.Keep(segment.Topical.Topic(row), segment.Topical.Updated[row]);
            StandingWorks.Copy(segment, writer, Tick, _ => false);
            works += StandingWorks.Count(segment);
        }
        var (files, superseded) = writer.End();
        if (superseded != 0) throw new InvalidOperationException($"{superseded} works stood twice.");
        return ([.. files], works);

        void Tick()
        {
            ct.ThrowIfCancellationRequested();
            tell(done++ * StandingWorks.Stride);
        }
    }

    static IEnumerable<(int Segment, int Row)> Dead(WorksSegment segment) =>
        Enumerable.Range(0, segment.Count).Where(row => !segment.Stands(row)).Select(row => (segment.Number, row));

    static IReadOnlyList<VintageFile> FilesOf(Manifest manifest, List<WorksSegment> staying, List<SegmentDigest> written)
    {
        var names = staying.SelectMany(segment => StandingWorks.FilesOf(segment.Number)).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. manifest.Files.Where(file => names.Contains(file.Name) || file.Name == VintageDraft.RejectsFile),
            .. written.Select(file => new VintageFile(file.Name, file.Sha256, file.Bytes)),
        ];
    }

    // As for an import, the journal's line and the manifest stand or fall together, save for a crash between the two.
    static async Task CommitAsync(Work work, Manifest manifest, Stepped step, string partial, CancellationToken ct)
    {
        var folder = Vintages.FolderOf(work.Folder, manifest.Id);
        await using var transaction = await work.Db.Database.BeginTransactionAsync(ct);
        work.Log("evidence.merge", manifest.Id, string.Create(CultureInfo.InvariantCulture, $"{step.Merged} segments, {step.Works} works"));
        await work.Db.SaveChangesAsync(ct);
        foreach (var file in step.Written) File.Move(Path.Combine(partial, file.Name), Path.Combine(folder, file.Name));
        Disk.FlushFolder(folder);
        VintageDraft.WriteManifest(partial, manifest);
        File.Move(Path.Combine(partial, Vintages.ManifestFile), Path.Combine(folder, Vintages.ManifestFile), overwrite: true);
        Disk.FlushFolder(folder);
        await transaction.CommitAsync(CancellationToken.None);
        Importing.SweepSegments(work.Folder, manifest);
    }
}
