using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Engine.Segments;
using Entente.Engine.Works;

namespace Entente.Core.Evidence.OpenAlex;

/// <summary>The vintage that an update is applied to: its works that stand become records of the new one, as if they had been read again.</summary>
/// <param name="fewest">segments of fewer works are not shared</param>
sealed class EarlierWorks(DataFolder folder, Manifest manifest, int fewest = EarlierWorks.Fewest)
{
    /// <summary>An update a day must not leave a thousand small segments.</summary>
    public const int Fewest = 1 << 15;

    /// <summary>A segment is shared while at most one in so many of its works does not stand.</summary>
    const int MostDead = 4;

    public Manifest Manifest => manifest;

    public IReadOnlyDictionary<string, string> Options { get; } = new Dictionary<string, string> { ["onto"] = manifest.Id };

    /// <summary>The refusal of an update that brings nothing: no records to keep and no list of deleted works, or a source of the earlier vintage itself.</summary>
    public Refusal? Refuse(VintageDraft draft, bool lists)
    {
        if ((draft.Records > 0 || !lists) && Importing.Empty(draft.Records, draft) is { } empty) return empty;
        var known = manifest.Sources.Select(s => s.Sha256).ToHashSet();
        return draft.Sources.FirstOrDefault(s => known.Contains(s.Sha256)) is not { } twice ? null : Refusal.Invalid("already-there",
            $"{twice.Path} is part of vintage {manifest.Id} already. Nothing was imported. Name only the newer files.",
            $"{twice.Path} fait déjà partie du millésime {manifest.Id}. Rien n’a été importé. Indiquez seulement les fichiers plus récents.");
    }

    /// <summary>Works of segments that the new vintage shares and that do not stand in it, by number of segment and row.</summary>
    public List<(int Segment, int Row)> Dead { get; } = [];

    /// <summary>
    /// Hands over works, sources and rejected rows, and tells how many works the update's lists withdraw. Segments are shared: they get a
    /// second name in the new vintage. Small ones, and those of whose works many do not stand, are written anew together.
    /// </summary>
    public long Hand(VintageDraft draft, List<SegmentDigest> files, ref long superseded, DeletedWorks deleted)
    {
        draft.Inherit(folder, manifest);
        var (all, digests) = (files, manifest.Files.ToDictionary(file => file.Name));
        using var writer = new WorksWriter(draft.Folder);
        var withdrawn = Vintages.Guard(manifest, () =>
        {
            using var store = Vintages.OpenWorks(folder, manifest);
            var shared = store.Segments.Where(IsShared).ToList();
            var count = shared.Sum(segment => Share(segment, draft, all, digests, deleted));
            writer.Begin(draft.Folder, all.Count / 2);
            return count + store.Segments.Except(shared).Sum(segment => StandingWorks.Copy(segment, writer, () => draft.Advance(0), deleted.Withdraw));
        });
        var written = writer.End();
        files.AddRange(written.Files);
        superseded += written.Superseded;
        return withdrawn;
    }

    // A segment that does not know who funded its works is shared whatever its size: written anew, it would say that nobody did.
    bool IsShared(WorksSegment segment) => !StandingWorks.IsWhole(segment)
        || (segment.Count >= fewest && segment.Count - StandingWorks.Count(segment) <= segment.Count / MostDead);

    long Share(WorksSegment segment, VintageDraft draft, List<SegmentDigest> files, Dictionary<string, VintageFile> digests, DeletedWorks deleted)
    {
        var (number, withdrawn) = (files.Count / 2, 0L);
        foreach (var (name, other) in StandingWorks.FilesOf(segment.Number).Zip(StandingWorks.FilesOf(number)))
        {
            Disk.Link(Path.Combine(Vintages.FolderOf(folder, manifest.Id), name), Path.Combine(draft.Folder, other));
            files.Add(new(other, digests[name].Sha256, digests[name].Bytes));
        }
        for (var row = 0; row < segment.Count; row++)
        {
            if (row % 4096 == 0) draft.Advance(0);
            var stands = segment.Stands(row);
            if (stands && !(deleted.Any && deleted.Withdraw(segment.Ids[row], segment.Updated[row]))) continue;
            if (stands) withdrawn++;
            Dead.Add((number, row));
        }
        return withdrawn;
    }
}
