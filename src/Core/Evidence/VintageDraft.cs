using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Engine.Segments;

namespace Entente.Core.Evidence;

/// <summary>
/// A vintage being written, aside from the others: a folder for its files, the sources read so far, the rows rejected.
/// Readers write their segments in <see cref="Folder"/>; <see cref="Importing"/> opens the draft and commits it.
/// </summary>
public sealed class VintageDraft : IDisposable
{
    public const string RejectsFile = "rejects.jsonl";
    const int LongestText = 200;

    static readonly JsonSerializerOptions RejectJson = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    readonly List<SourceFile> _sources = [];
    readonly long _total;
    readonly IProgress<ProgressReport>? _progress;
    readonly CancellationToken _ct;
    int _opened;
    long _done;
    HashedFile? _rejects;

    readonly VintageDraft? _whole;
    readonly Lock _gate = new();
    int _pending;
    long _told;

    internal VintageDraft(string folder, long total, IProgress<ProgressReport>? progress, CancellationToken ct)
    {
        (Folder, _total, _progress, _ct) = (folder, total, progress, ct);
        Directory.CreateDirectory(folder);
    }

    VintageDraft(string folder, VintageDraft whole) : this(folder, 0, null, whole._ct) => _whole = whole;

    /// <summary>A draft of some of the sources, in a folder of its own, for one thread. What comes of it is taken in by <see cref="Take"/>.</summary>
    internal VintageDraft Part(string folder) => new(folder, this);

    /// <summary>Takes in what a part read: its sources, counts and rejected rows.</summary>
    internal void Take(string folder, OpenAlex.GroupTaken taken)
    {
        _opened += taken.Sources.Count;
        _sources.AddRange(taken.Sources);
        Records += taken.Records;
        Rejected += taken.Rejected;
        if (taken.First is { } first) FirstReject ??= new(first.File, first.Line, new(first.En, first.Fr));
        if (taken.Rejects is not { } file) return;
        _rejects ??= new(Path.Combine(Folder, RejectsFile));
        _rejects.Write(File.ReadAllBytes(Path.Combine(folder, file.Name)));
    }

    /// <summary>Closes the list of rejected rows of a part; null where there are none.</summary>
    internal SegmentDigest? EndRejects() => _rejects?.Finish();

    /// <summary>Where the files of the vintage are written. Nothing in it is seen by readers before the commit.</summary>
    public string Folder { get; }

    /// <summary>Records read so far, for progress; the reader keeps it up to date.</summary>
    public long Records { get; set; }

    public long Rejected { get; private set; }

    /// <summary>The first row that was rejected: told when all of them were.</summary>
    public Reject? FirstReject { get; private set; }

    public IReadOnlyList<SourceFile> Sources => _sources;

    /// <summary>A source's text, plain or gzip by its first bytes. Read it to the end; its hash is part of the vintage's id.</summary>
    public SourceStream Open(Source source)
    {
        _opened++;
        return new(this, source);
    }

    /// <summary>Enters a source that the reader opens by itself, such as a zip; the reader tells how far it has come (<see cref="Advance"/>).</summary>
    public void Enter(Source source)
    {
        _opened++;
        using var raw = new HashingStream(source.Open(), _ => _ct.ThrowIfCancellationRequested());
        var sha256 = raw.Finish();
        _sources.Add(new(source.Path, sha256, raw.Done));
    }

    /// <summary>Lists a row that is not taken in. Line counts from 1; 0 when the source has no lines. The row's text is cut at 200 characters.</summary>
    public void Reject(string file, long line, Said reason, string? text = null)
    {
        Rejected++;
        FirstReject ??= new(file, line, reason);
        _rejects ??= new(Path.Combine(Folder, RejectsFile));
        if (text?.Length > LongestText) text = text[..LongestText] + "…";
        _rejects.Write(JsonSerializer.SerializeToUtf8Bytes(new { file, line, en = reason.En, fr = reason.Fr, text }, RejectJson));
        _rejects.Write("\n"u8);
    }

    /// <summary>Takes over what an earlier vintage was made of: its sources, its count of records and its rejected rows.</summary>
    public void Inherit(DataFolder folder, Manifest earlier)
    {
        _opened += earlier.Sources.Count;
        _sources.AddRange(earlier.Sources);
        Records += earlier.Records;
        Rejected += earlier.Rejected;
        if (earlier.Rejected == 0) return;
        _rejects ??= new(Path.Combine(Folder, RejectsFile));
        foreach (var row in File.ReadLines(Path.Combine(Vintages.FolderOf(folder, earlier.Id), RejectsFile)))
            _rejects.Write(System.Text.Encoding.UTF8.GetBytes(row + "\n"));
    }

