using System.Net;
using System.Text.Json;
using Entente.Web.Tests.Cli;

namespace Entente.Web.Tests.Evidence;

/// <summary>The API on a world that is known by hand, and beside the command line.</summary>
[Collection(SmallSiteCollection.Name)]
public sealed class ApiFigureTests(SmallSite site)
{
    [Fact]
    public async Task A_pair_is_counted_by_every_membership()
    {
        var figure = await site.JsonAsync("/api/v1/figures/co-publications?between=cnrs,imperial");
        Assert.Equal(5, figure.GetProperty("value").GetDouble());
        var breakdown = figure.GetProperty("breakdown");
        Assert.Equal((4d, 5d, 5d, 3d, .4), (Number("direct"), Number("lineage"), Number("perimeter"), Number("distinctAuthors"), Number("structuralShare")));
        Assert.Equal([2d, 0d, 1d, 2d], figure.GetProperty("series").EnumerateArray().Select(y => y.GetProperty("value").GetDouble()));
        Assert.Equal(JsonValueKind.Null, figure.GetProperty("receipt").ValueKind);
        Assert.Equal(JsonValueKind.Null, figure.GetProperty("coverage").ValueKind);

        double Number(string name) => breakdown.GetProperty(name).GetDouble();
    }

    [Theory]
    [InlineData("output?of=cnrs&membership=direct", 5)]
    [InlineData("output?of=cnrs&membership=direct&counting=author", 1.916667)]
    [InlineData("output?of=utokyo&membership=direct&counting=organisation", 1.333333)]
    [InlineData("international-share?of=cnrs&membership=direct", 1)]
    [InlineData("country-share?of=cnrs&with=jp&membership=direct", .4)]
    [InlineData("partner-share?between=cnrs,imperial&with=GB&membership=direct", 1)]
    [InlineData("partners?of=cnrs&membership=direct", 3)]
    [InlineData("collaboration-distance?of=cnrs&membership=direct", 275.0168)]
    [InlineData("collaboration-distance?between=cnrs,imperial&membership=direct&release=v1.1", 343.771)]
    [InlineData("long-distance-share?of=cnrs&membership=direct&kilometres=300", .8)]
    [InlineData("long-distance-share?of=cnrs&membership=direct", 0)]
    [InlineData("joint-projects?between=cnrs,imperial", 2)]
    [InlineData("co-publications?between=cnrs,imperial&years=2018", 2)]
    [InlineData("co-publications?between=cnrs,imperial&membership=perimeter&release=v1.1", 4)]
    public async Task Values_are_those_of_the_definitions(string question, double expected) =>
        Assert.Equal(expected, (await site.JsonAsync($"/api/v1/figures/{question}")).GetProperty("value").GetDouble(), 6);

    [Theory]
    [InlineData("co-publications?between=cnrs,imperial&years=2018-2021", "co-publications", "--between", "cnrs", "imperial", "--years", "2018-2021")]
    [InlineData("partners?of=utokyo", "partners", "--of", "utokyo")]
    [InlineData("long-distance-share?of=cnrs&kilometres=300&release=v1.1", "long-distance-share", "--of", "cnrs", "--kilometres", "300", "--release", "v1.1")]
    [InlineData("joint-projects?between=cnrs,imperial", "joint-projects", "--between", "cnrs", "imperial")]
    [InlineData("country-share?of=cnrs&with=JP&membership=direct", "country-share", "--of", "cnrs", "--with", "JP", "--membership", "direct")]
    public async Task The_api_answers_as_the_command_line_does(string question, params string[] command)
    {
        var run = await EntenteProcess.RunAsync(["figure", .. command, "--json", "--data", site.Folder.Root]);
        Assert.True(run.Code == 0, run.Error);
        var separator = question.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        var answer = await site.GetAsync($"/api/v1/figures/{question}{separator}receipt=1");
        Assert.Equal(Normal(run.Out), Normal(answer));
        Assert.Equal(Without(run.Out, "receipt"), Without(await site.GetAsync($"/api/v1/figures/{question}"), "receipt"));
    }

