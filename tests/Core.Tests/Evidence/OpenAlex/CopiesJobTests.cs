using Entente.Core.Evidence;
using Entente.Core.Evidence.OpenAlex;
using Entente.Engine.Query;
using static Entente.Core.Tests.Evidence.Corpus;

namespace Entente.Core.Tests.Evidence.OpenAlex;

/// <summary>The daily job that keeps copies beside a vintage: no part of it, sound or told, and answered for where they are damaged or gone.</summary>
public sealed class CopiesJobTests
{
    [Fact]
    public async Task The_job_makes_what_is_missing_once()
    {
        await using var world = await WorldAsync(Eight);
        var vintage = Assert.Single(Vintages.List(world.Folder));
        var place = Vintages.CopiesOf(world.Folder, vintage.Id);
        using (var hold = OpenedWorks.Take(world.Folder, vintage))
        {
            var copies = hold.Works.Store.Copies!;
            // So few works are worth no copy, unless it is asked.
            Assert.Equal("0 copies made", await Run(world));
            Assert.False(Directory.Exists(place));
            (copies.FewestWorks, copies.FewestOfAll, copies.LeastFree, copies.MostBytes) = (1, 1, 0, 1 << 20);
        }
        var made = await Run(world);
        Assert.NotEqual("0 copies made", made);
        Assert.Equal("0 copies made", await Run(world));
        Assert.True(SpinWait.SpinUntil(() => CopyFolder.Files(place).Count == int.Parse(made.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) + 4, TimeSpan.FromSeconds(30)));
        Assert.Empty(Verifying.Folder(world.Work, default).Failures);
        Assert.Empty(Vintages.Damage(world.Folder, vintage));
        Assert.Equal(vintage.Files, Vintages.Read(world.Folder, vintage.Id)!.Files);
        foreach (var path in CopyFolder.Files(place))
        {
            var bytes = await File.ReadAllBytesAsync(path);
            bytes[bytes.Length / 2] ^= 1;
            await File.WriteAllBytesAsync(path, bytes);
        }
        var damaged = Verifying.Folder(world.Work, default);
        Assert.Equal(CopyFolder.Files(place).Count, damaged.Failures.Count(check => check.Name == "copy" && check.Says.En.Contains("Delete it", StringComparison.Ordinal)));
        Assert.False(damaged.Corrupt);
    }

    static Task<string> Run(TestWorld world) => new CopiesJob().RunAsync(world.Work, DateOnly.MinValue, default);
}
