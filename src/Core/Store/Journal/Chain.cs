using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Entente.Core.Store.Journal;

/// <summary>The hashes that chain the journal. What is hashed is a JSON array of texts, so that no two lines can be written alike.</summary>
static class Chain
{
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The hash before the first line.</summary>
    public static string Start { get; } = Hash("entente journal 1");

    /// <summary>A secret of its own for each line and change, so that an erased one cannot be guessed from its hash.</summary>
    public static string NewSalt() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public static string OfContent(JournalEntry line) => Hash(line.Salt, line.Subject, line.Detail);

    public static string OfChange(JournalChange c) => Hash(c.Salt, c.TableName, c.RowKey, c.Record, c.Audience, c.Before, c.After);

    public static string OfChanges(IEnumerable<string> hashes) => Hash([.. hashes]);

    public static string OfLine(string before, JournalEntry line) =>
        Hash(before, line.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), UtcText.Of(line.At), line.Who, line.Verb, line.ContentHash, line.ChangesHash);

    static string Hash(params string?[] parts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(parts, Plain))));
}
