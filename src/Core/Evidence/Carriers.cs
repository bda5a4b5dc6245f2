using Entente.Core.Kernel;
using Entente.Engine.Works;

namespace Entente.Core.Evidence;

/// <summary>The OpenAlex ids that carry each ROR id anywhere in a vintage, and the name that most works give it.</summary>
sealed class Carriers
{
    readonly IReadOnlyList<Unit> _units;
    readonly Lazy<ILookup<string, (Unit Unit, long Works)>> _told;
    readonly Dictionary<string, List<long>> _ids = new(StringComparer.Ordinal);

    public Carriers(WorksStore store) : this(store.StandingUnits, () => Told(store))
    {
    }

    /// <param name="told">each unit, perhaps more than once, with so many works that list it</param>
    public Carriers(IReadOnlyList<Unit> units, Func<IEnumerable<(Unit Unit, long Works)>> told)
    {
        // A question by ROR id asks for the name: who is told how often is gathered once for all.
        (_units, _told) = (units, new(() => told().Where(each => each.Unit.Name is not null).ToLookup(each => RorOf(each.Unit) ?? "", StringComparer.Ordinal)));
        foreach (var unit in units)
        {
            if (RorOf(unit) is not { } ror) continue;
            if (!_ids.TryGetValue(ror, out var ids)) _ids.Add(ror, ids = []);
            if (unit.Id != 0 && !ids.Contains(unit.Id)) ids.Add(unit.Id);
        }
    }

    public IReadOnlyList<long> IdsOf(string ror) => _ids.TryGetValue(ror, out var ids) ? [.. ids.Order()] : [];

    /// <summary>The name that most works give to the bearer of a ROR id; of equals, the first.</summary>
    public string? NameOf(string ror) => !_ids.ContainsKey(ror) ? null : _told.Value[ror]
        .GroupBy(told => told.Unit.Name!, StringComparer.Ordinal).OrderByDescending(told => told.Sum(t => t.Works)).ThenBy(told => told.Key, StringComparer.Ordinal)
        .FirstOrDefault()?.Key;

    /// <summary>The ROR ids whose bearers are named exactly so.</summary>
    public IReadOnlyList<string> Named(string name) => [.. _units
        .Where(unit => unit.Name == name).Select(RorOf).OfType<string>().Distinct(StringComparer.Ordinal).Where(ror => NameOf(ror) == name).Order(StringComparer.Ordinal)];

    static IEnumerable<(Unit Unit, long Works)> Told(WorksStore store) => store.DistinctUnits.Select((unit, number) => (unit, store.WorksListing(number)));

    // The reader writes them bare; only what was written by hand may be an address.
    static string? RorOf(Unit unit) => unit.Ror is { Length: 9 } bare ? bare : RorId.Parse(unit.Ror);
}
