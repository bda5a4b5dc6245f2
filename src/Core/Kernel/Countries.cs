using System.Collections.Frozen;

namespace Entente.Core.Kernel;

/// <summary>
/// Countries as they are counted and named: data/countries. A statistical country is where a code counts: Guadeloupe counts with
/// France, Hong Kong with China. The table has a version, which every receipt prints.
/// </summary>
public static class Countries
{
    static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "data", "countries");

    static readonly Lazy<FrozenDictionary<string, (string Country, string Reason)>> Folded = new(() =>
        Rows("statistical-countries.csv").ToFrozenDictionary(r => r[0], r => (r[1], r[2]), StringComparer.OrdinalIgnoreCase));

    static readonly Lazy<FrozenDictionary<string, Said>> Names = new(() =>
        Rows("names.csv").ToFrozenDictionary(r => r[0], r => new Said(r[1], r[2]), StringComparer.OrdinalIgnoreCase));

    static readonly Lazy<string> Stated = new(() =>
        File.ReadLines(Path.Combine(Folder, "statistical-countries.csv")).First()["# version:".Length..].Trim());

    /// <summary>The version of the table of statistical countries, such as 2026-11.</summary>
    public static string Version => Stated.Value;

    /// <summary>The country that a code counts for, in capitals; a code that the table does not name counts for itself. Null where there is no code.</summary>
    public static string? Statistical(string? code) => string.IsNullOrWhiteSpace(code) ? null
        : Folded.Value.TryGetValue(code.Trim(), out var folded) ? folded.Country : code.Trim().ToUpperInvariant();

    /// <summary>The codes that count for a country, its own among them.</summary>
    public static IReadOnlyList<string> CodesOf(string country) =>
        [.. Folded.Value.Where(f => f.Value.Country == country).Select(f => f.Key).Append(country).Order(StringComparer.Ordinal)];

    /// <summary>Every code that counts for another country, with the country and the reason.</summary>
    public static IReadOnlyList<(string Code, string Country, string Reason)> Table =>
        [.. Folded.Value.Select(f => (f.Key, f.Value.Country, f.Value.Reason)).OrderBy(f => f.Key, StringComparer.Ordinal)];

    /// <summary>True for a code that has a name: ISO 3166-1, and XK.</summary>
    public static bool IsKnown(string? code) => code is not null && Names.Value.ContainsKey(code);

    /// <summary>The name of a country or territory; a code without a name is its own.</summary>
    public static string Name(string code, Lang lang) => Said(code).In(lang);

    public static Said Said(string code) => Names.Value.TryGetValue(code, out var name) ? name : Kernel.Said.Same(code);

    /// <summary>Every code that has a name, in order.</summary>
    public static IReadOnlyList<string> Codes => [.. Names.Value.Keys.Order(StringComparer.Ordinal)];

    // Three columns; only the last may hold a comma.
    static IEnumerable<string[]> Rows(string file) => File.ReadLines(Path.Combine(Folder, file))
        .Where(line => line.Length > 0 && line[0] != '#').Skip(1).Select(line => line.Split(',', 3));
}
