using System.Security.Cryptography;
using System.Text;
using Entente.Engine.Query;
using Entente.Engine.Tests.Works;
using Entente.Engine.Works;

namespace Entente.Engine.Tests.Query;

/// <summary>Every question asked twice: of the store, and of the papers with LINQ that is slow and plain.</summary>
public sealed class TwinTests
{
    public static TheoryData<int, int> Worlds => new() { { 1, 1_000_000 }, { 2, 40 }, { 3, 64 }, { 4, 129 }, { 5, 1_000_000 } };

    static readonly Func<Unit, bool> InA = unit => unit.Lineage.Contains(1);
    static readonly Func<Unit, bool> InB = unit => unit.Id is 2 or 3 or 5;
    static readonly Func<Unit, int> CountryOf = unit => unit.Country switch { "FR" => 0, "GB" => 1, "JP" => 5, "US" => 3, _ => -1 };

    [Theory, MemberData(nameof(Worlds))]
    public void Sets_of_works(int seed, int cut)
    {
        using var world = Make(seed, cut);
        var store = world.Store;
        Same(world, Select.All(store), _ => true);
        Same(world, Select.OfYears(store, 2000, 2010), p => p.Year is >= 2000 and <= 2010);
        Same(world, Select.OfYears(store, 2010, 2000), _ => false);
        Same(world, Select.Flagged(store, WorkFlags.Retracted | WorkFlags.Truncated), p => p.Flags.HasFlag(WorkFlags.Retracted | WorkFlags.Truncated));
        Same(world, Select.Listing(store, UnitSet.Of(store, InA)), p => p.Units.Any(InA));
        Same(world, Select.Listing(store, UnitSet.Of(store, _ => false)), _ => false);
    }

    [Theory, MemberData(nameof(Worlds))]
    public void Algebra(int seed, int cut)
    {
        using var world = Make(seed, cut);
        var a = Select.Listing(world.Store, UnitSet.Of(world.Store, InA));
        var b = Select.Listing(world.Store, UnitSet.Of(world.Store, InB));
        Same(world, a.And(b), p => p.Units.Any(InA) && p.Units.Any(InB));
        Same(world, a.Or(b), p => p.Units.Any(InA) || p.Units.Any(InB));
        Same(world, a.Except(b), p => p.Units.Any(InA) && !p.Units.Any(InB));
    }

    [Theory, MemberData(nameof(Worlds))]
    public void Two_authors(int seed, int cut)
    {
        using var world = Make(seed, cut);
        var (a, b) = (UnitSet.Of(world.Store, InA), UnitSet.Of(world.Store, InB));
        var pair = Select.Listing(world.Store, a).And(Select.Listing(world.Store, b));
        var two = Select.TwoAuthors(pair, a, b);
        Same(world, two, TwoAuthors);
        Assert.True(two.Count < pair.Count);
        Same(world, Select.TwoAuthors(Select.All(world.Store), a, b), TwoAuthors);
    }

    [Theory, MemberData(nameof(Worlds))]
    public void Several_groups(int seed, int cut)
    {
        using var world = Make(seed, cut);
        foreach (var atLeast in new[] { 3, 4 })
            Same(world, Select.SeveralGroups(world.Store, CountryOf, atLeast), p => p.Units.Select(CountryOf).Where(group => group >= 0).Distinct().Count() >= atLeast);
        Same(world, Select.SeveralGroups(Select.All(world.Store), CountryOf), p => p.Units.Select(CountryOf).Where(group => group >= 0).Distinct().Count() > 1);
    }

    [Theory, MemberData(nameof(Worlds))]
    public void Organisations_counted(int seed, int cut)
    {
        using var world = Make(seed, cut);
        var expected = world.Papers.SelectMany(p => p.Units.Select(unit => unit.Id).Distinct()).CountBy(id => id).ToDictionary(row => row.Key, row => (long)row.Value);
        Assert.Equal(expected.OrderBy(row => row.Key), Select.CountByOrganisation(Select.All(world.Store)).OrderBy(row => row.Key));
    }

    [Theory, MemberData(nameof(Worlds))]
    public void Partners_told_and_counted(int seed, int cut)
    {
        using var world = Make(seed, cut);
        foreach (var filter in (WorkFilter[])[WorkFilter.None, new() { FirstYear = 2005 }, new() { Without = WorkFlags.Retracted, Topics = [1000, 3000] }, new() { Topics = [] }]) Partners(world, filter);
    }

    static void Partners(World world, WorkFilter filter)
    {
        var partners = new Partners(Ego.Of(UnitSet.Of(world.Store, InA), CountryOf), Select.Passing(world.Store, filter));
        var expected = world.Papers.Where(p => p.Units.Any(InA) && FilterTests.Passes(p, filter))
            .SelectMany(p => p.Units.Where(unit => !InA(unit)).DistinctBy(unit => unit.Id).Select(unit => (p.Year, unit.Id, As: unit.Country ?? ""))).ToList();
        Assert.Equal(expected.GroupBy(row => row.Id).Select(row => Row(row.Key, row.Count(), row.CountBy(each => each.As))).Order(),
            partners.All().Select(row => Row(row.Id, row.Works, row.Told.GroupBy(way => way.As.Country ?? "").Select(way => new KeyValuePair<string, int>(way.Key, (int)way.Sum(w => w.Works))))).Order());
        Assert.Equal(expected.Select(row => row.Id).Distinct().Count(), partners.Count);
        Assert.Equal(Enumerable.Range(1990, 40).Select(year => expected.Where(row => row.Year == year).Select(row => row.Id).Distinct().LongCount()), partners.CountByYear(1990, 2029));

        static string Row(long id, long works, IEnumerable<KeyValuePair<string, int>> told) => $"{id} {works} {string.Join(' ', told.OrderBy(way => way.Key))}";
    }

