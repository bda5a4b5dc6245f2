using System.Runtime.InteropServices;

namespace Entente.Engine.Works;

/// <summary>
/// Units by their properties, numbered as they first come. Variants of one organisation hang on one chain, newest first: a
/// source lists an organisation in the same way nearly always, so that the first comparison nearly always holds.
/// </summary>
sealed class UnitTable
{
    readonly Dictionary<long, int> heads = [];
    readonly List<Unit> units = [];
    readonly List<int> next = [];

    public int Count => units.Count;
    public Unit this[int unit] => units[unit];

    /// <summary>All units as of now, by number.</summary>
    public Unit[] ToArray() => [.. units];

    public int Intern(long id, string? ror, string? country, string? type, string? name, ReadOnlySpan<long> lineage)
    {
        ref var head = ref CollectionsMarshal.GetValueRefOrAddDefault(heads, id, out var exists);
        if (exists)
            for (var unit = head; unit >= 0; unit = next[unit])
                if (Same(units[unit], ror, country, type, name, lineage)) return unit;
        units.Add(new(id, Known(ror), Known(country), Known(type), Known(name), lineage.ToArray()));
        next.Add(exists ? head : -1);
        return head = units.Count - 1;
    }

    static bool Same(Unit unit, string? ror, string? country, string? type, string? name, ReadOnlySpan<long> lineage) =>
        Same(unit.Ror, ror) && Same(unit.Country, country) && Same(unit.Type, type) && Same(unit.Name, name) && lineage.SequenceEqual(unit.Lineage);

    static bool Same(string? known, string? given) => (known ?? "").AsSpan().SequenceEqual(given);

    static string? Known(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
