using System.IO.Compression;

namespace Entente.Core.Portfolio.Sheets;

/// <summary>Archives that hold no time of their own: the same tables give the same bytes, so that a copy can be told from a change.</summary>
public static class Packing
{
    static readonly DateTimeOffset Never = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static byte[] Zip(IEnumerable<(string Name, byte[] Bytes)> files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, bytes) in files)
            {
                using var entry = Add(zip, name);
                entry.Write(bytes);
            }
        return stream.ToArray();
    }

    /// <param name="copy">how one part comes from the other archive</param>
    internal static byte[] Undated(Stream archive, Action<string, Stream, Stream> copy)
    {
        archive.Position = 0;
        using var from = new ZipArchive(archive, ZipArchiveMode.Read, leaveOpen: true);
        using var stream = new MemoryStream();
        using (var to = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var part in from.Entries.OrderBy(e => e.FullName, StringComparer.Ordinal))
            {
                using var read = part.Open();
                using var entry = Add(to, part.FullName);
                copy(part.FullName, read, entry);
            }
        return stream.ToArray();
    }

    static Stream Add(ZipArchive zip, string name)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = Never;
        return entry.Open();
    }
}
