using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.Extensions.Options;

namespace Entente.Web.Accounts.External;

/// <summary>ORCID: plain OAuth, at fixed addresses below the register's own. The answer that carries the token names the iD.</summary>
sealed class OrcidHandler(IOptionsMonitor<OutsideOptions> options, ILoggerFactory logger, UrlEncoder encoder) : OutsideHandler(options, logger, encoder)
{
    protected override async Task<OAuthTokenResponse> ExchangeCodeAsync(OAuthCodeExchangeContext context)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Options.TokenEndpoint);
        request.Headers.Accept.Add(new("application/json"));
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["client_id"] = Options.ClientId,
            ["client_secret"] = Options.ClientSecret,
            ["grant_type"] = "authorization_code",
            ["code"] = context.Code,
            ["redirect_uri"] = context.RedirectUri,
            ["code_verifier"] = context.Properties.Items[OAuthConstants.CodeVerifierKey]!,
        });
        return await SendAsync(request);
    }

    protected override Task<AuthenticationTicket> CreateTicketAsync(ClaimsIdentity identity, AuthenticationProperties properties, OAuthTokenResponse tokens)
    {
        var answer = tokens.Response!.RootElement;
        if (Text(answer, "orcid") is not { } orcid || !IsOrcid(orcid)) throw new OutsideException(OutsideFault.Token);
        return Task.FromResult(Ticket(identity, properties, orcid, orcid, Text(answer, "name")));
    }

    /// <summary>Four groups of four, the last sign of which checks the others (ISO 7064, 11,2).</summary>
    internal static bool IsOrcid(string text)
    {
        if (text.Length != 19 || text.Where((c, at) => at % 5 == 4 ? c != '-' : !char.IsAsciiDigit(c) && !(at == 18 && c == 'X')).Any()) return false;
        var total = text[..18].Where(char.IsAsciiDigit).Aggregate(0, (sum, digit) => (sum + (digit - '0')) * 2);
        var check = (12 - total % 11) % 11;
        return text[18] == (check == 10 ? 'X' : check.ToString(CultureInfo.InvariantCulture)[0]);
    }
}
