using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Web.Accounts.External;
using Entente.Web.Shell;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Entente.Web.Accounts;

/// <summary>Who the request is from, and whether its form came from a page of ours.</summary>
public static class Doorkeeping
{
    /// <param name="outside">who else can say who a person is; null for those that the environment names</param>
    public static void AddAccounts(this IServiceCollection services, OutsideProviders? outside = null)
    {
        services.AddOutside(outside);
        services.AddScoped(scope => Visitors.ActorOf(scope.GetRequiredService<IHttpContextAccessor>().HttpContext));
        services.AddCascadingValue(scope => scope.GetRequiredService<Actor>());
        services.AddDataProtection().SetApplicationName("entente");
        services.AddSingleton<IXmlRepository, KeptKeys>();
        services.AddOptions<KeyManagementOptions>().Configure<IXmlRepository>((options, keys) => options.XmlRepository = keys);
        services.AddAuthentication(SessionTickets.Scheme).AddCookie(SessionTickets.Scheme, options =>
        {
            options.Cookie.Name = SessionTickets.Cookie;
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.SlidingExpiration = false;
            options.SessionStore = new SessionTickets();
        });
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "entente-forms";
            // As strict as a session: a link in a letter must not make the forms of other tabs stale.
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.SuppressXFrameOptionsHeader = true;
        });
        services.AddScoped(scope => AccountStore.Open(scope.GetRequiredService<Db>()));
        services.AddScoped<IPasskeyHandler<Account>>(scope => new PasskeyHandler<Account>(scope.GetRequiredService<UserManager<Account>>(), Options.Create(
            new IdentityPasskeyOptions { ResidentKeyRequirement = "required", UserVerificationRequirement = "required" })));
    }

    /// <summary>Whatever changes something must come from a page that this browser was given: one place for every route that writes.</summary>
    public static void UseFormGuard(this WebApplication app)
    {
        app.Use(async (context, next) =>
        {
            var method = context.Request.Method;
            var safe = HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);
            // What is no route of ours is answered as such.
            if (safe || context.GetEndpoint()?.Metadata.GetMetadata<Door>() is null
                || await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context)) await next(context);
            else await Guards.RefuseAsync(context, Stale);
        });
        // Routes that bind forms ask the framework's own word as well.
        app.UseAntiforgery();
    }

    static Refusal Stale { get; } = Refusal.Usage("stale-form",
        "This form is not from a page that this browser was given: it was opened before signing in or out, in another browser, or on another site. Nothing was changed. Go back, load the page again and send it from there.",
        "Ce formulaire ne vient pas d’une page remise à ce navigateur\u202F: il a été ouvert avant une connexion ou une déconnexion, dans un autre navigateur, ou sur un autre site. Rien n’a été modifié. Revenez en arrière, rechargez la page et renvoyez-le de là.");
}
