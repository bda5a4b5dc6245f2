using System.Globalization;
using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Agreements;
using Entente.Core.Store;
using Entente.Web.Shell;
using Entente.Web.Shell.Forms;

namespace Entente.Web.Portfolio.Agreements;

/// <summary>Forms that draft, renew, amend and approve.</summary>
static class DraftingRoutes
{
    const int BudgetRows = 6;

    public static void MapDrafting(this IEndpointRouteBuilder app)
    {
        app.MapGet("/agreements/new", (PortfolioRecord record, Reader reader) => DraftForm(record, Blank(reader), null, Entered.Nothing)).Needs(Permission.CreateRecord);
        app.MapPost("/agreements/new", (HttpContext context, Work work, PortfolioRecord record, Reader reader, CancellationToken ct) =>
            DraftAsync(context, work, record, null, Blank(reader), ct)).Needs(Permission.CreateRecord);
        app.MapGet("/agreements/{key}/renew", (Work work, PortfolioRecord record, string key) => Find(record, key) is { } old
            ? DraftForm(record, Renewing.PlanOf(record, old, PortfolioRoutes.Today(work)), old, Entered.Nothing)
            : Answers.RefusalPage(AgreementView.Unknown(key))).Needs(Permission.CreateRecord);
        app.MapPost("/agreements/{key}/renew", async (HttpContext context, Work work, PortfolioRecord record, string key, CancellationToken ct) => Find(record, key) is { } old
            ? await DraftAsync(context, work, record, old, Renewing.PlanOf(record, old, PortfolioRoutes.Today(work)), ct)
            : Answers.RefusalPage(AgreementView.Unknown(key))).Needs(Permission.CreateRecord);
        app.MapGet("/agreements/{key}/amend", (Work work, PortfolioRecord record, string key, CancellationToken ct) => AmendFormAsync(work, record, key, Entered.Nothing, 200, ct))
            .Needs(Permission.EditRecord);
        app.MapPost("/agreements/{key}/amend", AmendAsync).Needs(Permission.EditRecord);
        app.MapPost("/agreements/{key}/give-up", async (Work work, string key, CancellationToken ct) => Done(await Drafting.GiveUpAsync(work, key, ct), k => $"/agreements/{k}"))
            .Needs(Permission.EditRecord);
        foreach (var kind in new[] { "agreements", "structures" })
        {
            app.MapGet($"/{kind}/{{key}}/approve", (Work work, PortfolioRecord record, string key, CancellationToken ct) =>
                ApproveFormAsync(work, record, $"{kind}/{key}", [], Entered.Nothing, 200, ct)).Needs(Permission.Approve);
            app.MapPost($"/{kind}/{{key}}/approve", (HttpContext context, Work work, PortfolioRecord record, string key, CancellationToken ct) =>
                ApproveAsync(context, work, record, $"{kind}/{key}", ct)).Needs(Permission.Approve);
            app.MapPost($"/{kind}/{{key}}/withdraw", async (HttpContext context, Work work, string key, CancellationToken ct) =>
                Done(await Approving.WithdrawAsync(work, $"{kind}/{key}", (await context.Request.ReadFormAsync(ct))["side"].ToString(), ct), _ => $"/{kind}/{key}")).Needs(Permission.Approve);
        }
    }

    static Agreement? Find(PortfolioRecord record, string key) => record.FindAgreement(key);

    internal static IResult Done<T>(Outcome<T> outcome, Func<T, string> to) =>
        outcome.Refusal is { } refusal ? Answers.RefusalPage(refusal) : Answers.Go(to(outcome.Value));

    // ?centre=cnrs-imperial draws a new structure inside a centre; ?structure=majulab an agreement of one on record.
    static AgreementPlan Blank(Reader reader) => new()
    {
        Structure = reader["structure"], Founds = reader["structure"] is null ? new("", "") { Centre = reader["centre"] } : null,
        Cells = new Dictionary<string, string>(), Parties = [],
    };

    static IResult DraftForm(PortfolioRecord record, AgreementPlan plan, Agreement? renews, Entered entered, int status = 200)
    {
        if (plan.Parties.Count == 0 && (plan.Structure ?? plan.Founds?.Centre) is { } near && record.Structures.ContainsKey(near))
            plan = plan with { Parties = [.. record.SidesOf(near)] };
        return Answers.Page<DraftPage>(new { Plan = plan, Renews = renews, Entered = entered, BudgetRows }, status);
    }

    static async Task<IResult> DraftAsync(HttpContext context, Work work, PortfolioRecord record, Agreement? renews, AgreementPlan blank, CancellationToken ct)
    {
        var form = await context.Request.ReadTypedFormAsync(ct);
        var plan = PlanOf(form, renews);
        var complaints = await Drafting.ComplaintsAsync(work, plan, ct);
        if (complaints.Count > 0) return DraftForm(record, blank, renews, Entered.Of(form, complaints.Select(c => new FieldError(c.Field, Sentence(c.What)))), 422);
        var drafted = await Drafting.DraftAsync(work, plan, ct);
        return drafted.Refusal is { } refusal ? DraftForm(record, blank, renews, Entered.Of(form, refusal), Answers.Status(refusal.Kind))
            : Answers.Go($"/agreements/{drafted.Value}");
    }

