using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Entente.Web.Tests.Accounts;

/// <summary>What a person's device computes from the secret: RFC 6238 with SHA-1, 30 seconds and six digits.</summary>
static class Totp
{
    const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string Code(string secret)
    {
        var bits = string.Concat(secret.Select(c => Convert.ToString(Letters.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var key = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // What authenticators speak.
        var hash = HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xf)) & 0x7fffffff;
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }
}
