using System.Buffers.Text;
using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Web.Shell;
using Entente.Web.Shell.Forms;

namespace Entente.Web.Accounts;

/// <summary>What a person sees and changes of the own account.</summary>
static class OwnAccountRoutes
{
    public static void MapOwnAccount(this IEndpointRouteBuilder app)
    {
        var own = app.MapGroup("/account").SignedIn();
        own.MapGet("", (HttpContext context, Work work, CancellationToken ct) => PageAsync(context, work, Entered.Nothing, null, ct));
        own.MapPost("/name", async (HttpContext context, Work work, CancellationToken ct) =>
        {
            var form = await context.Request.ReadFormAsync(ct);
            return await AnswerAsync(context, work, form, await Profile.RenameAsync(work, form["name"].ToString(), ct), "name", ct);
        });
        own.MapPost("/password", PasswordAsync);
        own.MapPost("/sessions/{id:int}/end", async (HttpContext context, Work work, int id, CancellationToken ct) =>
            await AnswerAsync(context, work, null, await Sessions.EndAsync(work, id, ct), "session", ct));
        own.MapPost("/sessions/end-others", async (HttpContext context, Work work, CancellationToken ct) =>
            await AnswerAsync(context, work, null, await Sessions.EndOthersAsync(work, context.Session()!.Session, ct), "session", ct));
        own.MapPost("/passkeys/{credential}/remove", async (HttpContext context, Work work, string credential, CancellationToken ct) =>
            await AnswerAsync(context, work, null, await Profile.RemovePasskeyAsync(work, Bytes(credential), ct), "passkey-removed", ct));
        own.MapGet("/second-factor", (Work work, CancellationToken ct) => FactorPageAsync(work, Entered.Nothing, null, ct));
        own.MapPost("/second-factor", async (HttpContext context, Work work, CancellationToken ct) =>
        {
            var form = await context.Request.ReadFormAsync(ct);
            return await CodesAsync(work, form, await SecondFactor.ConfirmAsync(work, form["code"].ToString(), ct), ct);
        });
        own.MapPost("/second-factor/codes", async (HttpContext context, Work work, CancellationToken ct) =>
        {
            var form = await context.Request.ReadFormAsync(ct);
            return await CodesAsync(work, form, await SecondFactor.RenewCodesAsync(work, form["current"].ToString(), Visitors.Of(context), ct), ct);
        });
        own.MapPost("/second-factor/remove", async (HttpContext context, Work work, CancellationToken ct) =>
        {
            var form = await context.Request.ReadFormAsync(ct);
            var removed = await SecondFactor.RemoveAsync(work, form["current"].ToString(), Visitors.Of(context), ct);
            return removed.Refusal is { } refusal ? await FactorPageAsync(work, Entered.Of(form, refusal), refusal, ct) : SignInRoutes.Go("/account?done=factor-off");
        });
    }

    static async Task<IResult> PasswordAsync(HttpContext context, Work work, CancellationToken ct)
    {
        var form = await context.Request.ReadFormAsync(ct);
        if (form["password"].ToString() != form["again"].ToString())
            return await PageAsync(context, work, Entered.Of(form, new FieldError("again", Differ)), "password", ct, 422);
        var changed = await Profile.ChangePasswordAsync(work, form["current"].ToString(), form["password"].ToString(), context.Session()!.Session, Visitors.Of(context), ct);
        return await AnswerAsync(context, work, form, changed, "password", ct);
    }

    public static Said Differ { get; } = new("The two passwords differ. Type the same twice.", "Les deux mots de passe diffèrent. Saisissez deux fois le même.");

    // Done: back to the page, which says so. Refused: the page again, with the reason on the form that asked.
    static async Task<IResult> AnswerAsync<T>(HttpContext context, Work work, IFormCollection? form, Outcome<T> outcome, string what, CancellationToken ct)
    {
        if (outcome.Refusal is not { } refusal) return SignInRoutes.Go($"/account?done={what}");
        return form is null ? Answers.RefusalPage(refusal) : await PageAsync(context, work, Entered.Of(form, refusal), what, ct, SignInRoutes.StatusOf(refusal));
    }

    static async Task<IResult> PageAsync(HttpContext context, Work work, Entered entered, string? at, CancellationToken ct, int status = 200)
    {
        var found = await Profile.OwnAsync(work, ct);
        if (found.Refusal is { } refusal) return Answers.RefusalPage(refusal);
        return Answers.Page<AccountPage>(new
        {
            Account = found.Value, Sessions = await Sessions.ListAsync(work, ct), Here = context.Session()!.Session,
            Passkeys = await Profile.PasskeysAsync(work, ct), Entered = entered, At = at,
        }, status);
    }

    static async Task<IResult> FactorPageAsync(Work work, Entered entered, Refusal? refused, CancellationToken ct)
    {
        var found = await Profile.OwnAsync(work, ct);
        if (found.Refusal is { } refusal) return Answers.RefusalPage(refusal);
        var on = found.Value.TwoFactorEnabled;
        var key = on ? null : (await SecondFactor.BeginAsync(work, ct)).Value;
        return Answers.Page<FactorPage>(new { Key = key, Left = on ? await SecondFactor.CodesLeftAsync(work, ct) : 0, HasPassword = found.Value.PasswordHash is not null, Entered = entered },
            refused is null ? 200 : SignInRoutes.StatusOf(refused));
    }

    static async Task<IResult> CodesAsync(Work work, IFormCollection form, Outcome<IReadOnlyList<string>> codes, CancellationToken ct) =>
        codes.Refusal is { } refusal ? await FactorPageAsync(work, Entered.Of(form, refusal), refusal, ct) : Answers.Page<CodesPage>(new { Codes = codes.Value });

    static byte[] Bytes(string credential) => Base64Url.IsValid(credential) ? Base64Url.DecodeFromChars(credential) : [];
}
