using System.Text.Json;

namespace Entente.Bench;

/// <summary>An institution as a work lists it.</summary>
sealed record PlainUnit(string Id, string? Ror, string? Country, IReadOnlyList<string> Lineage);

/// <summary>A work read the slow, plain way: a whole JSON document, then what is asked of it.</summary>
sealed record PlainWork(int Year, bool Retracted, bool Paratext, bool Truncated, IReadOnlyList<IReadOnlyList<PlainUnit>> Authors)
{
    public bool Passes => !Retracted && !Paratext;

    public IEnumerable<PlainUnit> Units => Authors.SelectMany(units => units);

    public static PlainWork Read(string line)
    {
        using var document = JsonDocument.Parse(line);
        var work = document.RootElement;
        var authors = work.GetProperty("authorships").EnumerateArray()
            .Select(IReadOnlyList<PlainUnit> (author) => [.. author.GetProperty("institutions").EnumerateArray().Select(Unit)]).ToList();
        return new(
            work.GetProperty("publication_year").GetInt32(), Flag(work, "is_retracted"), Flag(work, "is_paratext"),
            Flag(work, "is_authors_truncated") || authors.Count == 100, authors);
    }

    static PlainUnit Unit(JsonElement unit)
    {
        var id = unit.GetProperty("id").GetString()!;
        return new(id, Text(unit, "ror"), Text(unit, "country_code"),
            unit.TryGetProperty("lineage", out var lineage) ? [.. lineage.EnumerateArray().Select(each => each.GetString()!)] : [id]);
    }

    static bool Flag(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? value.GetString() : null;
}
