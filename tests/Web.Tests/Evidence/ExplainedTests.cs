using System.Text.Json;
using Entente.Core.Evidence;

namespace Entente.Web.Tests.Evidence;

/// <summary>What moved a figure, over HTTP, on a world whose perimeters differ between two releases of ROR.</summary>
[Collection(SmallSiteCollection.Name)]
public sealed class ExplainedTests(SmallSite site)
{
    [Theory]
    [InlineData("co-publications", "between=cnrs,imperial")]
    [InlineData("affinity", "between=cnrs,imperial")]
    [InlineData("observed-expected", "between=cnrs,imperial")]
    [InlineData("salton", "between=cnrs,imperial")]
    [InlineData("partners", "of=cnrs")]
    [InlineData("output", "of=cnrs&counting=author")]
    public async Task Another_release_moves_a_figure_by_registration_alone(string figure, string whom)
    {
        var question = $"{whom}&membership=perimeter";
        var (before, after) = (await ValueAsync(figure, $"{question}&release=v1.1"), await ValueAsync(figure, $"{question}&release=v1.2"));
        var move = await site.JsonAsync($"/api/v1/figures/{figure}/explained?{question}&release=v1.1&to-release=v1.2");
        var parts = move.GetProperty("parts").EnumerateArray().ToDictionary(part => part.GetProperty("cause").GetString()!, Amount);
        Assert.NotEqual(before, after);
        Assert.Equal(after - before, parts["registration"], 12);
        Assert.All(parts.Where(part => part.Key != "registration"), part => Assert.Equal(0, part.Value));
    }

    [Fact]
    public async Task Every_figure_of_the_catalogue_has_a_page_that_explains_it()
    {
        foreach (var indicator in Indicators.All)
        {
            var whom = indicator.Needs.HasFlag(Needs.Pair) ? "between=cnrs,imperial" : "of=cnrs";
            var needs = $"{(indicator.Needs.HasFlag(Needs.Country) ? "&with=GB" : "")}{(indicator.Needs.HasFlag(Needs.Window) ? "&years=2018-2021" : "")}{((indicator.Needs & (Needs.Goal | Needs.Subject)) != 0 ? "&goal=3" : "")}";
            var page = await site.GetAsync($"/figures/{indicator.Key}/explained?{whom}{needs}&to-membership=direct");
            Assert.Contains("Registration", page, StringComparison.Ordinal);
            Assert.Contains("Withdrawn", page, StringComparison.Ordinal);
        }
    }

    static double Amount(JsonElement part) => part.GetProperty("amount").GetDouble();

    async Task<double> ValueAsync(string figure, string question) => (await site.JsonAsync($"/api/v1/figures/{figure}?{question}")).GetProperty("value").GetDouble();
}
