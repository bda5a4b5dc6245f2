using System.Globalization;
using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Portfolio.Sheets;
using Entente.Core.Portfolio.Sheets.Intake;
using Entente.Core.Store;
using Entente.Web.Api;
using Entente.Web.Shell;
using Entente.Web.Shell.Forms;

namespace Entente.Web.Portfolio.Sheets;

/// <summary>The way of a spreadsheet into the record: upload, columns, preview, run, and back.</summary>
public static class ImportRoutes
{
    const string Home = "/import-table";

    public static void MapImportTable(this IEndpointRouteBuilder app)
    {
        var routes = app.MapGroup(Home).Needs(Permission.ImportTables);
        routes.MapGet("", (Work work, CancellationToken ct) => UploadAsync(work, Entered.Nothing, 200, ct));
        routes.MapGet("/example.xlsx", () => ListAnswers.File(SheetFormat.Xlsx, "entente-example", ExampleTable.Sheet));
        routes.MapPost("", StageAsync);
        routes.MapGet("/{id:int}", ShowAsync);
        routes.MapPost("/{id:int}", MapAsync);
        routes.MapGet("/{id:int}/preview", async (Work work, int id, string? show, int? page, CancellationToken ct) => await PreviewAsync(work, id, show, page, null, ct));
        routes.MapPost("/{id:int}/answers", AnswerAsync);
        routes.MapPost("/{id:int}/run", RunAsync);
        routes.MapPost("/{id:int}/undo", async (Work work, int id, CancellationToken ct) => Gone(await Intaking.UndoAsync(work, id, ct), At(id)));
        routes.MapPost("/{id:int}/discard", async (Work work, int id, CancellationToken ct) => Gone(await Intaking.DiscardAsync(work, id, ct), Home));
        routes.MapGet("/{id:int}/refused.xlsx", async (Work work, int id, CancellationToken ct) =>
        {
            var found = await Intaking.FindAsync(work, id, ct);
            return !found.Ok ? Answers.RefusalPage(found.Refusal!)
                : found.Value is { State: not IntakeState.Staged, Bytes.Length: > 0 } ended
                    ? Results.File(ended.Bytes, SheetWriting.ContentType(SheetFormat.Xlsx), $"entente-refused-{id.ToString(CultureInfo.InvariantCulture)}.xlsx")
                    : Answers.RefusalPage(Refusal.NotFound("no-refused", "This import refused no row.", "Cet import n’a refusé aucune ligne."));
        });
    }

    static string At(int id) => string.Create(CultureInfo.InvariantCulture, $"{Home}/{id}");

    static IResult Gone<T>(Outcome<T> done, string address) => done.Ok ? Answers.Go(address) : Answers.RefusalPage(done.Refusal!);

    static async Task<IResult> UploadAsync(Work work, Entered entered, int status, CancellationToken ct) =>
        Answers.Page<ImportUploadPage>(new { Imports = await Intaking.ListAsync(work, ct), Entered = entered }, status);

    static async Task<IResult> StageAsync(HttpContext context, Work work, CancellationToken ct)
    {
        var form = await context.Request.ReadFormAsync(ct);
        if (form.Files["file"] is not { Length: > 0 } file)
            return await UploadAsync(work, Entered.Of(form, new FieldError("file", new("Choose a file: .xlsx, .csv or .json.", "Choisissez un fichier\u202F: .xlsx, .csv ou .json."))), 422, ct);
        using var bytes = new MemoryStream();
        // One byte more than is allowed is enough to be refused for its size.
        await using (var stream = file.OpenReadStream()) await CopyAsync(stream, bytes, SheetLimits.Bytes + 1, ct);
        var staged = await Intaking.StageAsync(work, file.FileName, bytes.ToArray(), ct);
        return staged.Ok ? Answers.Go(At(staged.Value)) : await UploadAsync(work, Entered.Of(form, staged.Refusal! with { Field = "file" }), Answers.Status(staged.Refusal!.Kind), ct);
    }

    static async Task CopyAsync(Stream from, MemoryStream to, int most, CancellationToken ct)
    {
        var buffer = new byte[64 * 1024];
        for (int read; to.Length < most && (read = await from.ReadAsync(buffer, ct)) > 0;) to.Write(buffer, 0, (int)Math.Min(read, most - to.Length));
    }

    static async Task<IResult> ShowAsync(Work work, int id, CancellationToken ct)
    {
        var found = await Intaking.FindAsync(work, id, ct);
        if (!found.Ok) return Answers.RefusalPage(found.Refusal!);
        return found.Value.State == IntakeState.Staged ? await MappingAsync(work, id, null, Entered.Nothing, 200, ct) : Answers.Page<ImportResultPage>(new { Import = found.Value });
    }

    static async Task<IResult> MappingAsync(Work work, int id, Mapping? mapping, Entered entered, int status, CancellationToken ct)
    {
        var opened = await Intaking.OpenAsync(work, id, ct);
        return opened.Ok ? Answers.Page<ImportMappingPage>(new { Opened = opened.Value with { Mapping = mapping ?? opened.Value.Mapping }, Entered = entered }, status)
            : Answers.RefusalPage(opened.Refusal!);
    }

