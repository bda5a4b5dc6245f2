using System.Globalization;
using Entente.Core.Evidence;
using Entente.Core.Evidence.OpenAlex;

namespace Entente.Core.Tests.Evidence.OpenAlex;

/// <summary>Updates that share the segments of the vintage that they update hold what a rebuild from all files holds.</summary>
public sealed class SharedSegmentTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("entente-shared-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 60)]
    [InlineData(4, 1_000_000)]
    public async Task A_chain_of_updates_holds_what_a_rebuild_holds(int seed, int fewest)
    {
        var random = new Random(seed);
        var (files, lists) = (new List<string>(), new List<string>());
        await using var world = await TestWorld.OpenAsync();
        var vintage = "";
        for (var step = 0; step < 5; step++)
        {
            var file = Works(random, step);
            files.Add(file);
            // A list withdraws what came before it; a rebuild reads all lists first, which is the same for works not changed since.
            string[] paths = step == 0 ? [file] : [file, Deleted(random, step)];
            lists.AddRange(paths.Skip(1));
            var result = step == 0
                ? await OpenAlexImport.RunAsync(world.Work, paths, null, Coverage.Selection, null, default)
                : await OpenAlexImport.UpdateAsync(world.Work, vintage, paths, null, complete: false, fewest, null, default);
            var before = vintage;
            vintage = result.Value.Vintage;
            await using var other = await TestWorld.OpenAsync();
            var rebuilt = (await OpenAlexImport.RunAsync(other.Work, [.. files, .. lists], null, Coverage.Selection, null, default)).Value;
            Assert.Equal(OpenAlex.Works.Told(other, rebuilt.Vintage), OpenAlex.Works.Told(world, vintage));
            var (a, b) = (Vintages.Read(other.Folder, rebuilt.Vintage)!, Vintages.Read(world.Folder, vintage)!);
            Assert.Equal((a.Records, a.Accepted, a.Superseded, a.FirstYear, a.LastYear), (b.Records, b.Accepted, b.Superseded, b.FirstYear, b.LastYear));
            Assert.Empty(Vintages.Damage(world.Folder, b));
            if (step > 0 && fewest == 1) AssertShared(world, before, vintage);
        }
    }

    [Fact]
    public async Task A_vintage_outlives_the_one_that_it_shares_with()
    {
        await using var world = await TestWorld.OpenAsync();
        var random = new Random(9);
        var first = (await OpenAlexImport.RunAsync(world.Work, [Works(random, 0)], null, Coverage.Selection, null, default)).Value;
        var second = (await OpenAlexImport.UpdateAsync(world.Work, first.Vintage, [Works(random, 1)], null, complete: false, 1, null, default)).Value;
        var told = OpenAlex.Works.Told(world, second.Vintage);
        Directory.Delete(Vintages.FolderOf(world.Folder, first.Vintage), recursive: true);
        Assert.Equal(told, OpenAlex.Works.Told(world, second.Vintage));
        Assert.Empty(Vintages.Damage(world.Folder, Vintages.Read(world.Folder, second.Vintage)!));
    }

    static void AssertShared(TestWorld world, string before, string after)
    {
        var known = Vintages.Read(world.Folder, before)!.Files.Select(file => file.Sha256).ToHashSet();
        Assert.Contains(Vintages.Read(world.Folder, after)!.Files, file => file.Name.StartsWith("works-", StringComparison.Ordinal) && known.Contains(file.Sha256));
    }

    string Works(Random random, int step)
    {
        var path = Path.Combine(folder, $"works{step}.jsonl");
        File.WriteAllLines(path, Enumerable.Range(0, 200 >> step).Select(_ => Work(random, step)));
        return path;
    }

    static string Work(Random random, int step) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"id":"W{{random.Next(1, 200)}}","updated_date":"2024-0{{step + 1}}-{{random.Next(10, 20)}}","publication_year":{{random.Next(2000, 2010)}},"title":"t{{random.Next()}}","funders":[{"id":"F{{random.Next(1, 5)}}"}],"authorships":[{"institutions":[{"id":"I{{random.Next(1, 6)}}"}]}]}""");

    string Deleted(Random random, int step)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, $"lists{step}")).FullName, "deleted_ids.csv");
        File.WriteAllLines(path, Enumerable.Range(0, 10).Select(_ => $"W{random.Next(1, 200)},2024-0{step + 1}-15").Prepend("work_id,deleted_date"));
        return path;
    }
}
