using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Entente.Core.Evidence;
using Entente.Core.Evidence.Synthesis;
using Entente.Core.Kernel;

namespace Entente.Core.Tests.Evidence;

public sealed class SynthesizingTests : IDisposable
{
    const string Cnrs = "https://openalex.org/I1294671590", Imperial = "https://openalex.org/I47508984";

    readonly string _folder = Directory.CreateTempSubdirectory("entente-synthetic-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_same_seed_gives_the_same_bytes_and_another_seed_other_works()
    {
        // Several files, so that they are written on several threads in no fixed order.
        var first = await HashesAsync("a", 45_000, 7);
        Assert.Equal(3, first.Count);
        Assert.Equal(first, await HashesAsync("b", 45_000, 7));
        Assert.Empty(first.Intersect(await HashesAsync("c", 45_000, 8)));
    }

    [Fact]
    public async Task The_first_world_shows_a_believable_partnership()
    {
        var works = await WorksAsync(Synthesizing.FirstWorks, Synthesizing.FirstSeed);
        Assert.Equal(Synthesizing.FirstWorks, works.Count);
        Assert.Equal(works.Count, works.Select(w => w.GetProperty("id").GetString()).Distinct().Count());
        Assert.All(works, w => Assert.True(w.GetProperty("is_synthetic").GetBoolean()));

        var joint = works.Where(w => Side(w, Cnrs).Any() && Side(w, Imperial).Any()).ToList();
        var structural = joint.Count(w => Side(w, Cnrs).Union(Side(w, Imperial)).Count() == 1) / (double)joint.Count;
        Assert.InRange(joint.Count, 250, 700);
        Assert.InRange(structural, 0.08, 0.25);
        Assert.InRange(joint.Count(w => Authorships(w).Count() == 100), 1, 40);
        Assert.True(Between(joint, 2020, 2025) > 2 * Between(joint, 2010, 2015), "cooperation grows");
        Assert.True(joint.Count(w => Institutions(w).Select(i => i.GetProperty("id").GetString()).ToHashSet().IsSupersetOf([Cnrs, Imperial])) < joint.Count,
            "some joint works show only through laboratories");
    }

    [Fact]
    public async Task The_first_world_holds_the_quirks_that_readers_must_bear()
    {
        var works = await WorksAsync(Synthesizing.FirstWorks, Synthesizing.FirstSeed);
        Assert.Contains(works, w => w.GetProperty("is_retracted").GetBoolean());
        Assert.Contains(works, w => w.GetProperty("is_paratext").GetBoolean());
        Assert.Contains(works, w => w.TryGetProperty("is_authors_truncated", out var cut) && cut.GetBoolean());
        Assert.Contains(works, w => Authorships(w).Count() == 100 && !w.TryGetProperty("is_authors_truncated", out _));
        Assert.Contains(works, w => w.GetProperty("primary_topic").ValueKind == JsonValueKind.Null);
        Assert.Contains(works, w => w.GetProperty("fwci").ValueKind == JsonValueKind.Null);
        Assert.Contains(works, w => Institutions(w).Any(i => !i.TryGetProperty("lineage", out _)));
        Assert.Contains(works, w => Institutions(w).Any(i => i.TryGetProperty("lineage", out var l) && l.GetArrayLength() == 3));
        Assert.Contains(works, w => Authorships(w).Any(a => a.GetProperty("institutions").GetArrayLength() == 0));
        Assert.Superset(new HashSet<string> { "RE", "GP", "FR", "GB", "JP" }, works.SelectMany(Institutions).Select(i => i.GetProperty("country_code").GetString()!).ToHashSet());
        var goals = works.SelectMany(w => w.GetProperty("sustainable_development_goals").EnumerateArray()).Select(g => g.GetProperty("id").GetString()![..24]);
        Assert.Equal(2, goals.Distinct().Count());
    }

    [Fact]
    public void An_invented_ROR_id_is_nobodys()
    {
        var id = SyntheticOrganisation.InventedRor(31_999);
        Assert.Equal(id, RorId.Parse("https://ror.org/" + id));
        // ROR's check digits are 98 less a remainder by 97, hence 02 to 98.
        Assert.EndsWith("00", id, StringComparison.Ordinal);
        Assert.Equal(31_999, Enumerable.Range(1, 31_999).Select(SyntheticOrganisation.InventedRor).Distinct().Count());
    }

    [Fact]
    public async Task A_folder_with_other_files_is_refused_and_left_alone()
    {
        var note = Path.Combine(_folder, "note.txt");
        await File.WriteAllTextAsync(note, "mine");
        var outcome = await Synthesizing.WriteAsync(_folder, 10, 1, null, default);
        Assert.Equal("folder-not-empty", outcome.Refusal?.Code);
        Assert.Equal([note], Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-5, 1)]
    [InlineData(10, -1)]
    public async Task Numbers_out_of_range_are_a_fault_of_usage(long works, long seed) =>
        Assert.Equal(RefusalKind.Usage, (await Synthesizing.WriteAsync(_folder, works, seed, null, default)).Refusal?.Kind);

    [Fact]
    public async Task An_interrupted_run_leaves_no_file()
    {
        using var stop = new CancellationTokenSource();
        var after = new Stop(stop);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Synthesizing.WriteAsync(_folder, 60_000, 1, after, stop.Token));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    sealed class Stop(CancellationTokenSource source) : IProgress<ProgressReport>
    {
        public void Report(ProgressReport value) => source.Cancel();
    }

    async Task<List<string>> HashesAsync(string name, long works, long seed)
    {
        var files = await Synthesizing.WriteAsync(Path.Combine(_folder, name), works, seed, null, default);
        return [.. files.Value.Select(file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))))];
    }

    async Task<List<JsonElement>> WorksAsync(long works, long seed)
    {
        var file = Assert.Single((await Synthesizing.WriteAsync(Path.Combine(_folder, "w"), works, seed, null, default)).Value);
        await using var gzip = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        var list = new List<JsonElement>();
        while (await reader.ReadLineAsync() is { } line) list.Add(JsonSerializer.Deserialize<JsonElement>(line));
        return list;
    }

    static IEnumerable<JsonElement> Authorships(JsonElement work) => work.GetProperty("authorships").EnumerateArray();

    static IEnumerable<JsonElement> Institutions(JsonElement work) =>
        Authorships(work).SelectMany(a => a.GetProperty("institutions").EnumerateArray());

    /// <summary>The positions of the authors who stand, by lineage, on the side of an organisation.</summary>
    static IEnumerable<int> Side(JsonElement work, string organisation) =>
        Authorships(work).Index().Where(a => a.Item.GetProperty("institutions").EnumerateArray().Any(i => i.TryGetProperty("lineage", out var lineage)
            ? lineage.EnumerateArray().Any(l => l.GetString() == organisation)
            : i.GetProperty("id").GetString() == organisation)).Select(a => a.Index);

    static int Between(IEnumerable<JsonElement> works, int first, int last) =>
        works.Count(w => w.GetProperty("publication_year").GetInt32() is var year && year >= first && year <= last);
}
