using Entente.Engine.Query;
using Entente.Engine.Works;

namespace Entente.Engine.Tests.Works;

public sealed class RoundTripTests
{
    [Theory]
    [InlineData(1, 1_000_000)]
    [InlineData(2, 64)]
    [InlineData(3, 7)]
    public void What_is_written_is_read(int seed, int worksPerSegment)
    {
        using var world = new World(World.Invent(seed, 400, ids: 300), worksPerSegment);
        var read = Select.All(world.Store).Works().ToDictionary(at => at.Segment.Ids[at.Work], at => Read(at.Segment, at.Work));
        Assert.Equal(world.Papers.Count, read.Count);
        Assert.All(world.Papers, paper => Assert.Equal(Text(paper), read[paper.Id]));
    }

    [Fact]
    public void Works_are_in_order_of_year_topic_and_id()
    {
        using var world = new World(World.Invent(4, 2000, ids: 10_000));
        var segment = Assert.Single(world.Store.Segments);
        var keys = Enumerable.Range(0, segment.Count).Select(work => (segment.Years[work], segment.Topics[work], segment.Ids[work])).ToList();
        Assert.Equal(keys.Order(), keys);
    }

    [Fact]
    public void Postings_hold_each_work_of_a_unit_once_and_ascending()
    {
        using var world = new World(World.Invent(5, 500), worksPerSegment: 100);
        foreach (var segment in world.Store.Segments)
            for (var unit = 0; unit < segment.UnitCount; unit++)
            {
                var expected = Enumerable.Range(0, segment.Count).Where(work => segment.UnitsOf(work).Contains(unit));
                Assert.Equal(expected, segment.WorksOf(unit).ToArray());
            }
    }

    [Fact]
    public void A_unit_is_known_again_only_by_all_its_properties()
    {
        using var folder = new TempFolder();
        using var writer = new WorksWriter(folder.Path);
        var first = writer.Intern(1, "r", "FR", "t", "n", [1, 2]);
        Assert.Equal(first, writer.Intern(1, "r", "FR", "t", "n", [1, 2]));
        int[] others = [writer.Intern(2, "r", "FR", "t", "n", [1, 2]), writer.Intern(1, "s", "FR", "t", "n", [1, 2]), writer.Intern(1, "r", null, "t", "n", [1, 2]),
            writer.Intern(1, "r", "FR", "t", "m", [1, 2]), writer.Intern(1, "r", "FR", "t", "n", [2, 1]),
            writer.Intern(1, "r", "FR", "u", "n", [1, 2]), writer.Intern(1, "r", "FR", null, "n", [1, 2])];
        Assert.Equal(8, others.Append(first).Distinct().Count());
        Assert.Equal(others[2], writer.Intern(1, "r", "", "t", "n", [1, 2]));
    }

    [Fact]
    public void A_vintage_without_works_has_no_files_and_opens()
    {
        using var world = new World([]);
        Assert.Empty(world.Written.Files);
        Assert.Equal((0, null, null), (world.Store.Works, world.Store.FirstYear, world.Store.LastYear));
        Assert.Equal(0, Select.All(world.Store).Count);
    }

    [Fact]
    public void The_first_and_last_year_pass_over_works_without_one()
    {
        using var world = new World([new(1, 0, []), new(2, 2001, []), new(3, 1999, [])]);
        Assert.Equal((1999, 2001), (world.Store.FirstYear, world.Store.LastYear));
        Assert.Equal((1999, 2001), (world.Written.FirstYear, world.Written.LastYear));
    }

    [Fact]
    public void A_record_that_cannot_be_is_refused_by_the_writer()
    {
        using var folder = new TempFolder();
        using var writer = new WorksWriter(folder.Path);
        Assert.Throws<ArgumentException>(() => writer.Add(new WorkRecord { Id = 0 }));
        Assert.Throws<ArgumentException>(() => writer.Add(new WorkRecord { Id = 1, Year = -1 }));
        Assert.Throws<ArgumentException>(() => writer.Add(new WorkRecord { Id = 1, Units = { 7 }, AuthorEnds = { 1 } }));
        Assert.Throws<ArgumentException>(() => writer.Add(new WorkRecord { Id = 1, AuthorEnds = { 1 } }));
    }

    static string Text(Paper paper) => Text(paper.Year, paper.Topic, paper.Type ?? "", paper.Flags, paper.Title ?? "", paper.Doi ?? "", paper.Authors);

    static string Read(WorksSegment segment, int work)
    {
        var (first, last) = segment.AuthorsOf(work);
        var authors = Enumerable.Range(first, last - first).Select(author => segment.UnitsOfAuthor(author).ToArray().Select(segment.Unit).ToArray()).ToArray();
        return Text(segment.Years[work], segment.Topics[work], segment.Type(work), (WorkFlags)segment.Flags[work], segment.Title(work), segment.Doi(work), authors);
    }

    static string Text(int year, int topic, string type, WorkFlags flags, string title, string doi, Unit[][] authors) =>
        $"{year} {topic} {type} {flags} {title} {doi} " + string.Join(" | ", authors.Select(units =>
            string.Join("; ", units.Select(unit => $"{unit.Id} {unit.Ror} {unit.Country} {unit.Name} {string.Join(',', unit.Lineage)}"))));
}