    [Fact]
    public async Task The_works_of_a_figure_are_listed_as_they_count()
    {
        var works = await site.JsonAsync("/api/v1/works?figure=co-publications&between=cnrs,imperial&sort=-year");
        Assert.Equal(["W6", "W8", "W5", "W1", "W2"], Ids(works));
        Assert.Equal(["W5", "W6"], Ids(await site.JsonAsync("/api/v1/works?figure=co-publications&between=cnrs,imperial&countsAs=structural&sort=id")));
        var second = await site.JsonAsync("/api/v1/works?figure=co-publications&between=cnrs,imperial&sort=id&size=2&page=2");
        Assert.Equal(["W5", "W6"], Ids(second));
        Assert.Equal((5, 3), (second.GetProperty("total").GetInt32(), second.GetProperty("pages").GetInt32()));
        var table = await site.GetAsync("/api/v1/works?figure=co-publications&between=cnrs,imperial&sort=id&format=csv");
        Assert.StartsWith("id,year,title,doi,type,authors,truncated,countsAs\r\nW1,2018,On W1,10.1000/w1,article,2,false,distinct-authors\r\n", table, StringComparison.Ordinal);
        Assert.Equal(6, table.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);

        static IEnumerable<string?> Ids(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(w => w.GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("/api/v1/figures/nosuch?of=cnrs", 400, "unknown-figure")]
    [InlineData("/api/v1/figures/output?of=000000000", 404, "unknown-organisation")]
    [InlineData("/api/v1/figures/output?of=cnrs&years=2024-2010", 400, "years-upside-down")]
    [InlineData("/api/v1/figures/co-publications?between=cnrs", 400, "between")]
    [InlineData("/api/v1/figures/output?of=cnrs&membership=1", 400, "membership")]
    [InlineData("/api/v1/figures/co-publications?between=cnrs,imperial&counting=author", 400, "counting")]
    [InlineData("/api/v1/vintages/nosuch", 404, "unknown-vintage")]
    [InlineData("/api/v1/vintages/..%2F..%2Fentente.db", 404, "unknown-vintage")]
    [InlineData("/api/v1/receipts/nosuch", 404, "unknown-receipt")]
    [InlineData("/api/v1/vintages?page=x", 400, "parameter")]
    [InlineData("/api/v1/vintages?page=9", 400, "page-number")]
    [InlineData("/api/v1/vintages?size=0", 400, "page-size")]
    [InlineData("/api/v1/vintages?sort=colour", 400, "sort")]
    [InlineData("/api/v1/vintages?format=xml", 400, "format")]
    [InlineData("/api/v1/works", 400, "figure")]
    [InlineData("/api/v1/nosuch", 404, "no-such-address")]
    public async Task A_refusal_is_a_problem_in_the_readers_language(string path, int status, string code)
    {
        var (english, french) = (await RefusedAsync(path, "en"), await RefusedAsync(path, "fr"));
        Assert.Equal((status, code), ((int)english.Status, english.Problem.GetProperty("code").GetString()));
        Assert.Equal((status, code), ((int)french.Status, french.Problem.GetProperty("code").GetString()));
        Assert.Equal(status, english.Problem.GetProperty("status").GetInt32());
        Assert.NotEqual(english.Problem.GetProperty("detail").GetString(), french.Problem.GetProperty("detail").GetString());
    }

    async Task<(HttpStatusCode Status, JsonElement Problem)> RefusedAsync(string path, string lang)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Add("Accept-Language", lang);
        using var answer = await site.Client.SendAsync(request);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.Clone());
    }

    static string Normal(string json) => JsonSerializer.Serialize(JsonDocument.Parse(json).RootElement);

    static string Without(string json, string name) =>
        JsonSerializer.Serialize(JsonDocument.Parse(json).RootElement.EnumerateObject().Where(p => p.Name != name).ToDictionary(p => p.Name, p => p.Value));
}
