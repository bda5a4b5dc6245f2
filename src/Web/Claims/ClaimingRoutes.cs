using Entente.Core.Accounts;
using Entente.Core.Claims;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Editing;
using Entente.Core.Store;
using Entente.Web.Portfolio.Editing;
using Entente.Web.Shell;
using Entente.Web.Shell.Forms;

namespace Entente.Web.Claims;

/// <summary>Entering, editing and withdrawing claims. Words are shown as understood before they are saved.</summary>
static class ClaimingRoutes
{
    public static void MapClaiming(this IEndpointRouteBuilder routes)
    {
        var app = routes.MapGroup("").Needs(Permission.EnterClaims);
        app.MapGet("/claims/new", async (Work work, PortfolioRecord record, HttpRequest request, CancellationToken ct) =>
        {
            var given = Claiming.File.Columns.Where(c => request.Query.ContainsKey(c.Name)).ToDictionary(c => c.Name, c => request.Query[c.Name].ToString());
            return await PageAsync(work, record, new() { Cells = given }, 200, ct);
        });
        app.MapPost("/claims/new", EnterAsync);
        app.MapGet("/claims/{key}/edit", async (Work work, PortfolioRecord record, string key, CancellationToken ct) =>
        {
            var open = await RowEditing.OpenAsync(work, Claiming.File, key, ct);
            return open.Refusal is { } refusal ? Answers.RefusalPage(refusal) : await PageAsync(work, record, new() { Id = key, Cells = open.Value.Cells, Seen = open.Value.Seen }, 200, ct);
        });
        app.MapPost("/claims/{key}/edit", EditAsync);
        app.MapGet("/claims/{key}/withdraw", async (Work work, string key, CancellationToken ct) => await WithdrawFormAsync(work, key, Entered.Nothing, 200, ct));
        app.MapPost("/claims/{key}/withdraw", async (Work work, HttpRequest request, string key, CancellationToken ct) =>
        {
            var form = await request.ReadTypedFormAsync(ct);
            var withdrawn = await Claiming.WithdrawAsync(work, key, form["reason"].ToString(), ct);
            return withdrawn.Refusal is not { } refusal ? Answers.Go($"/claims/{key}")
                : refusal.Kind == RefusalKind.Invalid ? await WithdrawFormAsync(work, key, Entered.Of(form, refusal), 422, ct) : Answers.RefusalPage(refusal);
        });
        app.MapPost("/claims/{key}/return", async (Work work, string key, CancellationToken ct) =>
            (await Claiming.ReturnAsync(work, key, ct)).Refusal is { } refusal ? Answers.RefusalPage(refusal) : Answers.Go($"/claims/{key}"));
    }

    static async Task<IResult> EnterAsync(Work work, PortfolioRecord record, HttpRequest request, CancellationToken ct)
    {
        var form = await request.ReadTypedFormAsync(ct);
        var cells = ClaimForm.Filled(Posted.Cells(Claiming.File, form), form["sentence"].ToString());
        if (await PreviewAsync(work, record, new() { Cells = cells }, form, ct) is { } preview) return preview;
        var saved = await Claiming.EnterAsync(work, cells, ct);
        if (saved.Refusal is { } refusal) return Answers.RefusalPage(refusal);
        return saved.Value.Done ? Answers.Go($"/claims/{saved.Value.Id}") : await FaultyAsync(work, record, new() { Cells = cells }, form, saved.Value, ct);
    }

    static async Task<IResult> EditAsync(Work work, PortfolioRecord record, HttpRequest request, string key, CancellationToken ct)
    {
        var form = await request.ReadTypedFormAsync(ct);
        var edit = Posted.Edit(Claiming.File, key, form);
        var view = new ClaimForm { Id = key, Cells = edit.Cells, Seen = edit.Seen };
        if (await PreviewAsync(work, record, view, form, ct) is { } preview) return preview;
        var saved = await Claiming.EditAsync(work, edit, ct);
        if (saved.Refusal is { } refusal) return Answers.RefusalPage(refusal);
        if (saved.Value.Done) return Answers.Go($"/claims/{key}");
        if (saved.Value.Clashes.Count == 0) return await FaultyAsync(work, record, view, form, saved.Value, ct);
        // Others' changes are in the cells now; the words are looked at anew with the choice.
        var merged = new ClaimForm { Id = key, Cells = saved.Value.Cells, Seen = saved.Value.Seen, Saved = saved.Value, Understood = ClaimForm.Read(record, saved.Value.Cells) is { Ok: true } read ? read.Value : null };
        return await PageAsync(work, record, merged, 409, ct);
    }

    /// <summary>The form with what is understood, where these words were not shown yet; null where they were.</summary>
    static async Task<IResult?> PreviewAsync(Work work, PortfolioRecord record, ClaimForm view, IFormCollection form, CancellationToken ct)
    {
        var understood = ClaimForm.Read(record, view.Cells);
        if (understood.Refusal is { } unread) return await PageAsync(work, record, view with { Entered = Typed(form, view, new FieldError(unread.Field ?? "value", unread.Message)) }, 422, ct);
        return form["shown"].ToString() == ClaimForm.Mark(view.Cells) ? null
            : await PageAsync(work, record, view with { Entered = Typed(form, view), Understood = understood.Value }, 200, ct);
    }

    static Task<IResult> FaultyAsync(Work work, PortfolioRecord record, ClaimForm view, IFormCollection form, Saved saved, CancellationToken ct) => PageAsync(work, record, view with
    {
        Entered = Typed(form, view, [.. saved.Faults.Select(f => new FieldError(f.Field == "source" ? "source.0" : f.Field, f.What))]).Named("claims"),
        Understood = ClaimForm.Read(record, view.Cells) is { Ok: true } read ? read.Value : null,
    }, 422, ct);

    // What was found in the sentence stands in its fields from then on.
    static Entered Typed(IFormCollection form, ClaimForm view, params IEnumerable<FieldError> errors)
    {
        var typed = Entered.Of(form, errors);
        var values = typed.Values.ToDictionary();
        foreach (var name in new[] { "value", "period" })
            if (view.Cells.TryGetValue(name, out var cell)) values[name] = cell;
        return typed with { Values = values };
    }

    static async Task<IResult> PageAsync(Work work, PortfolioRecord record, ClaimForm view, int status, CancellationToken ct) =>
        Answers.Page<ClaimFormPage>(new { Of = view, Others = await ClaimsQueries.OpenAsync(work, record, ct) }, status);

    static async Task<IResult> WithdrawFormAsync(Work work, string key, Entered entered, int status, CancellationToken ct) => await Claiming.OpenAsync(work, key, ct) is { } claim
        ? Answers.Page<WithdrawPage>(new { Claim = claim, Entered = entered }, status)
        : Answers.RefusalPage(Refusal.NotFound("unknown-claim", $"There is no claim “{key}” on this record. The list is at /claims.",
            $"Il n’y a pas d’affirmation « {key} » dans ce registre. La liste est sur /claims."));
}
