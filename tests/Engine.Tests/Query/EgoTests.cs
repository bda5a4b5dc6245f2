using Entente.Engine.Query;
using Entente.Engine.Tests.Works;
using Entente.Engine.Works;

namespace Entente.Engine.Tests.Query;

/// <summary>Every question asked of an ego copy through filters drawn at random, and of the papers with LINQ that is slow and plain.</summary>
public sealed class EgoTests
{
    const int First = 1990, Last = 2029;

    public static TheoryData<int, int> Worlds => new() { { 1, 1_000_000 }, { 2, 40 }, { 3, 64 }, { 4, 129 }, { 5, 1_000_000 } };

    static readonly Func<Unit, bool>[] Sides =
        [unit => unit.Lineage.Contains(1), unit => unit.Id is 2 or 3 or 5, unit => unit.Id == 7, unit => unit.Country == "US", _ => false, _ => true];

    static int CountryOf(Unit unit) => unit.Country switch { "FR" => 0, "GB" => 1, "JP" => 5, "US" => 3, _ => -1 };

    [Theory, MemberData(nameof(Worlds))]
    public void Every_question_under_any_filter(int seed, int cut)
    {
        using var world = new World(World.Invent(seed, 600, ids: 500).Select((paper, i) => paper with { Authors = i % 50 == 0 ? Unnumbered(paper) : paper.Authors }), cut);
        var random = new Random(seed);
        foreach (var side in Sides)
            for (var i = 0; i < 12; i++)
            {
                var filter = i == 0 ? WorkFilter.None : FilterTests.Draw(random);
                var ego = Ego.Of(UnitSet.Of(world.Store, side), CountryOf);
                Same(world, [.. world.Papers.Where(paper => paper.Units.Any(side) && FilterTests.Passes(paper, filter))], side, new EgoView(ego, filter), filter);
            }
    }

    static void Same(World world, List<Paper> papers, Func<Unit, bool> side, EgoView view, WorkFilter filter)
    {
        Assert.Equal(papers.Count, view.Count);
        Assert.Equal(ByYear(papers), view.CountByYear(First, Last));
        Assert.Equal(ByYear(papers.Where(paper => Countries(paper).Count() > 1)), view.SeveralGroupsByYear(First, Last));
        foreach (var other in Sides)
            Assert.Equal(ByYear(papers.Where(paper => paper.Units.Any(other))), view.CountByYear(UnitSet.Of(world.Store, other), First, Last));
        Assert.Equal(
            papers.Where(paper => paper.Year > 0).SelectMany(Countries).Distinct().Order().Select(country => $"{country} {string.Join(' ', ByYear(papers.Where(paper => Countries(paper).Contains(country))))}"),
            view.CountByGroupAndYear(First, Last).Select(group => $"{group.Group} {string.Join(' ', group.ByYear)}"));
        Assert.Equal(papers.CountBy(paper => paper.Topic).Select(topic => (topic.Key, (long)topic.Value)).Order(), view.CountByTopic());
        foreach (var most in (int[])[0, 1, 3, 100]) Assert.Equal(Partners(papers, side).Take(most), view.TopPartners(most));
        Topics(world, papers, side, view, filter);
    }

    static void Topics(World world, List<Paper> papers, Func<Unit, bool> side, EgoView view, WorkFilter filter)
    {
        var passing = world.Papers.Where(paper => FilterTests.Passes(paper, filter)).ToList();
        var cells = (from partner in Partners(papers, side).Take(4)
                     from topic in papers.Select(paper => paper.Topic).Distinct()
                     let observed = papers.Count(paper => paper.Topic == topic && Lists(paper, side).Contains(partner.Id))
                     let own = papers.Count(paper => paper.Topic == topic)
                     let their = passing.Count(paper => paper.Topic == topic && paper.Units.Any(unit => unit.Id == partner.Id))
                     select new TopicCell(partner.Id, topic, observed, (double)own / passing.Count(paper => paper.Topic == topic) * their)).ToList();
        var found = view.TopicsByPartner(4, 7);
        Assert.Equal(cells.Sum(cell => cell.Observed), found.Observed);
        Assert.Equal(cells.Sum(cell => cell.Expected), found.Expected, 1e-9);
        Assert.Equal(cells.Where(cell => cell.Observed > 0).OrderByDescending(cell => cell.Observed).ThenBy(cell => cell.Partner).ThenBy(cell => cell.Topic).Take(7), found.Most);
    }

