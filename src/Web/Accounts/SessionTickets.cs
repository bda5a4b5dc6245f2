using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Entente.Web.Accounts;

/// <summary>
/// The framework's cookie holds a random key and nothing else; who that is stands in the store, read once per request with the roles
/// of that moment. So a role taken or a session ended counts from the next request on.
/// </summary>
sealed class SessionTickets : ITicketStore
{
    public const string Scheme = "session", Cookie = "entente";

    static readonly string MethodClaim = ClaimTypes.AuthenticationMethod;

    public static ClaimsPrincipal Principal(int account, SignInMethod method) => new(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, account.ToString(CultureInfo.InvariantCulture)), new(MethodClaim, method.ToString())], Scheme));

    public static bool HasCookie(HttpRequest request) => request.Cookies.ContainsKey(Cookie);

    public Task<string> StoreAsync(AuthenticationTicket ticket, HttpContext httpContext, CancellationToken cancellationToken)
    {
        var account = int.Parse(ticket.Principal.FindFirstValue(ClaimTypes.NameIdentifier)!, CultureInfo.InvariantCulture);
        var method = Enum.Parse<SignInMethod>(ticket.Principal.FindFirstValue(MethodClaim)!);
        return Sessions.StartAsync(httpContext.RequestServices.GetRequiredService<Work>(), account, method, Visitors.Of(httpContext), cancellationToken);
    }

    public async Task<AuthenticationTicket?> RetrieveAsync(string key, HttpContext httpContext, CancellationToken cancellationToken)
    {
        var services = httpContext.RequestServices;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        if (await Sessions.FindAsync(services.GetRequiredService<Db>(), key, now, cancellationToken) is not { } found) return null;
        httpContext.Features.Set(found);
        return new(Principal(found.Actor.Account!.Value, default), Scheme);
    }

    public Task RemoveAsync(string key, HttpContext httpContext, CancellationToken cancellationToken) =>
        Sessions.CloseAsync(httpContext.RequestServices.GetRequiredService<Db>(), key, cancellationToken);

    // Nothing to renew: what a ticket says is read anew each time. A browser that signs in again is signed out first.
    public Task RenewAsync(string key, AuthenticationTicket ticket) => Task.CompletedTask;

    public Task<string> StoreAsync(AuthenticationTicket ticket) => throw new NotSupportedException();
    public Task<AuthenticationTicket?> RetrieveAsync(string key) => throw new NotSupportedException();
    public Task RemoveAsync(string key) => throw new NotSupportedException();
}

/// <summary>Who comes, and from where.</summary>
static class Visitors
{
    /// <summary>The session of the request; null for whoever reads without one.</summary>
    public static SignedIn? Session(this HttpContext context) => context.Features.Get<SignedIn>();

    public static Actor ActorOf(HttpContext? context) => context?.Session()?.Actor ?? Actor.Anyone;

    /// <summary>An address as it is counted: one network of a provider's customer is one, so that nobody has billions of them.</summary>
    public static Visitor Of(HttpContext context) => new(Counted(context.Connection.RemoteIpAddress), context.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent ? agent : null);

    static string Counted(IPAddress? address)
    {
        if (address is null) return "unknown";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address.ToString();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
