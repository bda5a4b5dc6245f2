using Entente.Core.Store;

namespace Entente.Core.Tests.Store;

public sealed class KeptTests
{
    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task What_is_kept_is_never_older_than_the_record(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        var kept = new Kept<List<string>>(db => [.. db.Journal.Select(entry => entry.Subject)]);
        for (var i = 0; i < 30; i++)
        {
            // Some changes come at once, some after the file's time has settled.
            if (i % 5 == 0) await Task.Delay(120);
            Assert.Equal(i, kept.Of(world.Db).Count);
            world.Work.Log("test", $"{i}");
            await world.Db.SaveChangesAsync();
            Assert.Equal(i + 1, kept.Of(world.Db).Count);
            Assert.Equal(i + 1, kept.Of(world.Db).Count);
        }
    }

    [Fact]
    public async Task A_settled_record_is_read_once()
    {
        await using var world = await TestWorld.OpenAsync();
        await Task.Delay(150);
        var readings = 0;
        var kept = new Kept<string>(_ => $"{++readings}");
        Assert.Equal(["1", "1", "1"], Enumerable.Range(0, 3).Select(_ => kept.Of(world.Db)));
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_transaction_sees_what_it_has_written(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        var kept = new Kept<List<string>>(db => [.. db.Journal.Select(entry => entry.Subject)]);
        await Task.Delay(150);
        Assert.Empty(kept.Of(world.Db));
        await using (var transaction = await world.Db.Database.BeginTransactionAsync())
        {
            world.Work.Log("test", "one");
            await world.Db.SaveChangesAsync();
            Assert.Single(kept.Of(world.Db));
        }
        world.Db.ChangeTracker.Clear();
        Assert.Empty(kept.Of(world.Db));
    }
}
