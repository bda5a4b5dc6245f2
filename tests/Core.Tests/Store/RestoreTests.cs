using System.Collections.Concurrent;
using System.Security.Cryptography;
using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Store;
using Entente.Core.Store.Copying;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Store;

/// <summary>A whole installation is kept and restored, and everything compared.</summary>
public sealed class RestoreTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("entente-restore-").FullName;

    string Zip => Path.Combine(_folder, "all.zip");

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    static async Task<TestWorld> FilledAsync(string kind)
    {
        var world = await TestWorld.OpenAsync(kind);
        Assert.True((await Portfolios.EnsureAsync(world.Work, null, default)).Ok);
        Assert.True((await Synthesizing.ImportAsync(world.Work, 500, 1, progress: null, default)).Ok);
        var question = Question.Read("output", "cnrs", null, null, null, null, null).Value;
        Assert.True(Figures.Ask(world.Work, question, receipt: true, default).Ok);
        await File.WriteAllTextAsync(Path.Combine(world.Folder.Receipts, "kept.json"), "{}");
        return world;
    }

    async Task<DataFolder> RestoreAsync()
    {
        var target = Path.Combine(_folder, "restored");
        Assert.True((await Backups.RestoreAsync(Zip, target, default)).Ok);
        return new DataFolder(target);
    }

    static Dictionary<string, string> FilesOf(DataFolder folder) =>
        new[] { folder.Vintages, folder.Receipts }.SelectMany(part => Directory.EnumerateFiles(part, "*", SearchOption.AllDirectories))
            .ToDictionary(path => Path.GetRelativePath(folder.Root, path), path => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))));

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task Everything_comes_back_as_it_was(string kind)
    {
        await using var world = await FilledAsync(kind);
        Assert.True((await Backups.MakeAsync(world.Work, Zip, default)).Ok);
        var restored = await RestoreAsync();
        await using var db = restored.OpenDb();
        Assert.Equal(await TableCopy.DigestsAsync(world.Db, default), await TableCopy.DigestsAsync(db, default));
        Assert.True((await Journals.VerifyAsync(db, default)).Sound);
        Assert.Equal(FilesOf(world.Folder), FilesOf(restored));
        Assert.True(FilesOf(restored).Count > 3);
        Assert.False(File.Exists(Path.Combine(restored.Root, "store.json")));
    }

    /// <summary>The copy is of one moment: the journal up to a line, all that was written by then, and nothing of what came after.</summary>
    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_backup_during_writes_is_of_one_moment(string kind)
    {
        await using var world = await FilledAsync(kind);
        var written = new ConcurrentDictionary<string, int>();
        using var stop = new CancellationTokenSource();
        var writer = Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                await using var db = world.Folder.OpenDb();
                db.AddRange(new Setting { Name = $"a{i}", Value = "x" }, new Setting { Name = $"b{i}", Value = "x" });
                new Work(db, world.Folder, Actor.CommandLine, TimeProvider.System).Log("test", $"settings/a{i}");
                await db.SaveChangesAsync();
                written[$"a{i}"] = i;
            }
        });
        await Task.Delay(200);
        var before = written.Count;
        Assert.True((await Backups.MakeAsync(world.Work, Zip, default)).Ok);
        await stop.CancelAsync();
        await writer;
        Assert.True(written.Count > before, "Nothing was written during the backup.");

        await using var db = (await RestoreAsync()).OpenDb();
        Assert.True((await Journals.VerifyAsync(db, default)).Sound);
        var names = await db.Settings.Select(s => s.Name).ToListAsync();
        var told = await db.Journal.Where(j => j.Verb == "test").Select(j => j.Subject).ToListAsync();
        Assert.Equal(told.Count, names.Count(n => n.StartsWith('a')));
        Assert.Equal(told.Count, names.Count(n => n.StartsWith('b')));
        Assert.InRange(told.Count, before, written.Count);
        var last = await db.Journal.OrderBy(j => j.Id).LastAsync();
        Assert.Equal(last.Hash, (await world.Db.Journal.AsNoTracking().SingleAsync(j => j.Id == last.Id)).Hash);
    }

    [Fact]
    public async Task A_backup_without_a_name_is_a_question_without_sense()
    {
        await using var world = await TestWorld.OpenAsync();
        Assert.Equal(RefusalKind.Usage, (await Backups.MakeAsync(world.Work, "", default)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Usage, (await Backups.RestoreAsync(" ", _folder, default)).Refusal?.Kind);
    }
}
