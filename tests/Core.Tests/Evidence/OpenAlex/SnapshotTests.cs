using System.IO.Compression;
using Entente.Core.Evidence;
using Entente.Core.Evidence.OpenAlex;
using Entente.Core.Kernel;

namespace Entente.Core.Tests.Evidence.OpenAlex;

public sealed class SnapshotTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("entente-snapshot-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    void Write(string path, string text)
    {
        var full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        using Stream file = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(File.Create(full), CompressionLevel.Fastest) : File.Create(full);
        file.Write(System.Text.Encoding.UTF8.GetBytes(text));
    }

    static string Work(int id, string date, string title) => $$"""{"id":"https://openalex.org/W{{id}}","updated_date":"{{date}}","title":"{{title}}"}""" + "\n";

    async Task<(ImportResult Result, string[] Told)> ImportAsync(TestWorld world, string folder = "")
    {
        var result = (await OpenAlexImport.RunAsync(world.Work, [Path.Combine(_folder, folder)], null, Coverage.Complete, null, default)).Value;
        return (result, [.. Works.Told(world, result.Vintage).Select(told => $"{told.Split(' ')[0]} {told.Split('“', '”')[1]}")]);
    }

    async Task<Refusal> RefusedAsync(params string[] paths)
    {
        await using var world = await TestWorld.OpenAsync();
        var refusal = (await OpenAlexImport.RunAsync(world.Work, [.. paths.Select(p => Path.Combine(_folder, p))], null, Coverage.Selection, null, default)).Refusal!;
        Assert.Empty(Directory.GetDirectories(world.Folder.Vintages));
        return refusal;
    }

    [Fact]
    public async Task A_newer_partition_replaces_the_works_that_it_updates_and_the_list_of_deleted_works_withdraws()
    {
        await using var world = await TestWorld.OpenAsync();
        Write("works/updated_date=2024-01-01/part_0000.gz", Work(1, "2024-01-01", "old") + Work(2, "2024-01-01", "kept"));
        Write("works/updated_date=2024-01-01/part_0001.gz", Work(3, "2024-01-01", "deleted") + Work(4, "2024-03-01T10:00:00", "came back"));
        Write("works/updated_date=2024-02-01/part_0000.gz", Work(1, "2024-02-01", "new"));
        Write("works/manifest.json", """{"entity":"works","files":[{"url":"x"}]}""");
        Write("works/deleted_ids.csv", "work_id,deleted_date\nhttps://openalex.org/W3,2024-02-15\nW4,2024-02-15\nW5,2024-02-15\n");
        Write("works/README.txt", "about");
        var (result, told) = await ImportAsync(world, "works");
        Assert.Equal(["W1 new", "W2 kept", "W4 came back"], told);
        Assert.Equal((5, 5, 0, 2), (result.Records, result.Accepted, result.Rejected, result.Superseded));
        var manifest = Vintages.Read(world.Folder, result.Vintage)!;
        Assert.Equal((1, CoverageKind.Complete, 4), (manifest.Withdrawn, manifest.Coverage.Kind, manifest.Sources.Count));
    }

    [Fact]
    public async Task Of_a_whole_snapshot_only_the_works_are_read_and_merged_ones_are_withdrawn()
    {
        await using var world = await TestWorld.OpenAsync();
        Write("data/works/updated_date=2024-01-01/part_000.gz", Work(1, "2022-01-01", "one") + Work(2, "2022-01-01", "merged"));
        Write("data/authors/updated_date=2024-01-01/part_000.gz", """{"id":"https://openalex.org/A1"}""");
        Write("data/merged_ids/works/2022-07-01.csv.gz", "merge_date,id,merge_into_id\n2022-07-01,W2,W1\n");
        Write("data/merged_ids/authors/2022-07-01.csv.gz", "merge_date,id,merge_into_id\n2022-07-01,A2,A1\n");
        var (result, told) = await ImportAsync(world);
        Assert.Equal(["W1 one"], told);
        Assert.Equal((2, 1), (result.Records, result.Superseded));
    }

    [Fact]
    public async Task What_holds_no_works_is_refused_with_what_to_do()
    {
        Write("empty.jsonl", "");
        Write("blank.jsonl.gz", "\n\n");
        Write("folder/readme.txt", "nothing");
        Write("page.json", """{"meta":{"count":0},"results":[]}""");
        Write("archive.zip", "PK\u0003\u0004....");
        Write("works.parquet", "PAR1....");
        Write("bad/deleted_ids.csv", "work_id,deleted_date\nA1,2024-01-01\n");
        Write("bad/works.jsonl", Work(1, "2024-01-01", "one"));
        Assert.Equal("nothing-to-import", (await RefusedAsync("empty.jsonl")).Code);
        Assert.Equal("nothing-to-import", (await RefusedAsync("blank.jsonl.gz", "page.json")).Code);
        Assert.Equal("empty-folder", (await RefusedAsync("folder")).Code);
        Assert.Equal("missing-file", (await RefusedAsync("bad/works.jsonl", "nowhere.gz")).Code);
        Assert.Contains("zip archive", (await RefusedAsync("archive.zip")).Message.En, StringComparison.Ordinal);
        Assert.Contains("jsonl", (await RefusedAsync("works.parquet")).Message.En, StringComparison.Ordinal);
        Assert.Contains("deleted_ids.csv, line 2", (await RefusedAsync("bad")).Message.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_part_refuses_the_whole_import()
    {
        Write("works/part_0000.gz", Work(1, "2024-01-01", "one"));
        Write("works/part_0001.gz", string.Concat(Enumerable.Range(2, 5000).Select(i => Work(i, "2024-01-01", $"title {i * 7919}"))));
        var part = Path.Combine(_folder, "works/part_0001.gz");
        var bytes = await File.ReadAllBytesAsync(part);
        foreach (var length in new[] { bytes.Length / 2, bytes.Length - 1, 15 })
        {
            await File.WriteAllBytesAsync(part, bytes[..length]);
            var refusal = await RefusedAsync("works");
            Assert.Equal("broken-gzip", refusal.Code);
            Assert.Contains("part_0001.gz", refusal.Message.Fr, StringComparison.Ordinal);
        }
    }
}