    [Theory, MemberData(nameof(Worlds))]
    public void Works_of_another_store_are_found_by_their_ids(int seed, int cut)
    {
        using var world = new World(World.Invent(seed, 500, ids: 700), cut);
        using var other = new World([.. World.Invent(seed + 1, 500, ids: 700), .. World.Invent(seed + 2, 9).Select(paper => paper with { Id = 6_000_000_000 + paper.Id })], 64);
        var theirs = Select.Listing(other.Store, UnitSet.Of(other.Store, InA));
        var ids = other.Papers.Where(p => p.Units.Any(InA)).Select(p => p.Id).ToHashSet();
        foreach (var (few, stretch) in new[] { (1_000_000, 30), (0, 30), (0, 6), (0, 1) })
            Same(world, SameIds.Of(world.Store, theirs, few, stretch), p => ids.Contains(p.Id));
        Same(world, SameIds.Of(world.Store, Select.All(other.Store)), p => other.Papers.Any(q => q.Id == p.Id));
        Assert.True(SameIds.Of(world.Store, theirs).Count is var found && found > 0 && found < theirs.Count);
        Assert.Same(theirs, SameIds.Of(other.Store, theirs));
    }

    [Theory, MemberData(nameof(Worlds))]
    public void Years_counted(int seed, int cut)
    {
        using var world = Make(seed, cut);
        var expected = Enumerable.Range(1998, 20).Select(year => world.Papers.LongCount(p => p.Year == year));
        Assert.Equal(expected, Select.All(world.Store).CountByYear(1998, 2017));
        Assert.Equal(world.Papers.Count(p => p.Year == 2000), Select.All(world.Store).CountByYear(2000, 2000)[0]);
        Assert.Equal(0, Select.All(world.Store).CountByYear(-1, 1)[1]);
        Assert.Empty(Select.All(world.Store).CountByYear(2001, 2000));
    }

    [Theory, MemberData(nameof(Worlds))]
    public void Ids_and_digests(int seed, int cut)
    {
        using var world = Make(seed, cut);
        var expected = world.Papers.Select(p => $"W{p.Id}").Order(StringComparer.Ordinal).ToList();
        var all = Select.All(world.Store);
        Assert.Equal(expected, all.Ids());
        var text = string.Concat(expected.Select(id => id + "\n"));
        Assert.Equal(Sha(text), all.Digest());
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        all.AppendTo(hash);
        hash.AppendData("\n"u8);
        all.AppendTo(hash);
        Assert.Equal(Sha($"{text}\n{text}"), Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    [Fact]
    public void Ids_of_any_length_are_in_the_order_of_their_texts()
    {
        long[] ids = [1, 10, 100, 9, 99, 19, 2, 11, long.MaxValue, 99_999_999_999_999_999, 100_000_000_000_000_000, 12345678901234567];
        using var world = new World(ids.Select(id => new Paper(id, 2000, [])));
        Assert.Equal(ids.Select(id => $"W{id}").Order(StringComparer.Ordinal), Select.All(world.Store).Ids());
        using var small = new World(ids.Where(id => id < 1000).Select(id => new Paper(id, 2000, [])));
        Assert.Equal(["W1", "W10", "W100", "W11", "W19", "W2", "W9", "W99"], Select.All(small.Store).Ids());
    }

    [Theory, MemberData(nameof(Worlds))]
    public void Fractions_of_every_kind(int seed, int cut)
    {
        using var world = Make(seed, cut);
        var set = UnitSet.Of(world.Store, InB);
        foreach (var sharing in Enum.GetValues<Sharing>())
        {
            var weights = Fractions.Weigh(Select.All(world.Store), set, sharing, CountryOf).ToDictionary(w => w.Segment.Ids[w.Work], w => w.Weight);
            Assert.Equal(world.Papers.Count, weights.Count);
            Assert.All(world.Papers, p => Assert.Equal(Weight(p, sharing), weights[p.Id], 1e-12));
        }
    }

    static string Sha(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)));

    static World Make(int seed, int cut) => new(World.Invent(seed, 500, ids: 420), cut);

    static void Same(World world, WorkSet set, Func<Paper, bool> among)
    {
        var expected = world.Papers.Where(among).Select(p => p.Id).Order().ToList();
        Assert.Equal(expected, set.Works().Select(at => at.Segment.Ids[at.Work]).Order());
        Assert.Equal(expected.Count, set.Count);
    }

    static bool TwoAuthors(Paper paper) => paper.Authors.Index().Any(x => x.Item.Any(InA) && paper.Authors.Index().Any(y => y.Index != x.Index && y.Item.Any(InB)));

    static double Weight(Paper paper, Sharing sharing)
    {
        var known = paper.Authors.Where(units => units.Length > 0).ToList();
        return sharing switch
        {
            Sharing.Author => known.Sum(units => Share(units.GroupBy(unit => unit.Id)) / known.Count),
            Sharing.Organisation => Share(paper.Units.GroupBy(unit => unit.Id)),
            _ => Share(paper.Units.Where(unit => CountryOf(unit) >= 0).GroupBy(unit => (long)CountryOf(unit))),
        };
    }

    static double Share(IEnumerable<IGrouping<long, Unit>> sharers)
    {
        var list = sharers.ToList();
        return list.Count == 0 ? 0 : (double)list.Count(units => units.Any(InB)) / list.Count;
    }
}