    internal void Enter(SourceFile source) => _sources.Add(source);

    internal void Advance(int bytes)
    {
        _ct.ThrowIfCancellationRequested();
        if (_whole is null)
        {
            Report(bytes, Records);
            return;
        }
        // Told seldom, since many threads tell the one draft.
        _pending += bytes;
        if (_pending < 1 << 20) return;
        _whole.Pass(_pending, Records - _told);
        (_pending, _told) = (0, Records);
    }

    /// <summary>Parts have come so much further.</summary>
    internal void Pass(long bytes, long records)
    {
        lock (_gate)
        {
            _told += records;
            Report(bytes, _told);
        }
    }

    void Report(long bytes, long records)
    {
        _done += bytes;
        _progress?.Report(new(new("Reading", "Lecture"), _total > 0 ? Math.Min(_done, _total) : _done, _total > 0 ? _total : null, records));
    }

    /// <summary>Writes what the frame itself writes, the manifest last, and tells the manifest.</summary>
    internal Manifest Close(VintageContent content, (DateTimeOffset At, DateTimeOffset? Clock) when, double seconds)
    {
        if (_opened != _sources.Count) throw new InvalidOperationException("A source was opened and not read to its end.");
        var files = content.Files.Select(f => new VintageFile(f.Name, f.Sha256, f.Bytes)).ToList();
        if (_rejects?.Finish() is { } rejects) files.Add(new(RejectsFile, rejects.Sha256, rejects.Bytes));
        var manifest = new Manifest
        {
            Id = VintageId.Of(content.Kind, content.Synthetic, content.Options, _sources.Select(s => s.Sha256)),
            Kind = content.Kind,
            Name = content.Name,
            Synthetic = content.Synthetic,
            Release = content.Release,
            AsOf = content.AsOf,
            Onto = content.Onto,
            Coverage = content.Coverage,
            Sources = [.. _sources.OrderBy(s => s.Path, StringComparer.Ordinal)],
            Files = files,
            Records = content.Records,
            Accepted = content.Records - Rejected,
            Rejected = Rejected,
            Superseded = content.Superseded,
            Withdrawn = content.Withdrawn,
            HandedOver = content.HandedOver,
            Unjoined = content.Unjoined,
            FirstYear = content.FirstYear,
            LastYear = content.LastYear,
            ImportedAt = when.At,
            Clock = when.Clock,
            Seconds = Math.Round(seconds, 3),
            Format = Vintages.Format,
        };
        WriteManifest(manifest);
        return manifest;
    }

    internal void WriteManifest(Manifest manifest) => WriteManifest(Folder, manifest);

    internal static void WriteManifest(string folder, Manifest manifest)
    {
        using var file = new HashedFile(Path.Combine(folder, Vintages.ManifestFile));
        file.Write(manifest.Sealed());
        file.Finish();
    }

    public void Dispose() => _rejects?.Dispose();
}

/// <summary>What a reader found and wrote. Options are those that change content, and part of the id; name and coverage are statements.</summary>
public sealed record VintageContent(VintageKind Kind)
{
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();
    public string? Name { get; init; }
    public Coverage Coverage { get; init; } = Coverage.Selection;
    public bool Synthetic { get; init; }
    public string? Release { get; init; }
    public DateOnly? AsOf { get; init; }

    /// <summary>OpenAlex: the vintage that this one updates.</summary>
    public string? Onto { get; init; }

    /// <summary>The files written in the draft's folder.</summary>
    public required IReadOnlyList<SegmentDigest> Files { get; init; }

    /// <summary>All records read, rejected ones included.</summary>
    public required long Records { get; init; }
    public long Superseded { get; init; }

    /// <summary>OpenAlex: how many of the superseded were withdrawn by a list of deleted works.</summary>
    public long Withdrawn { get; init; }

    /// <summary>OpenAlex: how many records the scanner left to the slower reader.</summary>
    public long? HandedOver { get; init; }

    /// <summary>CORDIS: rows on what a project is about whose project is in neither other table.</summary>
    public long? Unjoined { get; init; }
    public int? FirstYear { get; init; }
    public int? LastYear { get; init; }
}
