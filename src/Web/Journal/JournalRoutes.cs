using System.Globalization;
using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Editing;
using Entente.Core.Portfolio.Sheets;
using Entente.Core.Store;
using Entente.Core.Store.Journal;
using Entente.Web.Api;
using Entente.Web.Shell;

namespace Entente.Web.Journal;

/// <summary>The past of the record: the history of each, the way back to a version, and the whole journal.</summary>
public static class JournalRoutes
{
    const int Size = 20;
    const int Exported = 10_000;

    static readonly string[] Kinds = ["structures", "organisations", "people", "sources", "instruments", "agreements", "claims", "deadlines"];

    public static bool HasHistory(string record) => record.Split('/') is [var kind, { Length: > 0 }] && Kinds.Contains(kind);

    public static void MapJournal(this IEndpointRouteBuilder app)
    {
        var read = app.MapGroup("").Needs(Permission.ReadJournal);
        foreach (var kind in Kinds)
        {
            read.MapGet($"/{kind}/{{key}}/history", (Work work, Reader reader, string key, CancellationToken ct) => HistoryAsync(work, reader, $"{kind}/{key}", ct));
            read.MapGet($"/{kind}/{{key}}/history/{{line:int}}", async (Work work, string key, int line, CancellationToken ct) =>
                (await RecordPast.PreviewAsync(work, $"{kind}/{key}", line, ct)).ToPage<RestorePreview, RestorePage>(preview => new { Preview = preview })).Needs(Permission.RestoreVersion);
            read.MapPost($"/{kind}/{{key}}/history/{{line:int}}", (Work work, HttpRequest request, string key, int line, CancellationToken ct) => RestoreAsync(work, request, $"{kind}/{key}", line, ct)).Needs(Permission.RestoreVersion);
        }
        read.MapGet("/journal", JournalAsync);
        read.MapGet("/journal/{line:int}", async (Work work, int line, CancellationToken ct) => await LineAsync(work, line, null, ct));
        read.MapPost("/journal/{line:int}/undo", UndoAsync).Needs(Permission.RestoreVersion);
    }

    static async Task<IResult> HistoryAsync(Work work, Reader reader, string record, CancellationToken ct)
    {
        var lines = await RecordPast.LinesAsync(work, record, ct);
        if (!lines.Ok) return Answers.RefusalPage(lines.Refusal!);
        var page = int.TryParse(reader["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked > 0 ? asked : 1;
        return Answers.Page<HistoryPage>(new
        {
            Address = record,
            Lines = await LineView.OfAsync(work, [.. lines.Value.Skip((page - 1) * Size).Take(Size)], ct),
            Page = page,
            Size,
            Total = lines.Value.Count,
            Newest = lines.Value[0].Entry.Id,
        });
    }

    static async Task<IResult> RestoreAsync(Work work, HttpRequest request, string record, int line, CancellationToken ct)
    {
        var form = await request.ReadFormAsync(ct);
        var seen = int.TryParse(form["seen"], NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 0;
        var restored = await RecordPast.RestoreAsync(work, record, line, seen, ct);
        if (restored.Ok) return Answers.Go($"/{record}/history?done=1");
        var preview = await RecordPast.PreviewAsync(work, record, line, ct);
        return restored.Refusal!.Kind == RefusalKind.Conflict && preview.Ok
            ? Answers.Page<RestorePage>(new { Preview = preview.Value, restored.Refusal }, 409) : Answers.RefusalPage(restored.Refusal);
    }

    static async Task<IResult> JournalAsync(Work work, Reader reader, CancellationToken ct)
    {
        var exported = reader["format"] is "csv" or "json" or "xlsx";
        var filter = new JournalFilter
        {
            Who = reader["who"], Verb = reader["verb"], Record = reader["record"]?.Trim('/'), From = Day(reader["from"]), To = Day(reader["to"]),
            Before = int.TryParse(reader["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? before : null, Size = exported ? Exported : 50,
        };
        // Whose record a line tells of is asked of the whole: what the reader may not know of is in no record of theirs.
        var page = await JournalReading.PageAsync(work, await PortfolioRecord.ReadAsync(work.Db, ct), filter, ct);
        if (!page.Ok) return Answers.RefusalPage(page.Refusal!);
        if (exported) return Export(page.Value.Lines, reader["format"]!);
        var lines = await LineView.OfAsync(work, page.Value.Lines, ct);
        return Answers.Page<JournalPage>(new { Lines = lines, page.Value.Next, Writers = await Acting.KnownAsync(work, lines.Select(l => l.Entry.Who).Append(filter.Who), ct) });
    }

    static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    sealed record ExportedLine(int Line, string At, string Who, string Verb, string Record, int Rows, string? Detail, string? Hash);

    static IResult Export(IReadOnlyList<HistoryLine> lines, string format)
    {
        var rows = lines.Select(l => new ExportedLine(l.Entry.Id, l.Entry.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture), l.Entry.Who, l.Entry.Verb, l.Entry.Subject, l.Changes.Count, l.Entry.Detail, l.Entry.Hash)).ToList();
        Api.Column<ExportedLine>[] columns =
        [
            new("line", r => r.Line), new("at", r => r.At), new("who", r => r.Who), new("verb", r => r.Verb), new("record", r => r.Record),
            new("rows", r => r.Rows), new("detail", r => r.Detail), new("hash", r => r.Hash),
        ];
        return ListAnswers.File(SheetWriting.Parse(format)!.Value, "entente-journal", Csv.Sheet("journal", rows, columns));
    }

    static async Task<IResult> LineAsync(Work work, int line, Refusal? refusal, CancellationToken ct)
    {
        var told = await JournalReading.LineAsync(work, await PortfolioRecord.ReadAsync(work.Db, ct), line, ct);
        if (!told.Ok) return Answers.RefusalPage(told.Refusal!);
        var read = await History.ReadAsync(work.Db, told.Value, LineView.Most, ct);
        return Answers.Page<LinePage>(new { Line = (await LineView.OfAsync(work, [read], ct))[0], Refusal = refusal }, refusal is null ? 200 : Answers.Status(refusal.Kind));
    }

    static async Task<IResult> UndoAsync(Work work, int line, CancellationToken ct)
    {
        var undone = await RecordPast.UndoAsync(work, await PortfolioRecord.ReadAsync(work.Db, ct), line, ct);
        return undone.Refusal is { } refusal ? await LineAsync(work, line, refusal, ct) : Answers.Go($"/journal/{await RowEditing.LastLineAsync(work.Db, ct)}");
    }
}
