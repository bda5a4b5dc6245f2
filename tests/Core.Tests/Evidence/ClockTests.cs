using System.Globalization;
using Entente.Core.Evidence;
using Entente.Core.Evidence.OpenAlex;
using Entente.Core.Kernel;
using Entente.Core.Store;
using static Entente.Core.Tests.Evidence.Corpus;

namespace Entente.Core.Tests.Evidence;

/// <summary>Imports under a clock that jumps by years.</summary>
public sealed class ClockTests
{
    /// <summary>Jumps at every look at it, forwards and backwards.</summary>
    sealed class Jumping(int seed) : TimeProvider
    {
        readonly Random _random = new(seed);

        public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(_random.Next(-9_000, 9_000));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_vintage_imported_last_is_the_newest_and_every_one_is_sound(int seed)
    {
        await using var world = await WorldAsync("W100 a1:{CNRS}");
        var work = new Work(world.Db, world.Folder, Actor.CommandLine, new Jumping(seed));
        var (imported, behind) = (new List<string> { Vintages.List(world.Folder)[0].Id }, 0);
        for (var i = 1; i <= 12; i++)
        {
            // Now and then an update of the last one, and one of before imported again.
            var path = Path.Combine(world.Folder.Root, $"{i}.jsonl");
            if (!File.Exists(path)) await File.WriteAllLinesAsync(path, Enumerable.Range(1, i).Select(n => Work($"W{n} a1:{{CNRS}} cited={i}").ToJsonString()));
            var result = i % 4 == 2 ? await OpenAlexImport.UpdateAsync(work, imported[^1], [path], null, complete: true, null, default)
                : await OpenAlexImport.RunAsync(work, [i % 5 == 0 ? Path.Combine(world.Folder.Root, "1.jsonl") : path], null, Coverage.Complete, null, default);
            Assert.True(result.Ok, result.Refusal?.Message.En);
            imported.Remove(result.Value.Vintage);
            imported.Add(result.Value.Vintage);
            Assert.Equal(imported.AsEnumerable().Reverse(), Vintages.List(world.Folder).Select(m => m.Id));
            Assert.Equal(result.Value.Vintage, world.Ask(Of("CNRS")).Vintage);
            var manifest = Vintages.Read(world.Folder, result.Value.Vintage)!;
            Assert.True(manifest.Seconds is >= 0 and < 600, manifest.Seconds.ToString(CultureInfo.InvariantCulture));
            if (manifest.Clock is { } clock) Assert.True(clock < manifest.ImportedAt && ++behind > 0);
        }
        Assert.True(behind > 2, $"{behind} imports under a clock that was behind");
        Assert.All(Vintages.List(world.Folder), manifest => Assert.Empty(Vintages.Damage(world.Folder, manifest)));
        Assert.Empty(Verifying.Folder(work, default).Failures);
    }
}
