using System.Text.RegularExpressions;
using Entente.Core.Kernel;
using Entente.Web.Tests.Pages;

namespace Entente.Web.Tests.Safety;

/// <summary>
/// Two installations that differ by rows of one side alone. Whoever may not read those rows must not be able to tell the two apart:
/// every answer is the same byte for byte, so that no text, count, order, file name or refusal gives a row away.
/// </summary>
[Collection(SiteCollection.Name)]
public sealed partial class LeakTests(Site site)
{
    [Theory, InlineData("en"), InlineData("fr")]
    public async Task What_only_one_side_may_read_changes_no_answer_to_anyone_else(string lang)
    {
        await using var planted = await PlantedSite.OfAsync(site);
        var complaints = new List<string>();
        foreach (var address in await AddressesAsync(lang))
        {
            var (plain, other) = (await AskAsync(site.Client, address, lang), await AskAsync(planted.Client, address, lang));
            if (plain != other) complaints.Add($"{address} differs: {Difference(plain, other)}");
        }
        Complaints.AssertNone(complaints);
    }

    [Fact]
    public async Task Asking_for_a_hidden_row_is_answered_like_asking_for_none()
    {
        await using var planted = await PlantedSite.OfAsync(site);
        var complaints = new List<string>();
        foreach (var table in (string[])["structures", "organisations", "sources", "claims", "agreements", "people", "instruments"])
            foreach (var prefix in (string[])["", "/api/v1"])
                foreach (var (path, parts) in new[] { ($"{prefix}/{table}/{{0}}", 1), ($"{prefix}/{table}/{{0}}/history", 1), ($"{prefix}/{table}/{{0}}/edit", 1) })
                {
                    var hidden = string.Format(null, path, $"{Planted.Token}-{table}");
                    var none = string.Format(null, path, $"{Planted.Token}-nothing");
                    var (there, absent) = (await AskAsync(planted.Client, hidden, "en"), await AskAsync(planted.Client, none, "en"));
                    if (there != absent.Replace($"{Planted.Token}-nothing", $"{Planted.Token}-{table}", StringComparison.Ordinal)) complaints.Add($"{hidden}: {Difference(absent, there)}");
                }
        Complaints.AssertNone(complaints);
    }

    [Fact]
    public async Task The_planted_rows_are_there_for_their_own_side()
    {
        await using var planted = await PlantedSite.OfAsync(site);
        await using var db = planted.Folder.OpenDb();
        var whole = await Core.Portfolio.PortfolioRecord.ReadAsync(db, default);
        Assert.True(whole.For(Officer("cnrs")).Structures.ContainsKey($"{Planted.Token}-structures"));
        Assert.False(whole.For(Officer("imperial")).Structures.ContainsKey($"{Planted.Token}-structures"));
    }

    static Actor Officer(string side) => new("test") { Account = 1, Grants = [new(AccountRole.PartnershipOfficer, side, null)] };

    // What links reach, each list as data too, and searches for what was planted.
    async Task<IReadOnlyList<string>> AddressesAsync(string lang) =>
    [
        // Which receipts are kept depends on who asked before, on either site; French is another wording of the same pages.
        .. (await Crawl.OfAsync(site, lang)).Select(v => v.Address).Where(a => !Regex.IsMatch(a, "^(/assets|/receipts|/api/v1/receipts|/api$)")
            && (lang == "en" || !a.Contains('?', StringComparison.Ordinal))),
        .. from list in (string[])["structures", "organisations", "sources", "claims", "instruments", "agreements"]
           from format in (string[])["json", "csv", "xlsx"]
           select $"/api/v1/{list}?format={format}&size=500",
        $"/search?q={Planted.Token}", $"/structures?q={Planted.Token}", "/structures?country=IS", "/api/v1/structures?country=IS",
        $"/claims?q={Planted.Token}", $"/organisations?q={Planted.Token}", $"/structures?source={Planted.Token}-sources", $"/structures?organisation={Planted.Token}-organisations",
    ];

    static async Task<string> AskAsync(HttpClient client, string address, string lang)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative));
        request.Headers.Add("Accept-Language", lang);
        request.Headers.Add("Accept", "text/html,*/*;q=0.8");
        using var answer = await client.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        return $"{(int)answer.StatusCode} {answer.Content.Headers.ContentDisposition} {answer.Headers.Location}\n{Nonce().Replace(body, "").Replace(client.BaseAddress!.Authority, "host", StringComparison.Ordinal)}";
    }

    static string Difference(string plain, string other)
    {
        var at = plain.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
        string Around(string text) => text[Math.Max(0, at - 60)..Math.Min(text.Length, at + 100)].ReplaceLineEndings(" ");
        return $"“{Around(plain)}” became “{Around(other)}”";
    }

    // The one thing of a page that is new each time: the token of its forms.
    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"[^\"]*\"")]
    private static partial Regex Nonce();
}
