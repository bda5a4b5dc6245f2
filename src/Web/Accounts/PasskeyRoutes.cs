using System.Globalization;
using System.Text.Json;
using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Web.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace Entente.Web.Accounts;

/// <summary>What the module js/passkeys.mjs asks: options for the browser, and then the proof that the browser made.</summary>
static class PasskeyRoutes
{
    const string Assertion = "assertion", Attestation = "attestation";
    const int Largest = 64 * 1024;

    public static void MapPasskeys(this IEndpointRouteBuilder app)
    {
        app.MapPost("/sign-in/passkey/options", async (HttpContext context, IPasskeyHandler<Account> passkeys) =>
        {
            var options = await passkeys.MakeRequestOptionsAsync(null, context);
            SignInSteps.Keep(context, Assertion, options.AssertionState);
            return Results.Content(options.RequestOptionsJson, "application/json");
        }).Open();
        app.MapPost("/sign-in/passkey", SignInAsync).Open();
        app.MapPost("/account/passkeys/options", async (HttpContext context, Work work, IPasskeyHandler<Account> passkeys, CancellationToken ct) =>
        {
            var own = (await Profile.OwnAsync(work, ct)).Value;
            var options = await passkeys.MakeCreationOptionsAsync(
                new() { Id = own.Id.ToString(CultureInfo.InvariantCulture), Name = own.Email!, DisplayName = own.Name }, context);
            SignInSteps.Keep(context, Attestation, options.AttestationState);
            return Results.Content(options.CreationOptionsJson, "application/json");
        }).SignedIn();
        app.MapPost("/account/passkeys", AddAsync).SignedIn();
    }

    static async Task<IResult> SignInAsync(HttpContext context, Work work, IPasskeyHandler<Account> passkeys, CancellationToken ct)
    {
        if (context.Session() is not null) return await RefuseAsync(context, SignInRoutes.SignedInAlready);
        var state = SignInSteps.Read<string>(context, Assertion);
        SignInSteps.Forget(context, Assertion);
        if (await ReadAsync(context, ct) is not { } credential || state is null) return await RefuseAsync(context, Unproved);
        var proved = await passkeys.PerformAssertionAsync(new() { HttpContext = context, CredentialJson = credential, AssertionState = state });
        if (!proved.Succeeded || proved.User is not { Closed: null } account)
            return await RefuseAsync(context, await SigningIn.CountAsync(work, Visitors.Of(context), ct) ?? Unproved);
        await SigningIn.PasskeyAsync(work, account, proved.Passkey, ct);
        await context.SignInAsync(SessionTickets.Scheme, SessionTickets.Principal(account.Id, SignInMethod.Passkey));
        return Results.Json(new { name = account.Name });
    }

    static async Task<IResult> AddAsync(HttpContext context, Work work, IPasskeyHandler<Account> passkeys, string? name, CancellationToken ct)
    {
        var state = SignInSteps.Read<string>(context, Attestation);
        SignInSteps.Forget(context, Attestation);
        if (await ReadAsync(context, ct) is not { } credential || state is null) return await RefuseAsync(context, Unproved);
        var proved = await passkeys.PerformAttestationAsync(new() { HttpContext = context, CredentialJson = credential, AttestationState = state });
        if (!proved.Succeeded || proved.UserEntity.Id != work.Actor.Account!.Value.ToString(CultureInfo.InvariantCulture)) return await RefuseAsync(context, Unproved);
        var added = await Profile.AddPasskeyAsync(work, proved.Passkey, name ?? "", ct);
        return added.Refusal is { } refusal ? await RefuseAsync(context, refusal) : Results.Json(new { name });
    }

    static async Task<IResult> RefuseAsync(HttpContext context, Refusal refusal)
    {
        await Guards.RefuseAsync(context, refusal);
        return Results.Empty;
    }

    // The browser's proof, as it is: Identity reads it. Null where it is no JSON or longer than any proof.
    static async Task<string?> ReadAsync(HttpContext context, CancellationToken ct)
    {
        if (context.Request.ContentLength is not (> 0 and <= Largest)) return null;
        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync(ct);
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object ? text : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static Refusal Unproved { get; } = Refusal.Invalid("passkey-unproved",
        "The passkey could not be checked: it may be unknown here, or the page was open too long. Try again, or sign in with your password.",
        "La clé d’accès n’a pas pu être vérifiée\u202F: elle est peut-être inconnue ici, ou la page est restée ouverte trop longtemps. Réessayez, ou connectez-vous avec votre mot de passe.");
}
