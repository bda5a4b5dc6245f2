using System.IO.Compression;
using Entente.Core.Kernel;
using Entente.Engine.Packing;

namespace Entente.Core.Evidence;

/// <summary>A text inside a source: the source itself, what its gzip holds, or one entry of its zip. May be opened more than once.</summary>
public sealed class PackedText(string name, Func<Func<Stream, Stream>, Stream> open)
{
    public string Name { get; } = name;

    public Stream Open() => open(raw => raw);

    /// <summary>Opens it and tells how many bytes of the source go by, as they lie.</summary>
    public Stream Open(Action<int> advance) => open(raw => new WatchedStream(raw, advance));
}

/// <summary>Finds the texts of a source by its first bytes, never by its name. What is cut or damaged refuses the whole import.</summary>
public static class Unpacking
{
    public static IReadOnlyList<PackedText> Texts(Source source)
    {
        using var probe = source.Open();
        Span<byte> head = stackalloc byte[4];
        var length = probe.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return head[..length] switch
        {
            [0x1f, 0x8b, ..] => [new(source.Name, watch => new PackedStream(source, new GZipStream(watch(source.Open()), CompressionMode.Decompress)))],
            [(byte)'P', (byte)'K', ..] => Zip(source),
            _ => [new(source.Name, watch => watch(source.Open()))],
        };
    }

    static IReadOnlyList<PackedText> Zip(Source source)
    {
        try
        {
            using var zip = new ZipArchive(source.Open(), ZipArchiveMode.Read);
            return [.. zip.Entries.Where(IsText).OrderBy(entry => entry.FullName, StringComparer.Ordinal)
                .Select(entry => new PackedText($"{source.Name}/{entry.FullName}", watch => OpenEntry(source, watch, entry.FullName)))];
        }
        catch (InvalidDataException)
        {
            throw new RefusedImportException(PackedStream.Damaged(source));
        }
    }

    // Folders, and the shadow files that macOS adds to every zip.
    static bool IsText(ZipArchiveEntry entry) =>
        entry.Name.Length > 0 && entry.Name[0] != '.' && !entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal);

    static PackedStream OpenEntry(Source source, Func<Stream, Stream> watch, string name)
    {
        var zip = new ZipArchive(watch(source.Open()), ZipArchiveMode.Read);
        return new(source, zip.GetEntry(name)!.Open(), zip);
    }
}

/// <summary>Unpacks, and tells a cut or damaged package as the refusal that it is.</summary>
sealed class PackedStream(Source source, Stream inner, IDisposable? package = null) : ForwardStream
{
    public static Refusal Damaged(Source source) => Refusal.Invalid("broken-package",
        $"{source.Path} is a packed file that is cut or damaged. Nothing was imported. Fetch the file again, then import it.",
        $"{source.Path} est un fichier compressé tronqué ou endommagé. Rien n’a été importé. Récupérez de nouveau le fichier, puis importez-le.");

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return inner.Read(buffer);
        }
        catch (InvalidDataException)
        {
            throw new RefusedImportException(Damaged(source));
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            package?.Dispose();
        }
        base.Dispose(disposing);
    }
}

/// <summary>Tells how many bytes go by. A zip's directory is told twice, which is little.</summary>
sealed class WatchedStream(Stream inner, Action<int> advance) : ForwardStream
{
    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        advance(read);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    public override bool CanSeek => inner.CanSeek;
    public override long Length => inner.Length;
    public override long Position { get => inner.Position; set => inner.Position = value; }
    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);
}