    static async Task<IResult> MapAsync(HttpContext context, Work work, int id, CancellationToken ct)
    {
        var form = await context.Request.ReadFormAsync(ct);
        var opened = await Intaking.OpenAsync(work, id, ct);
        if (!opened.Ok) return Answers.RefusalPage(opened.Refusal!);
        var mapping = Posted(form, opened.Value);
        if (form["do"] == "again" && opened.Value.File.Sheets.FirstOrDefault(s => s.Name == mapping.Sheet) is { } sheet)
        {
            // Another sheet, header or target: its headings are read again; what was said besides stays.
            var moved = mapping.Sheet != opened.Value.Mapping.Sheet;
            var proposed = Intaking.Propose(sheet, moved ? null : mapping.HeaderLine, moved ? null : mapping.Target);
            return await MappingAsync(work, id, mapping with { HeaderLine = proposed.HeaderLine, Target = proposed.Target, Fields = proposed.Fields }, Entered.Nothing, 200, ct);
        }
        var mapped = await Intaking.MapAsync(work, id, mapping, ct);
        return mapped.Ok ? Answers.Go(At(id) + "/preview") : await MappingAsync(work, id, mapping, Entered.Of(form, mapped.Refusal!), Answers.Status(mapped.Refusal!.Kind), ct);
    }

    static Mapping Posted(IFormCollection form, OpenedIntake opened) => opened.Mapping with
    {
        Sheet = form["sheet"].ToString() is { Length: > 0 } sheet ? sheet : opened.Mapping.Sheet,
        HeaderLine = int.TryParse(form["header"], NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? line : opened.Mapping.HeaderLine,
        Target = form["target"].ToString(),
        Fields = form.Where(f => f.Key.StartsWith("field.", StringComparison.Ordinal) && f.Value.ToString().Length > 0 && int.TryParse(f.Key.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .ToDictionary(f => int.Parse(f.Key.AsSpan(6), CultureInfo.InvariantCulture), f => f.Value.ToString()),
        Dates = Enum.TryParse<DateOrder>(form["dates"], out var dates) ? dates : DateOrder.Proven,
        Partner = Given(form["partner"]),
        Source = Given(form["source"]),
        SourceTitle = Given(form["sourceTitle"]),
        SourcePublisher = Given(form["sourcePublisher"]),
        Audience = form["audience"].ToString(),
    };

    static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    static async Task<IResult> PreviewAsync(Work work, int id, string? show, int? page, Refusal? refusal, CancellationToken ct)
    {
        var preview = await Intaking.PreviewAsync(work, id, ct);
        if (preview.Refusal is { Code: "import-ended" }) return Answers.Go(At(id));
        if (!preview.Ok) return await MappingAsync(work, id, null, new(new Dictionary<string, string>(), [new(preview.Refusal!.Field ?? "", preview.Refusal.Message)]), Answers.Status(preview.Refusal.Kind), ct);
        RowFate? only = Enum.TryParse<RowFate>(show, ignoreCase: true, out var fate) ? fate : null;
        return Answers.Page<ImportPreviewPage>(new { Id = id, Preview = preview.Value, Only = only, Number = Math.Max(1, page ?? 1), Refused = refusal }, refusal is null ? 200 : Answers.Status(refusal.Kind));
    }

    static async Task<IResult> AnswerAsync(HttpContext context, Work work, int id, CancellationToken ct)
    {
        var form = await context.Request.ReadFormAsync(ct);
        var opened = await Intaking.OpenAsync(work, id, ct);
        if (!opened.Ok) return Answers.RefusalPage(opened.Refusal!);
        var answers = new Dictionary<string, string>(opened.Value.Mapping.Answers);
        foreach (var (name, value) in form.Where(f => f.Key.StartsWith("answer.", StringComparison.Ordinal)))
            if (value.ToString() is { Length: > 0 } key) answers[name["answer.".Length..]] = key;
            else answers.Remove(name["answer.".Length..]);
        var mapped = await Intaking.MapAsync(work, id, opened.Value.Mapping with { Answers = answers }, ct);
        return mapped.Ok ? Answers.Go(At(id) + "/preview") : Answers.RefusalPage(mapped.Refusal!);
    }

    static async Task<IResult> RunAsync(HttpContext context, Work work, Reader reader, int id, CancellationToken ct)
    {
        var form = await context.Request.ReadFormAsync(ct);
        var run = await Intaking.RunAsync(work, id, form["seen"].ToString(), reader.Lang, ct);
        if (run.Ok || run.Refusal!.Code == "import-ended") return Answers.Go(At(id));
        return run.Refusal.Code is "import-moved" or "import-nothing" ? await PreviewAsync(work, id, null, null, run.Refusal, ct) : Answers.RefusalPage(run.Refusal);
    }
}
