using System.Runtime.InteropServices;
using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>
/// The organisations behind a segment's units, numbered densely. Units with one id are one organisation, whatever else they
/// say; units without an id (0) are one each, since nothing says that they are the same.
/// </summary>
sealed class Organisations
{
    readonly int[] ofUnit;
    readonly List<long> ids = [];

    public Organisations(WorksSegment segment)
    {
        var numbers = new Dictionary<long, int>();
        ofUnit = new int[segment.UnitCount];
        for (var unit = 0; unit < ofUnit.Length; unit++)
        {
            var id = segment.UnitIds[unit];
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, id == 0 ? -1L - unit : id, out var known);
            if (!known)
            {
                number = ids.Count;
                ids.Add(id);
            }
            ofUnit[unit] = number;
        }
    }

    public int Count => ids.Count;

    public int Of(int unit) => ofUnit[unit];

    public long Id(int organisation) => ids[organisation];
}

/// <summary>The groups of a segment's units, each asked for once, when first met.</summary>
sealed class UnitGroups(WorksSegment segment, Func<Unit, int> group)
{
    const int Unasked = int.MinValue;
    readonly int[] groups = Fresh(segment.UnitCount);

    /// <summary>-1 for none.</summary>
    public int this[int unit] => groups[unit] != Unasked ? groups[unit] : groups[unit] = Math.Max(-1, group(segment.Unit(unit)));

    static int[] Fresh(int count)
    {
        var groups = new int[count];
        Array.Fill(groups, Unasked);
        return groups;
    }
}
