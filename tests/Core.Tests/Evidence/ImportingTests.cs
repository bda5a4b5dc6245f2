using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Evidence;

/// <summary>The frame, with the plainest reader there can be: a line is a record, and "bad" is rejected.</summary>
public sealed class ImportingTests
{
    static Source Text(string name, string text) => new(name, text.Length, () => new MemoryStream(Encoding.UTF8.GetBytes(text)));

    static Source Gzip(string name, string text, int cut = 0)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(Encoding.UTF8.GetBytes(text));
        var bytes = packed.ToArray()[..^cut];
        return new(name, bytes.Length, () => new MemoryStream(bytes));
    }

    static Task<Outcome<ImportResult>> Import(
        TestWorld world, IReadOnlyList<Source> sources, Func<VintageContent, VintageContent>? more = null, CancellationToken ct = default) =>
        Importing.RunAsync(world.Work, "import test", sources, draft => Read(draft, sources, more ?? (content => content)), null, ct);

    static Outcome<VintageContent> Read(VintageDraft draft, IReadOnlyList<Source> sources, Func<VintageContent, VintageContent> more)
    {
        using var kept = new HashedFile(Path.Combine(draft.Folder, "lines"));
        foreach (var source in sources)
        {
            using var reader = new StreamReader(draft.Open(source));
            for (var line = 1; reader.ReadLine() is { } text; line++)
            {
                draft.Records++;
                if (text == "bad") draft.Reject(source.Name, line, new("It is bad.", "C’est mauvais."), text);
                else kept.Write(Encoding.UTF8.GetBytes(text + "\n"));
            }
        }
        return more(new(VintageKind.Rnsr) { Files = [kept.Finish()], Records = draft.Records });
    }

    static string[] Folders(TestWorld world) => [.. Directory.GetDirectories(world.Folder.Vintages).Select(Path.GetFileName).Order()!];

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task What_was_read_is_a_vintage_with_its_counts_its_rejects_and_a_line_in_the_journal(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        var result = (await Import(world, [Text("a", "one\nbad\ntwo\n")])).Value;
        var manifest = Assert.Single(Vintages.List(world.Folder));
        Assert.Equal((3, 2, 1), (result.Records, result.Accepted, result.Rejected));
        Assert.Equal(result.Vintage, manifest.Id);
        Assert.Equal(["lines", "rejects.jsonl"], manifest.Files.Select(f => f.Name));
        Assert.Equal("""{"file":"a","line":2,"en":"It is bad.","fr":"C’est mauvais.","text":"bad"}""" + "\n",
            await File.ReadAllTextAsync(Path.Combine(Vintages.FolderOf(world.Folder, manifest.Id), "rejects.jsonl")));
        Assert.Empty(Vintages.Damage(world.Folder, manifest));
        var line = await world.Db.Journal.SingleAsync();
        Assert.Equal(("evidence.import", manifest.Id), (line.Verb, line.Subject));
    }

    [Fact]
    public async Task The_id_is_the_hash_of_kind_options_and_sources_in_an_order_of_its_own()
    {
        await using var world = await TestWorld.OpenAsync();
        var hashes = new[] { "one\n", "two\n" }.Select(t => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(t)))).Order();
        var said = $"kind=rnsr\n{string.Join('\n', hashes)}\n";
        var expected = "rnsr-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(said)))[..16];
        Assert.Equal(expected, (await Import(world, [Text("a", "one\n"), Text("b", "two\n")])).Value.Vintage);
        Assert.Equal(expected, (await Import(world, [Text("elsewhere/y", "two\n"), Text("x", "one\n")])).Value.Vintage);
        var other = await Import(world, [Text("a", "one\n"), Text("b", "two\n")], c => c with { Options = new Dictionary<string, string> { ["release"] = "v1" } });
        Assert.NotEqual(expected, other.Value.Vintage);
    }

    [Fact]
    public async Task The_same_input_again_keeps_the_files_and_renews_what_is_stated()
    {
        await using var world = await TestWorld.OpenAsync();
        var id = (await Import(world, [Text("a", "one\n")], c => c with { Name = "first" })).Value.Vintage;
        var lines = Path.Combine(Vintages.FolderOf(world.Folder, id), "lines");
        var (before, written) = (Vintages.Read(world.Folder, id)!, File.GetLastWriteTimeUtc(lines));
        await Import(world, [Text("b", "one\n")], c => c with { Name = "second", Coverage = Coverage.Complete });
        var after = Vintages.Read(world.Folder, id)!;
        Assert.Equal(("second", CoverageKind.Complete, "b"), (after.Name, after.Coverage.Kind, after.Sources[0].Path));
        Assert.True(after.ImportedAt > before.ImportedAt);
        Assert.Equal(written, File.GetLastWriteTimeUtc(lines));
        Assert.Equal([id], Folders(world));
    }

    [Theory]
    [InlineData("lines")]
    [InlineData("manifest.json")]
    public async Task A_damaged_vintage_is_repaired_by_importing_again(string name)
    {
        await using var world = await TestWorld.OpenAsync();
        var id = (await Import(world, [Text("a", "one\n")])).Value.Vintage;
        var file = Path.Combine(Vintages.FolderOf(world.Folder, id), name);
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[0] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        Assert.True(Vintages.Unreadable(world.Folder).Count == 1 || Vintages.Damage(world.Folder, Vintages.Read(world.Folder, id)!).Count == 1);
        await Import(world, [Text("a", "one\n")]);
        Assert.Empty(Vintages.Unreadable(world.Folder));
        Assert.Empty(Vintages.Damage(world.Folder, Vintages.Read(world.Folder, id)!));
        Assert.Equal([id], Folders(world));
    }

    [Fact]
    public async Task A_cut_gzip_file_refuses_the_whole_import_and_names_the_file()
    {
        await using var world = await TestWorld.OpenAsync();
        foreach (var cut in new[] { 1, 8, 9, 20 })
        {
            var refusal = (await Import(world, [Text("a", "one\n"), Gzip("cut.gz", "one\ntwo\nthree\n", cut)])).Refusal!;
            Assert.Equal("broken-gzip", refusal.Code);
            Assert.Contains("cut.gz", refusal.Message.En, StringComparison.Ordinal);
            Assert.Contains("cut.gz", refusal.Message.Fr, StringComparison.Ordinal);
        }
        Assert.Empty(Folders(world));
        Assert.Equal(3, (await Import(world, [Gzip("whole.gz", "one\ntwo\nthree\n")])).Value.Records);
    }

    [Fact]
    public async Task Nothing_is_left_when_all_is_rejected_or_the_act_is_broken_off()
    {
        await using var world = await TestWorld.OpenAsync();
        Assert.Equal("all-rejected", (await Import(world, [Text("a", "bad\nbad\n")])).Refusal!.Code);
        Assert.Equal("nothing-to-import", (await Import(world, [Text("a", "")])).Refusal!.Code);
        await Assert.ThrowsAsync<OperationCanceledException>(() => Import(world, [Text("a", "one\n")], ct: new(canceled: true)));
        await Assert.ThrowsAsync<NotSupportedException>(() => Import(world, [Text("a", "one\n")], _ => throw new NotSupportedException()));
        Assert.Empty(Folders(world));
        Assert.Empty(await world.Db.Journal.ToListAsync());
    }

    [Fact]
    public async Task A_full_disk_is_a_broken_world_with_advice()
    {
        await using var world = await TestWorld.OpenAsync();
        var broken = await Assert.ThrowsAsync<BrokenWorldException>(() => Import(world, [Text("a", "one\n")], _ => throw new IOException("no space", 28)));
        Assert.Contains("--data", broken.Said.En, StringComparison.Ordinal);
        Assert.Contains("plein", broken.Said.Fr, StringComparison.Ordinal);
        Assert.Empty(Folders(world));
    }

    [Fact]
    public async Task A_second_writer_is_refused_and_told_who_holds_the_pen()
    {
        await using var world = await TestWorld.OpenAsync();
        using (world.Folder.Lock("import openalex").Value)
        {
            var refusal = (await Import(world, [Text("a", "one\n")])).Refusal!;
            Assert.Equal("write-locked", refusal.Code);
            Assert.Contains($"process {Environment.ProcessId}, entente import openalex", refusal.Message.En, StringComparison.Ordinal);
        }
        Assert.True((await Import(world, [Text("a", "one\n")])).Ok);
    }

    [Fact]
    public async Task The_next_writer_sweeps_what_dead_ones_left_and_brings_back_what_they_put_aside()
    {
        await using var world = await TestWorld.OpenAsync();
        var id = (await Import(world, [Text("a", "one\n")])).Value.Vintage;
        Directory.CreateDirectory(Path.Combine(world.Folder.Vintages, ".partial-1234"));
        Directory.Move(Vintages.FolderOf(world.Folder, id), Path.Combine(world.Folder.Vintages, ".replaced-" + id));
        Assert.Empty(Vintages.List(world.Folder));
        var other = (await Import(world, [Text("a", "two\n")])).Value.Vintage;
        Assert.Equal(new[] { id, other }.Order(), Folders(world));
    }
}
