using Entente.Engine.Works;

namespace Entente.Engine.Tests.Works;

/// <summary>Who funded works, and where their topics belong.</summary>
public sealed class SubjectTests
{
    static readonly Topic Old = new(10, "Ten", 2002, "Economics", 20, "Economy", 2, "Social"), New = Old with { Name = "Ten again", Subfield = 2003, SubfieldName = "Finance" };
    static readonly Topic Other = new(7, null, 0, null, 31, "Physics", 3, null);

    [Theory]
    [InlineData(100)]
    [InlineData(2)]
    [InlineData(1)]
    public void Funders_name_their_works_once_each(int worksPerSegment)
    {
        using var folder = new TempFolder();
        long[][] named = [[5, 3, 5], [], [3], [9_000_000_000, 5]];
        using var store = Write(folder, worksPerSegment, writer =>
        {
            for (var i = 0; i < named.Length; i++)
            {
                var work = new WorkRecord { Id = 40 - i, Year = 2000 - i };
                work.Funders.AddRange(named[i]);
                writer.Add(work);
            }
        });
        Assert.True(store.KnowsFunders);
        foreach (var funder in new long[] { 3, 5, 9_000_000_000, 4 })
            Assert.Equal(named.Index().Where(work => work.Item.Contains(funder)).Select(work => 40L - work.Index),
                store.Segments.SelectMany(s => s.Funders!.WorksOfFunder(funder).ToArray().Select(work => s.Ids[work])).OrderDescending());
        foreach (var segment in store.Segments)
            Assert.Equal(Enumerable.Range(0, segment.Count).Select(work => named[40 - segment.Ids[work]].Distinct().Order().ToArray()), segment.Funders!.ByWork(segment.Count).Select(f => f?.ToArray() ?? []));
    }

    [Theory]
    [InlineData(100, false)]
    [InlineData(1, false)]
    [InlineData(100, true)]
    [InlineData(1, true)]
    public void The_newest_record_places_a_topic(int worksPerSegment, bool turned)
    {
        using var folder = new TempFolder();
        (Topic? Topic, long Updated)[] records = [(Old, 5), (New, 6), (Old, 4), (Other, 1), (null, 9)];
        if (turned) Array.Reverse(records);
        using var store = Write(folder, worksPerSegment, writer =>
        {
            for (var i = 0; i < records.Length; i++)
                writer.Add(new WorkRecord { Id = i + 1, Topic = records[i].Topic?.Id ?? 11, Placed = records[i].Topic is { } topic ? writer.Place(topic) : -1, Updated = records[i].Updated });
        });
        Assert.True(store.Taxonomy.IsWhole);
        Assert.Equal([Other, New], store.Taxonomy.Topics.OrderBy(topic => topic.Id));
        Assert.Null(store.Taxonomy.Of(11));
    }

    [Fact]
    public void Of_two_placings_of_one_date_one_is_chosen_whatever_their_order()
    {
        var chosen = new[] { new[] { Old, New }, [New, Old] }.Select(order =>
        {
            using var folder = new TempFolder();
            using var store = Write(folder, 100, writer =>
            {
                foreach (var topic in order) writer.Add(new WorkRecord { Id = topic.Subfield, Topic = topic.Id, Placed = writer.Place(topic), Updated = 3 });
            });
            return store.Taxonomy.Of(10);
        });
        Assert.All(chosen, topic => Assert.Equal(New, topic));
    }

    [Fact]
    public void A_superseded_record_neither_funds_nor_places()
    {
        using var folder = new TempFolder();
        using var store = Write(folder, 100, writer =>
        {
            var work = new WorkRecord { Id = 1, Topic = 10, Placed = writer.Place(Old), Updated = 1 };
            work.Funders.Add(77);
            writer.Add(work);
            writer.Add(new WorkRecord { Id = 1, Topic = 7, Placed = writer.Place(Other), Updated = 2 });
        });
        Assert.Equal([Other], store.Taxonomy.Topics);
        Assert.Equal(0, Assert.Single(store.Segments).Funders!.Count);
    }

    [Fact]
    public void Units_of_types_and_of_none_come_back()
    {
        using var folder = new TempFolder();
        string?[] types = ["company", null, "education", "company"];
        using var store = Write(folder, 100, writer =>
        {
            var work = new WorkRecord { Id = 1 };
            foreach (var (i, type) in types.Index()) work.Units.Add(writer.Intern(i + 1, null, null, type, null, []));
            work.AuthorEnds.Add(types.Length);
            writer.Add(work);
        });
        Assert.Equal(types, store.DistinctUnits.OrderBy(unit => unit.Id).Select(unit => unit.Type));
    }

    [Fact]
    public void A_segment_of_before_says_that_it_does_not_know()
    {
        using var folder = new TempFolder();
        using (var store = Write(folder, 100, writer => writer.Add(new WorkRecord { Id = 1, Year = 2020, Topic = 10, Placed = writer.Place(Old) }))) { }
        Again.Write(Path.Combine(folder.Path, "works-0000.seg"), column => column.StartsWith("funder_", StringComparison.Ordinal) || column.StartsWith("topic_", StringComparison.Ordinal));
        using var older = WorksStore.Open(folder.Path, ["works-0000.seg"]);
        Assert.False(older.KnowsFunders);
        Assert.Null(older.Segments[0].Funders);
        Assert.Null(older.Segments[0].Topical);
        Assert.False(older.Taxonomy.IsWhole);
        Assert.Null(older.Taxonomy.Of(10));
        Assert.Equal(10, older.Segments[0].Topics[0]);
    }

    static WorksStore Write(TempFolder folder, int worksPerSegment, Action<WorksWriter> add)
    {
        using var writer = new WorksWriter(folder.Path, worksPerSegment);
        add(writer);
        return WorksStore.Open(folder.Path, writer.Finish().Files.Select(file => file.Name));
    }
}
