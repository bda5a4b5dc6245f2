using Entente.Core.Claims;
using Entente.Core.Portfolio;
using Entente.Core.Store;
using Entente.Core.Store.Search;
using Entente.Web.Shell;
using Microsoft.EntityFrameworkCore;

namespace Entente.Web.Search;

/// <summary>One thing found: what it is called, where it is, and a line that tells it from the others.</summary>
public sealed record Hit(string Text, string? Href, string Detail);

/// <summary>Things of one kind that hold all the words: how many there are, and the best of them.</summary>
public sealed record HitGroup(string Key, string Title, int Count, IReadOnlyList<Hit> Hits);

/// <summary>Looks for words over all that the reader may see, whatever the capitals and accents.</summary>
public static class SearchRoutes
{
    const int Best = 20;

    public static void MapSearch(this IEndpointRouteBuilder app) => app.MapGet("/search", async (Work work, PortfolioRecord record, Reader reader, CancellationToken ct) =>
        Answers.Page<SearchPage>(new { Groups = await FindAsync(work, record, reader, ct) }));

    static async Task<IReadOnlyList<HitGroup>> FindAsync(Work work, PortfolioRecord record, Reader reader, CancellationToken ct)
    {
        if (reader["q"] is not { } words) return [];
        var kind = reader["kind"];
        var found = await Searching.FindAsync(work, words, kind is null ? Best : Searching.Ranked, ct, kind);
        var lines = new HitLines(record, reader, await ClaimsAsync(work, found, ct));
        return [.. found.Where(k => HitLines.Titles.ContainsKey(k.Kind)).OrderBy(k => HitLines.Titles.Keys.ToList().IndexOf(k.Kind))
            .Select(k => new HitGroup(k.Kind, reader.Say(HitLines.Titles[k.Kind]), k.Count, [.. k.Best.Select(lines.Of).OfType<Hit>()]))];
    }

    static async Task<IReadOnlyDictionary<string, Claim>> ClaimsAsync(Work work, IReadOnlyList<FoundKind> found, CancellationToken ct)
    {
        var keys = found.Where(k => k.Kind == "claims").SelectMany(k => k.Best).Select(f => f.Key).ToList();
        return keys.Count == 0 ? new Dictionary<string, Claim>() : await work.Db.Claims.AsNoTracking().Where(c => keys.Contains(c.Key)).ToDictionaryAsync(c => c.Key, ct);
    }
}
