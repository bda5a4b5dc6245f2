using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Agreements;
using Entente.Core.Store;
using Entente.Web.Api;
using Entente.Web.Shell;
using Entente.Web.Shell.Forms;

namespace Entente.Web.Portfolio.Agreements;

/// <summary>Agreements for readers: the list, each with its sides and dates, its renewal dossier, and the documents one may read.</summary>
public static class AgreementRoutes
{
    public static void MapAgreements(this IEndpointRouteBuilder app)
    {
        app.MapGet("/agreements", (Work work, PortfolioRecord record, Reader reader) =>
            AgreementLine.Columns.Select(Lines(work, record, reader), new ListQuery { Sort = reader["sort"], Q = reader["q"] })
                .ToPage<IReadOnlyList<AgreementLine>, AgreementsPage>(rows => new { Rows = rows }));
        app.MapGet("/api/v1/agreements", (Work work, PortfolioRecord record, Reader reader, [AsParameters] ListQuery list) =>
                AgreementLine.Columns.Answer(Lines(work, record, reader), list, reader, "entente-agreements"))
            .Lists<AgreementLine>("listAgreements", new("The agreements on the record.", "Les accords du registre."), "/api/v1/agreements");
        app.MapGet("/agreements/{key}", async (Work work, PortfolioRecord record, string key, CancellationToken ct) =>
            (await AgreementView.OfAsync(work, record, key, ct)).ToPage<AgreementView, AgreementPage>(view => new { View = view }));
        app.MapGet("/agreements/{key}/dossier", async (Work work, PortfolioRecord record, string key, CancellationToken ct) =>
            (await Dossier.OfAsync(work, record, key, ct)).ToPage<Dossier, DossierPage>(dossier => new { Dossier = dossier }));
        app.MapGet("/documents/{id:int}", DownloadAsync);
        app.MapDrafting();
        app.MapConcluding();
        app.MapSuspending();
        app.MapDocuments();
    }

    static IEnumerable<AgreementLine> Lines(Work work, PortfolioRecord record, Reader reader) => AgreementLine.Narrow(
        AgreementLine.All(record, PortfolioRoutes.Today(work), reader), reader["state"], reader["side"], reader["structure"]);

    // Always as a file to keep, never as a page to look at: whatever it holds, it runs nowhere near this address.
    static async Task<IResult> DownloadAsync(HttpContext context, Work work, int id, CancellationToken ct)
    {
        var opened = await Documenting.OpenAsync(work, id, ct);
        if (opened.Refusal is { } refusal) return Answers.RefusalPage(refusal);
        context.Response.Headers.CacheControl = "private, no-store";
        var type = opened.Value.Document.MediaType == "text/plain" ? "text/plain; charset=utf-8" : opened.Value.Document.MediaType;
        return Results.File(opened.Value.Bytes, type, opened.Value.Name);
    }
}

/// <summary>What the routes of forms share.</summary>
static class FormRoutes
{
    public static Dictionary<string, string> Cells(IFormCollection form, params ReadOnlySpan<string> columns)
    {
        var cells = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var column in columns) cells[column] = form[column].ToString();
        return cells;
    }

    /// <summary>What was typed, with what is wrong; a word that stands for a list of errors is not shown as a field's.</summary>
    public static Entered Entered(IFormCollection form, Refusal refusal) =>
        Shell.Forms.Entered.Of(form, new FieldError(refusal.Field ?? "", DraftingRoutes.Sentence(refusal.Message)));

    /// <summary>The next page where the verb was done; what may not be known or done as a page of its own; else the form again.</summary>
    public static IResult After(IFormCollection form, Refusal? refusal, string next, Func<Entered, int, IResult> again) =>
        refusal is null ? Answers.Go(next)
        : refusal.Kind is RefusalKind.NotFound or RefusalKind.Forbidden ? Answers.RefusalPage(refusal)
        : again(Entered(form, refusal), Answers.Status(refusal.Kind));
}
