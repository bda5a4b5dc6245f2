using System.Security.Cryptography;
using Entente.Core.Kernel;
using Entente.Engine.Packing;

namespace Entente.Core.Evidence;

/// <summary>Something to import from: a file as a rule, or bytes made on the way. Bytes is its size as it lies, for progress only.</summary>
public sealed record Source(string Path, long Bytes, Func<Stream> Open)
{
    /// <summary>The file's name alone, as rejected rows give it.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>A file that is there and can be read; refused otherwise.</summary>
    public static Outcome<Source> File(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            using var probe = new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return new Source(full, probe.Length, () => new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, FileOptions.SequentialScan));
        }
        catch (UnauthorizedAccessException)
        {
            return Directory.Exists(full)
                ? Refusal.Invalid("folder-not-file", $"{path} is a folder; name the files in it.",
                    $"{path} est un dossier\u202F; indiquez les fichiers qu’il contient.")
                : Refusal.Invalid("unreadable-file", $"{path} cannot be read: permission is missing.",
                    $"{path} ne peut pas être lu\u202F: le droit de lecture manque.");
        }
        catch (IOException)
        {
            return Refusal.Invalid("missing-file", $"There is no file {path}. Check the path, then try again.",
                $"Le fichier {path} n’existe pas. Vérifiez le chemin, puis recommencez.");
        }
    }

    /// <summary>All of the files, or the refusal of the first that is not there. A path named twice is read once.</summary>
    public static Outcome<IReadOnlyList<Source>> Files(IEnumerable<string> paths)
    {
        var sources = new List<Source>();
        foreach (var path in paths)
        {
            var source = File(path);
            if (source.Refusal is { } refusal) return refusal;
            if (sources.TrueForAll(s => s.Path != source.Value.Path)) sources.Add(source.Value);
        }
        return sources;
    }
}

/// <summary>Thrown by a reader, however deep, when a whole import must be refused; the import's frame turns it into the refusal.</summary>
public sealed class RefusedImportException(Refusal refusal) : Exception(refusal.Message.En)
{
    public Refusal Refusal { get; } = refusal;
}

/// <summary>
/// A source's text: unpacked when it is gzip, hashed as it lies while it is read. Reading to the end (or <see cref="Finish"/>)
/// enters the source in the draft.
/// </summary>
public sealed class SourceStream : ForwardStream
{
    const string StrictValidation = "System.IO.Compression.UseStrictValidation";

    readonly VintageDraft _draft;
    readonly Source _source;
    readonly HashingStream _raw;
    readonly Stream _text;

    internal SourceStream(VintageDraft draft, Source source)
    {
        (_draft, _source) = (draft, source);
        // Without this switch (Directory.Build.props) the framework takes a cut gzip file for a whole one.
        if (!AppContext.TryGetSwitch(StrictValidation, out var strict) || !strict)
            throw new InvalidOperationException($"The switch {StrictValidation} must be on.");
        _raw = new(source.Open(), draft.Advance);
        IsGzip = _raw.Peek() is [0x1f, 0x8b];
        _text = IsGzip ? Gunzip.Open(_raw) : _raw;
    }

    public bool IsGzip { get; }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            var read = _text.Read(buffer);
            if (read == 0 && buffer.Length > 0) Finish();
            return read;
        }
        catch (InvalidDataException)
        {
            throw new RefusedImportException(Refusal.Invalid("broken-gzip",
                $"{_source.Path} is a gzip file that is cut or damaged. Nothing was imported. Fetch the file again, then import it.",
                $"{_source.Path} est un fichier gzip tronqué ou endommagé. Rien n’a été importé. Récupérez de nouveau le fichier, puis importez-le."));
        }
    }


    /// <summary>Hashes what was not read and enters the source in the draft. A second call does nothing.</summary>
    public void Finish()
    {
        if (_raw.Sha256 is null) _draft.Enter(new SourceFile(_source.Path, _raw.Finish(), _raw.Done));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _text.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>Passes bytes on, hashing and counting them.</summary>
sealed class HashingStream(Stream inner, Action<int> advance) : ForwardStream
{
    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly byte[] _head = new byte[2];
    int _headLength = -1, _headRead;

    public long Done { get; private set; }
    public string? Sha256 { get; private set; }

    /// <summary>The first two bytes, still to be read.</summary>
    public ReadOnlySpan<byte> Peek()
    {
        if (_headLength < 0) _headLength = inner.ReadAtLeast(_head, _head.Length, throwOnEndOfStream: false);
        return _head.AsSpan(0, _headLength);
    }

    public override int Read(Span<byte> buffer)
    {
        int read;
        if (_headRead < _headLength)
        {
            read = Math.Min(buffer.Length, _headLength - _headRead);
            _head.AsSpan(_headRead, read).CopyTo(buffer);
            _headRead += read;
        }
        else
        {
            read = inner.Read(buffer);
        }
        if (read == 0) return 0;
        _hash.AppendData(buffer[..read]);
        Done += read;
        advance(read);
        return read;
    }

    /// <summary>Reads what is left, and tells the hash of it all in lower-case hex.</summary>
    public string Finish()
    {
        if (Sha256 is not null) return Sha256;
        var rest = new byte[1 << 16];
        while (Read(rest) > 0) { }
        return Sha256 = Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            _hash.Dispose();
        }
        base.Dispose(disposing);
    }
}
