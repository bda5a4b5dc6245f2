using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>Which units stand for one side of a question: a flag per unit of each segment.</summary>
public sealed class UnitSet
{
    readonly bool[][] flags;
    readonly int[][] members;

    UnitSet(WorksStore store, int[] numbers)
    {
        (Store, Numbers) = (store, numbers);
        (flags, members) = (new bool[store.Segments.Count][], new int[store.Segments.Count][]);
        foreach (var segment in store.Segments) (flags[segment.Index], members[segment.Index]) = InSegment(segment);
    }

    /// <summary>The units that pass a test, which is asked once of each different unit of the store.</summary>
    public static UnitSet Of(WorksStore store, Func<Unit, bool> belongs)
    {
        var units = store.Units.Units;
        var inStore = new bool[units.Count];
        for (var unit = 0; unit < inStore.Length; unit++) inStore[unit] = belongs(units[unit]);
        return new(store, [.. Enumerable.Range(0, inStore.Length).Where(unit => inStore[unit])]);
    }

    /// <param name="numbers">of the store's directory, ascending</param>
    internal static UnitSet OfNumbers(WorksStore store, int[] numbers) => new(store, numbers);

    public WorksStore Store { get; }

    /// <summary>The units of the set by their numbers in the store's directory, ascending: two sets of one store are the same where these are.</summary>
    internal int[] Numbers { get; }

    public bool Has(WorksSegment segment, int unit) => flags[segment.Index][unit];

    internal ReadOnlySpan<bool> Flags(WorksSegment segment) => flags[segment.Index];

    /// <summary>The units of a segment that are in the set, ascending.</summary>
    internal ReadOnlySpan<int> Members(WorksSegment segment) => members[segment.Index];

    (bool[] Flags, int[] Members) InSegment(WorksSegment segment)
    {
        var flags = new bool[segment.UnitCount];
        int[] members = [.. Numbers.Select(unit => Store.Units.PlaceIn(segment, unit)).Where(place => place >= 0).Order()];
        foreach (var unit in members) flags[unit] = true;
        return (flags, members);
    }
}
