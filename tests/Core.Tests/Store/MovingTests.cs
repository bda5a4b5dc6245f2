using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Store;
using Entente.Core.Store.Copying;
using Entente.Core.Store.Journal;
using Entente.Tests;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Store;

public sealed class MovingTests
{
    static readonly string[] Told = ["journal", "journal_head"];

    /// <summary>The demonstration portfolio, with texts and numbers that a careless copy would spoil.</summary>
    static async Task<DataFolder> FolderAsync(string kind)
    {
        // A folder that can be moved says by itself where its record is.
        var folder = new DataFolder(Directory.CreateTempSubdirectory("entente-move-").FullName);
        if (kind == "postgres") StoreAddress.Parse(await Postgres.CreateAsync()).Value.Keep(folder.Root);
        await using var db = folder.OpenDb();
        await Migrator.RunAsync(db, default);
        var work = new Work(db, folder, Actor.CommandLine, TimeProvider.System);
        Assert.True((await Portfolios.EnsureAsync(work, null, default)).Ok);
        db.Add(new Setting { Name = "odd", Value = "tab\t line\n quote ' \" é 日本 \U0001F600 \\N \\. " });
        db.Add(new Setting { Name = "Zoo", Value = "" });
        db.Add(new Setting { Name = "éa", Value = "after the capitals and the plain letters, byte by byte" });
        // The number of a removed row is not given again, on either side.
        var last = new Fact { Structure = "majulab", Field = "x", Text = "x", TextFr = "x", Source = Citations.Parse("S3") };
        db.Add(last);
        work.Log("test.fill", "settings/odd");
        await db.SaveChangesAsync();
        db.Remove(last);
        work.Log("test.remove", "structures/majulab");
        await db.SaveChangesAsync();
        return folder;
    }

    static async Task<IReadOnlyList<TableDigest>> DigestsAsync(DataFolder folder)
    {
        await using var db = folder.OpenDb();
        return await TableCopy.DigestsAsync(db, default);
    }

    static async Task<Outcome<Moved>> MoveAsync(DataFolder folder, string target)
    {
        await using var db = folder.OpenDb();
        return await Moving.ToAsync(new Work(db, folder, Actor.CommandLine, TimeProvider.System), target, null, default);
    }

    [PostgresFact]
    public async Task There_and_back_again_nothing_is_lost()
    {
        var folder = await FolderAsync("sqlite");
        var before = await DigestsAsync(folder);
        var server = await Postgres.CreateAsync();

        var there = await MoveAsync(folder, server);
        Assert.True(there.Ok, there.Refusal?.Message.En);
        Assert.True(folder.Store.OnServer);
        Assert.Equal(before.Where(d => !Told.Contains(d.Table)), (await DigestsAsync(folder)).Where(d => !Told.Contains(d.Table)));
        Assert.Equal(before.Select(d => d.Table), there.Value.Digests.Keys.Order(StringComparer.Ordinal));
        Assert.False(File.Exists(folder.Database));
        Assert.True(File.Exists(Path.Combine(folder.Root, there.Value.Left!)));
        await WriteAsync(folder, "on the server");

        var back = await MoveAsync(folder, "sqlite");
        Assert.True(back.Ok, back.Refusal?.Message.En);
        Assert.False(folder.Store.OnServer);
        Assert.Null(back.Value.Left);
        await using var db = folder.OpenDb();
        Assert.True((await Journals.VerifyAsync(db, default)).Sound);
        Assert.Equal(["store.migrate", "test", "store.migrate"], await db.Journal.OrderByDescending(j => j.Id).Take(3).Select(j => j.Verb).ToListAsync());
        Assert.Equal("on the server", await db.Settings.Where(s => s.Name == "note").Select(s => s.Value).SingleAsync());
        Assert.Equal(before.Where(d => !Told.Contains(d.Table) && d.Table is not ("setting" or "journal_change")),
            (await DigestsAsync(folder)).Where(d => !Told.Contains(d.Table) && d.Table is not ("setting" or "journal_change")));
        await EndAsync(folder, server);
    }

