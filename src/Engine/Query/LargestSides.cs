using System.Runtime.InteropServices;
using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>The sides that questions ask for most: each organisation by itself, and with all that name it in their lineage.</summary>
static class LargestSides
{
    /// <summary>Those of at least so many works, most works first; a work that two units list counts twice here.</summary>
    public static IEnumerable<UnitSet> Of(WorksStore store, int fewestWorks) => Units(store.Units.Units)
        .Select(units => (Units: units, Works: units.Sum(unit => store.WorksListing(unit))))
        .Where(side => side.Works >= fewestWorks).OrderByDescending(side => side.Works).ThenBy(side => side.Units[0])
        .Select(side => UnitSet.OfNumbers(store, side.Units));

    static IEnumerable<int[]> Units(IReadOnlyList<Unit> units)
    {
        var (own, under) = (new Dictionary<long, List<int>>(), new Dictionary<long, List<int>>());
        for (var number = 0; number < units.Count; number++)
        {
            Add(own, units[number].Id, number);
            foreach (var id in units[number].Lineage.Append(units[number].Id).Distinct()) Add(under, id, number);
        }
        return under.SelectMany(side => own.TryGetValue(side.Key, out var listed) && listed.Count < side.Value.Count
            ? new[] { side.Value.ToArray(), [.. listed] } : [[.. side.Value]]);
    }

    static void Add(Dictionary<long, List<int>> sides, long id, int unit)
    {
        if (id != 0) (CollectionsMarshal.GetValueRefOrAddDefault(sides, id, out _) ??= []).Add(unit);
    }
}
