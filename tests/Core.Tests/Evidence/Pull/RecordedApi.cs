using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Entente.Core.Tests.Evidence.Pull;

/// <summary>
/// A real HTTP server on loopback that answers as the API of OpenAlex does, from works at hand: filters, cursors, lists of authors cut at
/// a hundred, whole works one by one. Tests put trouble in its way.
/// </summary>
sealed class RecordedApi : IAsyncDisposable
{
    const int AuthorsOfAList = 100;

    readonly WebApplication _app;
    readonly List<JsonObject> _works;
    readonly Lock _gate = new();
    readonly List<string> _requests = [];

    RecordedApi(WebApplication app, IEnumerable<JsonObject> works) => (_app, _works) = (app, [.. works]);

    public Uri Address => new(_app.Urls.Single());

    /// <summary>The server's own limit; less than a client asks for, so that few works make many pages.</summary>
    public int PageSize { get; set; } = 3;

    /// <summary>Answers in the server's stead when it returns true. Sees the number of requests so far.</summary>
    public Func<HttpContext, int, Task<bool>> Trouble { get; set; } = (_, _) => Task.FromResult(false);

    /// <summary>Bends a page before it goes out.</summary>
    public Action<JsonObject> Bend { get; set; } = _ => { };

    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_gate) return [.. _requests];
        }
    }

    public List<string?> Authorizations { get; } = [];

    public static async Task<RecordedApi> StartAsync(IEnumerable<JsonObject> works)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var api = new RecordedApi(app, works);
        app.Run(api.AnswerAsync);
        await app.StartAsync();
        return api;
    }

    async Task AnswerAsync(HttpContext context)
    {
        int number;
        lock (_gate)
        {
            _requests.Add(context.Request.Path + Uri.UnescapeDataString(context.Request.QueryString.Value ?? ""));
            Authorizations.Add(context.Request.Headers.Authorization);
            number = _requests.Count;
        }
        if (await Trouble(context, number)) return;
        var path = context.Request.Path.Value!.Trim('/').Split('/');
        var answer = path switch
        {
            ["works"] => Page(context.Request.Query),
            ["works", var id] => _works.Find(work => IdOf(work) == id),
            ["institutions", var ror] => Institution(ror),
            _ => null,
        };
        context.Response.StatusCode = answer is null ? 404 : 200;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync((answer ?? new JsonObject { ["error"] = "not found" }).ToJsonString());
    }

    JsonObject Page(IQueryCollection query)
    {
        var found = _works.Where(work => Passes(work, query["filter"].ToString())).ToList();
        var cursor = query["cursor"].ToString();
        var from = cursor == "*" ? 0 : int.Parse(cursor.AsSpan(1), CultureInfo.InvariantCulture);
        var size = Math.Min(PageSize, int.Parse(query["per_page"]!, CultureInfo.InvariantCulture));
        var page = new JsonObject
        {
            ["meta"] = new JsonObject { ["count"] = found.Count, ["next_cursor"] = from + size < found.Count ? $"c{from + size}" : null },
            ["results"] = new JsonArray([.. found.Skip(from).Take(size).Select(Listed)]),
        };
        Bend(page);
        return page;
    }

    static JsonNode Listed(JsonObject work)
    {
        var listed = (JsonObject)work.DeepClone();
        if (listed["authorships"] is not JsonArray { Count: > AuthorsOfAList } authors) return listed;
        while (authors.Count > AuthorsOfAList) authors.RemoveAt(authors.Count - 1);
        listed["is_authors_truncated"] = true;
        return listed;
    }

    JsonObject? Institution(string ror) =>
        (from work in _works
         from institution in InstitutionsOf(work)
         where "ror:" + (string?)institution["ror"]?.ToString().Split('/')[^1] == ror
         select (JsonObject)institution.DeepClone()).FirstOrDefault();

    // A plus in an address reaches a server as a space; the API takes it for “and”.
    public static bool Passes(JsonObject work, string filter) => filter.Split(',').All(part => part.Split(':', 2) switch
    {
        ["authorships.institutions.lineage", var ids] => ids.Split('+', ' ').All(all => all.Split('|').Any(id => LineagesOf(work).Contains(id))),
        ["authorships.institutions.country_code", var codes] => InstitutionsOf(work).Any(i => codes.Split('|').Contains((string?)i["country_code"])),
        ["publication_year", var years] => (int)work["publication_year"]! is var year
            && year >= int.Parse(years.Split('-')[0], CultureInfo.InvariantCulture) && year <= int.Parse(years.Split('-')[^1], CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"the API knows no filter {part}"),
    });

    static HashSet<string> LineagesOf(JsonObject work) =>
        [.. InstitutionsOf(work).SelectMany(i => (i["lineage"] as JsonArray)?.Select(l => (string)l!) ?? [(string)i["id"]!]).Select(id => id.Split('/')[^1])];

    static IEnumerable<JsonNode> InstitutionsOf(JsonObject work) =>
        ((JsonArray)work["authorships"]!).SelectMany(a => (a!["institutions"] as JsonArray) ?? []).Where(i => (string?)i?["id"] is not null)!;

    public static string IdOf(JsonObject work) => ((string)work["id"]!).Split('/')[^1];

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
