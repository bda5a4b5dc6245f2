using Entente.Core.Portfolio;
using Entente.Tests;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Portfolio;

public sealed class PortfolioLoadingTests
{
    static string Demo { get; } = Path.Combine(Conditions.Root, "data", "portfolio", "demo");

    [Fact]
    public void The_demonstration_has_no_error() => Assert.Equal([], PortfolioReading.Read(Demo).Errors.Select(e => e.Said.En));

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task The_demonstration_loads_whole_with_a_journal_line(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        var loaded = (await PortfolioLoading.LoadAsync(world.Work, Demo, default)).Value;

        Assert.Equal(17, await world.Db.Structures.CountAsync());
        Assert.Equal(5, await world.Db.Sources.CountAsync(s => s.Kind == SourceKind.Document));
        Assert.Equal(loaded.Rows["acts"], await world.Db.Acts.CountAsync());
        Assert.Equal("portfolio.load", (await world.Db.Journal.SingleAsync()).Verb);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task Loading_again_replaces_and_never_doubles(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        await PortfolioLoading.LoadAsync(world.Work, Demo, default);
        await PortfolioLoading.LoadAsync(world.Work, Demo, default);
        Assert.Equal(17, await world.Db.Structures.CountAsync());
        Assert.Equal(2, await world.Db.Journal.CountAsync(j => j.Verb == "portfolio.load"));
    }
}
