using System.Security.Cryptography;
using System.Text;
using Entente.Core.Kernel;

namespace Entente.Core.Evidence;

/// <summary>
/// A vintage's name, made of what it holds: kind, options that change content, and the SHA-256 of each source, in an order
/// of its own, so that neither path, name, time nor the order of the files matters. Written out in docs/format/vintage.md.
/// </summary>
public static class VintageId
{
    public static string Of(VintageKind kind, bool synthetic, IEnumerable<KeyValuePair<string, string>> options, IEnumerable<string> sha256OfSources)
    {
        var text = new StringBuilder($"kind={Word(kind)}\n");
        foreach (var (name, value) in options.OrderBy(option => option.Key, StringComparer.Ordinal)) text.Append($"{name}={value}\n");
        foreach (var hash in sha256OfSources.Order(StringComparer.Ordinal)) text.Append(hash).Append('\n');
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
        return $"{(synthetic ? "synthetic" : Word(kind))}-{Convert.ToHexStringLower(digest.AsSpan(0, 8))}";
    }

    /// <summary>The kind as manifests and ids write it.</summary>
    public static string Word(VintageKind kind) => kind switch
    {
        VintageKind.OpenAlex => "openalex",
        VintageKind.Ror => "ror",
        VintageKind.Cordis => "cordis",
        VintageKind.Rnsr => "rnsr",
    };

    /// <summary>The option without which the kind's import cannot be told apart, as a command line shows it.</summary>
    public static string Option(VintageKind kind) => kind switch
    {
        VintageKind.Ror => " --release vX.Y",
        VintageKind.Cordis => " --as-of YYYY-MM-DD",
        VintageKind.OpenAlex or VintageKind.Rnsr => "",
    };

    /// <summary>The kind as people name it.</summary>
    public static Said Name(VintageKind kind) => kind switch
    {
        VintageKind.OpenAlex => Said.Same("OpenAlex"),
        VintageKind.Ror => Said.Same("ROR"),
        VintageKind.Cordis => Said.Same("CORDIS"),
        VintageKind.Rnsr => Said.Same("RNSR"),
    };
}
