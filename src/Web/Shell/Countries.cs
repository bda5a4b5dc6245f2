using Entente.Core.Kernel;

namespace Entente.Web.Shell;

/// <summary>Names of countries in both languages, from data/vocab/countries.csv. A code that is not listed is its own name.</summary>
public static class Countries
{
    static readonly Dictionary<string, Said> Names = Read(System.IO.Path.Combine(AppContext.BaseDirectory, "data", "vocab", "countries.csv"));

    public static Said Name(string code) => Names.TryGetValue(code, out var name) ? name : Said.Same(code);

    static Dictionary<string, Said> Read(string path) => File.ReadLines(path).Skip(1)
        .Select(line => line.Replace("\"", "", StringComparison.Ordinal).Split(','))
        .ToDictionary(cells => cells[0], cells => new Said(cells[1], cells[2]), StringComparer.OrdinalIgnoreCase);
}
