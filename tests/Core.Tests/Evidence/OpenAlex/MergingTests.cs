using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using Entente.Core.Evidence;
using Entente.Core.Evidence.OpenAlex;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Tests.Evidence.ClickHouse;
using Entente.Engine.Query;

namespace Entente.Core.Tests.Evidence.OpenAlex;

/// <summary>Merging segments changes nothing: every figure, bound and digest is what it was, and what a rebuild from all files gives.</summary>
public sealed class MergingTests : IDisposable
{
    const int Updates = 6;

    static readonly string[] Sides = ["cnrs", "imperial", "utokyo"];

    readonly string folder = Directory.CreateTempSubdirectory("entente-merge-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(1, 1 << 18)]
    [InlineData(2, 300)]
    [InlineData(3, 90)]
    public async Task Every_figure_is_what_it_was_and_what_a_rebuild_gives(int seed, int full)
    {
        var files = await FilesAsync(seed);
        await using var world = await WorldAsync();
        var vintage = await ChainAsync(world, files);
        var before = Manifest(world, vintage);
        Assert.True(before.Files.Count > 2 * Updates && before.Files.Any(file => file.Name == "tombstones.seg"));
        var told = OpenAlex.Works.Told(world, vintage);
        var (placed, questions) = (Placed(world, vintage), Drawn(world, before));
        var (answers, bare) = (Answers(world, questions, vintage), Answers(world, questions, vintage, receipts: false));
        Assert.True(answers.Count(answer => answer.Contains("\"value\"", StringComparison.Ordinal)) > answers.Count / 2);

        var merged = (await Merging.RunAsync(world.Work, vintage, new MergePlan(full, Thorough: true), null, default)).Value;
        var after = Manifest(world, vintage);
        Assert.True((merged.After < merged.Before || full < 1_000) && merged.Dropped > 0, $"{merged}");
        Assert.DoesNotContain(after.Files, file => file.Name.StartsWith("tombstones", StringComparison.Ordinal));
        Assert.Equal(after.Files.Select(file => file.Name).Append("manifest.json").Order(), Directory.GetFiles(Vintages.FolderOf(world.Folder, vintage)).Select(path => Path.GetFileName(path)).Order());
        Assert.Empty(Vintages.Damage(world.Folder, after));
        Assert.Equal(before with { Files = [], Seal = null }, after with { Files = [], Seal = null, MergedAt = null, Sources = before.Sources });
        Assert.Equal(told, OpenAlex.Works.Told(world, vintage));
        Assert.Equal(placed, Placed(world, vintage));
        Assert.Equal(answers, Answers(world, questions, vintage));
        Assert.Equal(0, (await Merging.RunAsync(world.Work, vintage, new MergePlan(full, Thorough: true), null, default)).Value.Works);

        await using var other = await WorldAsync();
        var rebuilt = Manifest(other, (await OpenAlexImport.RunAsync(other.Work, files, null, Coverage.Selection, null, default)).Value.Vintage);
        Assert.Equal(told, OpenAlex.Works.Told(other, rebuilt.Id));
        Assert.Equal(Answers(other, questions, rebuilt.Id, receipts: false), bare);
    }

    [Fact]
    public async Task Who_has_the_segments_open_reads_on()
    {
        await using var world = await WorldAsync();
        var vintage = await ChainAsync(world, await FilesAsync(4));
        var stale = Manifest(world, vintage);
        using var open = Vintages.OpenWorks(world.Folder, stale);
        var ids = Select.All(open).Digest();
        Assert.True((await Merging.RunAsync(world.Work, vintage, null, default)).Value.Works > 0);
        Assert.Equal(ids, Select.All(open).Digest());
        open.Verify();
        // Whoever read the manifest before and opens the files after it finds those that are there now.
        using var late = Vintages.OpenWorks(world.Folder, stale);
        Assert.True(late.Segments.Count < open.Segments.Count);
        Assert.Equal(ids, Select.All(late).Digest());
        Assert.Empty(Vintages.Damage(world.Folder, stale));
    }

    [Fact]
    public async Task Only_what_is_worth_it_is_merged_by_the_day()
    {
        await using var world = await WorldAsync();
        var vintage = await ChainAsync(world, await FilesAsync(5));
        var told = OpenAlex.Works.Told(world, vintage);
        var manifest = Manifest(world, vintage);
        // Segments of two thousand works are full for this plan, so that what an update left is not worth a merge, save hollow ones.
        var done = (await Merging.RunAsync(world.Work, vintage, new MergePlan(4, Thorough: false), null, default)).Value;
        using (var store = Vintages.OpenWorks(world.Folder, Manifest(world, vintage)))
            Assert.All(store.Segments, segment => Assert.True(StandingWorks.Count(segment) * 4 >= segment.Count * 3));
        Assert.True(done.Dropped > 0);
        Assert.Equal(told, OpenAlex.Works.Told(world, vintage));
        Assert.Contains(manifest.Files, file => Manifest(world, vintage).Files.Contains(file));
    }

    [Fact]
    public async Task What_a_dead_merge_left_goes_with_the_next_writer()
    {
        await using var world = await WorldAsync();
        var files = await FilesAsync(6);
        var vintage = await ChainAsync(world, files[..2]);
        var left = Path.Combine(Vintages.FolderOf(world.Folder, vintage), "works-0099.seg");
        await File.WriteAllTextAsync(left, "half");
        Assert.NotEmpty(OpenAlex.Works.Told(world, vintage));
        Assert.True((await OpenAlexImport.UpdateAsync(world.Work, vintage, [files[2]], null, complete: false, 1, null, default)).Ok);
        Assert.False(File.Exists(left));
        Assert.Empty(Vintages.Damage(world.Folder, Manifest(world, vintage)));
    }

    [Fact]
    public async Task A_merge_leaves_a_line_in_the_journal_and_waits_for_no_writer()
    {
        await using var world = await WorldAsync();
        var vintage = await ChainAsync(world, await FilesAsync(7));
        using (world.Folder.Lock("import").Value)
            Assert.Equal("write-locked", (await Merging.RunAsync(world.Work, vintage, null, default)).Refusal!.Code);
        Assert.True((await Merging.RunAsync(world.Work, null, null, default)).Ok);
        Assert.Contains(world.Db.Journal.AsEnumerable(), line => line.Verb == "evidence.merge" && line.Subject == vintage);
        Assert.Equal("unknown-vintage", (await Merging.RunAsync(world.Work, "openalex-0000000000000000", null, default)).Refusal!.Code);
    }

    static async Task<TestWorld> WorldAsync()
    {
        var world = await TestWorld.OpenAsync();
        await Portfolios.EnsureAsync(world.Work, null, default);
        return world;
    }

    static Manifest Manifest(TestWorld world, string vintage) => Vintages.Read(world.Folder, vintage)!;

    static async Task<string> ChainAsync(TestWorld world, string[] files)
    {
        var vintage = (await OpenAlexImport.RunAsync(world.Work, [files[0]], null, Coverage.Selection, null, default)).Value.Vintage;
        foreach (var file in files[1..]) vintage = (await OpenAlexImport.UpdateAsync(world.Work, vintage, [file], null, complete: false, 1, null, default)).Value.Vintage;
        return vintage;
    }

    static string[] Placed(TestWorld world, string vintage)
    {
        using var store = OpenAlex.Works.Open(world, vintage);
        return [.. store.Taxonomy.Topics.OrderBy(topic => topic.Id).Select(OpenAlex.Works.Told)];
    }

    /// <summary>Figures at random over what a vintage holds. They are drawn once: how segments lie decides what is drawn.</summary>
    static List<Question> Drawn(TestWorld world, Manifest manifest)
    {
        var questions = new RandomQuestions(world.Folder, manifest, Sides, seed: 17);
        return [.. Enumerable.Range(0, 40).Select(_ => questions.Next())];
    }

    static List<string> Answers(TestWorld world, List<Question> questions, string vintage, bool receipts = true) => [.. questions.Select(question =>
    {
        var answer = Figures.Ask(world.Work, question with { Vintage = vintage }, receipt: true, default);
        if (!answer.Ok) return answer.Refusal!.Code;
        return receipts ? Text(answer.Value) : Text(answer.Value with { Receipt = null, Vintage = "" }) + answer.Value.Receipt!.Digest;
    })];

    static string Text<T>(T answer) => JsonSerializer.Serialize(answer, FigureJson.In(Lang.En));

    /// <summary>Invented works and updates of them: newer records with other counts, titles, years, topics and authors, and some that are older than what they meet.</summary>
    async Task<string[]> FilesAsync(int seed)
    {
        var random = new Random(seed);
        var source = (await Synthesizing.WriteAsync(Path.Combine(folder, $"source{seed}"), 2_000, seed, null, default)).Value;
        var works = source.SelectMany(Lines).ToArray();
        var files = new List<string> { Write($"base{seed}", works[..1_500]) };
        for (var update = 1; update <= Updates; update++)
            files.Add(Write($"update{seed}-{update}", Enumerable.Range(0, 300).Select(_ => Changed(works, random, update))));
        return [.. files];
    }

    static string Changed(string[] works, Random random, int update)
    {
        var work = JsonNode.Parse(works[random.Next(works.Length)])!.AsObject();
        var other = JsonNode.Parse(works[random.Next(works.Length)])!.AsObject();
        work["updated_date"] = string.Create(CultureInfo.InvariantCulture, $"20{random.Next(23, 31)}-0{update}-{random.Next(10, 20)}");
        work["cited_by_count"] = random.Next(500);
        foreach (var field in new[] { "title", "publication_year", "primary_topic", "authorships", "type" })
            if (random.Next(3) == 0 && other[field] is { } value) work[field] = value.DeepClone();
        return work.ToJsonString();
    }

    string Write(string name, IEnumerable<string> lines)
    {
        var path = Path.Combine(folder, name + ".jsonl");
        File.WriteAllLines(path, lines);
        return path;
    }

    static IEnumerable<string> Lines(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line) yield return line;
    }
}
