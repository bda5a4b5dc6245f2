using Entente.Engine.Query;
using Entente.Engine.Works;

namespace Entente.Engine.Tests.Works;

public sealed class ConcurrencyTests
{
    [Fact]
    public void Many_threads_that_ask_a_fresh_store_at_once_get_one_answer()
    {
        using var world = new World(World.Invent(11, 2000, ids: 1800), worksPerSegment: 256);
        for (var round = 0; round < 20; round++)
        {
            using var store = WorksStore.Open(world.Folder, world.Written.Files.Select(file => file.Name));
            using var gate = new ManualResetEventSlim();
            var threads = Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(() => { gate.Wait(); return Answer(store); }, TaskCreationOptions.LongRunning)).ToArray();
            gate.Set();
            Assert.Single(threads.Select(thread => thread.GetAwaiter().GetResult()).Distinct());
        }
    }

    [Fact]
    public void A_closed_store_reads_nothing()
    {
        using var world = new World(World.Invent(12, 50));
        var store = WorksStore.Open(world.Folder, world.Written.Files.Select(file => file.Name));
        var (set, units) = (Select.All(store), UnitSet.Of(store, _ => true));
        var segment = store.Segments[0];
        Assert.NotEqual(0, segment.Ids[0]);
        store.Dispose();
        store.Dispose();
        Assert.Throws<ObjectDisposedException>(() => segment.Ids[0]);
        Assert.Throws<ObjectDisposedException>(() => segment.Title(0));
        Assert.Throws<ObjectDisposedException>(() => segment.UnitsOf(0).Length);
        Assert.Empty(set.Works());
    }

    [Fact]
    public void A_disk_that_fails_while_a_segment_is_written_is_told()
    {
        if (!File.Exists("/dev/full")) return;
        using var folder = new TempFolder();
        File.CreateSymbolicLink(folder["works-0001.seg.partial"], "/dev/full");
        using var writer = new WorksWriter(folder.Path, worksPerSegment: 2);
        Assert.ThrowsAny<IOException>(() =>
        {
            for (var id = 1; id <= 6; id++) writer.Add(new WorkRecord { Id = id });
            writer.Finish();
        });
    }

    static string Answer(WorksStore store)
    {
        var a = UnitSet.Of(store, unit => unit.Lineage.Contains(1));
        var works = Select.Listing(store, a);
        return $"{works.Digest()} {Select.TwoAuthors(works, a, a).Count} {string.Join(',', works.CountByYear(1990, 2030))} {Select.Flagged(store, WorkFlags.Paratext).Count}"
            + $" {Select.CountByOrganisation(works).Values.Sum()} {works.Works().Sum(at => at.Segment.Title(at.Work).Length)}";
    }
}
