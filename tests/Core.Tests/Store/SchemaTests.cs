using Entente.Tests;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Store;

public sealed class SchemaTests
{
    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task Every_mapped_column_exists_in_the_migrated_store(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        foreach (var entity in world.Db.Model.GetEntityTypes())
        {
            var columns = string.Join(", ", entity.GetProperties().Select(p => p.GetColumnName()));
            var sql = $"select {columns} from {entity.GetTableName()} where 1 = 0";
            await world.Db.Database.ExecuteSqlRawAsync(sql);
        }
    }

    [PostgresFact]
    public void Store_tests_ran_on_PostgreSQL_too() => Assert.Equal(2, TestWorld.Kinds.Count);
}
