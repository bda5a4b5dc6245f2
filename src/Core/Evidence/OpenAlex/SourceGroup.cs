using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Entente.Core.Evidence.OpenAlex;

/// <summary>
/// Sources that one thread reads one after another into segments of their own. Groups depend on the sources alone, not on the
/// machine, so that the same sources in the same order give the same bytes anywhere, resumed or not.
/// </summary>
sealed record SourceGroup(IReadOnlyList<Source> Sources)
{
    /// <summary>A group is some seconds of work: what a break costs at most, for each thread. Few sources are divided more finely.</summary>
    const long Largest = 256L << 20, Smallest = 4L << 20, Shares = 16;

    public long Bytes => Sources.Sum(source => source.Bytes);

    public static List<SourceGroup> Of(IReadOnlyList<Source> sources)
    {
        var enough = Math.Clamp(sources.Sum(source => source.Bytes) / Shares, Smallest, Largest);
        var (groups, gathered, bytes) = (new List<SourceGroup>(), new List<Source>(), 0L);
        foreach (var source in sources)
        {
            gathered.Add(source);
            bytes += source.Bytes;
            if (bytes < enough) continue;
            groups.Add(new(gathered));
            (gathered, bytes) = ([], 0);
        }
        if (gathered.Count > 0) groups.Add(new(gathered));
        return groups;
    }

    /// <summary>What tells the group from any other: its files as they lie, and what else decides what comes of them; null where a source is no file.</summary>
    public string? Key(string circumstances)
    {
        var text = new StringBuilder(circumstances).Append('\n');
        foreach (var source in Sources)
        {
            var file = new FileInfo(source.Path);
            if (!file.Exists || file.Length != source.Bytes) return null;
            text.Append(CultureInfo.InvariantCulture, $"{source.Path}\n{file.Length} {file.LastWriteTimeUtc.Ticks}\n");
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..24];
    }
}

/// <summary>What came of a group: its files, its sources and its counts. Kept beside the files, so that a later import need not read the group again.</summary>
sealed record GroupTaken
{
    public required IReadOnlyList<VintageFile> Segments { get; init; }
    public required IReadOnlyList<SourceFile> Sources { get; init; }
    public VintageFile? Rejects { get; init; }
    public FirstRejected? First { get; init; }
    public long Records { get; init; }
    public long Rejected { get; init; }
    public long Superseded { get; init; }
    public long Withdrawn { get; init; }
    public long HandedOver { get; init; }
    public bool Synthetic { get; init; }
    public string? ForeignId { get; init; }

    public IEnumerable<VintageFile> Files => Rejects is null ? Segments : Segments.Append(Rejects);

    public sealed record FirstRejected(string File, long Line, string En, string Fr);
}
