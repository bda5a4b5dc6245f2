using System.Text.Json;
using Entente.Core.Store;
using Entente.Core.Store.Copying;
using Entente.Core.Store.Journal;
using Entente.Tests;

namespace Entente.Web.Tests.Cli;

/// <summary>Where the record is, from the command line: moved, killed while it moves, checked, and named by the environment.</summary>
public sealed class StoreCommandTests : IDisposable
{
    readonly string _data = Directory.CreateTempSubdirectory("entente-store-").FullName;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_data, recursive: true);
    }

    Task<EntenteProcess.Run> RunAsync(params string[] args) => EntenteProcess.RunAsync([.. args, "--data", _data]);

    [PostgresFact]
    public async Task Every_verb_runs_on_a_server_that_the_environment_names()
    {
        var server = await Postgres.CreateAsync();
        foreach (var verb in (string[])["structures", "claims", "vintages", "perimeters"])
        {
            var run = await EntenteProcess.EndAsync(EntenteProcess.Start([("ENTENTE_STORE", server)], verb, "--json", "--data", _data));
            Assert.Equal((0, ""), (run.Code, run.Error));
            Assert.Equal(JsonValueKind.Array, JsonDocument.Parse(run.Out).RootElement.ValueKind);
        }
        Assert.False(File.Exists(Path.Combine(_data, "entente.db")));
        var refused = await EntenteProcess.EndAsync(EntenteProcess.Start([("ENTENTE_STORE", server)], "migrate", "sqlite", "--data", _data));
        Assert.Equal(1, refused.Code);
        await Postgres.DropAsync(server);
    }

    [Fact]
    public async Task A_server_that_is_gone_is_a_broken_world_and_its_password_is_not_told()
    {
        var run = await EntenteProcess.EndAsync(EntenteProcess.Start([("ENTENTE_STORE", "postgresql://ann:s3cret@127.0.0.1:1/x")], "structures", "--data", _data));
        Assert.Equal(3, run.Code);
        Assert.DoesNotContain("s3cret", run.Error + run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_journal_is_checked_and_a_changed_line_is_named()
    {
        Assert.Equal(0, (await RunAsync("structures")).Code);
        var sound = await RunAsync("verify", "--journal", "--json");
        Assert.Equal((0, ""), (sound.Code, sound.Error));
        Assert.True(JsonDocument.Parse(sound.Out).RootElement.GetProperty("sound").GetBoolean());
        await using (var db = new DataFolder(_data).OpenDb()) await db.RunAsync("update journal set verb = 'x' where id = 1", default);
        var broken = await RunAsync("verify", "--journal", "--json");
        Assert.Equal((1, 1), (broken.Code, JsonDocument.Parse(broken.Out).RootElement.GetProperty("brokenLine").GetInt32()));
        Assert.Contains("line 1", broken.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("verify")).Code);
        Assert.Equal(2, (await RunAsync("verify", "receipt.json", "--journal")).Code);
    }

    /// <summary>There and back, each move killed until one comes through: at every moment one store is whole and named.</summary>
    [PostgresFact]
    public async Task A_move_that_is_killed_leaves_the_source()
    {
        Assert.Equal(0, (await RunAsync("structures")).Code);
        // Given ever more time until one comes through, on a fast machine or a busy one.
        var (folder, random, killed, moved, longest) = (new DataFolder(_data), new Random(5), 0, 0, 1_000);
        var server = await Postgres.CreateAsync();
        for (var attempt = 0; attempt < 30 && (killed < 6 || moved < 2); attempt++)
        {
            var (from, before) = (folder.Store, await DigestsAsync(folder));
            var process = EntenteProcess.Start("migrate", from.OnServer ? "sqlite" : server, "--data", _data);
            var ended = Task.Run(() => EntenteProcess.EndAsync(process));
            if (await Task.WhenAny(ended, Task.Delay(random.Next(300, longest))) != ended) process.Kill();
            var run = await ended;
            Assert.True(run.Code is 0 or 137, run.Error);
            if (folder.Store == from)
            {
                killed++;
                longest += 500;
                Assert.Equal(before, await DigestsAsync(folder));
                continue;
            }
            moved++;
            var after = await DigestsAsync(folder);
            Assert.Equal(before.Where(d => !d.Table.StartsWith("journal", StringComparison.Ordinal)), after.Where(d => !d.Table.StartsWith("journal", StringComparison.Ordinal)));
            await using (var db = folder.OpenDb()) Assert.True((await Journals.VerifyAsync(db, default)).Sound);
            // The store of before is out of the way, whether the move had the time to put it there or not.
            if (from.OnServer) (server, _) = (await Postgres.CreateAsync(), Postgres.DropAsync(server));
            else Moving.Delete(folder.Database);
        }
        Assert.True(killed >= 6 && moved >= 2, $"{killed} killed, {moved} moved");
        await Postgres.DropAsync(server);
    }

    static async Task<IReadOnlyList<TableDigest>> DigestsAsync(DataFolder folder)
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await using var db = folder.OpenDb();
        return await TableCopy.DigestsAsync(db, default);
    }
}
