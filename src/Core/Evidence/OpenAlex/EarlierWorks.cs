using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Engine.Segments;
using Entente.Engine.Works;

namespace Entente.Core.Evidence.OpenAlex;

/// <summary>The vintage that an update is applied to: its works that stand become records of the new one, as if they had been read again.</summary>
sealed class EarlierWorks(DataFolder folder, Manifest manifest)
{
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

    /// <summary>Hands over works, sources and rejected rows, and tells how many works the update's lists withdraw.</summary>
    public long Copy(VintageDraft draft, List<SegmentDigest> files, ref long superseded, DeletedWorks deleted)
    {
        draft.Inherit(folder, manifest);
        using var writer = new WorksWriter(draft.Folder, first: files.Count / 2);
        var withdrawn = Vintages.Guard(manifest, () =>
        {
            using var store = Vintages.OpenWorks(folder, manifest);
            return store.Segments.Sum(segment => Copy(segment, draft, writer, deleted));
        });
        var written = writer.End();
        files.AddRange(written.Files);
        superseded += written.Superseded;
        return withdrawn;
    }

    static long Copy(WorksSegment segment, VintageDraft draft, WorksWriter writer, DeletedWorks deleted)
    {
        var (work, withdrawn) = (new WorkRecord(), 0L);
        var units = new int?[segment.UnitCount];
        var funders = segment.Funders?.ByWork(segment.Count);
        var topics = Enumerable.Range(0, segment.Topical?.Count ?? 0).ToDictionary(row => segment.Topical!.Ids[row], row => writer.Place(segment.Topical!.Topic(row)));
        for (var row = 0; row < segment.Count; row++)
        {
            if (row % 4096 == 0) draft.Advance(0);
            if (!segment.Stands(row)) continue;
            Fill(work, segment, row, unit => units[unit] ??= Intern(writer, segment.Unit(unit)));
            work.Placed = topics.GetValueOrDefault(work.Topic, -1);
            if (funders?[row] is { } named) work.Funders.AddRange(named);
            if (deleted.Withdraw(work)) withdrawn++;
            else writer.Add(work);
        }
        return withdrawn;
    }

    static void Fill(WorkRecord work, WorksSegment segment, int row, Func<int, int> unitOf)
    {
        work.Clear();
        (work.Id, work.Year, work.Topic, work.Type) = (segment.Ids[row], segment.Years[row], segment.Topics[row], segment.Type(row));
        (work.Citations, work.Fwci, work.Flags, work.Goals) = (segment.Citations[row], segment.Fwci[row], (WorkFlags)segment.Flags[row], segment.Goals[row]);
        (work.Updated, work.Hash, work.Title, work.Doi) = (segment.Updated[row], segment.Hashes[row], segment.Title(row), segment.Doi(row));
        var (first, last) = segment.AuthorsOf(row);
        for (var author = first; author < last; author++)
        {
            foreach (var unit in segment.UnitsOfAuthor(author)) work.Units.Add(unitOf(unit));
            work.AuthorEnds.Add(work.Units.Count);
        }
    }

    static int Intern(WorksWriter writer, Unit unit) => writer.Intern(unit.Id, unit.Ror, unit.Country, unit.Name, unit.Lineage);
}
