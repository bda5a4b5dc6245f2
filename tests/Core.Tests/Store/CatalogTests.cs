using Entente.Core.Store.Copying;
using Entente.Tests;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Store;

public sealed class CatalogTests
{
    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task Every_mapped_table_is_copied_and_has_a_key(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        var tables = await Catalog.ReadAsync(world.Db, default);
        var mapped = world.Db.Model.GetEntityTypes().Select(t => t.GetTableName()!).Where(t => !t.StartsWith("search_", StringComparison.Ordinal)).Distinct();
        Assert.Empty(mapped.Except(tables.Select(t => t.Name)));
        Assert.Empty(tables.Where(t => t.Key.Count == 0).Select(t => t.Name));
        var order = tables.Select(t => t.Name).ToList();
        Assert.True(order.IndexOf("journal") < order.IndexOf("journal_change"));
    }

    [PostgresFact]
    public async Task Both_databases_hold_the_same_tables()
    {
        await using TestWorld one = await TestWorld.OpenAsync("sqlite"), other = await TestWorld.OpenAsync("postgres");
        var (here, there) = (await Catalog.ReadAsync(one.Db, default), await Catalog.ReadAsync(other.Db, default));
        Assert.Equal(here.Select(t => t.Name).Order(StringComparer.Ordinal), there.Select(t => t.Name).Order(StringComparer.Ordinal));
        Assert.Empty(here.Where(t => !t.Fits(there.Single(o => o.Name == t.Name))).Select(t => t.Name));
        Assert.Equal(here.Where(t => t.Numbered is not null).Select(t => t.Name).Order(StringComparer.Ordinal),
            there.Where(t => t.Numbered is not null).Select(t => t.Name).Order(StringComparer.Ordinal));
    }
}
