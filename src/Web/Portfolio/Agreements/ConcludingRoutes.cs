using System.Globalization;
using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Agreements;
using Entente.Core.Store;
using Entente.Web.Shell;
using Entente.Web.Shell.Forms;

namespace Entente.Web.Portfolio.Agreements;

/// <summary>Forms for what is entered of an agreement that stands, of a structure's suspensions, and of money.</summary>
static class ConcludingRoutes
{
    public static void MapConcluding(this IEndpointRouteBuilder app)
    {
        Form<SignPage>(app, "sign", Permission.EditRecord, async (work, key, form, ct) => Plain(await Concluding.SignAsync(work, key,
            FormRoutes.Cells(form, "side", "signatory", "office", "date", "place", "source", "wording", "audience"), ct)));
        Form<DatePage>(app, "date", Permission.EditRecord, async (work, key, form, ct) => Plain(await Concluding.DateAsync(work, key,
            FormRoutes.Cells(form, "date_kind", "date", "what", "what_fr", "source", "wording", "audience"), ct)));
        Form<EndPage>(app, "end", Permission.Approve, async (work, key, form, ct) => Plain(await Concluding.LetEndAsync(work, key,
            form["date"].ToString(), form["reason"].ToString(), form["structure"].ToString() == "yes", ct)));
    }

    static Refusal? Plain<T>(Outcome<T> outcome) => outcome.Refusal;

    // One form of an agreement: shown, sent, shown again with what is wrong, or done.
    static void Form<TPage>(IEndpointRouteBuilder app, string verb, Permission permission, Func<Work, string, IFormCollection, CancellationToken, Task<Refusal?>> run)
        where TPage : Microsoft.AspNetCore.Components.IComponent
    {
        app.MapGet($"/agreements/{{key}}/{verb}", (Work work, PortfolioRecord record, string key) => Show<TPage>(work, record, key, Entered.Nothing, 200)).Needs(permission);
        app.MapPost($"/agreements/{{key}}/{verb}", async (HttpContext context, Work work, PortfolioRecord record, string key, CancellationToken ct) =>
        {
            var form = await context.Request.ReadTypedFormAsync(ct);
            return await run(work, key, form, ct) is not { } refusal ? Answers.Go($"/agreements/{key}")
                : refusal.Kind is RefusalKind.NotFound or RefusalKind.Forbidden ? Answers.RefusalPage(refusal)
                : Show<TPage>(work, record, key, FormRoutes.Entered(form, refusal), Answers.Status(refusal.Kind));
        }).Needs(permission);
    }

    static IResult Show<TPage>(Work work, PortfolioRecord record, string key, Entered entered, int status) where TPage : Microsoft.AspNetCore.Components.IComponent =>
        record.FindAgreement(key) is { } agreement
            ? Answers.Page<TPage>(new { Agreement = agreement, Sides = AgreementReading.SidesOf(record, agreement, PortfolioRoutes.Today(work)), Entered = entered }, status)
            : Answers.RefusalPage(AgreementView.Unknown(key));

    public static void MapSuspending(this IEndpointRouteBuilder app)
    {
        app.MapGet("/structures/{key}/suspend", (Work work, PortfolioRecord record, string key) => SuspendForm(work, record, key, Entered.Nothing, 200)).Needs(Permission.Approve);
        app.MapPost("/structures/{key}/suspend", async (HttpContext context, Work work, PortfolioRecord record, string key, CancellationToken ct) =>
        {
            var form = await context.Request.ReadTypedFormAsync(ct);
            var done = await Suspending.SuspendAsync(work, key, FormRoutes.Cells(form, "side", "since", "until", "reason", "scope", "source", "wording", "audience"), ct);
            return FormRoutes.After(form, done.Refusal, $"/structures/{key}", (entered, status) => SuspendForm(work, record, key, entered, status));
        }).Needs(Permission.Approve);
        app.MapGet("/structures/{key}/suspensions/{id:int}/resume", (Work work, PortfolioRecord record, string key, int id) => ResumeForm(work, record, key, id, Entered.Nothing, 200)).Needs(Permission.Approve);
        app.MapPost("/structures/{key}/suspensions/{id:int}/resume", async (HttpContext context, Work work, PortfolioRecord record, string key, int id, CancellationToken ct) =>
        {
            var form = await context.Request.ReadTypedFormAsync(ct);
            var done = await Suspending.ResumeAsync(work, key, id, form["until"].ToString(), form["reason"].ToString(), ct);
            return FormRoutes.After(form, done.Refusal, $"/structures/{key}", (entered, status) => ResumeForm(work, record, key, id, entered, status));
        }).Needs(Permission.Approve);
        app.MapGet("/structures/{key}/money", (Work work, PortfolioRecord record, string key) => MoneyForm(work, record, key, Entered.Nothing, 200)).Needs(Permission.EditRecord);
        app.MapPost("/structures/{key}/money", async (HttpContext context, Work work, PortfolioRecord record, string key, CancellationToken ct) =>
        {
            var form = await context.Request.ReadTypedFormAsync(ct);
            var done = await Budgeting.AddAsync(work, key, FormRoutes.Cells(form, "side", "year", "kind", "category", "amount", "currency", "source", "wording", "audience"), ct);
            return FormRoutes.After(form, done.Refusal, $"/structures/{key}/money", (entered, status) => MoneyForm(work, record, key, entered, status));
        }).Needs(Permission.EditRecord);
        app.MapPost("/structures/{key}/money/{id:int}/remove", async (Work work, string key, int id, CancellationToken ct) =>
            DraftingRoutes.Done(await Budgeting.RemoveAsync(work, key, id, ct), k => $"/structures/{k}/money")).Needs(Permission.EditRecord);
    }

    static IResult SuspendForm(Work work, PortfolioRecord record, string key, Entered entered, int status) => record.Structures.TryGetValue(key, out var structure)
        ? Answers.Page<SuspendPage>(new { Structure = structure, Mine = Mine(work, record, key, Permission.Approve), Today = PortfolioRoutes.Today(work), Entered = entered }, status)
        : NoStructure(key);

    static IResult ResumeForm(Work work, PortfolioRecord record, string key, int id, Entered entered, int status) =>
        record.Suspensions[key].FirstOrDefault(s => s.Id == id) is { } suspension
            ? Answers.Page<ResumePage>(new { Structure = record.Structures[key], Suspension = suspension, Today = PortfolioRoutes.Today(work), Entered = entered }, status)
            : Answers.RefusalPage(Refusal.NotFound("unknown-suspension", "There is no such suspension of this structure.", "Cette structure n’a pas cette suspension."));

    static IResult MoneyForm(Work work, PortfolioRecord record, string key, Entered entered, int status) => record.Structures.TryGetValue(key, out var structure)
        ? Answers.Page<MoneyPage>(new { Structure = structure, Mine = Mine(work, record, key, Permission.EditRecord), Today = PortfolioRoutes.Today(work), Entered = entered }, status)
        : NoStructure(key);

    /// <summary>The sides of a structure that the actor may act for.</summary>
    static List<string> Mine(Work work, PortfolioRecord record, string key, Permission permission) =>
        [.. record.SidesOf(key).Where(side => OnBehalf.May(work.Actor, permission, side, $"structures/{key}"))];

    internal static IResult NoStructure(string key) => Answers.RefusalPage(Refusal.NotFound("unknown-structure",
        string.Create(CultureInfo.InvariantCulture, $"There is no structure “{key}” on this record. The list is at /structures."),
        string.Create(CultureInfo.InvariantCulture, $"Il n’y a pas de structure « {key} » dans ce registre. La liste est sur /structures.")));
}
