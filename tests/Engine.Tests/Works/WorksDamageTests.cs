using Entente.Engine.Query;
using Entente.Engine.Segments;
using Entente.Engine.Works;

namespace Entente.Engine.Tests.Works;

public sealed class WorksDamageTests
{
    [Fact]
    public void Every_flipped_byte_of_a_vintage_is_found_and_no_answer_is_wrong_before()
    {
        using var world = new World(World.Invent(1, 30, ids: 25), worksPerSegment: 16);
        var names = world.Written.Files.Select(file => file.Name).ToList();
        var expected = Answers(world.Store);
        Assert.Contains("tombstones.seg", names);
        foreach (var name in names)
        {
            var path = Path.Combine(world.Folder, name);
            var sound = File.ReadAllBytes(path);
            for (var at = 0; at < sound.Length; at++)
            {
                Replace(path, sound, at);
                Assert.Throws<CorruptSegmentException>(() => Verify(path));
                if (at % 11 > 0) continue;
                Assert.Throws<CorruptSegmentException>(() => With(world.Folder, names, store => { store.Verify(); return ""; }));
                if (Record.Exception(() => Assert.Equal(expected, With(world.Folder, names, Answers))) is { } error) Assert.IsType<CorruptSegmentException>(error);
            }
            File.Delete(path);
            File.WriteAllBytes(path, sound);
        }
        Assert.Equal(expected, With(world.Folder, names, Answers));
    }

    [Theory]
    [InlineData("works-0000.seg")]
    [InlineData("texts-0000.seg")]
    [InlineData("tombstones.seg")]
    public void A_missing_file_is_told(string name)
    {
        using var world = new World(World.Invent(1, 30, ids: 25), worksPerSegment: 16);
        File.Delete(Path.Combine(world.Folder, name));
        var error = Assert.Throws<CorruptSegmentException>(() => WorksStore.Open(world.Folder, world.Written.Files.Select(file => file.Name)));
        Assert.Equal("the file is missing", error.Reason);
    }

    [Fact]
    public void A_file_of_another_kind_is_told()
    {
        using var world = new World([new(1, 2000, [])]);
        File.Delete(Path.Combine(world.Folder, "works-0000.seg"));
        File.Copy(Path.Combine(world.Folder, "texts-0000.seg"), Path.Combine(world.Folder, "works-0000.seg"));
        Assert.Throws<CorruptSegmentException>(() => WorksStore.Open(world.Folder, ["works-0000.seg", "texts-0000.seg"]));
    }

    // A column is written anew with sound checksums and one wrong number.
    [Theory]
    [InlineData("year", 0, 30_000)]
    [InlineData("year_starts", 1, 999_999)]
    [InlineData("type", 0, 999)]
    [InlineData("topic", 0, 999)]
    [InlineData("flag_bits", 0, 16)]
    [InlineData("authorships", 0, 999_999)]
    [InlineData("authorships", 0, -1)]
    [InlineData("authors", 0, 7)]
    [InlineData("authors", 0, -1)]
    [InlineData("authors.at", 0, 5)]
    [InlineData("author_units", 0, 1)]
    [InlineData("author_units.at", 0, 999_999)]
    [InlineData("units", 0, 999)]
    [InlineData("units", 0, -1)]
    [InlineData("posts", 1, 999_999)]
    [InlineData("postings", 0, 999_999)]
    [InlineData("postings", 0, -1)]
    [InlineData("unit_lineage", 1, 999)]
    public void A_number_that_points_nowhere_is_told_and_not_followed(string column, int row, int value)
    {
        using var world = new World(World.Invent(3, 30, ids: 25));
        Again.Write(Path.Combine(world.Folder, "works-0000.seg"), forged: (column, row, value));
        Assert.Throws<CorruptSegmentException>(() => With(world.Folder, ["works-0000.seg"], Answers));
    }

    [Theory]
    [InlineData("segment", 7)]
    [InlineData("row", -1)]
    [InlineData("row", 999)]
    public void A_tombstone_of_no_work_is_told(string column, int value)
    {
        using var world = new World(World.Invent(1, 30, ids: 25), worksPerSegment: 16);
        Again.Write(Path.Combine(world.Folder, "tombstones.seg"), forged: (column, 0, value));
        Assert.Throws<CorruptSegmentException>(() => WorksStore.Open(world.Folder, world.Written.Files.Select(file => file.Name)));
    }

    static void Verify(string path)
    {
        using var segment = Segment.Open(path);
        segment.Verify();
    }

    static T With<T>(string folder, IEnumerable<string> files, Func<WorksStore, T> ask)
    {
        using var store = WorksStore.Open(folder, files);
        return ask(store);
    }

    static string Answers(WorksStore store)
    {
        var a = UnitSet.Of(store, unit => unit.Lineage.Contains(1));
        var b = UnitSet.Of(store, unit => unit.Country == "GB");
        var pair = Select.Listing(store, a).And(Select.Listing(store, b));
        return string.Join("\n", store.Works, pair.Digest(), Select.TwoAuthors(Select.All(store), a, b).Digest(),
            string.Join(' ', Select.All(store).CountByYear(1990, 2030)),
            string.Join(' ', Select.All(store).Works().Select(at => at.Segment.Type(at.Work) + at.Segment.Title(at.Work) + at.Segment.Topics[at.Work] + at.Segment.Flags[at.Work]).Order()),
            Fractions.Sum(Fractions.Weigh(pair, a, Sharing.Author).Select(weight => weight.Weight)));
    }

    // Under a new inode: a file that somebody maps is replaced, never changed.
    static void Replace(string path, byte[] sound, int at)
    {
        var damaged = sound.ToArray();
        damaged[at] ^= (byte)(1 << at % 8);
        File.Delete(path);
        File.WriteAllBytes(path, damaged);
    }

    [Theory]
    [InlineData("title_starts", 0, 7)]
    [InlineData("title_starts.at", 0, 1)]
    [InlineData("title_starts.low", 0, 1)]
    public void A_text_that_lies_nowhere_is_told(string column, int row, int value)
    {
        using var world = new World(World.Invent(3, 30, ids: 25));
        Again.Write(Path.Combine(world.Folder, "texts-0000.seg"), forged: (column, row, value));
        Assert.Throws<CorruptSegmentException>(() => With(world.Folder, ["works-0000.seg"], Answers));
    }

    [Fact]
    public void Works_that_an_earlier_version_laid_out_are_refused_with_what_to_do()
    {
        using var world = new World([new(1, 2000, [])]);
        var path = Path.Combine(world.Folder, "works-0000.seg");
        var bytes = File.ReadAllBytes(path);
        bytes[8] = 1;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(60), Crc32C.Of(bytes.AsSpan(0, 60)));
        File.Delete(path);
        File.WriteAllBytes(path, bytes);
        var error = Assert.Throws<CorruptSegmentException>(() => WorksStore.Open(world.Folder, ["works-0000.seg"]));
        Assert.Contains("import the sources again", error.Reason, StringComparison.Ordinal);
    }
}
