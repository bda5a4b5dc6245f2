using System.Diagnostics;
using System.Globalization;
using System.Text;
using Entente.Core.Evidence;
using Entente.Core.Store;
using Entente.Engine.Query;

namespace Entente.Web.Tests.Cli;

/// <summary>The real program, killed at random moments while it asks and keeps a copy of what it asked: what is kept is whole, and the answer what it was. ENTENTE_TEST_KILLS says how often.</summary>
public sealed class KilledCopyTests : IDisposable
{
    static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("ENTENTE_TEST_KILLS") ?? "12", CultureInfo.InvariantCulture);

    readonly string folder = Directory.CreateTempSubdirectory("entente-kill-").FullName;

    DataFolder Folder => new(Path.Combine(folder, "data"));

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_copy_is_whole_or_not_there_whenever_its_writer_is_killed()
    {
        var sources = Path.Combine(folder, "works.jsonl");
        File.WriteAllLines(sources, Enumerable.Range(1, 20_000).Select(i =>
            $$$"""{"id":"https://openalex.org/W{{{i}}}","publication_year":{{{2000 + i % 25}}},"authorships":[{"institutions":[{"id":"I1","ror":"https://ror.org/02feahw73","country_code":"FR"},{"id":"I{{{i % 900 + 2}}}","country_code":"GB"}]}]}"""), new UTF8Encoding(false));
        var import = await EntenteProcess.RunAsync("import", "openalex", sources, "--data", Folder.Root);
        Assert.True(import.Code == 0, import.Error);
        var (vintage, random, halves) = (import.Out.Trim(), new Random(1), 0);
        var place = Vintages.CopiesOf(Folder, vintage);
        string[] what = ["figure", "partners", "--of", "02feahw73", "--vintage", vintage, "--json", "--data", Folder.Root];
        var clock = Stopwatch.StartNew();
        var (answer, time) = (await Answer(what), clock.ElapsedMilliseconds);
        Assert.Contains("\"value\": 900", answer, StringComparison.Ordinal);
        Assert.NotEmpty(CopyFolder.Files(place));
        Assert.Equal(answer, await Answer(what));
        for (var i = 0; i < Kills; i++)
        {
            Directory.Delete(place, recursive: true);
            _ = EntenteProcess.EndsWithin(time * (0.6 + 0.5 * random.NextDouble()), what);
            if (CopyFolder.Files(place) is { Count: > 0 } kept) Assert.All(kept, path => Assert.True(CopyFolder.IsSound(path), path));
            else halves++;
            Folder.AssertSound(vintage);
            Directory.CreateDirectory(place);
        }
        Assert.True(halves > 0, "Nothing was killed before its copy was kept.");
        Assert.Equal(answer, await Answer(what));
        Assert.All(CopyFolder.Files(place), path => Assert.True(CopyFolder.IsSound(path)));
        Assert.Empty(Directory.GetFiles(place, "*.partial", SearchOption.AllDirectories));
    }

    static async Task<string> Answer(string[] what)
    {
        var run = await EntenteProcess.RunAsync(what);
        Assert.True(run.Code == 0, run.Error);
        return run.Out;
    }
}
