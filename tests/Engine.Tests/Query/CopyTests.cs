using System.Globalization;
using Entente.Engine.Query;
using Entente.Engine.Tests.Works;
using Entente.Engine.Works;

namespace Entente.Engine.Tests.Query;

/// <summary>Copies on disk: the next process reads what this one made, and makes it again where a byte, the works or the disk are not as they should be.</summary>
public sealed class CopyTests : IDisposable
{
    static readonly Func<Unit, bool>[] Sides = [unit => unit.Lineage.Contains(1), unit => unit.Id == 7, _ => true, _ => false];

    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    static int CountryOf(Unit unit) => unit.Country switch { "FR" => 0, "GB" => 1, "JP" => 5, "US" => 3, _ => -1 };

    /// <summary>The same countries under other numbers, as another process may give them.</summary>
    static int Renumbered(Unit unit) => CountryOf(unit) is >= 0 and var country ? 100 - country : -1;

    static int Continent(Unit unit) => CountryOf(unit) is >= 0 and var country ? country / 2 : -1;

    WorksStore Open(World world)
    {
        var store = WorksStore.Open(world.Folder, world.Written.Files.Select(file => file.Name), folder.Path);
        (store.Copies!.FewestWorks, store.Copies.FewestOfAll, store.Copies.MostBytes, store.Copies.LeastFree) = (0, 0, 1 << 20, 0);
        return store;
    }

    string[] Kept() => [.. CopyFolder.Files(folder.Path)];

    static Ego Made(UnitSet side, Func<Unit, int> group) => EgoBuild.Of(side, new(side.Store, group), side.Store.Egos.Topics);

    [Theory]
    [InlineData(1, 1_000_000)]
    [InlineData(2, 150)]
    public void A_copy_that_is_read_is_the_one_that_is_made(int seed, int cut)
    {
        using var world = new World(World.Invent(seed, 900, ids: 800), cut);
        int made;
        using (var store = Open(world)) made = store.Egos.KeepLargest(CountryOf, default);
        var files = Kept();
        Assert.Equal(made, files.Length);
        // Twelve organisations; 1 and 2 are above others too.
        Assert.Equal(14, made);
        using var again = Open(world);
        Assert.Equal(0, again.Egos.KeepLargest(Renumbered, default));
        foreach (var belongs in Sides)
        {
            var side = UnitSet.Of(again, belongs);
            EgoBuildTests.Same(Made(side, Renumbered), Ego.Of(side, Renumbered));
        }
        Assert.All(files, file => Assert.True(CopyFolder.IsSound(file)));
    }

    [Fact]
    public void What_is_asked_for_is_kept_for_the_next_process()
    {
        using var world = new World(World.Invent(3, 900));
        string groups, organisations;
        using (var store = Open(world))
        {
            _ = Ego.Of(UnitSet.Of(store, Sides[0]), CountryOf);
            (groups, organisations) = (Select.SeveralGroups(store, CountryOf).Digest(), Select.SeveralOrganisations(store).Digest());
            var names = new[] { EgoFile.NameOf(UnitSet.Of(store, Sides[0])), "several-groups", "several-organisations" };
            Assert.True(SpinWait.SpinUntil(() => names.All(name => Kept().Any(file => Path.GetFileName(file) == name + ".seg")), TimeSpan.FromSeconds(30)));
        }
        using var again = Open(world);
        Assert.True(Read(again, "several-groups", new UnitGroups(again, Renumbered).Stamp.ToArray()) && Read(again, "several-organisations", []));
        Assert.Equal((groups, organisations), (Select.SeveralGroups(again, Renumbered).Digest(), Select.SeveralOrganisations(again).Digest()));
        Assert.Equal(groups, Select.SeveralGroups(Select.All(again), CountryOf).Digest());
        // Under another grouping the set is another one.
        Assert.Equal(Select.SeveralGroups(Select.All(again), Continent).Digest(), Select.SeveralGroups(again, Continent).Digest());
        Assert.NotEqual(groups, Select.SeveralGroups(again, Continent).Digest());

        static bool Read(WorksStore store, string name, byte[] grouping) => store.Copies!.Take(name, "set", grouping, _ => name) is not null;
    }

    [Fact]
    public void A_flipped_byte_is_found_and_the_copy_is_made_again()
    {
        using var world = new World(World.Invent(4, 60));
        using (var store = Open(world)) store.Egos.KeepLargest(CountryOf, default);
        string path;
        using (var store = Open(world)) path = Kept().Single(file => Path.GetFileNameWithoutExtension(file) == EgoFile.NameOf(UnitSet.Of(store, Sides[1])));
        foreach (var other in Kept().Where(file => file != path)) File.Delete(other);
        var sound = File.ReadAllBytes(path);
        using var open = Open(world);
        var (side, groups) = (UnitSet.Of(open, Sides[1]), new UnitGroups(open, CountryOf));
        var made = Made(side, CountryOf);
        for (var at = 0; at < sound.Length; at++)
        {
            var bent = sound.ToArray();
            bent[at] ^= (byte)(1 << at % 8);
            File.WriteAllBytes(path, bent);
            Assert.False(CopyFolder.IsSound(path), string.Create(CultureInfo.InvariantCulture, $"byte {at}"));
            if (Taken(open, side, groups) is { } ego) EgoBuildTests.Same(made, ego);
            else Assert.False(File.Exists(path));
        }
        File.WriteAllBytes(path, sound);
        Assert.NotNull(Taken(open, side, groups));
        foreach (var length in new[] { 0, 1, 63, 128, sound.Length / 2, sound.Length - 1 })
        {
            File.WriteAllBytes(path, sound[..length]);
            Assert.Null(Taken(open, side, groups));
            using var store = Open(world);
            EgoBuildTests.Same(made, Ego.Of(UnitSet.Of(store, Sides[1]), CountryOf));
            Assert.True(SpinWait.SpinUntil(() => File.Exists(path), TimeSpan.FromSeconds(30)));
        }
    }

