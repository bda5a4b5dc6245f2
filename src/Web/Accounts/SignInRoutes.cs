using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Web.Shell;
using Entente.Web.Shell.Forms;
using Microsoft.AspNetCore.Authentication;

namespace Entente.Web.Accounts;

/// <summary>Signing in by password, with a code where the account asks for one, and signing out.</summary>
static class SignInRoutes
{
    const string CodeStep = "step";

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapGet("/sign-in", (HttpContext context, Reader reader) =>
            context.Session() is null ? SignInForm(context, reader, Entered.Nothing) : Go(Returns.Local(reader["return"]))).Open();
        app.MapPost("/sign-in", PasswordAsync).Open();
        app.MapGet("/sign-in/code", (HttpContext context, Reader reader) =>
            SignInSteps.Read<PasswordStep>(context, CodeStep) is null ? Go(Returns.SignIn(Returns.Local(reader["return"]))) : CodeForm(context, reader, Entered.Nothing)).Open();
        app.MapPost("/sign-in/code", CodeAsync).Open();
        app.MapPost("/sign-out", async (HttpContext context) =>
        {
            await context.SignOutAsync(SessionTickets.Scheme);
            return Go("/");
        }).Open();
    }

    static async Task<IResult> PasswordAsync(HttpContext context, Reader reader, Work work, CancellationToken ct)
    {
        if (context.Session() is not null) return Go(Returns.Local(reader["return"]));
        var form = await context.Request.ReadFormAsync(ct);
        var proved = await SigningIn.PasswordAsync(work, form["email"].ToString(), form["password"].ToString(), Visitors.Of(context), ct);
        if (proved.Refusal is { } refusal) return SignInForm(context, reader, Entered.Of(form, refusal), refusal);
        var back = Returns.Local(reader["return"]);
        if (!proved.Value.NeedsCode) return await EnterAsync(context, proved.Value.Account, SignInMethod.Password, back);
        SignInSteps.Keep(context, CodeStep, proved.Value);
        return Go(back == "/" ? "/sign-in/code" : $"/sign-in/code?return={Uri.EscapeDataString(back)}");
    }

    static async Task<IResult> CodeAsync(HttpContext context, Reader reader, Work work, CancellationToken ct)
    {
        var back = Returns.Local(reader["return"]);
        if (context.Session() is not null) return Go(back);
        if (SignInSteps.Read<PasswordStep>(context, CodeStep) is not { } step) return Go(Returns.SignIn(back));
        var form = await context.Request.ReadFormAsync(ct);
        var proved = await SigningIn.CodeAsync(work, step, form["code"].ToString(), Visitors.Of(context), ct);
        if (proved.Refusal is { } refusal) return CodeForm(context, reader, Entered.Of(form, refusal), refusal);
        SignInSteps.Forget(context, CodeStep);
        return await EnterAsync(context, step.Account, proved.Value, back);
    }

    /// <summary>Opens a session for an account that has proved itself: always a new one.</summary>
    public static async Task<IResult> EnterAsync(HttpContext context, int account, SignInMethod method, string back)
    {
        await context.SignInAsync(SessionTickets.Scheme, SessionTickets.Principal(account, method));
        return Go(back);
    }

    static IResult SignInForm(HttpContext context, Reader reader, Entered entered, Refusal? refusal = null) =>
        Uncached(context, Answers.Page<SignInPage>(new { Entered = entered, Return = Returns.Local(reader["return"]) }, StatusOf(refusal)));

    static IResult CodeForm(HttpContext context, Reader reader, Entered entered, Refusal? refusal = null) =>
        Uncached(context, Answers.Page<CodePage>(new { Entered = entered, Return = Returns.Local(reader["return"]) }, StatusOf(refusal)));

    /// <summary>Asks the code of an account that has proved itself otherwise, on this very page.</summary>
    public static IResult AskCode(HttpContext context, PasswordStep step, string back)
    {
        SignInSteps.Keep(context, CodeStep, step);
        return Uncached(context, Answers.Page<CodePage>(new { Entered = Entered.Nothing, Return = back }));
    }

    /// <summary>Why whoever is signed in proves to be nobody else: the cookie of a session names one account for as long as it lasts.</summary>
    public static Refusal SignedInAlready { get; } = Refusal.Conflict("signed-in-already", "You are signed in already. Sign out first to come in as somebody else.",
        "Vous êtes déjà connecté. Déconnectez-vous d’abord pour entrer sous une autre identité.");

    /// <summary>See Other: a page that was posted to is read again at another address.</summary>
    public static IResult Go(string address) => new SeeOther(address);

    public static int StatusOf(Refusal? refusal) => refusal is null ? 200 : Answers.Status(refusal.Kind);

    static IResult Uncached(HttpContext context, IResult page)
    {
        context.Response.Headers.CacheControl = "no-store";
        return page;
    }

    sealed class SeeOther(string address) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = address;
            return Task.CompletedTask;
        }
    }
}
