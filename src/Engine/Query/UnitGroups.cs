using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>The groups of a store's units, each different unit asked for once, when first met.</summary>
sealed class UnitGroups
{
    const int Unasked = int.MinValue;
    readonly Func<Unit, int> group;
    readonly IReadOnlyList<Unit> units;
    readonly int[] groups;

    public UnitGroups(WorksStore store, Func<Unit, int> group)
    {
        (this.group, units) = (group, store.Units.Units);
        groups = new int[units.Count];
        Array.Fill(groups, Unasked);
    }

    /// <summary>Asks for every unit, so that several threads may look.</summary>
    public void AskAll()
    {
        lock (groups)
            for (var unit = 0; unit < groups.Length; unit++) _ = this[unit];
    }

    /// <param name="unit">a number of the store's directory</param>
    /// <returns>-1 for none</returns>
    public int this[int unit] => groups[unit] != Unasked ? groups[unit] : groups[unit] = Math.Max(-1, group(units[unit]));
}
