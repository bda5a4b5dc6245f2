using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Entente.Web.Tests.Pages;

/// <summary>One address that a reader can reach by links from the first page, and what it answered.</summary>
public sealed record Visited(string Address, string From, HttpStatusCode Status, string? Type, string Body)
{
    public bool IsPage => Type == "text/html";

    public string Path => Address.Split('?')[0];

    /// <summary>/structures/majulab and /structures/limms are one kind of page.</summary>
    public string Kind => Path.Split('/', StringSplitOptions.RemoveEmptyEntries) is [var room, .., _] ? $"/{room}/*" : Path;

    public bool IsEmpty => Document.QuerySelector(".empty") is not null;

    public IDocument Document => _document ??= new HtmlParser().ParseDocument(Body);

    IDocument? _document;
}

/// <summary>Every address that links reach, in both languages, as a robot without scripts or cookies sees it. Walked once.</summary>
public static class Crawl
{
    // Enough of each list's orders and filters to meet a broken one, and an end.
    const int VariantsExpanded = 3;
    const int VariantsVisited = 25;

    const int OfAKind = 5;

    /// <summary>Where a form leads, and no link: a list that is narrowed, and one of which nothing is left.</summary>
    static readonly string[] Filled =
    [
        "/projects?between=cnrs,imperial&programme=H2020-EU.1.1.&science=/natural%20sciences&year=2015", "/projects?between=cnrs,imperial&q=nothing-is-called-so",
    ];

    static readonly Dictionary<(Site, string), Task<IReadOnlyList<Visited>>> Walks = [];

    public static Task<IReadOnlyList<Visited>> OfAsync(Site site, string lang)
    {
        lock (Walks)
            return Walks.TryGetValue((site, lang), out var walk) ? walk : Walks[(site, lang)] = WalkAsync(site, lang);
    }

    /// <summary>Of each kind of page, the longest, which is most likely to break; and the same of those that say that nothing is there.</summary>
    public static async Task<IReadOnlyList<Visited>> KindsAsync(Site site, string lang) =>
        [.. (await OfAsync(site, lang)).Where(v => v.IsPage && v.Status == HttpStatusCode.OK)
            .GroupBy(v => (v.Kind, v.IsEmpty)).Select(kind => kind.OrderByDescending(v => v.Body.Length).First()).OrderBy(v => v.Kind, StringComparer.Ordinal)];

    /// <summary>
    /// What links reach for somebody who is signed in: of each kind of address the first few, since the forms of all records would take hours.
    /// </summary>
    public static async Task<IReadOnlyList<Visited>> AsAsync(SignedIn reader, Func<string, string> kindOf, string lang)
    {
        var seen = new List<Visited>();
        var kinds = new Dictionary<string, int>(StringComparer.Ordinal);
        var queue = new Queue<(string Address, string From)>([("/", ""), ("/desk", "")]);
        var asked = new HashSet<string>(["/", "/desk"], StringComparer.Ordinal);
        while (queue.TryDequeue(out var next))
        {
            var visited = await VisitAsync(reader.Client, next.Address, next.From, lang);
            seen.Add(visited);
            if (!visited.IsPage) continue;
            foreach (var link in Links(visited))
            {
                var kind = kindOf(link);
                if (asked.Contains(link) || kinds.GetValueOrDefault(kind) >= OfAKind) continue;
                asked.Add(link);
                kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
                queue.Enqueue((link, next.Address));
            }
        }
        return seen;
    }

    static async Task<IReadOnlyList<Visited>> WalkAsync(Site site, string lang)
    {
        var seen = new Dictionary<string, Visited>(StringComparer.Ordinal);
        var variants = new Dictionary<string, int>(StringComparer.Ordinal);
        var queue = new Queue<(string Address, string From)>([("/", ""), .. Filled.Select(address => (address, "a form"))]);
        var asked = new HashSet<string>(["/", .. Filled], StringComparer.Ordinal);
        foreach (var address in Filled) variants[address.Split('?')[0]] = variants.GetValueOrDefault(address.Split('?')[0]) + 1;
        while (queue.TryDequeue(out var next))
        {
            var visited = await VisitAsync(site.Client, next.Address, next.From, lang);
            seen[next.Address] = visited;
            if (!visited.IsPage || (next.Address.Contains('?', StringComparison.Ordinal) && variants[visited.Path] > VariantsExpanded)) continue;
            foreach (var link in Links(visited))
            {
                var path = link.Split('?')[0];
                var count = variants.GetValueOrDefault(path);
                if ((link != path && count >= VariantsVisited) || !asked.Add(link)) continue;
                if (link != path) variants[path] = count + 1;
                queue.Enqueue((link, next.Address));
            }
        }
        return [.. seen.Values];
    }

    static async Task<Visited> VisitAsync(HttpClient client, string address, string from, string lang)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative));
        request.Headers.Add("Accept-Language", lang);
        request.Headers.Add("Accept", "text/html,*/*;q=0.8");
        using var answer = await client.SendAsync(request);
        return new(address, from, answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync());
    }

    static IEnumerable<string> Links(Visited page) => page.Document.QuerySelectorAll("a[href]")
        .Select(a => a.GetAttribute("href")!)
        .Where(href => href.StartsWith('/') && !href.StartsWith("//", StringComparison.Ordinal))
        .Select(Plain).Distinct();

    // The switches of language and theme lead to the same page; anchors to a part of it.
    static string Plain(string href)
    {
        var parts = href.Split('#')[0].Split('?', 2);
        if (parts.Length == 1) return parts[0];
        var query = parts[1].Split('&').Where(q => !q.StartsWith("lang=", StringComparison.Ordinal) && !q.StartsWith("theme=", StringComparison.Ordinal));
        var rest = string.Join('&', query);
        return rest.Length == 0 ? parts[0] : $"{parts[0]}?{rest}";
    }
}
