using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Tests;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Entente.Core.Tests;

/// <summary>
/// An empty installation in a temporary folder, migrated. Kind "postgres" keeps the record on the server of ENTENTE_TEST_PG,
/// in a database of its own; the vintages are in the folder either way.
/// </summary>
public sealed class TestWorld : IAsyncDisposable
{
    TestWorld(DataFolder folder, Db db) => (Folder, Db) = (folder, db);

    public DataFolder Folder { get; }
    public Db Db { get; }
    public Work Work => new(Db, Folder, Actor.CommandLine, TimeProvider.System);

    /// <summary>The databases that this machine can test: SQLite always, PostgreSQL where a server is named.</summary>
    public static TheoryData<string> Kinds => Conditions.Postgres is null ? ["sqlite"] : ["sqlite", "postgres"];

    public static async Task<TestWorld> OpenAsync(string kind = "sqlite")
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("entente-test-").FullName);
        var world = new TestWorld(folder, kind == "sqlite" ? folder.OpenDb() : await PostgresAsync());
        await Migrator.RunAsync(world.Db, default);
        return world;
    }

    static async Task<Db> PostgresAsync()
    {
        var name = $"t_{Guid.NewGuid():N}";
        await using (var admin = new NpgsqlConnection(Conditions.Postgres))
        {
            await admin.OpenAsync();
#pragma warning disable CA2100 // The name is a fresh GUID.
            await using var create = new NpgsqlCommand($"create database {name}", admin);
#pragma warning restore CA2100
            await create.ExecuteNonQueryAsync();
        }
        var target = new NpgsqlConnectionStringBuilder(Conditions.Postgres) { Database = name }.ConnectionString;
        return new(new DbContextOptionsBuilder<Db>().UseNpgsql(target).Options);
    }

    public async ValueTask DisposeAsync()
    {
        await Db.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder.Root, recursive: true);
    }
}
