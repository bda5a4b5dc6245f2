using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Entente.Core.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.Extensions.Options;

namespace Entente.Web.Accounts.External;

/// <summary>
/// What both kinds of provider share. It is made for one request and asked directly: what an identity opens is for the verbs to say,
/// so the framework's own schemes and cookies are not used.
/// </summary>
abstract class OutsideHandler(IOptionsMonitor<OutsideOptions> options, ILoggerFactory logger, UrlEncoder encoder) : OAuthHandler<OutsideOptions>(options, logger, encoder)
{
    const string Said = "said";

    /// <summary>Who came back, and what was noted in the state when they left.</summary>
    /// <exception cref="OutsideException">the provider's word is not taken</exception>
    public async Task<(OutsideIdentity Identity, AuthenticationProperties Noted)> ReadAsync()
    {
        // A provider that is not the one that was asked must not pass for it, even where it names itself in the answer.
        if (Request.Query["iss"] is [{ } issuer] && issuer != Options.Provider.Issuer) throw new OutsideException(OutsideFault.Issuer);
        HandleRequestResult result;
        try
        {
            result = await HandleRemoteAuthenticateAsync();
        }
        catch (Exception error) when (error is HttpRequestException or JsonException or IOException || (error is OperationCanceledException && !Context.RequestAborted.IsCancellationRequested))
        {
            throw new OutsideException(OutsideFault.Down, error);
        }
        if (result.Ticket is { } ticket) return (Identity(ticket), ticket.Properties);
        throw new OutsideException(Fault(result), result.Failure);
    }

    // The base class tells its reasons by words alone; what can be told by what was asked is told by that.
    OutsideFault Fault(HandleRequestResult result)
    {
        if (result.Failure is OutsideException known) return known.Fault;
        if (Options.StateDataFormat.Unprotect(Request.Query["state"]) is null || result.Failure?.Message == "Correlation failed.") return OutsideFault.State;
        return Request.Query.ContainsKey("error") ? OutsideFault.Denied : OutsideFault.Code;
    }

    protected AuthenticationTicket Ticket(ClaimsIdentity identity, AuthenticationProperties properties, string subject, string? shown, string? name)
    {
        identity.AddClaim(new(ClaimTypes.NameIdentifier, subject));
        if ((shown ?? name) is { } text) identity.AddClaim(new(Said, text.Length > 200 ? text[..200] : text));
        if (name is not null) identity.AddClaim(new(ClaimTypes.Name, name.Length > 200 ? name[..200] : name));
        return new(new ClaimsPrincipal(identity), properties, Scheme.Name);
    }

    OutsideIdentity Identity(AuthenticationTicket ticket) =>
        new(Options.Provider.Issuer, ticket.Principal.FindFirstValue(ClaimTypes.NameIdentifier)!, ticket.Principal.FindFirstValue(Said), ticket.Principal.FindFirstValue(ClaimTypes.Name));

    protected async Task<OAuthTokenResponse> SendAsync(HttpRequestMessage request)
    {
        using var response = await Backchannel.SendAsync(request, Context.RequestAborted);
        if ((int)response.StatusCode >= 500) throw new OutsideException(OutsideFault.Down);
        if (!response.IsSuccessStatusCode) throw new OutsideException(OutsideFault.Code);
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Context.RequestAborted));
        return answer.RootElement.ValueKind == JsonValueKind.Object ? OAuthTokenResponse.Success(answer) : throw new OutsideException(OutsideFault.Token);
    }

    protected static string? Text(JsonElement answer, string name) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
