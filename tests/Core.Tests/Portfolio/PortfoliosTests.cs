using Entente.Core.Portfolio;
using Entente.Core.Store;
using Entente.Tests;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Portfolio;

public sealed class PortfoliosTests
{
    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task An_empty_installation_gets_the_demonstration_once(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        Assert.Equal("demo", (await Portfolios.EnsureAsync(world.Work, null, default)).Value);
        Assert.Equal("demo", (await Portfolios.EnsureAsync(world.Work, null, default)).Value);
        Assert.Equal("demo", (await Portfolios.EnsureAsync(world.Work, "demo", default)).Value);
        Assert.Equal(17, await world.Db.Structures.CountAsync());
        Assert.Equal(24, await world.Db.Set<Entente.Core.Claims.Claim>().CountAsync());
        Assert.Equal(1, await world.Db.Journal.CountAsync());
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_choice_is_remembered(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        Assert.Equal("none", (await Portfolios.EnsureAsync(world.Work, "none", default)).Value);
        Assert.Equal("none", (await Portfolios.EnsureAsync(world.Work, null, default)).Value);
        Assert.Equal(0, await world.Db.Structures.CountAsync());
        Assert.Equal("demo", (await Portfolios.EnsureAsync(world.Work, "demo", default)).Value);
        Assert.Equal(17, await world.Db.Structures.CountAsync());
        Assert.Equal("none", (await Portfolios.EnsureAsync(world.Work, "none", default)).Value);
        Assert.Equal(0, await world.Db.Structures.CountAsync());
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_reader_sees_a_new_portfolio_at_once(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        foreach (var (choice, structures) in new[] { ("demo", 17), ("none", 0), ("demo", 17) })
        {
            await Portfolios.EnsureAsync(world.Work, choice, default);
            Assert.Equal(structures, (await PortfolioRecord.ReadAsync(world.Db, default)).Structures.Count);
        }
        Assert.Same(await PortfolioRecord.ReadAsync(world.Db, default), await PortfolioRecord.ReadAsync(world.Db, default));
    }

    [Fact]
    public async Task What_a_transaction_undid_is_not_kept()
    {
        await using var world = await TestWorld.OpenAsync();
        await Portfolios.EnsureAsync(world.Work, null, default);
        await using (var transaction = await world.Db.Database.BeginTransactionAsync())
        {
            await world.Db.Notes.ExecuteDeleteAsync();
            world.Work.Log("portfolio.test", "notes");
            Assert.Empty((await PortfolioRecord.ReadAsync(world.Db, default)).Notes);
        }
        world.Db.ChangeTracker.Clear();
        Assert.NotEmpty((await PortfolioRecord.ReadAsync(world.Db, default)).Notes);
    }

    [Fact]
    public async Task An_own_folder_is_read_again_only_when_its_tables_changed()
    {
        await using var world = await TestWorld.OpenAsync();
        var folder = Directory.CreateDirectory(Path.Combine(world.Folder.Root, "own")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "sources.csv"), "key,kind,title,publisher\nA,document,Our page,We\n");
        Assert.Equal(folder, (await Portfolios.EnsureAsync(world.Work, folder, default)).Value);
        Assert.Equal(folder, (await Portfolios.EnsureAsync(world.Work, folder, default)).Value);
        Assert.Equal(folder, (await Portfolios.EnsureAsync(world.Work, null, default)).Value);
        Assert.Equal(1, await world.Db.Journal.CountAsync());
        await File.AppendAllTextAsync(Path.Combine(folder, "sources.csv"), "B,document,Another,We\n");
        await Portfolios.EnsureAsync(world.Work, folder, default);
        Assert.Equal((2, 2), (await world.Db.Sources.CountAsync(), await world.Db.Journal.CountAsync(j => j.Verb == "portfolio.load")));
    }

    [Fact]
    public async Task A_folder_with_errors_is_refused_and_the_old_choice_stands()
    {
        await using var world = await TestWorld.OpenAsync();
        await Portfolios.EnsureAsync(world.Work, null, default);
        var folder = Directory.CreateDirectory(Path.Combine(world.Folder.Root, "own")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "sources.csv"), "key,kind,title,publisher\nA,club,Our page,We\n");
        Assert.Equal("portfolio-invalid", (await Portfolios.EnsureAsync(world.Work, folder, default)).Refusal?.Code);
        Assert.Equal("demo", await Portfolios.ChosenAsync(world.Db, default));
        Assert.Equal(17, await world.Db.Structures.CountAsync());
    }

    [Fact]
    public async Task Two_processes_on_a_fresh_folder_load_one_portfolio()
    {
        await using var world = await TestWorld.OpenAsync();
        await using var other = world.Folder.OpenDb();
        var second = new Work(other, world.Folder, world.Work.Actor, world.Work.Clock);
        var done = await Task.WhenAll(Task.Run(() => Portfolios.EnsureAsync(world.Work, null, default)), Task.Run(() => Portfolios.EnsureAsync(second, null, default)));
        Assert.All(done, outcome => Assert.Equal("demo", outcome.Value));
        Assert.Equal(1, await world.Db.Journal.CountAsync());
    }

    [Fact]
    public void The_demonstration_travels_with_the_program() => Assert.Equal(
        Directory.EnumerateFiles(Path.Combine(Conditions.Root, "data", "portfolio", "demo")).Select(Path.GetFileName).Order(StringComparer.Ordinal),
        Directory.EnumerateFiles(Portfolios.DemoFolder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
}
