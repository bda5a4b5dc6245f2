using System.Runtime.InteropServices;

namespace Entente.Engine.Works;

/// <summary>
/// The units of all segments of a store, each different one once, so that what is asked of a unit is asked once; and the
/// organisations behind them. Units with one id are one organisation, whatever else they say; units without an id (0) are one
/// each, since nothing says that they are the same. Made at the first question.
/// </summary>
sealed class UnitDirectory
{
    readonly List<Unit> units = [];
    readonly int[][] numbers;
    readonly List<long> organisations = [];
    readonly List<int> organisationOf = [];
    readonly int[][] organisationsOf;
    readonly int[]?[] sorted;

    public UnitDirectory(IReadOnlyList<WorksSegment> segments)
    {
        var known = new Dictionary<Unit, int>(SameUnit.Instance);
        var byId = new Dictionary<long, int>();
        numbers = [.. segments.Select(segment => Numbers(segment, known, byId))];
        sorted = new int[segments.Count][];
        organisationsOf = [.. numbers.Select(ofSegment => Array.ConvertAll(ofSegment, unit => organisationOf[unit]))];
    }

    public IReadOnlyList<Unit> Units => units;

    /// <summary>OpenAlex numbers of the organisations; 0 where a unit has none.</summary>
    public IReadOnlyList<long> Organisations => organisations;

    /// <summary>The number among <see cref="Organisations"/> of a unit.</summary>
    public int OrganisationOf(int unit) => organisationOf[unit];

    /// <summary>The number among <see cref="Organisations"/> of each unit among <see cref="Units"/>.</summary>
    public IReadOnlyList<int> OrganisationNumbers => organisationOf;

    /// <summary>The number among <see cref="Units"/> of each unit of a segment.</summary>
    public int[] NumbersOf(WorksSegment segment) => numbers[segment.Index];

    /// <summary>The number among <see cref="Organisations"/> of each unit of a segment.</summary>
    public int[] OrganisationsOf(WorksSegment segment) => organisationsOf[segment.Index];

    /// <summary>The units of a segment that stand for an organisation.</summary>
    public IReadOnlyList<int> UnitsOf(WorksSegment segment, int organisation)
    {
        var byOrganisation = sorted[segment.Index] ??= Sorted(organisationsOf[segment.Index]);
        var ofUnits = organisationsOf[segment.Index];
        var (low, high) = (0, byOrganisation.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (ofUnits[byOrganisation[middle]] < organisation) low = middle + 1;
            else high = middle;
        }
        for (; high < byOrganisation.Length && ofUnits[byOrganisation[high]] == organisation; high++) { }
        return new ArraySegment<int>(byOrganisation, low, high - low);
    }

    static int[] Sorted(int[] organisationsOf)
    {
        var units = Enumerable.Range(0, organisationsOf.Length).ToArray();
        Array.Sort([.. organisationsOf], units);
        return units;
    }

    int[] Numbers(WorksSegment segment, Dictionary<Unit, int> known, Dictionary<long, int> byId)
    {
        var result = new int[segment.UnitCount];
        for (var i = 0; i < result.Length; i++)
        {
            var unit = segment.Unit(i);
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(known, unit, out var exists);
            if (!exists)
            {
                number = units.Count;
                units.Add(unit);
                organisationOf.Add(Organisation(unit.Id, byId));
            }
            else segment.Share(i, units[number]);
            result[i] = number;
        }
        return result;
    }

    int Organisation(long id, Dictionary<long, int> byId)
    {
        if (id != 0 && byId.TryGetValue(id, out var number)) return number;
        organisations.Add(id);
        if (id != 0) byId[id] = organisations.Count - 1;
        return organisations.Count - 1;
    }

    sealed class SameUnit : IEqualityComparer<Unit>
    {
        public static SameUnit Instance { get; } = new();

        public bool Equals(Unit? x, Unit? y) => ReferenceEquals(x, y) || (x is not null && y is not null
            && x.Id == y.Id && x.Ror == y.Ror && x.Country == y.Country && x.Name == y.Name && x.Lineage.AsSpan().SequenceEqual(y.Lineage));

        public int GetHashCode(Unit unit) => HashCode.Combine(unit.Id, unit.Country, unit.Lineage.Length, unit.Id == 0 ? unit.Name : null);
    }
}
