using System.Globalization;
using System.Runtime.ExceptionServices;
using Entente.Core.Store;
using Entente.Engine.Segments;
using Entente.Engine.Works;

namespace Entente.Core.Evidence.OpenAlex;

/// <summary>
/// Reads groups of sources on all cores, each thread a group at a time with one segment at hand, and lays what came of them
/// together in the order of the groups.
/// </summary>
sealed class WorksIntake(DataFolder data, VintageDraft draft, DeletedWorks deleted) : IDisposable
{
    /// <summary>Each thread holds one segment of works, some 200 MB: so many stay under 2 GiB.</summary>
    const int MostThreads = 8;

    readonly Unfinished _unfinished = new(data);
    readonly List<(string Folder, GroupTaken Taken)> _taken = [];
    int _next;

    /// <summary>How many groups an import that was broken off had finished.</summary>
    public int Resumed { get; private set; }

    public IEnumerable<GroupTaken> Taken => _taken.Select(group => group.Taken);

    /// <summary>Reads all sources; the first failure, in order of the groups that met one, ends it.</summary>
    public void Read(IReadOnlyList<Source> sources)
    {
        var groups = SourceGroup.Of(sources);
        var results = new (string Folder, GroupTaken Taken)?[groups.Count];
        var failures = new Exception?[groups.Count];
        var threads = Math.Min(Math.Min(Environment.ProcessorCount, MostThreads), groups.Count);
        var working = Enumerable.Range(0, threads).Select(_ => Task.Factory.StartNew(() => Work(groups, results, failures), default, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        Task.WaitAll(working);
        // An interruption is met by all threads alike; a failure tells more.
        if ((failures.FirstOrDefault(e => e is not null and not OperationCanceledException) ?? failures.FirstOrDefault(e => e is not null)) is { } failure)
        {
            if (failure is RefusedImportException || (failure is IOException full && Disk.IsFull(full))) _unfinished.Forget();
            ExceptionDispatchInfo.Throw(failure);
        }
        _taken.AddRange(results.Select(result => result!.Value));
    }

    /// <summary>Moves the segments to the draft, numbered through, and tells the draft what was read.</summary>
    public List<SegmentDigest> Lay()
    {
        var (files, number) = (new List<SegmentDigest>(), 0);
        foreach (var (folder, taken) in _taken)
        {
            foreach (var file in taken.Segments)
            {
                // A group's files come in pairs: works and, after them, texts.
                var name = string.Create(CultureInfo.InvariantCulture, $"{file.Name[..file.Name.IndexOf('-')]}-{number / 2:D4}.seg");
                File.Move(Path.Combine(folder, file.Name), Path.Combine(draft.Folder, name));
                files.Add(new(name, file.Sha256, file.Bytes));
                number++;
            }
            draft.Take(folder, taken);
        }
        return files;
    }

    /// <summary>The vintage is written, or will not be: nothing is kept for another try.</summary>
    public void Forget() => _unfinished.Forget();

    public void Dispose() => _unfinished.Dispose();

    void Work(List<SourceGroup> groups, (string, GroupTaken)?[] results, Exception?[] failures)
    {
        using var writer = new WorksWriter(draft.Folder, beside: false);
        var json = new WorkJson(writer);
        for (int at; (at = Interlocked.Increment(ref _next) - 1) < groups.Count && failures.All(e => e is null);)
            try
            {
                var key = groups[at].Key(deleted.Circumstances);
                results[at] = _unfinished.Find(key) is { } found ? Resume(found, groups[at]) : Read(groups[at], key, writer, json, last: at >= groups.Count - 1);
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                failures[at] = error;
            }
    }

    (string, GroupTaken) Resume((string, GroupTaken Taken) found, SourceGroup group)
    {
        lock (_taken) Resumed++;
        draft.Pass(group.Bytes, found.Taken.Records);
        return found;
    }

    (string, GroupTaken) Read(SourceGroup group, string? key, WorksWriter writer, WorkJson json, bool last)
    {
        var folder = _unfinished.Begin(key);
        using var part = draft.Part(folder);
        writer.Begin(folder);
        json.ForeignId = null;
        var reader = new WorksReader(part, writer, deleted, json);
        // While others have work of their own, one thread unpacks and scans by turns; the last group is divided among two.
        foreach (var source in group.Sources) reader.Read(source, ahead: last);
        var written = writer.End();
        var rejects = part.EndRejects();
        var taken = new GroupTaken
        {
            Segments = [.. written.Files.Select(f => new VintageFile(f.Name, f.Sha256, f.Bytes))],
            Sources = part.Sources,
            Rejects = rejects is null ? null : new(rejects.Name, rejects.Sha256, rejects.Bytes),
            First = part.FirstReject is { } first ? new(first.File, first.Line, first.Reason.En, first.Reason.Fr) : null,
            Records = part.Records,
            Rejected = part.Rejected,
            Superseded = written.Superseded,
            Withdrawn = reader.Deleted,
            HandedOver = reader.HandedOver,
            Synthetic = reader.Synthetic,
            ForeignId = reader.ForeignId,
        };
        Unfinished.End(folder, taken);
        return (folder, taken);
    }
}
