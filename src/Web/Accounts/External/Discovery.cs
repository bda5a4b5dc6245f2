using System.Collections.Concurrent;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Entente.Web.Accounts.External;

/// <summary>
/// What providers say of themselves: addresses and keys. Asked anew after an hour, and at once when a token bears a key that is not
/// among those known, since providers change their keys without a word.
/// </summary>
public sealed class Discovery(HttpClient http, TimeProvider clock)
{
    static readonly TimeSpan Lasts = TimeSpan.FromHours(1);

    readonly ConcurrentDictionary<string, (DateTimeOffset At, OpenIdConnectConfiguration Said)> _known = new(StringComparer.Ordinal);

    public HttpClient Http => http;

    /// <param name="anew">what is known has proved to be out of date</param>
    /// <exception cref="OutsideException">the provider does not answer, or says that it is another</exception>
    public async Task<OpenIdConnectConfiguration> OfAsync(OutsideProvider provider, bool anew, CancellationToken ct)
    {
        if (!anew && _known.TryGetValue(provider.Issuer, out var known) && clock.GetUtcNow() - known.At < Lasts) return known.Said;
        var address = provider.Issuer.TrimEnd('/') + "/.well-known/openid-configuration";
        OpenIdConnectConfiguration said;
        try
        {
            said = await OpenIdConnectConfigurationRetriever.GetAsync(address, new HttpDocumentRetriever(http) { RequireHttps = IsHttps(provider) }, ct);
        }
        catch (Exception error) when (error is IOException or HttpRequestException or ArgumentException or InvalidOperationException or System.Text.Json.JsonException or OpenIdConnectProtocolException
            || (error is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new OutsideException(OutsideFault.Down, error);
        }
        if (said.Issuer != provider.Issuer) throw new OutsideException(OutsideFault.Issuer);
        if (string.IsNullOrEmpty(said.AuthorizationEndpoint) || string.IsNullOrEmpty(said.TokenEndpoint)) throw new OutsideException(OutsideFault.Down);
        _known[provider.Issuer] = (clock.GetUtcNow(), said);
        return said;
    }

    static bool IsHttps(OutsideProvider provider) => provider.Issuer.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Why a provider's word is not taken.</summary>
public enum OutsideFault
{
    /// <summary>It does not answer, or not as such a provider does.</summary>
    Down,

    /// <summary>It says that it is another than the one that was set.</summary>
    Issuer,

    /// <summary>Begun in another browser, too long ago, or finished already.</summary>
    State,

    /// <summary>The person, or the provider, said no.</summary>
    Denied,

    /// <summary>The provider does not take the code that it gave, or the name and secret of this installation.</summary>
    Code,

    /// <summary>The token is not signed by the provider, not meant for this installation, out of date, or not from this sign-in.</summary>
    Token,
}

/// <summary>A provider's word that is not taken. Never carries what it said: tokens do not belong in a log.</summary>
public sealed class OutsideException(OutsideFault fault, Exception? inner = null) : Exception($"Sign-in from outside: {fault}", inner)
{
    public OutsideFault Fault { get; } = fault;
}
