using Entente.Core.Store;
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

    [Fact]
    public async Task Processes_that_come_to_a_fresh_folder_at_once_migrate_it_once()
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("entente-race-").FullName);
        var applied = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            await using var db = folder.OpenDb();
            return await Migrator.RunAsync(db, default);
        })));
        await using (var db = folder.OpenDb())
            Assert.Equal(await db.Database.SqlQueryRaw<int>("select count(*) as \"Value\" from migration").SingleAsync(), applied.Sum());
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder.Root, recursive: true);
    }

    [PostgresFact]
    public void Store_tests_ran_on_PostgreSQL_too() => Assert.Equal(2, TestWorld.Kinds.Count);
}
