using Entente.Core.Evidence;
using Entente.Core.Evidence.OpenAlex;

namespace Entente.Core.Tests.Evidence.OpenAlex;

/// <summary>An import that is broken off goes on where it was, and ends as if it had not been.</summary>
public sealed class ResumeTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("entente-resume-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_broken_import_gives_the_same_bytes_as_one_that_was_not()
    {
        var paths = Write();
        await using var whole = await TestWorld.OpenAsync();
        var expected = await Import(whole, paths);
        await using var world = await TestWorld.OpenAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => Import(world, paths, breakOff: true));
        Assert.Empty(Vintages.List(world.Folder));
        var finished = Notes(world);
        Assert.NotEmpty(finished);
        var resumed = await Import(world, paths);
        Assert.Equal(Told(whole, expected), Told(world, resumed));
        Assert.Equal(Works.Rejects(whole, expected.Vintage), Works.Rejects(world, resumed.Vintage));
        Assert.Equal([], Directory.GetDirectories(world.Folder.Vintages, ".*"));
        // What was finished was not read again: it was finished before.
        Assert.True(finished.Count < paths.Length);
    }

    [Fact]
    public async Task What_was_finished_and_is_not_as_it_was_written_is_read_again()
    {
        var paths = Write();
        await using var whole = await TestWorld.OpenAsync();
        var expected = await Import(whole, paths);
        await using var world = await TestWorld.OpenAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => Import(world, paths, breakOff: true));
        foreach (var segment in Directory.GetFiles(Path.Combine(world.Folder.Vintages, ".unfinished"), "*.seg", SearchOption.AllDirectories))
        {
            using var file = File.OpenWrite(segment);
            file.Seek(file.Length / 2, SeekOrigin.Begin);
            file.WriteByte(0x5a);
            file.WriteByte(0xa5);
        }
        Assert.Equal(Told(whole, expected), Told(world, await Import(world, paths)));
    }

    [Fact]
    public async Task A_source_that_changed_since_is_read_again()
    {
        var paths = Write();
        await using var world = await TestWorld.OpenAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => Import(world, paths, breakOff: true));
        foreach (var path in paths) await File.WriteAllTextAsync(path, "{\"id\":\"W7\"}\n");
        var result = await Import(world, paths);
        Assert.Equal((paths.Length, paths.Length - 1), (result.Records, result.Superseded));
    }

    [Fact]
    public async Task A_refused_import_keeps_nothing()
    {
        var paths = Write();
        await File.WriteAllBytesAsync(paths[^1], [0x1f, 0x8b, 8, 0, 0]);
        await using var world = await TestWorld.OpenAsync();
        var refused = await OpenAlexImport.RunAsync(world.Work, paths, null, Coverage.Selection, null, default);
        Assert.Equal("broken-gzip", refused.Refusal?.Code);
        Assert.Empty(Directory.GetDirectories(world.Folder.Vintages));
    }

    /// <summary>Files large enough to be groups of their own, with a bad line and a work that comes twice.</summary>
    string[] Write()
    {
        var padding = string.Concat(Enumerable.Range(0, 400).Select(i => $"{i * 7919 % 1000} "));
        return [.. Enumerable.Range(0, 6).Select(part =>
        {
            var path = Path.Combine(folder, $"part{part}.jsonl");
            var lines = Enumerable.Range(0, part == 0 ? 3000 : 6000).Select(i => i == 1500 ? "bad" :
                $$"""{"id":"W{{(i == 7 ? 1 : part * 10_000 + i + 1)}}","updated_date":"2024-01-0{{part + 1}}","publication_year":{{2000 + i % 20}},"x":"{{padding}}"}""");
            File.WriteAllText(path, string.Join('\n', lines));
            return path;
        })];
    }

    static async Task<ImportResult> Import(TestWorld world, string[] paths, bool breakOff = false)
    {
        using var stop = new CancellationTokenSource();
        var progress = new Watch(report =>
        {
            if (breakOff && report.Records > 0 && Notes(world).Count > 0) stop.Cancel();
        });
        return (await OpenAlexImport.RunAsync(world.Work, paths, null, Coverage.Selection, progress, stop.Token)).Value;
    }

    sealed class Watch(Action<ProgressReport> seen) : IProgress<ProgressReport>
    {
        public void Report(ProgressReport value) => seen(value);
    }

    static IReadOnlyList<string> Notes(TestWorld world)
    {
        var unfinished = Path.Combine(world.Folder.Vintages, ".unfinished");
        return Directory.Exists(unfinished) ? Directory.GetFiles(unfinished, "taken.json", SearchOption.AllDirectories) : [];
    }

    static object Told(TestWorld world, ImportResult result)
    {
        var manifest = Vintages.Read(world.Folder, result.Vintage)!;
        return (manifest.Id, manifest.Records, manifest.Accepted, manifest.Rejected, manifest.Superseded, manifest.HandedOver,
            string.Join(' ', manifest.Files.Select(f => $"{f.Name} {f.Sha256}")), string.Join(' ', manifest.Sources.Select(s => s.Sha256)));
    }
}
