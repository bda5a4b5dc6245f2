using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>Which units stand for one side of a question: a flag per unit of each segment.</summary>
public sealed class UnitSet
{
    readonly bool[][] flags;
    readonly int[][] members;

    UnitSet(WorksStore store, bool[] inStore)
    {
        Store = store;
        Numbers = [.. Enumerable.Range(0, inStore.Length).Where(unit => inStore[unit])];
        flags = new bool[store.Segments.Count][];
        members = new int[flags.Length][];
        foreach (var segment in store.Segments)
            (flags[segment.Index], members[segment.Index]) = InSegment(store.Units.NumbersOf(segment), inStore);
    }

    /// <summary>The units that pass a test, which is asked once of each different unit of the store.</summary>
    public static UnitSet Of(WorksStore store, Func<Unit, bool> belongs)
    {
        var units = store.Units.Units;
        var inStore = new bool[units.Count];
        for (var unit = 0; unit < inStore.Length; unit++) inStore[unit] = belongs(units[unit]);
        return new(store, inStore);
    }

    public WorksStore Store { get; }

    /// <summary>The units of the set by their numbers in the store's directory, ascending: two sets of one store are the same where these are.</summary>
    internal int[] Numbers { get; }

    public bool Has(WorksSegment segment, int unit) => flags[segment.Index][unit];

    internal ReadOnlySpan<bool> Flags(WorksSegment segment) => flags[segment.Index];

    /// <summary>The units of a segment that are in the set, ascending.</summary>
    internal ReadOnlySpan<int> Members(WorksSegment segment) => members[segment.Index];

    static (bool[] Flags, int[] Members) InSegment(int[] numbers, bool[] inStore)
    {
        var flags = new bool[numbers.Length];
        var members = new List<int>();
        for (var unit = 0; unit < numbers.Length; unit++)
        {
            if (!inStore[numbers[unit]]) continue;
            flags[unit] = true;
            members.Add(unit);
        }
        return (flags, [.. members]);
    }
}
