using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Entente.Core.Accounts;

/// <summary>Keys that are handed out once, in a link or a cookie, and kept as hashes only.</summary>
public static class Secrets
{
    /// <summary>256 random bits, in characters that an address may hold.</summary>
    public static string NewKey() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
