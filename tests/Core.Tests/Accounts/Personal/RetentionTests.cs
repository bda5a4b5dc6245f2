using Entente.Core.Accounts;
using Entente.Core.Accounts.Personal;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Accounts.Personal;

public sealed class RetentionTests
{
    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task What_is_past_its_time_goes_and_nothing_else(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        await PlantedPerson.PlantAsync(world);
        Assert.Equal(0, (await Retention.RunAsync(world.Work, default)).Total);
        var invitations = await world.Db.Invitations.CountAsync();
        var later = At(world, 16);
        var run = await Retention.RunAsync(later, default);
        Assert.Equal(["session", "sign_in_attempt"], run.Removed.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(invitations, await world.Db.Invitations.CountAsync());
        Assert.Equal(0, (await Retention.RunAsync(later, default)).Total);
        run = await Retention.RunAsync(At(world, 120), default);
        Assert.Equal(invitations, run.Removed["invitation"]);
        Assert.Empty(await world.Db.Invitations.ToListAsync());
        // A message that was never sent is not old: its clock has not begun.
        Assert.Equal(1, await world.Db.Set<Entente.Core.Store.Outbox.Message>().CountAsync());
        Assert.NotEmpty(await world.Db.Accounts.ToListAsync());
        var check = await Journals.VerifyAsync(world.Db, default);
        Assert.True(check.Sound, check.Why?.En);
        Assert.All(await world.Db.Set<JournalChange>().AsNoTracking().Where(c => c.TableName == "invitation").ToListAsync(), c => Assert.NotNull(c.ErasedAt));
    }

    static Work At(TestWorld world, int days) => new(world.Db, world.Folder, Actor.Program, new Later(TimeSpan.FromDays(days)));

    sealed class Later(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => TimeProvider.System.GetUtcNow() + by;
    }
}
