using Entente.Core.Evidence;
using Entente.Core.Evidence.OpenAlex;
using Entente.Core.Evidence.Ror;
using Entente.Core.Portfolio;
using Entente.Tests;

namespace Entente.Core.Tests.Evidence;

/// <summary>The real works and the records of CNRS and Imperial at ROR v2.3, imported once for all tests of a class.</summary>
public sealed class RealWorld : IAsyncLifetime
{
    public static readonly string WorksFile = Path.Combine(Conditions.Data, "openalex", "works.jsonl.gz");

    public TestWorld World { get; private set; } = null!;

    public static string History(string ror, string release) => Path.Combine(Conditions.Data, "ror", "history", $"{ror}-{release}.json.gz");

    public async Task InitializeAsync()
    {
        World = await TestWorld.OpenAsync();
        if (Conditions.NoData is not null) return;
        await Portfolios.EnsureAsync(World.Work, null, default);
        Assert.True((await OpenAlexImport.RunAsync(World.Work, [WorksFile], null, Coverage.Selection, null, default)).Ok);
        Assert.True((await RorImport.RunAsync(World.Work, [History("02feahw73", "v2.3"), History("041kmwe10", "v2.3")], "v2.3", false, null, default)).Ok);
    }

    public async Task DisposeAsync() => await World.DisposeAsync();
}