    static async Task WriteAsync(DataFolder folder, string text)
    {
        await using var db = folder.OpenDb();
        db.Add(new Setting { Name = "note", Value = text });
        new Work(db, folder, Actor.CommandLine, TimeProvider.System).Log("test", "settings/note");
        await db.SaveChangesAsync();
    }

    [PostgresTheory, InlineData("sqlite"), InlineData("postgres")]
    public async Task Numbers_go_on_where_they_were(string kind)
    {
        var folder = await FolderAsync(kind);
        var removed = (await NextAsync(folder, undo: true)) - 1;
        var server = await Postgres.CreateAsync();
        Assert.True((await MoveAsync(folder, kind == "sqlite" ? server : "sqlite")).Ok);
        Assert.True(await NextAsync(folder, undo: false) > removed);
        await EndAsync(folder, server);
    }

    static async Task<int> NextAsync(DataFolder folder, bool undo)
    {
        await using var db = folder.OpenDb();
        var fact = new Fact { Structure = "majulab", Field = "y", Text = "y", TextFr = "y", Source = Citations.Parse("S3") };
        var work = new Work(db, folder, Actor.CommandLine, TimeProvider.System);
        db.Add(fact);
        work.Log("test", "structures/majulab");
        await db.SaveChangesAsync();
        if (!undo) return fact.Id;
        db.Remove(fact);
        work.Log("test", "structures/majulab");
        await db.SaveChangesAsync();
        return fact.Id;
    }

    [PostgresFact]
    public async Task Only_an_empty_database_takes_the_record()
    {
        var (folder, other, server) = (await FolderAsync("sqlite"), await FolderAsync("sqlite"), await Postgres.CreateAsync());
        Assert.True((await MoveAsync(other, server)).Ok);
        var before = await DigestsAsync(other);
        Assert.Equal("store-not-empty", (await MoveAsync(folder, server)).Refusal?.Code);
        Assert.False(folder.Store.OnServer);
        Assert.Equal(before, await DigestsAsync(other));
        await File.WriteAllTextAsync(other.Database, "mine");
        Assert.Equal("store-not-empty", (await MoveAsync(other, "sqlite")).Refusal?.Code);
        Assert.Equal("store-same", (await MoveAsync(other, server)).Refusal?.Code);
        Assert.Equal("store", (await MoveAsync(other, "nonsense")).Refusal?.Code);
        await EndAsync(folder, server);
        Directory.Delete(other.Root, recursive: true);
    }

    /// <summary>Many writers write while the record moves: what was acknowledged is in the new store, the rest was told that it was not written.</summary>
    [PostgresTheory, InlineData("sqlite"), InlineData("postgres")]
    public async Task Nothing_acknowledged_stays_behind(string kind)
    {
        var (folder, server) = (await FolderAsync(kind), await Postgres.CreateAsync());
        var (acknowledged, refused) = (new System.Collections.Concurrent.ConcurrentBag<string>(), 0);
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 3).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                await using var db = folder.OpenDb();
                var name = $"w{writer}-{i}";
                db.Add(new Setting { Name = name, Value = "x" });
                new Work(db, folder, Actor.CommandLine, TimeProvider.System).Log("test", $"settings/{name}");
                try
                {
                    await db.SaveChangesAsync();
                    acknowledged.Add(name);
                }
                catch (BrokenWorldException)
                {
                    Interlocked.Increment(ref refused);
                }
            }
        })).ToArray();
        await Task.Delay(300);
        var moved = await MoveAsync(folder, kind == "sqlite" ? server : "sqlite");
        await Task.Delay(300);
        await stop.CancelAsync();
        await Task.WhenAll(writers);
        Assert.True(moved.Ok, moved.Refusal?.Message.En);
        Assert.True(refused > 0, "No writer waited while the record moved.");
        await using var after = folder.OpenDb();
        var kept = await after.Settings.Select(s => s.Name).ToListAsync();
        Assert.Empty(acknowledged.Except(kept));
        Assert.True((await Journals.VerifyAsync(after, default)).Sound);
        await EndAsync(folder, server);
    }

    static async Task EndAsync(DataFolder folder, string server)
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await Postgres.DropAsync(server);
        Directory.Delete(folder.Root, recursive: true);
    }
}
