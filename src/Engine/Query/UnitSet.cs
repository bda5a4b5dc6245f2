using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>Which units stand for one side of a question: a flag per unit of each segment.</summary>
public sealed class UnitSet
{
    readonly bool[][] flags;
    readonly int[][] members;

    UnitSet(bool[][] flags)
    {
        this.flags = flags;
        members = [.. flags.Select(Members)];
    }

    public static UnitSet Of(WorksStore store, Func<Unit, bool> belongs) => new([.. store.Segments.Select(segment =>
    {
        var flags = new bool[segment.UnitCount];
        for (var unit = 0; unit < flags.Length; unit++) flags[unit] = belongs(segment.Unit(unit));
        return flags;
    })]);

    public bool Has(WorksSegment segment, int unit) => flags[segment.Index][unit];

    internal ReadOnlySpan<bool> Flags(WorksSegment segment) => flags[segment.Index];

    /// <summary>The units of a segment that are in the set, ascending.</summary>
    internal ReadOnlySpan<int> Members(WorksSegment segment) => members[segment.Index];

    static int[] Members(bool[] flags)
    {
        var units = new List<int>();
        for (var unit = 0; unit < flags.Length; unit++)
            if (flags[unit]) units.Add(unit);
        return [.. units];
    }
}
