using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Web.Shell;
using Entente.Web.Shell.Forms;

namespace Entente.Web.Accounts;

/// <summary>The page behind a link: joining, taking a role, or opening one's account again.</summary>
static class InvitationRoutes
{
    public static void MapInvitations(this IEndpointRouteBuilder app)
    {
        app.MapGet("/invitations/{key}", async (HttpContext context, Work work, string key, CancellationToken ct) =>
        {
            var found = await FindAsync(context, work, key, ct);
            return found.Refusal is { } refusal ? Refused(context, refusal) : Form(context, found.Value, Entered.Nothing);
        }).Open();
        app.MapPost("/invitations/{key}", AcceptAsync).Open();
    }

    static async Task<IResult> AcceptAsync(HttpContext context, Work work, string key, CancellationToken ct)
    {
        var found = await FindAsync(context, work, key, ct);
        if (found.Refusal is { } gone) return Refused(context, gone);
        var (invitation, form) = (found.Value, await context.Request.ReadFormAsync(ct));
        if (context.Session() is not null && invitation.Kind != InvitationKind.Recovery)
        {
            var taken = await Joining.TakeRoleAsync(work, key, ct);
            return taken.Refusal is { } refusal ? Refused(context, refusal) : SignInRoutes.Go("/account");
        }
        if (form["password"].ToString() != form["again"].ToString())
            return Form(context, invitation, Entered.Of(form, new FieldError("again", OwnAccountRoutes.Differ)), 422);
        var joined = await Joining.AcceptAsync(work, key, new(form["name"].ToString(), form["email"].ToString(), form["password"].ToString()), ct);
        if (joined.Refusal is { } refused)
            return refused.Kind == RefusalKind.NotFound ? Refused(context, refused) : Form(context, invitation, Entered.Of(form, refused), Answers.Status(refused.Kind));
        // Whoever opens an account again while signed in elsewhere in this browser begins anew.
        if (context.Session() is not null) return SignInRoutes.Go("/sign-in");
        return await SignInRoutes.EnterAsync(context, joined.Value.Id, SignInMethod.Invitation, invitation.Kind == InvitationKind.Recovery ? "/account" : "/desk");
    }

    // Keys cannot be guessed; whoever tries is still counted.
    static async Task<Outcome<Invitation>> FindAsync(HttpContext context, Work work, string key, CancellationToken ct)
    {
        var found = await Inviting.FindAsync(work, key, ct);
        if (found.Ok) return found;
        return await SigningIn.CountAsync(work, Visitors.Of(context), ct) is { } tooMany ? tooMany : found;
    }

    static IResult Form(HttpContext context, Invitation invitation, Entered entered, int status = 200)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Answers.Page<InvitationPage>(new { Invitation = invitation, Entered = entered }, status);
    }

    static IResult Refused(HttpContext context, Refusal refusal)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Answers.RefusalPage(refusal);
    }
}
