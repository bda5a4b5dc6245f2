using System.Net;
using System.Text.RegularExpressions;
using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Web.Shell;
using Microsoft.AspNetCore.Routing;

namespace Entente.Web.Tests.Safety;

/// <summary>Every route, tried by whoever has not signed in, by each role on each side, and by whoever holds no role.</summary>
[Collection(SiteCollection.Name)]
public sealed partial class DoorTests(Site site)
{
    // Two sides of the record, and the installation as a whole.
    static readonly string?[] Sides = ["cnrs", "imperial", null];

    [Fact]
    public void Every_route_has_a_door() =>
        Complaints.AssertNone(site.Routes.Where(r => r.Metadata.GetMetadata<Door>() is null).Select(r => $"{r.RoutePattern.RawText} says nothing of who may come"));

    [Fact]
    public void Every_route_that_writes_wants_somebody() => Complaints.AssertNone(
        from route in site.Routes
        where Methods(route).Any(m => m is not "GET") && route.Metadata.GetMetadata<Door>() is { Account: false } && !Entrances().IsMatch(route.RoutePattern.RawText!)
        select $"{string.Join(',', Methods(route))} {route.RoutePattern.RawText} is open to all");

    [Fact]
    public async Task Whoever_has_not_signed_in_is_sent_to_sign_in()
    {
        var complaints = new List<string>();
        foreach (var (method, address, _) in Guarded())
        {
            using var answer = await AskAsync(site.Client, method, address);
            var sent = answer.StatusCode is HttpStatusCode.SeeOther or HttpStatusCode.Found && answer.Headers.Location!.ToString().StartsWith("/sign-in", StringComparison.Ordinal);
            if (!sent && answer.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized)) complaints.Add($"{method} {address} answers {(int)answer.StatusCode} to anyone");
        }
        Complaints.AssertNone(complaints);
    }

    public static TheoryData<AccountRole> Roles => [.. Enum.GetValues<AccountRole>()];

    [Theory, MemberData(nameof(Roles))]
    public async Task A_role_opens_the_doors_of_its_permissions_and_no_other(AccountRole role)
    {
        var complaints = new List<string>();
        foreach (var side in Sides)
        {
            using var person = await SignedIn.Async(site, role, side);
            foreach (var (method, address, permission) in Guarded().Where(g => g.Permission is not null))
            {
                var may = Permissions.Matrix[permission!.Value].Contains(role) && (side is null || !OfInstallation(permission.Value));
                // What a role may do is not done here: a write would change the site that other tests look at.
                if (may && method != "GET") continue;
                using var answer = await AskAsync(person.Client, method, address);
                var why = $"{role} of {side ?? "the installation"}: {method} {address} ({permission}) answers {(int)answer.StatusCode}";
                if (!may && answer.StatusCode != HttpStatusCode.Forbidden) complaints.Add(why);
                if ((int)answer.StatusCode >= 500) complaints.Add(why);
                // On a record of its own side the door that the matrix opens is open.
                if (may && side is null or "cnrs" && answer.StatusCode == HttpStatusCode.Forbidden && (side is null || permission != Permission.ManageAccounts)) complaints.Add(why);
            }
        }
        Complaints.AssertNone(complaints);
    }

    // An administrator of one side does not run the installation.
    static bool OfInstallation(Permission permission) => permission is Permission.RunInstallation or Permission.ImportEvidence or Permission.HandlePersonalData;

    IEnumerable<(string Method, string Address, Permission? Permission)> Guarded() =>
        from route in site.Routes
        let door = route.Metadata.GetMetadata<Door>()
        where door is { Account: true }
        from method in Methods(route)
        select (method, Address(route), door.Permission);

    static IReadOnlyList<string> Methods(RouteEndpoint route) => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"];

    // A record that is there, and of CNRS where it is of any side.
    static string Address(RouteEndpoint route)
    {
        var pattern = route.RoutePattern.RawText!;
        var room = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(part => part is not ("api" or "v1"));
        return Parameter().Replace(pattern, match => (match.Groups[1].Value, room) switch
        {
            ("a" or "side", _) => "cnrs",
            ("b", _) => "imperial",
            ("table" or "kind", _) => "structures",
            ("key", "agreements") => "majulab-2018",
            ("key", "claims") => "imperial-cnrs-1550",
            ("key", "organisations") => "cnrs",
            ("key", "sources") => "S3",
            ("key", "instruments") => "irl",
            ("key", "people") => "dan-waldram",
            ("key" or "structure", _) => "majulab",
            _ => "1",
        });
    }

    static async Task<HttpResponseMessage> AskAsync(HttpClient client, string method, string address)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(address, UriKind.Relative));
        request.Headers.Add("Accept", "text/html");
        if (method != "GET") request.Content = new FormUrlEncodedContent([]);
        return await client.SendAsync(request);
    }

    // Where people come in: signing in, the links that were sent to them, and the way out.
    [GeneratedRegex("^/(sign-in|sign-out|first|invitations?|join|passkeys?|accounts?/(first|join)|external|link)")]
    private static partial Regex Entrances();

    [GeneratedRegex(@"\{\*{0,2}(\w+)(?::[^}]*)?\??\}")]
    private static partial Regex Parameter();
}
