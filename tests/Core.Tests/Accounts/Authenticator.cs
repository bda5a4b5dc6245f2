using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Entente.Core.Tests.Accounts;

/// <summary>What a person's device computes from the secret: RFC 6238 with SHA-1, 30 seconds and six digits.</summary>
static class Authenticator
{
    public static string Code(string secret, int steps = 0)
    {
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30 + steps);
#pragma warning disable CA5350 // What authenticators speak.
        var hash = HMACSHA1.HashData(Bytes(secret), counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xf)) & 0x7fffffff;
        return (number % 1_000_000).ToString("000000", System.Globalization.CultureInfo.InvariantCulture);
    }

    static byte[] Bytes(string base32)
    {
        var (bits, count, bytes) = (0L, 0, new List<byte>());
        foreach (var letter in base32.TrimEnd('='))
        {
            bits = (bits << 5) | (long)"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal);
            count += 5;
            if (count < 8) continue;
            count -= 8;
            bytes.Add((byte)(bits >> count));
            bits &= (1L << count) - 1;
        }
        return [.. bytes];
    }
}
