using System.Security.Cryptography;
using Entente.Engine.Segments;

namespace Entente.Core.Evidence;

/// <summary>A small file of a vintage beside its segments, hashed while it is written and flushed to disk when finished.</summary>
sealed class HashedFile(string path) : IDisposable
{
    readonly FileStream _file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Write(ReadOnlySpan<byte> bytes)
    {
        _file.Write(bytes);
        _hash.AppendData(bytes);
    }

    public SegmentDigest Finish()
    {
        _file.Flush(flushToDisk: true);
        var digest = new SegmentDigest(Path.GetFileName(path), Convert.ToHexStringLower(_hash.GetHashAndReset()), _file.Length);
        _file.Dispose();
        return digest;
    }

    public void Dispose()
    {
        _file.Dispose();
        _hash.Dispose();
    }
}
