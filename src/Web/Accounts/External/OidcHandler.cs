using System.Buffers.Text;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Entente.Web.Accounts.External;

/// <summary>
/// OpenID Connect on the framework's OAuth handler, which brings state, the cookie that binds it to the browser, and the proof of the code
/// (PKCE). Added here: the nonce, the addresses and keys as the provider describes them, and every check of the token.
/// </summary>
sealed class OidcHandler(IOptionsMonitor<OutsideOptions> options, ILoggerFactory logger, UrlEncoder encoder) : OutsideHandler(options, logger, encoder)
{
    const string Nonce = "nonce";

    /// <summary>Clocks differ a little between two machines.</summary>
    static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    // Signatures that only the provider can make: what a shared secret signs, whoever holds the secret can sign.
    static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    protected override string BuildChallengeUrl(AuthenticationProperties properties, string redirectUri)
    {
        var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        // Within the state, which only this program can read: before the base class seals it.
        properties.Items[Nonce] = nonce;
        return QueryHelpers.AddQueryString(base.BuildChallengeUrl(properties, redirectUri), Nonce, nonce);
    }

    protected override async Task<OAuthTokenResponse> ExchangeCodeAsync(OAuthCodeExchangeContext context)
    {
        var said = await Options.Discovery.OfAsync(Options.Provider, anew: false, Context.RequestAborted);
        var fields = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = context.Code,
            ["redirect_uri"] = context.RedirectUri,
            ["code_verifier"] = context.Properties.Items[OAuthConstants.CodeVerifierKey]!,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, said.TokenEndpoint);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        // The secret in the header is what every provider must take; in the body, only where it says that it takes nothing else.
        if (said.TokenEndpointAuthMethodsSupported is { Count: > 0 } methods && !methods.Contains("client_secret_basic") && methods.Contains("client_secret_post"))
            (fields["client_id"], fields["client_secret"]) = (Options.ClientId, Options.ClientSecret);
        else
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(Options.ClientId)}:{Uri.EscapeDataString(Options.ClientSecret)}")));
        request.Content = new FormUrlEncodedContent(fields);
        return await SendAsync(request);
    }

    protected override async Task<AuthenticationTicket> CreateTicketAsync(ClaimsIdentity identity, AuthenticationProperties properties, OAuthTokenResponse tokens)
    {
        if (Text(tokens.Response!.RootElement, "id_token") is not { } token) throw new OutsideException(OutsideFault.Token);
        var read = await ReadAsync(token);
        if (properties.Items[Nonce] is not { } nonce || Claim(read, Nonce) != nonce) throw new OutsideException(OutsideFault.Token);
        if (Claim(read, "azp") is { } azp ? azp != Options.ClientId : read.Audiences.Count() > 1) throw new OutsideException(OutsideFault.Token);
        if (read.Subject is not { Length: > 0 and <= 255 } subject) throw new OutsideException(OutsideFault.Token);
        return Ticket(identity, properties, subject, Claim(read, "email") ?? Claim(read, "preferred_username"), Claim(read, "name"));
    }

    async Task<JsonWebToken> ReadAsync(string token)
    {
        var result = await ValidateAsync(token, await Options.Discovery.OfAsync(Options.Provider, anew: false, Context.RequestAborted));
        // A key that is not known may be a new one, and a new one may bear the name of an old.
        if (result.Exception is SecurityTokenInvalidSignatureException)
            result = await ValidateAsync(token, await Options.Discovery.OfAsync(Options.Provider, anew: true, Context.RequestAborted));
        return result.IsValid ? (JsonWebToken)result.SecurityToken : throw new OutsideException(OutsideFault.Token, result.Exception);
    }

    Task<TokenValidationResult> ValidateAsync(string token, OpenIdConnectConfiguration said) =>
        new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = Options.Provider.Issuer,
            ValidAudience = Options.ClientId,
            IssuerSigningKeys = said.SigningKeys,
            ValidAlgorithms = Algorithms,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            // By this program's clock, as everything else.
            LifetimeValidator = (from, to, _, _) => InTime(from, to),
        });

    bool InTime(DateTime? from, DateTime? to)
    {
        var now = TimeProvider.GetUtcNow().UtcDateTime;
        return to is { } end && now - Skew < end && (from is not { } start || start < now + Skew);
    }

    static string? Claim(JsonWebToken token, string name) =>
        token.TryGetPayloadValue<JsonElement>(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text
        : token.TryGetPayloadValue<string>(name, out var plain) && plain is { Length: > 0 } ? plain.ToString(CultureInfo.InvariantCulture) : null;
}