    static Ego? Taken(WorksStore store, UnitSet side, UnitGroups groups) =>
        store.Copies!.Take(EgoFile.NameOf(side), EgoFile.Kind, groups.Stamp, file => EgoFile.Read(file, side, groups, store.Egos.Topics.Numbers.Length));

    [Fact]
    public void Copies_of_other_works_are_not_read_and_go()
    {
        var papers = World.Invent(5, 300);
        using var world = new World(papers);
        using (var store = Open(world)) store.Egos.KeepLargest(CountryOf, default);
        var before = Kept();
        using var other = new World(papers.Select(paper => paper with { Topic = 9 }));
        using var changed = Open(other);
        EgoBuildTests.Same(Made(UnitSet.Of(changed, Sides[0]), CountryOf), Ego.Of(UnitSet.Of(changed, Sides[0]), CountryOf));
        Assert.True(SpinWait.SpinUntil(() => Kept().Length == 1 && !before.Contains(Kept()[0]), TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void Copies_take_no_more_than_they_may_and_smaller_ones_go_for_larger()
    {
        using var world = new World(World.Invent(6, 900));
        using var store = Open(world);
        var copies = store.Copies!;
        var all = store.Egos.KeepLargest(CountryOf, default);
        var (files, sum) = (Kept(), Kept().Sum(file => new FileInfo(file).Length));
        Assert.Equal(all, files.Length);
        foreach (var file in files) File.Delete(file);
        using var small = Open(world);
        small.Copies!.MostBytes = sum / 2;
        var some = small.Egos.KeepLargest(CountryOf, default);
        Assert.InRange(some, 1, all - 1);
        Assert.InRange(Kept().Sum(file => new FileInfo(file).Length), 1, sum / 2);
        // Of all works together a copy is larger than that of any one organisation.
        var whole = Ego.Of(UnitSet.Of(small, _ => true), CountryOf);
        var name = EgoFile.NameOf(whole.Side);
        Assert.True(SpinWait.SpinUntil(() => Kept().Any(file => file.Contains(name, StringComparison.Ordinal)), TimeSpan.FromSeconds(30)));
        Assert.InRange(Kept().Length, 1, some);
        Assert.InRange(Kept().Sum(file => new FileInfo(file).Length), 1, sum / 2);
        small.Copies.MostBytes = 1;
        Assert.Equal(0, small.Egos.KeepLargest(CountryOf, default));
        foreach (var file in Kept()) File.Delete(file);
        (small.Copies.MostBytes, small.Copies.LeastFree) = (1 << 20, long.MaxValue);
        Assert.Equal(0, small.Egos.KeepLargest(CountryOf, default));
    }

    [Fact]
    public void Where_nothing_can_be_written_questions_are_answered_all_the_same()
    {
        using var world = new World(World.Invent(7, 200));
        var nowhere = folder["file"];
        File.WriteAllText(nowhere, "");
        using var store = WorksStore.Open(world.Folder, world.Written.Files.Select(file => file.Name), nowhere);
        store.Copies!.FewestWorks = 0;
        Assert.Equal(0, store.Egos.KeepLargest(CountryOf, default));
        EgoBuildTests.Same(Made(UnitSet.Of(store, Sides[0]), CountryOf), Ego.Of(UnitSet.Of(store, Sides[0]), CountryOf));
    }

    [Fact]
    public void A_full_disk_keeps_nothing_and_leaves_nothing()
    {
        if (!File.Exists("/dev/full")) return;
        using var world = new World(World.Invent(8, 200));
        using var store = Open(world);
        Assert.True(store.Copies!.Keep("first", "set", [], writer => writer.Column<byte>("bits", [1])));
        var place = Path.GetDirectoryName(Kept()[0])!;
        File.CreateSymbolicLink(Path.Combine(place, "second.seg.partial"), "/dev/full");
        Assert.False(store.Copies.Keep("second", "set", [], writer => writer.Column<byte>("bits", new byte[1 << 20])));
        Assert.Equal("first.seg", Path.GetFileName(Assert.Single(Directory.GetFileSystemEntries(place))));
    }

    [Fact]
    public void What_a_dead_writer_left_half_is_no_copy_and_goes()
    {
        using var world = new World(World.Invent(9, 200));
        string half;
        using (var store = Open(world))
        {
            store.Egos.KeepLargest(CountryOf, default);
            var whole = Kept()[0];
            half = whole + ".partial";
            File.WriteAllBytes(half, File.ReadAllBytes(whole)[..100]);
            File.Delete(whole);
        }
        Assert.DoesNotContain(half, Kept());
        using var again = Open(world);
        Assert.Equal(1, again.Egos.KeepLargest(CountryOf, default));
        Assert.False(File.Exists(half));
    }
}
