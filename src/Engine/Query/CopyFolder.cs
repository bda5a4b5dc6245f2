using System.Security.Cryptography;
using Entente.Engine.Segments;

namespace Entente.Engine.Query;

/// <summary>
/// What was told again of a store for its questions, kept on disk so that the next process need not make it: docs/format/copies.md. A file
/// that is damaged, or of other works, is thrown away and made again; one that cannot be written is not kept, and that is all.
/// </summary>
public sealed class CopyFolder
{
    const string MadeOf = "made_of", Ending = ".seg";
    readonly string root;
    readonly Lazy<byte[]> store;
    readonly Lock gate = new();
    long taken = -1;

    /// <param name="root">where the folder of copies stands, named by the works that they were made of; both are made when something is kept</param>
    /// <param name="store">what tells the works from any others</param>
    internal CopyFolder(string root, Lazy<byte[]> store) => (this.root, this.store) = (root, store);

    string Folder => Path.Combine(root, Convert.ToHexStringLower(store.Value.AsSpan(0, 8)));

    /// <summary>What all files together may take; where there is no room, smaller ones go for a larger one, which took longer to make.</summary>
    public long MostBytes { get; set; }

    /// <summary>Where the disk has less left than this, it is left to what cannot be made again.</summary>
    public long LeastFree { get; set; } = 1L << 30;

    /// <summary>An ego copy of fewer works is not kept: it is made again in a few hundredths of a second.</summary>
    public int FewestWorks { get; set; } = 1 << 14;

    /// <summary>Nor is a set of all works, where there are fewer.</summary>
    public int FewestOfAll { get; set; } = 1 << 20;

    /// <summary>The files under a root, of whatever works they were made; what a dead writer left half is none.</summary>
    public static IReadOnlyList<string> Files(string root) =>
        Directory.Exists(root) ? [.. Directory.EnumerateFiles(root, "*" + Ending, SearchOption.AllDirectories).Order(StringComparer.Ordinal)] : [];

    /// <summary>Whether every byte of a file is as it was written; a file that is gone is.</summary>
    public static bool IsSound(string path)
    {
        try
        {
            using var segment = Segment.Open(path);
            segment.Verify();
            return true;
        }
        catch (CorruptSegmentException)
        {
            return !File.Exists(path);
        }
    }

    /// <param name="grouping">of what else than the works the copy is made; empty for nothing else</param>
    /// <param name="read">may throw where a sound file does not hold what it should</param>
    /// <returns>null where there is none</returns>
    internal T? Take<T>(string name, string kind, ReadOnlySpan<byte> grouping, Func<Segment, T> read) where T : class
    {
        var path = PathOf(name);
        if (!File.Exists(path)) return null;
        try
        {
            using var segment = Segment.Open(path);
            if (segment.Kind == kind && segment.Column<byte>(MadeOf).SequenceEqual(Stamp(grouping))) return read(segment);
        }
        catch (Exception error) when (error is CorruptSegmentException or IOException or UnauthorizedAccessException)
        {
            // It is made again, whatever was wrong with it.
        }
        Drop(path);
        return null;
    }

    /// <returns>false where it is not kept</returns>
    internal bool Keep(string name, string kind, ReadOnlySpan<byte> grouping, Action<SegmentWriter> write)
    {
        var stamp = Stamp(grouping);
        try
        {
            lock (gate)
            {
                if (taken < 0) Begin();
                using var writer = new SegmentWriter(PathOf(name), kind);
                writer.Column<byte>(MadeOf, stamp);
                write(writer);
                if (!MakeRoom(writer.Written)) return false;
                taken += writer.Finish().Bytes;
            }
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A full disk, a folder that may not be written, another process that writes the same: the copy is made again some day.
            return false;
        }
    }

    internal bool Has(string name) => File.Exists(PathOf(name));

    byte[] Stamp(ReadOnlySpan<byte> grouping) => SHA256.HashData([.. store.Value, .. grouping]);

    string PathOf(string name) => Path.Combine(Folder, name + Ending);

    /// <summary>
    /// Copies of the works before a merge are of no use to anyone who opens them now, nor what a dead writer left half. A living writer of another process whose half is taken away
    /// keeps nothing, and that is all.
    /// </summary>
    void Begin()
    {
        Directory.CreateDirectory(Folder);
        foreach (var earlier in Directory.EnumerateDirectories(root).Where(path => path != Folder)) Directory.Delete(earlier, recursive: true);
        foreach (var half in Directory.EnumerateFiles(Folder, "*" + SegmentWriter.Partial)) Drop(half);
        taken = Kept().Sum(file => file.Length);
    }

    bool MakeRoom(long bytes)
    {
        if (new DriveInfo(Folder).AvailableFreeSpace < LeastFree) return false;
        if (taken + bytes <= MostBytes) return true;
        var kept = Kept();
        var over = kept.Sum(file => file.Length) + bytes - MostBytes;
        var smaller = kept.TakeWhile(file => file.Length < bytes).ToList();
        if (over > smaller.Sum(file => file.Length)) return false;
        foreach (var file in smaller.TakeWhile(_ => over > 0))
        {
            over -= file.Length;
            Drop(file.FullName);
        }
        taken = MostBytes - bytes + Math.Min(over, 0);
        return true;
    }

    List<FileInfo> Kept() => [.. new DirectoryInfo(Folder).GetFiles("*" + Ending).OrderBy(file => file.Length)];

    static void Drop(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is looked at, and passed over, again.
        }
    }
}