    // Complaints are written to follow a colon in lists of errors; on a form they begin the line.
    internal static Said Sentence(Said what) => new(Capital(what.En), Capital(what.Fr));

    static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    static AgreementPlan PlanOf(IFormCollection form, Agreement? renews)
    {
        string? Given(string name) => form[name].ToString() is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
        var structure = renews?.Structure ?? Given("structure");
        return new()
        {
            Structure = structure,
            Founds = structure is not null ? null : new(Given("structure.name") ?? "", Given("structure.instrument") ?? "")
            {
                NameFr = Given("structure.name_fr"), Country = Given("structure.country"), Centre = Given("structure.centre"), Key = Given("structure.key"),
            },
            Key = Given("key"), Replaces = renews?.Key, Source = Given("source"),
            Cells = FormRoutes.Cells(form, "title", "title_fr", "starts", "ends", "lead_months", "renewable", "terms", "terms_fr"),
            Parties = [.. form["parties"].OfType<string>().SelectMany(p => p.Split(',')).Select(p => p.Trim()).Where(p => p.Length > 0)],
            Budget = [.. Enumerable.Range(0, BudgetRows).Select(i => string.Create(CultureInfo.InvariantCulture, $"budget.{i}."))
                .Select(p => new BudgetCells(form[$"{p}side"].ToString(), form[$"{p}year"].ToString().Trim(), form[$"{p}category"].ToString(), form[$"{p}amount"].ToString().Trim(), form[$"{p}currency"].ToString().Trim()))],
            Audience = Audience.Parse(Given("audience") ?? "both") ?? Audience.Both,
        };
    }

    static async Task<IResult> AmendFormAsync(Work work, PortfolioRecord record, string key, Entered entered, int status, CancellationToken ct) =>
        (await AgreementView.OfAsync(work, record, key, ct)) is { Ok: true, Value: var view } ? Answers.Page<AmendPage>(new { View = view, Entered = entered }, status)
            : Answers.RefusalPage(AgreementView.Unknown(key));

    static async Task<IResult> AmendAsync(HttpContext context, Work work, PortfolioRecord record, string key, CancellationToken ct)
    {
        if (Find(record, key) is not { } agreement) return Answers.RefusalPage(AgreementView.Unknown(key));
        var form = await context.Request.ReadTypedFormAsync(ct);
        var changes = new AmendmentChanges(FormRoutes.Cells(form, [.. AmendmentChanges.Columns]), Keys(form, "join"), Keys(form, "leave"), form["from"].ToString() is { Length: > 0 } from ? from.Trim() : null);
        var complaints = Drafting.Complaints(record, agreement, changes);
        if (complaints.Count > 0) return await AmendFormAsync(work, record, key, Entered.Of(form, complaints.Select(c => new FieldError(c.Field, Sentence(c.What)))), 422, ct);
        var amended = await Drafting.AmendAsync(work, key, changes, form["reason"].ToString(), ct);
        return amended.Refusal is { } refusal ? await AmendFormAsync(work, record, key, Entered.Of(form, refusal), Answers.Status(refusal.Kind), ct) : Answers.Go($"/agreements/{key}");
    }

    static string[] Keys(IFormCollection form, string name) =>
        [.. form[name].OfType<string>().SelectMany(v => v.Split(',')).Select(v => v.Trim()).Where(v => v.Length > 0).Distinct()];

    /// <param name="changes">what changed since it was seen, where an approval was refused for that</param>
    static async Task<IResult> ApproveFormAsync(Work work, PortfolioRecord record, string subject, IReadOnlyList<LineChange> changes, Entered entered, int status, CancellationToken ct)
    {
        var line = Math.Max(1, await Core.Portfolio.Editing.RowEditing.LastLineAsync(work.Db, ct));
        var standing = await Approving.StandingAsync(work, subject, ct);
        if (standing.Refusal is { } refusal) return Answers.RefusalPage(refusal);
        var mine = standing.Value.Sides.Where(side => OnBehalf.May(work.Actor, Permission.Approve, side, $"structures/{standing.Value.Structure}")).ToList();
        return Answers.Page<ApprovePage>(new { Standing = standing.Value, Mine = mine, Line = line, Changes = changes, Entered = entered }, status);
    }

    static async Task<IResult> ApproveAsync(HttpContext context, Work work, PortfolioRecord record, string subject, CancellationToken ct)
    {
        var form = await context.Request.ReadTypedFormAsync(ct);
        var seen = form["seen"].ToString();
        _ = int.TryParse(form["line"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var line);
        var approved = await Approving.ApproveAsync(work, subject, form["side"].ToString(), seen, line, ct);
        if (approved.Ok) return Answers.Go($"/{subject}");
        var refusal = approved.Refusal!;
        if (refusal.Kind is RefusalKind.NotFound or RefusalKind.Forbidden) return Answers.RefusalPage(refusal);
        work.Db.ChangeTracker.Clear();
        var changes = await Approving.StandingAsync(work, subject, ct) is { Ok: true, Value: var now } ? ApprovalText.Changes(ApprovalText.LinesOf(seen), now.Text.Lines) : [];
        // What was typed and seen is of the old text: the form is drawn anew from what stands now.
        return await ApproveFormAsync(work, record, subject, changes, new Entered(new Dictionary<string, string>(), [new FieldError(refusal.Field ?? "", refusal.Message)]), Answers.Status(refusal.Kind), ct);
    }
}
