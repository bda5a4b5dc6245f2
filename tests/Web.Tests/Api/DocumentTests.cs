using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Entente.Tests;
using Entente.Web.Tests.Evidence;

namespace Entente.Web.Tests.Api;

/// <summary>The API does what its OpenAPI document says, and the document kept in the repository is the one that is served.</summary>
[Collection(SmallSiteCollection.Name)]
public sealed partial class DocumentTests(SmallSite site)
{
    static readonly string Kept = Path.Combine(Conditions.Root, "docs", "api", "openapi.json");

    [Fact]
    public async Task The_document_kept_is_the_document_served()
    {
        var served = (await site.GetAsync("/api/v1/openapi.json")).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("ENTENTE_BLESS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Kept)!);
            await File.WriteAllTextAsync(Kept, served);
        }
        Assert.True(File.Exists(Kept) && await File.ReadAllTextAsync(Kept) == served, "docs/api/openapi.json is out of date: run the tests with ENTENTE_BLESS=1 and review the difference.");
    }

    [Fact]
    public async Task Every_operation_and_parameter_is_described()
    {
        var document = await site.JsonAsync("/api/v1/openapi.json");
        var complaints = from operation in Operations(document)
                         from complaint in Undescribed(operation.Says).Select(what => $"{operation.Path}: {what}")
                         select complaint;
        Complaints.AssertNone(complaints);

        static IEnumerable<string> Undescribed(JsonElement operation)
        {
            if (!operation.TryGetProperty("operationId", out _)) yield return "no operationId";
            if (!operation.TryGetProperty("summary", out var summary) || summary.GetString() is not { Length: > 10 }) yield return "no summary";
            foreach (var parameter in Parameters(operation))
                if (!parameter.TryGetProperty("description", out var says) || says.GetString() is not { Length: > 5 }) yield return $"{parameter.GetProperty("name")} has no description";
            foreach (var response in operation.GetProperty("responses").EnumerateObject())
                if (!response.Value.TryGetProperty("content", out _)) yield return $"{response.Name} has no content";
        }
    }

    [Fact]
    public async Task Every_operation_answers_as_the_document_says()
    {
        var document = await site.JsonAsync("/api/v1/openapi.json");
        var examples = await ExamplesAsync("en");
        var complaints = new List<string>();
        foreach (var (path, says) in Operations(document))
        {
            var shape = new Regex($"^{Regex.Replace(path, @"\\?\{[^}]+\\?\}", "[^/?]+")}(\\?|$)");
            var calls = examples.Where(e => shape.IsMatch(e)).ToList();
            if (calls.Count == 0) complaints.Add($"{path}: the API page gives no example that calls it");
            foreach (var call in calls) complaints.AddRange((await FaultsAsync(document, says, call)).Select(fault => $"{call}: {fault}"));
            if (Parameters(says).Any(p => p.GetProperty("name").GetString() == "format"))
                foreach (var call in calls) complaints.AddRange((await FaultsAsync(document, says, With(call, "format=csv"))).Select(fault => $"{call} as CSV: {fault}"));
            if (calls.Count > 0) complaints.AddRange((await FaultsAsync(document, says, With(Broken(calls[0]), "page=0&format=xml"))).Select(fault => $"{path}, asked wrongly: {fault}"));
        }
        Complaints.AssertNone(complaints);
    }

    [Theory]
    [InlineData("co-publications?between=cnrs,imperial&receipt=1")]
    [InlineData("output?of=cnrs&counting=author&receipt=1")]
    [InlineData("international-share?of=cnrs")]
    [InlineData("country-share?of=cnrs&with=JP")]
    [InlineData("partner-share?between=cnrs,utokyo&with=JP")]
    [InlineData("partners?of=utokyo")]
    [InlineData("joint-projects?between=cnrs,imperial&receipt=1")]
    [InlineData("co-publications?between=cnrs,imperial&membership=perimeter&years=2018-2020&lang=fr")]
    public async Task Every_figure_has_the_shape_of_the_document(string question)
    {
        var document = await site.JsonAsync("/api/v1/openapi.json");
        var says = document.GetProperty("paths").GetProperty("/api/v1/figures/{key}").GetProperty("get");
        Complaints.AssertNone(await FaultsAsync(document, says, $"/api/v1/figures/{question}"));
    }

    [Theory, InlineData("en"), InlineData("fr")]
    public async Task Every_example_on_the_API_page_works(string lang)
    {
        var complaints = new List<string>();
        foreach (var example in await ExamplesAsync(lang))
        {
            using var answer = await site.Client.GetAsync(new Uri(example, UriKind.Relative));
            if (answer.StatusCode != HttpStatusCode.OK) complaints.Add($"{example} answers {(int)answer.StatusCode}");
        }
        Complaints.AssertNone(complaints);
    }

    [Fact]
    public async Task Anyone_may_read_the_API_from_another_site()
    {
        using var answer = await site.Client.GetAsync(new Uri("/api/v1/figures", UriKind.Relative));
        Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
    }

    // As a person would copy them from the page: curl "ADDRESS".
    async Task<IReadOnlyList<string>> ExamplesAsync(string lang)
    {
        var page = new HtmlParser().ParseDocument(await site.GetAsync($"/api?lang={lang}"));
        var lines = page.QuerySelectorAll("pre code").Select(code => Curl().Match(code.TextContent)).Where(m => m.Success).Select(m => m.Groups[1].Value).ToList();
        Assert.True(lines.Count > 10);
        return [.. lines.Select(line => new Uri(line).PathAndQuery)];
    }

    async Task<IReadOnlyList<string>> FaultsAsync(JsonElement document, JsonElement says, string call)
    {
        using var answer = await site.Client.GetAsync(new Uri(call, UriKind.Relative));
        var status = ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (!says.GetProperty("responses").TryGetProperty(status, out var response)) return [$"answers {status}, which the document does not name"];
        var type = answer.Content.Headers.ContentType?.MediaType ?? "";
        if (!response.GetProperty("content").TryGetProperty(type, out var content)) return [$"answers as {type}, which the document does not name"];
        if (!type.EndsWith("json", StringComparison.Ordinal)) return [];
        var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        return [.. JsonSchema.Faults(document, content.GetProperty("schema"), body).Take(5)];
    }

    static IEnumerable<(string Path, JsonElement Says)> Operations(JsonElement document) =>
        document.GetProperty("paths").EnumerateObject().Select(path => (path.Name, path.Value.GetProperty("get")));

    static IEnumerable<JsonElement> Parameters(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray() : [];

    static string With(string call, string parameter) => call + (call.Contains('?', StringComparison.Ordinal) ? '&' : '?') + parameter;

    // A key or id that is not there, where the address has one.
    static string Broken(string call) => call.Split('?')[0] is var path && path.Split('/') is { Length: > 4 } parts
        ? string.Join('/', parts.Select((part, i) => i == 4 ? "no-such-key" : part)) : call;

    [GeneratedRegex("^curl \"([^\"]+)\"")]
    private static partial Regex Curl();
}
