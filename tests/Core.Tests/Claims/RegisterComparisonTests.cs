using Entente.Core.Claims;
using Entente.Core.Evidence.Rnsr;
using Entente.Core.Portfolio;
using Entente.Tests;

namespace Entente.Core.Tests.Claims;

public sealed class RegisterComparisonTests
{
    static async Task<List<RegisterMatch>> CompareAsync()
    {
        await using var world = await TestWorld.OpenAsync();
        await PortfolioLoading.LoadAsync(world.Work, Path.Combine(Conditions.Root, "data", "portfolio", "demo"), default);
        var imported = await RnsrImport.RunAsync(world.Work, [Path.Combine(Conditions.Data, "rnsr", "structures-recherche-actives-2022.csv.gz")], complete: false, null, default);
        Assert.True(imported.Ok, imported.Refusal?.Message.En);
        return RegisterComparison.All(world.Work, await PortfolioRecord.ReadAsync(world.Db, default)).Value;
    }

    [RealDataFact]
    public async Task The_register_is_held_against_every_structure_that_it_knows()
    {
        var matches = (await CompareAsync()).Where(m => m.Entry is not null).ToDictionary(m => m.Structure.Key);
        Assert.Equal(["abraham-de-moivre", "dynacom", "jfli", "limms", "majulab", "poncelet"], matches.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("2006 S3 2005 Explainable", Field("poncelet", "Year of creation"));
        Assert.Equal("1995 S4 2004 Contradictory", Field("limms", "Year of creation"));
        Assert.Equal("May 2014 S3 2014 Consistent", Field("majulab", "Year of creation"));
        Assert.Equal("Richard Craster, Pierre Degond S1, S2 Richard CRASTER, Pierre DEGOND Consistent", Field("abraham-de-moivre", "Heads"));
        Assert.EndsWith("CNRS, SORBONNE UNIV., UCA Consistent", Field("majulab", "Parties"), StringComparison.Ordinal);
        Assert.EndsWith("Explainable", Field("jfli", "Parties"), StringComparison.Ordinal);

        string Field(string structure, string name)
        {
            var field = matches[structure].Fields.Single(f => f.Field.En == name);
            return $"{field.Published?.En} {string.Join(", ", field.Sources)} {field.Register.En} {field.Verdict}";
        }
    }

    [Fact]
    public async Task Without_a_register_the_comparison_is_refused()
    {
        await using var world = await TestWorld.OpenAsync();
        Assert.False(RegisterComparison.All(world.Work, await PortfolioRecord.ReadAsync(world.Db, default)).Ok);
    }
}
