using System.Security.Cryptography;
using System.Text.Json;
using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Web.Shell;
using Entente.Web.Shell.Forms;
using Microsoft.AspNetCore.DataProtection;

namespace Entente.Web.Accounts.External;

/// <summary>An identity that a provider has vouched for a moment ago, and what it may be used for; sealed into the form that asks.</summary>
sealed record Vouched(string Provider, OutsideIdentity Identity, OutsideErrand Errand, string Detail);

/// <summary>
/// Signing in with an identity from outside, and linking one. A provider is left to by a link, never by a form, since browsers hold the
/// way of a form to this site; so a link that came back is written only after the person has said so on a form of ours.
/// </summary>
static class OutsideRoutes
{
    static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    public static void AddOutside(this IServiceCollection services, OutsideProviders? providers)
    {
        services.AddSingleton(providers ?? OutsideProviders.OfEnvironment());
        services.AddSingleton(scope => new Discovery(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = TimeSpan.FromSeconds(20), MaxResponseContentBufferSize = 1 << 20,
        }, scope.GetRequiredService<TimeProvider>()));
        services.AddSingleton<OutsideDoor>();
    }

    public static void MapOutside(this IEndpointRouteBuilder app)
    {
        var log = app.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger("Entente");
        foreach (var complaint in app.ServiceProvider.GetRequiredService<OutsideProviders>().Complaints) log.LogWarning("{Complaint}", complaint);
        app.MapGet("/sign-in/with/{key}", (HttpContext context, OutsideDoor door, Reader reader, string key) =>
            SendAsync(context, door, key, OutsideErrand.SignIn, Returns.Local(reader["return"]))).Open();
        app.MapGet("/sign-in/with/{key}/back", BackAsync).Open();
        app.MapGet("/invitations/{invitation}/with/{key}", (HttpContext context, OutsideDoor door, string invitation, string key) =>
            SendAsync(context, door, key, OutsideErrand.Join, invitation)).Open();
        app.MapPost("/invitations/{invitation}/with", JoinAsync).Open();
        app.MapGet("/account/outside", OwnAsync).SignedIn();
        app.MapGet("/account/outside/{key}", (HttpContext context, OutsideDoor door, Actor actor, string key) =>
            SendAsync(context, door, key, OutsideErrand.Link, Account.SubjectOf(actor.Account!.Value))).SignedIn();
        app.MapPost("/account/outside", LinkAsync).SignedIn();
        app.MapPost("/account/outside/remove", RemoveAsync).SignedIn();
    }

    static async Task<IResult> SendAsync(HttpContext context, OutsideDoor door, string key, OutsideErrand errand, string detail)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (door.Providers[key] is not { } provider) return Answers.RefusalPage(Unknown);
        return await door.SendAsync(context, provider, errand, detail) is { } refusal ? Answers.RefusalPage(refusal) : Results.Empty;
    }

    static async Task<IResult> BackAsync(HttpContext context, OutsideDoor door, Work work, string key, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (door.Providers[key] is not { } provider) return Answers.RefusalPage(Unknown);
        var read = await door.ReadAsync(context, provider);
        if (read.Refusal is { } refusal) return await RefusedAsync(context, work, refusal, ct);
        var answer = read.Value;
        if (answer.Errand == OutsideErrand.SignIn) return await EnterAsync(context, work, answer, ct);
        // Asked by one account, answered to another: somebody signed in or out in between.
        if (answer.Errand == OutsideErrand.Link && answer.Detail != Account.SubjectOf(work.Actor.Account ?? 0)) return Answers.RefusalPage(Changed);
        return ConfirmPage(context, new(provider.Key, answer.Identity, answer.Errand, answer.Detail), provider, Entered.Nothing);
    }

    static async Task<IResult> EnterAsync(HttpContext context, Work work, OutsideAnswer answer, CancellationToken ct)
    {
        if (context.Session() is not null) return Answers.RefusalPage(SignInRoutes.SignedInAlready);
        var proved = await OutsideIdentities.SignInAsync(work, answer.Identity, ct);
        if (proved.Refusal is { } refusal) return await RefusedAsync(context, work, refusal, ct);
        if (!proved.Value.NeedsCode) return await SignInRoutes.EnterAsync(context, proved.Value.Account, SignInMethod.Provider, answer.Detail);
        // The form at once, not the way to it: its cookie is for requests that begin on this site.
        return SignInRoutes.AskCode(context, proved.Value, answer.Detail);
    }

    static async Task<IResult> LinkAsync(HttpContext context, OutsideDoor door, Work work, CancellationToken ct)
    {
        var form = await context.Request.ReadFormAsync(ct);
        if (Opened(context, form["vouched"].ToString(), OutsideErrand.Link, Account.SubjectOf(work.Actor.Account!.Value)) is not { } vouched) return Answers.RefusalPage(Changed);
        var linked = await OutsideIdentities.LinkAsync(work, vouched.Identity, ct);
        return linked.Refusal is { } refusal ? Answers.RefusalPage(refusal) : SignInRoutes.Go("/account/outside");
    }

    static async Task<IResult> JoinAsync(HttpContext context, OutsideDoor door, Work work, string invitation, CancellationToken ct)
    {
        if (context.Session() is not null) return Answers.RefusalPage(SignInRoutes.SignedInAlready);
        var form = await context.Request.ReadFormAsync(ct);
        if (Opened(context, form["vouched"].ToString(), OutsideErrand.Join, invitation) is not { } vouched) return Answers.RefusalPage(Changed);
        var joined = await Joining.AcceptAsync(work, invitation, new(form["name"].ToString(), form["email"].ToString(), vouched.Identity), ct);
        if (joined.Ok) return await SignInRoutes.EnterAsync(context, joined.Value.Id, SignInMethod.Provider, "/account");
        return joined.Refusal!.Field is null ? Answers.RefusalPage(joined.Refusal)
            : ConfirmPage(context, vouched, door.Providers[vouched.Provider]!, Entered.Of(form, joined.Refusal), Answers.Status(joined.Refusal.Kind));
    }

    static async Task<IResult> RemoveAsync(HttpContext context, Work work, CancellationToken ct)
    {
        var form = await context.Request.ReadFormAsync(ct);
        var removed = await OutsideIdentities.UnlinkAsync(work, form["issuer"].ToString(), form["subject"].ToString(), ct);
        return removed.Refusal is { } refusal ? Answers.RefusalPage(refusal) : SignInRoutes.Go("/account/outside");
    }

    static async Task<IResult> OwnAsync(HttpContext context, OutsideDoor door, Work work, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Answers.Page<OutsidePage>(new { Links = await OutsideIdentities.OwnAsync(work, ct), Providers = door.Providers.All });
    }

    // Whoever brings made-up answers is counted like whoever guesses passwords.
    static async Task<IResult> RefusedAsync(HttpContext context, Work work, Refusal refusal, CancellationToken ct)
    {
        var tooMany = await SigningIn.CountAsync(work, Visitors.Of(context), ct);
        return tooMany is null ? Answers.RefusalPage(refusal)
            : Answers.Page<RefusedPage>(new { Status = StatusCodes.Status429TooManyRequests, tooMany.Message, tooMany.Code }, StatusCodes.Status429TooManyRequests);
    }

    static IResult ConfirmPage(HttpContext context, Vouched vouched, OutsideProvider provider, Entered entered, int status = 200)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Answers.Page<ConfirmOutsidePage>(new
        {
            vouched.Identity, Provider = provider.Name, Join = vouched.Errand == OutsideErrand.Join ? vouched.Detail : null,
            Sealed = Protector(context).Protect(JsonSerializer.Serialize(vouched), Lasts), Entered = entered,
        }, status);
    }

    /// <summary>What was sealed, where it is for this errand; null where its time has passed or somebody made it up.</summary>
    static Vouched? Opened(HttpContext context, string text, OutsideErrand errand, string detail)
    {
        try
        {
            var vouched = JsonSerializer.Deserialize<Vouched>(Protector(context).Unprotect(text))!;
            return vouched.Errand == errand && vouched.Detail == detail ? vouched : null;
        }
        catch (Exception error) when (error is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    static ITimeLimitedDataProtector Protector(HttpContext context) =>
        context.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector("Entente.Outside.Vouched").ToTimeLimitedDataProtector();

    static Refusal Unknown { get; } = Refusal.NotFound("unknown-provider", "This installation knows no such provider. Those it knows are on the page /sign-in.",
        "Cette installation ne connaît pas ce fournisseur. Ceux qu’elle connaît figurent sur la page /sign-in.");

    static Refusal Changed { get; } = Refusal.Forbidden("outside-state", "This was begun by another account, or too long ago. Begin again.",
        "Ceci a été commencé par un autre compte, ou il y a trop longtemps. Recommencez.");
}