    [Fact]
    public void Copies_are_kept_under_a_budget_and_the_newest_always()
    {
        using var world = new World(World.Invent(1, 400));
        var shelf = world.Store.Egos;
        var one = Ego.Of(UnitSet.Of(world.Store, Sides[0]), CountryOf);
        Assert.Same(one, Ego.Of(UnitSet.Of(world.Store, unit => Sides[0](unit)), CountryOf));
        Assert.Equal(one.Bytes, shelf.Bytes);
        var two = Ego.Of(UnitSet.Of(world.Store, Sides[1]), CountryOf);
        Assert.Equal(one.Bytes + two.Bytes, shelf.Bytes);
        shelf.MostBytes = 1;
        var three = Ego.Of(UnitSet.Of(world.Store, Sides[2]), CountryOf);
        Assert.Equal((1, three.Bytes), (shelf.Count, shelf.Bytes));
        Assert.Same(three, Ego.Of(UnitSet.Of(world.Store, Sides[2]), CountryOf));
        Assert.NotSame(one, Ego.Of(UnitSet.Of(world.Store, Sides[0]), CountryOf));
    }

    [Fact]
    public void Sums_of_products_are_the_same_in_every_width()
    {
        var random = new Random(1);
        for (var length = 0; length < 70; length++)
        {
            var (a, b) = (new double[length], new int[length]);
            for (var i = 0; i < length; i++) (a[i], b[i]) = (random.NextDouble(), random.Next());
            var scalar = Positions.Dot(a, b, Width.Scalar);
            Assert.Equal(a.Zip(b, (x, y) => x * y).Sum(), scalar, 1e-3);
            foreach (var width in Enum.GetValues<Width>()) Assert.Equal(scalar, Positions.Dot(a, b, width));
        }
    }

    [Fact]
    public void Lists_and_bits_are_counted_and_sought()
    {
        var random = new Random(2);
        for (var round = 0; round < 200; round++)
        {
            var (a, b) = (Bits(random), Bits(random));
            var list = Enumerable.Range(0, 640).Where(bit => Is(a, bit)).ToArray();
            var (first, last) = (random.Next(641), random.Next(641));
            Assert.Equal(list.Take(round).Count(bit => bit < last), Positions.Below(list.AsSpan(0, Math.Min(round, list.Length)), last));
            Assert.Equal(list.Count(bit => Is(b, bit)), Positions.CountSet(list, b));
            Assert.Equal(list.Count(bit => bit >= first && bit < last && Is(b, bit)), Positions.CountBoth(a, b, first, last));
            Assert.Equal(list.Count(bit => bit < first), Positions.Below(list, first));
            var from = random.Next(list.Length + 1);
            Assert.Equal(Enumerable.Range(from, list.Length - from + 1).First(at => at == list.Length || list[at] >= first), Positions.Seek(list, from, first));
        }
    }

    static bool Is(ulong[] bits, int bit) => (bits[bit / 64] >> bit % 64 & 1) == 1;

    static ulong[] Bits(Random random) => [.. Enumerable.Range(0, 10).Select(_ => unchecked((ulong)random.NextInt64(long.MinValue, long.MaxValue)) & (ulong)random.NextInt64())];

    static Unit[][] Unnumbered(Paper paper) => [.. paper.Authors, [new Unit(0, null, "JP", null, "Nobody", [])]];

    static long[] ByYear(IEnumerable<Paper> papers)
    {
        var all = papers.ToList();
        return [.. Enumerable.Range(First, Last - First + 1).Select(year => all.LongCount(paper => paper.Year == year))];
    }

    static IEnumerable<int> Countries(Paper paper) => paper.Units.Select(CountryOf).Where(country => country >= 0).Distinct();

    static IEnumerable<long> Lists(Paper paper, Func<Unit, bool> side) => paper.Units.Where(unit => !side(unit) && unit.Id != 0).Select(unit => unit.Id).Distinct();

    static List<PartnerCount> Partners(List<Paper> papers, Func<Unit, bool> side) => [.. papers.SelectMany(paper => Lists(paper, side))
        .CountBy(id => id).Select(row => new PartnerCount(row.Key, row.Value)).OrderByDescending(row => row.Works).ThenBy(row => $"{row.Id}", StringComparer.Ordinal)];
}
