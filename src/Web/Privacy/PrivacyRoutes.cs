using System.Globalization;
using Entente.Core.Accounts;
using Entente.Core.Accounts.Personal;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Web.Accounts;
using Entente.Web.Shell;
using Entente.Web.Shell.Forms;

namespace Entente.Web.Privacy;

/// <summary>What is kept of people, told to all; and taking it away or erasing it, for the person and for administrators.</summary>
static class PrivacyRoutes
{
    public static void MapPrivacy(this IEndpointRouteBuilder app)
    {
        app.MapGet("/privacy", async (HttpContext context, Work work, CancellationToken ct) =>
        {
            // When the clocks ran is no part of the record, whose state the page's tag would tell.
            context.Response.Headers.CacheControl = "no-store";
            var (last, next) = await Retention.DueAsync(work, ct);
            return Answers.Page<PrivacyPage>(new { Last = last, Next = next });
        }).Open();
        app.MapGet("/account/data", () => Answers.Page<OwnDataPage>()).SignedIn();
        app.MapPost("/account/data", async (HttpContext context, Work work, CancellationToken ct) => Sent(context, await PersonalExport.OwnAsync(work, ct))).SignedIn();
        app.MapGet("/privacy/people", PeopleAsync).Needs(Permission.HandlePersonalData);
        app.MapGet("/privacy/person", (HttpContext context, Work work, CancellationToken ct) => PersonAsync(context, work, Read(context.Request.Query), Entered.Nothing, ct)).Needs(Permission.HandlePersonalData);
        app.MapPost("/privacy/person/export", async (HttpContext context, Work work, CancellationToken ct) =>
            Sent(context, await PersonalExport.OfAsync(work, Read(await context.Request.ReadFormAsync(ct)), ct))).Needs(Permission.HandlePersonalData);
        app.MapPost("/privacy/person/erase", EraseAsync).Needs(Permission.HandlePersonalData);
    }

    static async Task<IResult> PeopleAsync(HttpContext context, Work work, Reader reader, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        var found = await Subjects.FindAsync(work, reader["q"] ?? "", ct);
        return found.Refusal is { } refusal ? Answers.RefusalPage(refusal) : Answers.Page<PeoplePage>(new { Found = found.Value });
    }

    static async Task<IResult> PersonAsync(HttpContext context, Work work, Subject subject, Entered entered, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        var preview = await Erasing.PreviewAsync(work, subject, ct);
        return preview.Refusal is { } refusal ? Answers.RefusalPage(refusal)
            : Answers.Page<PersonPage>(new { Subject = subject, Preview = preview.Value, Entered = entered }, entered.Errors.Count > 0 ? 422 : 200);
    }

    static async Task<IResult> EraseAsync(HttpContext context, Work work, CancellationToken ct)
    {
        var form = await context.Request.ReadFormAsync(ct);
        var subject = Read(form);
        if (form["sure"] != "yes")
            return await PersonAsync(context, work, subject, Entered.Of(form, new FieldError("sure", new("Tick the box: an erasure cannot be taken back.", "Cochez la case\u202F: un effacement est définitif."))), ct);
        var erased = await Erasing.EraseAsync(work, subject, ct);
        return erased.Refusal is { } refusal ? Answers.RefusalPage(refusal) : SignInRoutes.Go("/privacy/people?done=erased");
    }

    static IResult Sent(HttpContext context, Outcome<PersonalFile> file)
    {
        context.Response.Headers.CacheControl = "no-store";
        // Named for what it is, not for whom: names of files are seen by others.
        return file.Refusal is { } refusal ? Answers.RefusalPage(refusal) : Results.File(file.Value.Zip, "application/zip", "entente-personal-data.zip");
    }

    static Subject Read(IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> fields)
    {
        var given = fields.ToLookup(f => f.Key, f => f.Value);
        string[] All(string name) => [.. given[name].SelectMany(v => v).OfType<string>().Where(v => v.Length > 0).Distinct()];
        int? account = All("account") is [var text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        return new(account, All("person"), [.. All("also").SelectMany(a => a.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Take(20)]);
    }
}
