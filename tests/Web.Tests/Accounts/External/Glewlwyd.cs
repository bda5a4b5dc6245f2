using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using Entente.Tests;
using Microsoft.Data.Sqlite;

namespace Entente.Web.Tests.Accounts.External;

/// <summary>
/// Debian's OpenID Connect provider on a port of its own, with a database made from the schema of its package. One person can sign in
/// there; one client, with the address to come back to, is made when the site is known.
/// </summary>
sealed class Glewlwyd : IAsyncDisposable
{
    public const string Client = "entente", Secret = "glewlwyd-client-s3cret", Person = "ada", Password = "a password of ada";

    readonly string _folder = Directory.CreateTempSubdirectory("entente-glewlwyd-").FullName;
    readonly HttpClient _admin = new(new SocketsHttpHandler { CookieContainer = new CookieContainer() });
    Process _process = null!;
    Uri _address = null!;

    public string Issuer => $"{_address}api/oidc";

    public static async Task<Glewlwyd> StartAsync()
    {
        var provider = new Glewlwyd();
        await provider.BeginAsync();
        return provider;
    }

    async Task BeginAsync()
    {
        var database = Path.Combine(_folder, "glewlwyd.db");
        await using (var connection = new SqliteConnection($"Data Source={database};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var schema = connection.CreateCommand();
#pragma warning disable CA2100 // The script of the package.
            schema.CommandText = await File.ReadAllTextAsync(Conditions.GlewlwydSchema);
#pragma warning restore CA2100
            await schema.ExecuteNonQueryAsync();
        }
        var port = FreePort();
        _address = new($"http://127.0.0.1:{port}/");
        var settings = Path.Combine(_folder, "glewlwyd.conf");
        await File.WriteAllTextAsync(settings, $$"""
            port={{port}}
            bind_address="127.0.0.1"
            external_url="http://127.0.0.1:{{port}}"
            login_url="login.html"
            api_prefix="api"
            log_mode="file"
            log_level="INFO"
            log_file="{{_folder}}/log"
            cookie_secure=0
            session_key="GLEWLWYD2_SESSION_ID"
            admin_scope="g_admin"
            profile_scope="g_profile"
            user_module_path="/usr/lib/glewlwyd/user"
            client_module_path="/usr/lib/glewlwyd/client"
            user_auth_scheme_module_path="/usr/lib/glewlwyd/scheme"
            plugin_module_path="/usr/lib/glewlwyd/plugin"
            hash_algorithm="SHA512"
            database = { type = "sqlite3" path = "{{database}}" };
            """);
        _process = Process.Start(new ProcessStartInfo("/usr/bin/glewlwyd", [$"--config-file={settings}"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _admin.BaseAddress = _address;
        for (var attempt = 0; ; attempt++)
            try
            {
                await SendAsync(_admin, HttpMethod.Post, "api/auth/", new { username = "admin", password = "password" });
                break;
            }
            catch (HttpRequestException) when (attempt < 200 && !_process.HasExited)
            {
                await Task.Delay(50);
            }
        await SendAsync(_admin, HttpMethod.Post, "api/mod/plugin/", Plugin());
        await SendAsync(_admin, HttpMethod.Post, "api/user/", new { username = Person, name = "Ada Example", email = "ada@example.org", password = Password, scope = new[] { "g_profile", "openid" }, enabled = true });
    }

    public Task AddClientAsync(Uri back) => SendAsync(_admin, HttpMethod.Post, "api/client/", new
    {
        client_id = Client, client_secret = Secret, name = "Entente", confidential = true, redirect_uri = new[] { back.ToString() }, authorization_type = new[] { "code" },
        token_endpoint_auth_method = new[] { "client_secret_basic" }, scope = Array.Empty<string>(), enabled = true,
    });

    /// <summary>Signs with another key from now on.</summary>
    public async Task RotateAsync()
    {
        await SendAsync(_admin, HttpMethod.Put, "api/mod/plugin/oidc", Plugin());
        await SendAsync(_admin, HttpMethod.Put, "api/mod/plugin/oidc/reset", new { });
    }

    /// <summary>Signs the person in at the provider, in a browser of their own, and lets the client know who they are.</summary>
    public async Task<HttpClient> SignInAsync()
    {
        var person = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = _address };
        await SendAsync(person, HttpMethod.Post, "api/auth/", new { username = Person, password = Password });
        await SendAsync(person, HttpMethod.Put, $"api/auth/grant/{Client}/", new { scope = "openid" });
        return person;
    }

    /// <summary>What the provider's page does once the person has signed in and agreed: the way back to the client.</summary>
    public static async Task<Uri> ContinueAsync(HttpClient person, Uri authorize)
    {
        using var answer = await person.GetAsync(new Uri(authorize + "&g_continue"));
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return answer.Headers.Location!;
    }

    object Plugin()
    {
        using var key = RSA.Create(2048);
        return new
        {
            module = "oidc", name = "oidc", display_name = "OpenID Connect",
            parameters = new Dictionary<string, object>
            {
                ["iss"] = Issuer, ["jwt-type"] = "rsa", ["jwt-key-size"] = "256", ["key"] = key.ExportPkcs8PrivateKeyPem(), ["cert"] = key.ExportSubjectPublicKeyInfoPem(),
                ["access-token-duration"] = 3600, ["refresh-token-duration"] = 3600, ["code-duration"] = 600, ["refresh-token-rolling"] = false, ["allow-non-oidc"] = false,
                ["auth-type-code-enabled"] = true, ["auth-type-id-token-enabled"] = true, ["scope"] = Array.Empty<string>(), ["additional-parameters"] = Array.Empty<string>(),
                ["claims"] = Array.Empty<string>(), ["name-claim"] = "mandatory", ["email-claim"] = "mandatory", ["scope-claim"] = "no", ["address-claim"] = new { type = "no" },
                ["jwks-show"] = true, ["pkce-allowed"] = true, ["pkce-required"] = true, ["subject-type"] = "public",
            },
        };
    }

    static async Task SendAsync(HttpClient who, HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(body) };
        using var answer = await who.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
