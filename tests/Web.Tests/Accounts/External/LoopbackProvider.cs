using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Entente.Web.Tests.Accounts.External;

/// <summary>What the loopback provider does wrong; a real one will not do most of it.</summary>
public enum Misdeed
{
    None, WrongNonce, NoNonce, WrongAudience, TwoAudiences, OtherParty, Expired, NotYet, NoExpiry, NoSubject, UnknownKey, ForgedKey, SharedSecret, Unsigned,
    TokenOfOther, DescribedAsOther, NamesOther, NoToken, TokenDown, DescriptionDown, NotJson, Denies,
}

/// <summary>
/// A provider on loopback that says yes at once, and does one thing wrong where it is told to. It keeps a code to the proof (PKCE), the
/// client and the one use that it was made for, as a real one does. Below /oauth it answers as ORCID does.
/// </summary>
sealed class LoopbackProvider : IAsyncDisposable
{
    public const string Client = "entente-client", Secret = "loopback-s3cret-value";

    readonly ConcurrentDictionary<string, (string Challenge, string? Nonce)> _codes = new();
    WebApplication _app = null!;
    RsaSecurityKey _key = NewKey("k1");

    public string Issuer { get; private set; } = "";
    public Misdeed Misdeed { get; set; }
    public string Subject { get; set; } = "subject-1";
    public string Email { get; set; } = "somebody@example.org";
    public string OrcidAnswer { get; set; } = "{}";
    public bool TakesBodyOnly { get; set; }
    public string? LastAuthorize { get; private set; }
    public int Descriptions { get; private set; }

    public static async Task<LoopbackProvider> StartAsync()
    {
        var provider = new LoopbackProvider();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        provider._app = builder.Build();
        provider._app.MapGet("/.well-known/openid-configuration", provider.Describe);
        provider._app.MapGet("/keys", () => Results.Json(new { keys = new[] { Public(provider._key) } }));
        provider._app.MapGet("/authorize", provider.Authorize);
        provider._app.MapGet("/oauth/authorize", provider.Authorize);
        provider._app.MapPost("/token", provider.TokenAsync);
        provider._app.MapPost("/oauth/token", provider.TokenAsync);
        await provider._app.StartAsync();
        provider.Issuer = provider._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return provider;
    }

    /// <summary>Signs with another key from now on, and shows only that.</summary>
    public void Rotate() => _key = NewKey("k" + Guid.NewGuid().ToString("N"));

    IResult Describe()
    {
        Descriptions++;
        if (Misdeed == Misdeed.DescriptionDown) return Results.StatusCode(500);
        if (Misdeed == Misdeed.NotJson) return Results.Text("<html>");
        return Results.Json(new
        {
            issuer = Misdeed == Misdeed.DescribedAsOther ? "https://other.example" : Issuer,
            authorization_endpoint = Issuer + "/authorize", token_endpoint = Issuer + "/token", jwks_uri = Issuer + "/keys",
            token_endpoint_auth_methods_supported = TakesBodyOnly ? ["client_secret_post"] : new[] { "client_secret_basic" },
        });
    }

    IResult Authorize(HttpRequest request)
    {
        LastAuthorize = request.QueryString.Value;
        var (query, code) = (request.Query, Guid.NewGuid().ToString("N"));
        if (query["client_id"] != Client || query["code_challenge_method"] != "S256") return Results.BadRequest();
        var back = $"{query["redirect_uri"]}?state={Uri.EscapeDataString(query["state"]!)}";
        if (Misdeed == Misdeed.Denies) return Results.Redirect(back + "&error=access_denied");
        _codes[code] = (query["code_challenge"]!, query["nonce"]);
        return Results.Redirect(back + $"&code={code}" + (Misdeed == Misdeed.NamesOther ? "&iss=https%3A%2F%2Fother.example" : ""));
    }

    async Task<IResult> TokenAsync(HttpRequest request)
    {
        if (Misdeed == Misdeed.TokenDown) return Results.StatusCode(503);
        var form = await request.ReadFormAsync();
        var basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Client}:{Secret}"));
        var known = TakesBodyOnly || request.Path.StartsWithSegments("/oauth") ? form["client_id"] == Client && form["client_secret"] == Secret : request.Headers.Authorization == basic;
        var proof = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        if (!known || !_codes.TryRemove(form["code"].ToString(), out var code) || code.Challenge != proof) return Results.BadRequest(new { error = "invalid_grant" });
        if (request.Path.StartsWithSegments("/oauth")) return Results.Text(OrcidAnswer, "application/json");
        return Misdeed == Misdeed.NoToken ? Results.Json(new { access_token = "x" }) : Results.Json(new { access_token = "x", token_type = "Bearer", id_token = Token(code.Nonce) });
    }

    string Token(string? nonce)
    {
        var now = DateTime.UnixEpoch.AddSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        var claims = new Dictionary<string, object>
        {
            ["iss"] = Misdeed == Misdeed.TokenOfOther ? "https://other.example" : Issuer, ["sub"] = Subject, ["email"] = Email, ["name"] = "Somebody",
            ["aud"] = Misdeed switch { Misdeed.WrongAudience => "another", Misdeed.TwoAudiences or Misdeed.OtherParty => new[] { Client, "another" }, _ => (object)Client },
        };
        if (Misdeed == Misdeed.OtherParty) claims["azp"] = "another";
        if (Misdeed == Misdeed.NoSubject) claims.Remove("sub");
        if (Misdeed != Misdeed.NoNonce && nonce is not null) claims["nonce"] = Misdeed == Misdeed.WrongNonce ? "made-up" : nonce;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Claims = claims,
            NotBefore = Misdeed == Misdeed.NotYet ? now.AddMinutes(30) : null,
            Expires = Misdeed switch { Misdeed.NoExpiry => null, Misdeed.Expired => now.AddMinutes(-30), Misdeed.NotYet => now.AddMinutes(40), _ => now.AddMinutes(5) },
            SigningCredentials = Misdeed switch
            {
                Misdeed.Unsigned => null,
                Misdeed.SharedSecret => new(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(Secret.PadRight(32, '0'))) { KeyId = _key.KeyId }, SecurityAlgorithms.HmacSha256),
                Misdeed.UnknownKey => new(NewKey("nobody's"), SecurityAlgorithms.RsaSha256),
                Misdeed.ForgedKey => new(NewKey(_key.KeyId), SecurityAlgorithms.RsaSha256),
                _ => new(_key, SecurityAlgorithms.RsaSha256),
            },
        });
    }

    static RsaSecurityKey NewKey(string id) => new(RSA.Create(2048)) { KeyId = id };

    static object Public(RsaSecurityKey key)
    {
        var parameters = key.Rsa.ExportParameters(false);
        return new { kty = "RSA", use = "sig", alg = "RS256", kid = key.KeyId, n = Base64UrlEncoder.Encode(parameters.Modulus), e = Base64UrlEncoder.Encode(parameters.Exponent) };
    }

    public static string QueryOf(Uri address, string name) => HttpUtility.ParseQueryString(address.Query)[name]!;

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
