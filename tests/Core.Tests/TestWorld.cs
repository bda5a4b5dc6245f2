using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Tests;

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
        var folder = await FolderAsync(kind);
        var world = new TestWorld(folder, folder.OpenDb());
        await Migrator.RunAsync(world.Db, default);
        return world;
    }

    /// <summary>An empty folder, its record on a database of that kind, not migrated yet.</summary>
    public static async Task<DataFolder> FolderAsync(string kind) =>
        new(Directory.CreateTempSubdirectory("entente-test-").FullName, kind == "sqlite" ? null : StoreAddress.Parse(await Postgres.CreateAsync()).Value);

    public static async Task DeleteAsync(DataFolder folder)
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (folder.Store.Postgres is { } server) await Postgres.DropAsync(server);
        Directory.Delete(folder.Root, recursive: true);
    }

    public async ValueTask DisposeAsync()
    {
        await Db.DisposeAsync();
        await DeleteAsync(Folder);
    }
}
