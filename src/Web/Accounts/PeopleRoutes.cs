using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Store;
using Entente.Web.Shell;
using Entente.Web.Shell.Forms;

namespace Entente.Web.Accounts;

/// <summary>People and roles, for administrators: who may come in, on whose behalf, and links for those who cannot yet.</summary>
static class PeopleRoutes
{
    public static void MapPeople(this IEndpointRouteBuilder app)
    {
        var people = app.MapGroup("/people").Needs(Permission.ManageAccounts);
        people.MapGet("", (Work work, CancellationToken ct) => ListAsync(work, Entered.Nothing, null, ct));
        people.MapPost("/invitations", async (HttpContext context, Work work, PortfolioRecord record, CancellationToken ct) =>
        {
            var form = await context.Request.ReadFormAsync(ct);
            var asked = GrantOf(form, record);
            var made = asked.Refusal is { } wrong ? wrong
                : await Inviting.InviteAsync(work, new(asked.Value.Role, asked.Value.Side, asked.Value.Scope, form["email"], form["name"]), ct);
            return made.Refusal is { } refusal ? await ListAsync(work, Entered.Of(form, refusal), refusal, ct) : Link(context, made.Value, "/people");
        });
        people.MapPost("/invitations/{id:int}/withdraw", async (Work work, int id, CancellationToken ct) =>
            Answer(await Inviting.WithdrawAsync(work, id, ct), "/people?done=withdrawn"));
        people.MapGet("/{id:int}", (Work work, int id, CancellationToken ct) => PersonAsync(work, id, Entered.Nothing, null, ct));
        people.MapPost("/{id:int}/roles", async (HttpContext context, Work work, PortfolioRecord record, int id, CancellationToken ct) =>
        {
            var form = await context.Request.ReadFormAsync(ct);
            var asked = GrantOf(form, record);
            var given = asked.Refusal is { } wrong ? wrong : await Granting.GrantAsync(work, id, asked.Value, ct);
            return given.Refusal is { } refusal ? await PersonAsync(work, id, Entered.Of(form, refusal), refusal, ct) : SignInRoutes.Go($"/people/{id}?done=given");
        });
        people.MapPost("/{id:int}/roles/{grant:int}/take", async (Work work, int id, int grant, CancellationToken ct) =>
            Answer(await Granting.RevokeAsync(work, grant, ct), $"/people/{id}?done=taken"));
        people.MapPost("/{id:int}/link", async (HttpContext context, Work work, int id, CancellationToken ct) =>
        {
            var made = await Inviting.RecoverAsync(work, id, ct);
            return made.Refusal is { } refusal ? Answers.RefusalPage(refusal) : Link(context, made.Value, $"/people/{id}");
        });
        people.MapPost("/{id:int}/close", async (HttpContext context, Work work, int id, CancellationToken ct) =>
        {
            var form = await context.Request.ReadFormAsync(ct);
            if (form["sure"] != "yes") return await PersonAsync(work, id, Entered.Of(form, new FieldError("sure", Unsure)), Unticked, ct);
            return Answer(await AccountList.CloseAsync(work, id, ct), "/people?done=closed");
        });
    }

    static IResult Answer<T>(Outcome<T> outcome, string done) => outcome.Refusal is { } refusal ? Answers.RefusalPage(refusal) : SignInRoutes.Go(done);

    static IResult Link(HttpContext context, NewLink link, string back)
    {
        var here = $"{context.Request.Scheme}://{context.Request.Host}{link.Path}";
        return Answers.Page<LinkPage>(new { Address = here, link.Kind, link.Expires, Back = back });
    }

    static async Task<IResult> ListAsync(Work work, Entered entered, Refusal? refused, CancellationToken ct)
    {
        var found = await AccountList.ReadAsync(work, ct);
        return found.Refusal is { } refusal ? Answers.RefusalPage(refusal)
            : Answers.Page<PeoplePage>(new { Accounts = found.Value, Invitations = await Inviting.OpenAsync(work, ct), Entered = entered }, SignInRoutes.StatusOf(refused));
    }

    static async Task<IResult> PersonAsync(Work work, int id, Entered entered, Refusal? refused, CancellationToken ct)
    {
        var found = await AccountList.FindAsync(work, id, ct);
        return found.Refusal is { } refusal ? Answers.RefusalPage(refusal)
            : Answers.Page<PersonPage>(new { Account = found.Value, Entered = entered }, SignInRoutes.StatusOf(refused));
    }

    static readonly Said Unsure = new("Tick the box to close the account.", "Cochez la case pour fermer le compte.");
    static Refusal Unticked { get; } = new(RefusalKind.Invalid, "unsure", Unsure, "sure");

    /// <summary>The role that a form asks for: one of ours, for a side and within a structure that are on record.</summary>
    static Outcome<Grant> GrantOf(IFormCollection form, PortfolioRecord record)
    {
        if (!Enum.TryParse<AccountRole>(form["role"].ToString(), out var role) || !Enum.IsDefined(role))
            return Refusal.Invalid("role-missing", "Choose a role.", "Choisissez un rôle.", "role");
        var side = Given(form["side"].ToString());
        if (side is not null && !Sides.Of(record).Any(o => o.Key == side))
            return Refusal.Invalid("unknown-side", $"“{side}” is no partner on this record. Choose one of the list.",
                $"«\u202F{side}\u202F» n’est pas un partenaire de ce registre. Choisissez dans la liste.", "side");
        var scope = Given(form["scope"].ToString());
        if (scope is not null && !(scope.StartsWith("structures/", StringComparison.Ordinal) && record.Structures.ContainsKey(scope["structures/".Length..])))
            return Refusal.Invalid("unknown-scope", $"“{scope}” is no structure on this record. Write it as structures/KEY, as in its address.",
                $"«\u202F{scope}\u202F» n’est pas une structure de ce registre. Écrivez structures/CLÉ, comme dans son adresse.", "scope");
        return new Grant(role, side, scope);
    }

    static string? Given(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim().TrimStart('/');
}

/// <summary>The partners on whose behalf a role can be held: the institutions behind the structures.</summary>
static class Sides
{
    public static IReadOnlyList<Organisation> Of(PortfolioRecord record) =>
        [.. record.Structures.Keys.SelectMany(record.SidesOf).Distinct().Select(record.Organisations.GetValueOrDefault).OfType<Organisation>()
            .OrderBy(o => o.Name, StringComparer.Ordinal)];
}
