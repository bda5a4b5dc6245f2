using System.Globalization;
using System.Text.Encodings.Web;
using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;

namespace Entente.Web.Accounts.External;

/// <summary>What a person went to a provider for.</summary>
public enum OutsideErrand { SignIn, Link, Join }

/// <summary>Who came back from a provider, and for what they had left.</summary>
/// <param name="Detail">where to go after signing in; the account to link to; the key of the invitation</param>
public sealed record OutsideAnswer(OutsideIdentity Identity, OutsideErrand Errand, string Detail);

/// <summary>Sends people to a provider, and reads what they come back with.</summary>
public sealed class OutsideDoor(OutsideProviders providers, Discovery discovery, IDataProtectionProvider protection, ILoggerFactory loggers, TimeProvider clock)
{
    const string Errand = "errand", Detail = "detail", Begun = "begun";

    static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    public OutsideProviders Providers => providers;

    /// <summary>Answers with the way to the provider. Null when done; otherwise why it cannot be.</summary>
    public async Task<Refusal?> SendAsync(HttpContext context, OutsideProvider provider, OutsideErrand errand, string detail)
    {
        try
        {
            var handler = await HandlerAsync(context, provider);
            var noted = new AuthenticationProperties { RedirectUri = "/" };
            noted.Items[Errand] = errand.ToString();
            noted.Items[Detail] = detail;
            noted.Items[Begun] = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            await handler.ChallengeAsync(noted);
            return null;
        }
        catch (OutsideException error)
        {
            return Refused(provider, error);
        }
    }

    public async Task<Outcome<OutsideAnswer>> ReadAsync(HttpContext context, OutsideProvider provider)
    {
        try
        {
            var (identity, noted) = await (await HandlerAsync(context, provider)).ReadAsync();
            var begun = DateTimeOffset.FromUnixTimeSeconds(long.Parse(noted.Items[Begun]!, CultureInfo.InvariantCulture));
            if (clock.GetUtcNow() - begun > Longest) throw new OutsideException(OutsideFault.State);
            return new OutsideAnswer(identity, Enum.Parse<OutsideErrand>(noted.Items[Errand]!), noted.Items[Detail]!);
        }
        catch (OutsideException error)
        {
            return Refused(provider, error);
        }
    }

    async Task<OutsideHandler> HandlerAsync(HttpContext context, OutsideProvider provider)
    {
        var options = provider.Kind == OutsideKind.Orcid ? Options(provider, At(provider, "/oauth/authorize"), At(provider, "/oauth/token"))
            : await discovery.OfAsync(provider, anew: false, context.RequestAborted) is var said ? Options(provider, said.AuthorizationEndpoint, said.TokenEndpoint) : null!;
        OutsideHandler handler = provider.Kind == OutsideKind.Orcid
            ? new OrcidHandler(new Fixed<OutsideOptions>(options), loggers, UrlEncoder.Default)
            : new OidcHandler(new Fixed<OutsideOptions>(options), loggers, UrlEncoder.Default);
        await handler.InitializeAsync(new AuthenticationScheme(provider.Key, provider.Name, handler.GetType()), context);
        return handler;
    }

    static string At(OutsideProvider provider, string path) => provider.Issuer.TrimEnd('/') + path;

    OutsideOptions Options(OutsideProvider provider, string authorize, string token)
    {
        var options = new OutsideOptions
        {
            Provider = provider, Discovery = discovery, ClientId = provider.Client, ClientSecret = provider.Secret, AuthorizationEndpoint = authorize,
            TokenEndpoint = token, CallbackPath = provider.Back, UsePkce = true, Backchannel = discovery.Http, RemoteAuthenticationTimeout = Longest, TimeProvider = clock,
            // What is sealed for one provider cannot be brought back to another.
            StateDataFormat = new PropertiesDataFormat(protection.CreateProtector("Entente.Outside", provider.Key)),
        };
        foreach (var scope in provider.Scopes) options.Scope.Add(scope);
        options.CorrelationCookie.Name = "entente-outside.";
        options.CorrelationCookie.SameSite = SameSiteMode.Lax;
        options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        return options;
    }

    Refusal Refused(OutsideProvider provider, OutsideException error)
    {
        var fault = error.Fault;
        // The kind of the reason and no more: what providers answer may hold tokens.
        if (fault is not (OutsideFault.State or OutsideFault.Denied))
            loggers.CreateLogger("Entente").LogWarning("Sign-in with {Provider}: {Fault} {Reason}", provider.Key, fault, error.InnerException?.GetType().Name);
        var name = provider.Name;
        return fault switch
        {
            OutsideFault.Down => Refusal.Conflict("outside-down", $"{name} does not answer as it should. Try again later, or sign in another way.",
                $"{name} ne répond pas comme il faut. Réessayez plus tard, ou connectez-vous autrement."),
            OutsideFault.Issuer => Refusal.Conflict("outside-issuer", $"What answers at the address of {name} says that it is another. Tell the administrator of this installation.",
                $"Ce qui répond à l’adresse de {name} dit être un autre. Prévenez l’administrateur de cette installation."),
            OutsideFault.State => Refusal.Forbidden("outside-state", "This sign-in was not begun in this browser, was begun too long ago, or is finished already. Begin again.",
                "Cette connexion n’a pas été commencée dans ce navigateur, l’a été il y a trop longtemps, ou est déjà terminée. Recommencez."),
            OutsideFault.Denied => Refusal.Forbidden("outside-denied", $"{name} did not confirm who you are, or you said no there. Nothing was changed.",
                $"{name} n’a pas confirmé qui vous êtes, ou vous y avez refusé. Rien n’a été modifié."),
            OutsideFault.Code => Refusal.Forbidden("outside-code", $"{name} does not stand by this sign-in: it may have been used already. Begin again.",
                $"{name} ne confirme pas cette connexion\u202F: elle a peut-être déjà servi. Recommencez."),
            OutsideFault.Token => Refusal.Forbidden("outside-token", $"What {name} said of you cannot be trusted: its signature, its time or its address is not right. Begin again; if it happens again, tell the administrator.",
                $"Ce que {name} a dit de vous n’est pas fiable\u202F: sa signature, son heure ou sa destination ne convient pas. Recommencez\u202F; si cela se reproduit, prévenez l’administrateur."),
        };
    }
}
