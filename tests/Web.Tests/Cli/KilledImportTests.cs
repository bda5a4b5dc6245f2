using System.Diagnostics;
using System.Globalization;
using System.Text;
using Entente.Core.Evidence;
using Entente.Core.Store;
using Entente.Engine.Query;

namespace Entente.Web.Tests.Cli;

/// <summary>
/// Imports, updates and merges by the real program, killed at random moments. ENTENTE_TEST_KILLS raises how often each is killed: every
/// committed vintage verifies after each, and in the end the import works.
/// </summary>
public sealed class KilledImportTests : IDisposable
{
    static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("ENTENTE_TEST_KILLS") ?? "12", CultureInfo.InvariantCulture);

    readonly string folder = Directory.CreateTempSubdirectory("entente-kill-").FullName;

    DataFolder Folder => new(Path.Combine(folder, "data"));

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    string Write(string name, int first, int count, string updated)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllLines(path, Enumerable.Range(first, count).Select(i =>
            $$$"""{"id":"https://openalex.org/W{{{i}}}","updated_date":"{{{updated}}}","publication_year":{{{2000 + i % 25}}},"title":"Work number {{{i * 7919L}}}","authorships":[{"institutions":[{"id":"I{{{i % 900 + 1}}}","ror":"https://ror.org/02feahw73","country_code":"FR"}]}]}"""), new UTF8Encoding(false));
        return path;
    }

    string[] Words(string[] what, string? data = null) => ["import", "openalex", .. what, "--data", data ?? Folder.Root];

    async Task<string> Import(params string[] what)
    {
        var run = await EntenteProcess.RunAsync(Words(what));
        Assert.True(run.Code == 0, run.Error);
        return run.Out.Trim();
    }

    [Fact]
    public async Task An_import_that_is_killed_at_any_moment_leaves_what_was_committed()
    {
        var good = await Import(Write("good.jsonl", 1, 500, "2024-01-01"));
        var sources = Enumerable.Range(0, 4).Select(i => Write($"big-{i}.jsonl", 1000 + 5_000 * i, 6_000, $"2024-02-0{i + 1}")).ToArray();
        await Survive(good, sources);
    }

    [Fact]
    public async Task An_update_that_is_killed_at_any_moment_leaves_what_was_committed()
    {
        var good = await Import(Write("good.jsonl", 1, 10_000, "2024-01-01"));
        await Survive(good, [Write("new.jsonl", 5_000, 10_000, "2024-06-01"), "--onto", good]);
    }

    [Fact]
    public async Task An_update_that_shares_segments_and_is_killed_at_any_moment_leaves_what_was_committed()
    {
        // So many works that their segment is shared under a second name, and so few newer ones that it is not written anew.
        var good = await Import(Write("good.jsonl", 1, 40_000, "2024-01-01"));
        await Survive(good, [Write("new.jsonl", 36_000, 8_000, "2024-06-01"), "--onto", good]);
        var (old, updated) = (Read(good), Read(Vintages.List(Folder).Single(m => m.Onto == good).Id));
        Assert.NotEmpty(old.Files.Select(file => file.Sha256).Intersect(updated.Files.Select(file => file.Sha256)));
        Assert.Contains(updated.Files, file => file.Name == "tombstones.seg");
        Assert.Equal(4_001, updated.Superseded);

        Manifest Read(string id) => Vintages.Read(Folder, id)!;
    }

    [Fact]
    public async Task A_merge_that_is_killed_at_any_moment_leaves_every_work_that_stood()
    {
        var vintage = await Import(Write("base.jsonl", 1, 33_000, "2024-01-01"));
        var earlier = vintage;
        vintage = await Import(Write("update.jsonl", 30_000, 33_000, "2024-02-01"), "--onto", vintage);
        Directory.Delete(Vintages.FolderOf(Folder, earlier), recursive: true);
        var (place, untouched) = (Vintages.FolderOf(Folder, vintage), Path.Combine(folder, "untouched"));
        Copy(place, untouched);
        var digest = Digest();
        string[] what = ["merge", vintage, "--data", Folder.Root];
        var clock = Stopwatch.StartNew();
        Assert.Equal(0, (await EntenteProcess.RunAsync(what)).Code);
        var (time, merged, random, finished) = (clock.ElapsedMilliseconds, Vintages.List(Folder)[0].Files, new Random(3), 0);
        Assert.Equal(digest, Digest());
        for (var i = 0; i < Kills; i++)
        {
            Directory.Delete(place, recursive: true);
            Copy(untouched, place);
            if (EntenteProcess.EndsWithin(time * (0.2 + 0.85 * random.NextDouble()), what)) finished++;
            Folder.AssertSound(vintage);
            Assert.Equal(digest, Digest());
        }
        Assert.True(finished < Kills, "Nothing was killed before it ended.");
        Assert.Equal(0, (await EntenteProcess.RunAsync(what)).Code);
        Assert.Equal(merged, Vintages.List(Folder)[0].Files);
        Assert.Equal(merged.Count + 1, Directory.GetFileSystemEntries(place).Length);
        Assert.Empty(Directory.GetFileSystemEntries(Folder.Vintages, ".*"));
    }

    string Digest()
    {
        using var store = Vintages.OpenWorks(Folder, Vintages.List(Folder).Single());
        return Select.All(store).Digest();
    }

    static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var path in Directory.GetFiles(from)) File.Copy(path, Path.Combine(to, Path.GetFileName(path)));
    }

    async Task Survive(string good, string[] what)
    {
        var (expected, time) = await Twin(what);
        var (random, finished) = (new Random(1), 0);
        for (var i = 0; i < Kills; i++)
        {
            if (EntenteProcess.EndsWithin(time * (0.1 + 0.95 * random.NextDouble()), Words(what))) finished++;
            var there = Directory.Exists(Vintages.FolderOf(Folder, expected));
            Folder.AssertSound(there ? [good, expected] : [good]);
            if (there) Directory.Delete(Vintages.FolderOf(Folder, expected), recursive: true);
        }
        Assert.True(finished < Kills, "Nothing was killed before it ended.");
        Assert.Equal(expected, await Import(what));
        Assert.Empty(Directory.GetFileSystemEntries(Folder.Vintages, ".*"));
        Folder.AssertSound(good, expected);
    }

    /// <summary>The same on a copy of the folder, undisturbed: the id that is due, and how long it takes.</summary>
    async Task<(string Vintage, long Time)> Twin(string[] what)
    {
        var other = Path.Combine(folder, "other");
        foreach (var path in Directory.GetFiles(Folder.Root, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(other, Path.GetRelativePath(Folder.Root, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
        var clock = Stopwatch.StartNew();
        var run = await EntenteProcess.RunAsync(Words(what, other));
        Assert.True(run.Code == 0, run.Error);
        return (run.Out.Trim(), clock.ElapsedMilliseconds);
    }
}
