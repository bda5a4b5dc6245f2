using System.Security.Cryptography;
using System.Text;

namespace Entente.Core.Evidence.Measures;

/// <summary>What a digest is the hash of, as it is written: ids of works, lines, and an empty line between parts.</summary>
sealed class DigestText : IDisposable
{
    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Ids(SetOfWorks works) => works.AppendTo(_hash);

    public void Line(string text) => _hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));

    public void Blank() => _hash.AppendData("\n"u8);

    public string Finish() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();
}
