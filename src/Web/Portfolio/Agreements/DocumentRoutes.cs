using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Agreements;
using Entente.Core.Store;
using Entente.Web.Shell;
using Entente.Web.Shell.Forms;
using Microsoft.AspNetCore.Mvc;

namespace Entente.Web.Portfolio.Agreements;

/// <summary>Forms that keep documents with an agreement or a structure, and take them away.</summary>
static class DocumentRoutes
{
    // The file, and room for the other fields and the marks between them.
    const int MaxRequest = DocumentTypes.MaxBytes + 64 * 1024;

    public static void MapDocuments(this IEndpointRouteBuilder app)
    {
        foreach (var kind in new[] { "agreements", "structures" })
        {
            app.MapGet($"/{kind}/{{key}}/documents", (PortfolioRecord record, string key) => Show(record, kind, key, Entered.Nothing, 200)).Needs(Permission.EditRecord);
            app.MapPost($"/{kind}/{{key}}/documents", (HttpContext context, Work work, PortfolioRecord record, string key, CancellationToken ct) =>
                UploadAsync(context, work, record, kind, key, ct)).Needs(Permission.EditRecord).WithMetadata(new RequestSizeLimitAttribute(MaxRequest));
        }
        app.MapGet("/documents/{id:int}/remove", async (Work work, int id, CancellationToken ct) =>
            (await Documenting.OpenAsync(work, id, ct)).ToPage<DocumentFile, RemoveDocumentPage>(file => new { file.Document })).Needs(Permission.EditRecord);
        app.MapPost("/documents/{id:int}/remove", async (Work work, int id, CancellationToken ct) =>
            DraftingRoutes.Done(await Documenting.RemoveAsync(work, id, ct), subject => $"/{subject}")).Needs(Permission.EditRecord);
    }

    static async Task<IResult> UploadAsync(HttpContext context, Work work, PortfolioRecord record, string kind, string key, CancellationToken ct)
    {
        var form = await context.Request.ReadFormAsync(ct);
        if (form.Files.GetFile("file") is not { } file)
            return Show(record, kind, key, FormRoutes.Entered(form, Refusal.Invalid("document-missing", "Choose a file.", "Choisissez un fichier.", "file")), 422);
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, ct);
        var audience = Audience.Parse(form["audience"].ToString()) ?? Audience.Both;
        var kept = await Documenting.UploadAsync(work, $"{kind}/{key}", form["title"].ToString(), bytes.ToArray(), file.FileName, audience, ct);
        return FormRoutes.After(form, kept.Refusal, $"/{kind}/{key}", (entered, status) => Show(record, kind, key, entered, status));
    }

    static IResult Show(PortfolioRecord record, string kind, string key, Entered entered, int status)
    {
        var agreement = kind == "agreements" ? record.FindAgreement(key) : null;
        if (kind == "agreements" && agreement is null) return Answers.RefusalPage(AgreementView.Unknown(key));
        var structure = agreement?.Structure ?? key;
        return !record.Structures.TryGetValue(structure, out var of) ? ConcludingRoutes.NoStructure(key)
            : Answers.Page<UploadPage>(new { Subject = $"{kind}/{key}", Title = agreement?.SaidTitle ?? of.SaidName, Sides = record.SidesOf(structure), Entered = entered }, status);
    }
}
