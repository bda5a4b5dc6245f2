using System.Runtime.InteropServices;

namespace Entente.Engine.Works;

/// <summary>
/// The units of all segments of a store, each different one once, so that what is asked of a unit is asked once; and the
/// organisations behind them. Units with one id are one organisation, whatever else they say; units without an id (0) are one
/// each, since nothing says that they are the same. Made at the first question, by comparing the bytes of the segments: a text is made only of what is new.
/// </summary>
sealed class UnitDirectory
{
    readonly List<Unit> units = [];
    readonly int[][] numbers;
    readonly List<long> organisations = [];
    readonly List<int> organisationOf = [];
    readonly int[][] organisationsOf;
    readonly int[]?[] sorted, places;
    int[]? ranks;

    // Units with an id: the last number of each id, the number before it, and where each unit was first met.
    readonly Dictionary<long, int> last = [];
    readonly List<int> before = [];
    readonly List<(WorksSegment Segment, int Unit)> firstMet = [];

    public UnitDirectory(IReadOnlyList<WorksSegment> segments)
    {
        var nameless = new Dictionary<Unit, int>(SameUnit.Instance);
        numbers = [.. segments.Select(segment => Numbers(segment, nameless))];
        (sorted, places) = (new int[segments.Count][], new int[segments.Count][]);
        organisationsOf = [.. numbers.Select(ofSegment => Array.ConvertAll(ofSegment, unit => organisationOf[unit]))];
    }

    public IReadOnlyList<Unit> Units => units;

    /// <summary>OpenAlex numbers of the organisations; 0 where a unit has none.</summary>
    public IReadOnlyList<long> Organisations => organisations;

    /// <summary>The number among <see cref="Organisations"/> of a unit.</summary>
    public int OrganisationOf(int unit) => organisationOf[unit];

    /// <summary>The number among <see cref="Organisations"/> of each unit among <see cref="Units"/>.</summary>
    public IReadOnlyList<int> OrganisationNumbers => organisationOf;

    /// <summary>The place of each organisation when all are in order of id.</summary>
    public int[] OrganisationRanks => ranks ??= Ranks();

    int[] Ranks()
    {
        var (ids, numbers) = (organisations.ToArray(), Enumerable.Range(0, organisations.Count).ToArray());
        Array.Sort(ids, numbers);
        var result = new int[numbers.Length];
        for (var rank = 0; rank < numbers.Length; rank++) result[numbers[rank]] = rank;
        return result;
    }

    /// <summary>The number among <see cref="Units"/> of each unit of a segment.</summary>
    public int[] NumbersOf(WorksSegment segment) => numbers[segment.Index];

    /// <summary>The number among <see cref="Organisations"/> of each unit of a segment.</summary>
    public int[] OrganisationsOf(WorksSegment segment) => organisationsOf[segment.Index];

    /// <summary>Where a unit stands in a segment, by its number; -1 where its works do not list it.</summary>
    public int PlaceIn(WorksSegment segment, int unit) => (places[segment.Index] ??= Places(numbers[segment.Index]))[unit];

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

    int[] Places(int[] ofSegment)
    {
        var result = new int[units.Count];
        Array.Fill(result, -1);
        for (var place = 0; place < ofSegment.Length; place++) result[ofSegment[place]] = place;
        return result;
    }

    int[] Numbers(WorksSegment segment, Dictionary<Unit, int> nameless)
    {
        var result = new int[segment.UnitCount];
        var ids = segment.UnitIds;
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = ids[i] == 0 ? Nameless(segment, i, nameless) : Numbered(segment, i, ids[i]);
            segment.Share(i, units[result[i]]);
        }
        return result;
    }

    /// <summary>Variants of one organisation hang on one chain, newest first: a source lists one in the same way nearly always.</summary>
    int Numbered(WorksSegment segment, int unit, long id)
    {
        ref var newest = ref CollectionsMarshal.GetValueRefOrAddDefault(last, id, out var exists);
        if (!exists) newest = -1;
        for (var number = newest; number >= 0; number = before[number])
            if (firstMet[number].Segment.SaysTheSame(firstMet[number].Unit, segment, unit)) return number;
        if (newest < 0) organisations.Add(id);
        Add(segment, unit, newest < 0 ? organisations.Count - 1 : organisationOf[newest], newest);
        return newest = units.Count - 1;
    }

    int Nameless(WorksSegment segment, int unit, Dictionary<Unit, int> known)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(known, segment.Unit(unit), out var exists);
        if (exists) return number;
        organisations.Add(0);
        Add(segment, unit, organisations.Count - 1, -1);
        return number = units.Count - 1;
    }

    void Add(WorksSegment segment, int unit, int organisation, int previous)
    {
        units.Add(segment.Unit(unit));
        organisationOf.Add(organisation);
        before.Add(previous);
        firstMet.Add((segment, unit));
    }

    sealed class SameUnit : IEqualityComparer<Unit>
    {
        public static SameUnit Instance { get; } = new();

        public bool Equals(Unit? x, Unit? y) => ReferenceEquals(x, y) || (x is not null && y is not null
            && x.Id == y.Id && x.Ror == y.Ror && x.Country == y.Country && x.Type == y.Type && x.Name == y.Name && x.Lineage.AsSpan().SequenceEqual(y.Lineage));

        public int GetHashCode(Unit unit) => HashCode.Combine(unit.Country, unit.Lineage.Length, unit.Name);
    }
}
