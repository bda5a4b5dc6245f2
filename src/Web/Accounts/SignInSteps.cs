using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Entente.Web.Accounts;

/// <summary>
/// What one step of signing in leaves for the next, in a cookie that the browser can neither read nor change, and that is good for
/// a few minutes and one use of its kind.
/// </summary>
static class SignInSteps
{
    static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);

    public static void Keep<T>(HttpContext context, string kind, T step) =>
        context.Response.Cookies.Append(Name(kind), Protector(context, kind).Protect(JsonSerializer.Serialize(step), Lasts), Options(context));

    /// <summary>What was left, or null where there is nothing, its time has passed, or somebody made it up.</summary>
    public static T? Read<T>(HttpContext context, string kind) where T : class
    {
        if (context.Request.Cookies[Name(kind)] is not { } text) return null;
        try
        {
            return JsonSerializer.Deserialize<T>(Protector(context, kind).Unprotect(text));
        }
        catch (Exception e) when (e is System.Security.Cryptography.CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    public static void Forget(HttpContext context, string kind) => context.Response.Cookies.Delete(Name(kind), Options(context));

    static string Name(string kind) => $"entente-{kind}";

    static ITimeLimitedDataProtector Protector(HttpContext context, string kind) =>
        context.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector("Entente.SignInSteps", kind).ToTimeLimitedDataProtector();

    static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = "/", IsEssential = true,
    };
}

/// <summary>Where to go after signing in: an address of this installation and of no other.</summary>
static class Returns
{
    public static string Local(string? address) => address is ['/', .. var rest] && !rest.StartsWith('/') && !rest.StartsWith('\\')
        && address.All(c => c is > ' ' and <= '~') && !address.StartsWith("/sign-", StringComparison.Ordinal) ? address : "/";

    public static string SignIn(string address) => Local(address) is "/" ? "/sign-in" : $"/sign-in?return={Uri.EscapeDataString(address)}";
}
