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
        await using Db first = folder.OpenDb(), second = folder.OpenDb(), writer = folder.OpenDb();
        await writer.Database.ExecuteSqlRawAsync("create table migration (name text primary key)");
        Task<int> late;
        await using (await writer.Database.BeginTransactionAsync())
        {
            // The second has seen that nothing is done, and waits for its turn to write, while the first does it all.
            late = Task.Run(() => Migrator.RunAsync(second, default));
            await Task.Delay(1_000);
        }
        Assert.True(await Migrator.RunAsync(first, default) + await late > 0);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder.Root, recursive: true);
    }

    [PostgresFact]
    public void Store_tests_ran_on_PostgreSQL_too() => Assert.Equal(2, TestWorld.Kinds.Count);
}
