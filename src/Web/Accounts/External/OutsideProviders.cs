using System.Collections;

namespace Entente.Web.Accounts.External;

/// <summary>The providers of this installation, and what is wrong with the settings of those that are not among them.</summary>
public sealed record OutsideProviders(IReadOnlyList<OutsideProvider> All, IReadOnlyList<string> Complaints)
{
    const string Oidc = "ENTENTE_OIDC_", Orcid = "ENTENTE_ORCID_";

    /// <summary>What each name begins with that tells of a provider: ENTENTE_OIDC_KEY_ISSUER, ENTENTE_ORCID_CLIENT.</summary>
    static readonly string[] Parts = ["_ISSUER", "_CLIENT", "_SECRET", "_SECRET_FILE", "_NAME", "_SCOPES"];

    public static OutsideProviders None { get; } = new([], []);

    public OutsideProvider? this[string key] => All.FirstOrDefault(p => p.Key == key);

    public static OutsideProviders OfEnvironment() =>
        Read(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? "", StringComparer.Ordinal));

    /// <summary>Reads the settings. A provider of which something is missing or unsafe is left out, and the reason told without any value.</summary>
    public static OutsideProviders Read(IReadOnlyDictionary<string, string> settings)
    {
        var (providers, complaints) = (new List<OutsideProvider>(), new List<string>());
        void Add(string prefix, OutsideKind kind, string key, string name, string? issuer, string scopes)
        {
            var (provider, complaint) = One(settings, prefix, kind, key, name, issuer, scopes);
            if (provider is not null) providers.Add(provider);
            if (complaint is not null) complaints.Add(complaint);
        }
        foreach (var stem in settings.Keys.Where(k => k.StartsWith(Oidc, StringComparison.Ordinal)).Select(StemOf).OfType<string>().Distinct().Order(StringComparer.Ordinal))
            Add(Oidc + stem, OutsideKind.OpenIdConnect, stem.ToLowerInvariant().Replace('_', '-'), stem, null, "openid profile email");
        if (settings.Keys.Any(k => k.StartsWith(Orcid, StringComparison.Ordinal)))
            Add(Orcid.TrimEnd('_'), OutsideKind.Orcid, "orcid", "ORCID", "https://orcid.org", "/authenticate");
        return new(providers, complaints);
    }

    static string? StemOf(string name) =>
        Parts.Where(part => name.EndsWith(part, StringComparison.Ordinal)).Select(part => name[Oidc.Length..^part.Length]).Where(stem => stem.Length > 0 && stem.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            .OrderBy(stem => stem.Length).FirstOrDefault();

    static (OutsideProvider? Provider, string? Complaint) One(
        IReadOnlyDictionary<string, string> settings, string prefix, OutsideKind kind, string key, string name, string? address, string scopes)
    {
        string? Given(string part) => settings.GetValueOrDefault(prefix + part) is { } text && text.Trim() is { Length: > 0 } trimmed ? trimmed : null;
        var issuer = Given("_ISSUER") ?? address;
        if (issuer is null) return (null, $"{prefix}_ISSUER is missing: the provider is not offered.");
        if (!Safe(issuer)) return (null, $"{prefix}_ISSUER is no https address: the provider is not offered.");
        if (Given("_CLIENT") is not { } client) return (null, $"{prefix}_CLIENT is missing: the provider is not offered.");
        var secret = Given("_SECRET") ?? (Given("_SECRET_FILE") is { } file && File.Exists(file) ? File.ReadAllText(file).Trim() : null);
        if (string.IsNullOrEmpty(secret)) return (null, $"{prefix}_SECRET is missing, and {prefix}_SECRET_FILE names no file with one: the provider is not offered.");
        return (new()
        {
            Key = key, Kind = kind, Name = Given("_NAME") ?? name, Issuer = issuer, Client = client, Secret = secret,
            Scopes = (Given("_SCOPES") ?? scopes).Split([' ', ','], StringSplitOptions.RemoveEmptyEntries),
        }, null);
    }

    // Plain http carries secrets in the clear: only within this machine.
    static bool Safe(string issuer) =>
        Uri.TryCreate(issuer, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));
}
