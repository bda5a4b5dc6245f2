using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Store;
using Entente.Web.Api;
using Entente.Web.Shell;
using Microsoft.EntityFrameworkCore;

namespace Entente.Web.Evidence;

/// <summary>A figure with all about it.</summary>
public static class FigureRoutes
{
    public static void MapFigures(this IEndpointRouteBuilder app)
    {
        app.MapGet("/figures/{key}", PageAsync);
        app.MapGet("/api/v1/figures/{key}", (Work work, Reader reader, string key, [AsParameters] FigureQuery query, string? receipt, CancellationToken ct) =>
                Ask(work, key, query, receipt is "1" or "true", ct).ToJson(reader))
            .Answers<FigureAnswer>("getFigure",
                new("A figure: its value, bounds, series, breakdown and what was left out; with receipt=1 also its receipt.",
                    "Un chiffre : valeur, bornes, série, décomposition et ce qui est écarté ; avec receipt=1 aussi son reçu."),
                "/api/v1/figures/co-publications?between={a},{b}");
    }

    static async Task<IResult> PageAsync(Work work, Reader reader, HttpRequest request, string key, [AsParameters] FigureQuery query, string? receipt, CancellationToken ct)
    {
        var indicator = Indicators.Find(key);
        if (!indicator.Ok) return Answers.RefusalPage(indicator.Refusal!);
        var question = query.Ask(key);
        if (!question.Ok) return Answers.RefusalPage(question.Refusal!);
        var vintages = VintagesFor(work, key);
        if (question.Value.A is null && question.Value.B is null)
            return Answers.Page<AskPage>(new { Indicator = indicator.Value, Question = question.Value with { A = "cnrs", B = "imperial" }, Vintages = vintages });
        var answer = Figures.Ask(work, question.Value, receipt is "1" or "true", ct);
        if (!answer.Ok) return Answers.RefusalPage(answer.Refusal!);
        if (answer.Value.Receipt is { } made)
        {
            if (Receipts.Keep(work, made) is { } full) return Answers.RefusalPage(full);
            return await ReceiptRoutes.ShowAsync(work, reader, request, made, ct);
        }
        return Answers.Page<FigurePage>(new
        {
            Question = question.Value,
            Indicator = indicator.Value,
            Answer = answer.Value,
            Ways = Ways(work, question.Value, answer.Value, ct),
            Vintages = vintages,
            Shorts = Shorts(work),
        });
    }

    // Each membership has its own bounds, so each is asked.
    static IReadOnlyList<(Membership, FigureAnswer?)> Ways(Work work, Question question, FigureAnswer answer, CancellationToken ct) => question.B is null || answer.Unit != "works" ? [] :
    [
        (question.Membership, answer),
        .. Enum.GetValues<Membership>().Where(m => m != question.Membership)
            .Select(m => (m, Figures.Ask(work, question with { Membership = m }, receipt: false, ct) is { Ok: true, Value: var other } ? other : null)),
    ];

    /// <summary>The vintages that the figure can be computed on, the newest first.</summary>
    public static IReadOnlyList<Manifest> VintagesFor(Work work, string figure) =>
        [.. Vintages.List(work.Folder).Where(m => m.Kind == (figure == "joint-projects" ? VintageKind.Cordis : VintageKind.OpenAlex))];

    /// <summary>Short names of organisations, by key.</summary>
    public static IReadOnlyDictionary<string, string> Shorts(Work work) =>
        PortfolioRecord.Of(work).Organisations.Values.Where(o => o.Short is not null).ToDictionary(o => o.Key, o => o.Short!);

    public static Outcome<FigureAnswer> Ask(Work work, string key, FigureQuery query, bool receipt, CancellationToken ct)
    {
        var question = query.Ask(key);
        if (!question.Ok) return question.Refusal!;
        var answer = Figures.Ask(work, question.Value, receipt, ct);
        return answer is { Ok: true, Value.Receipt: { } made } && Receipts.Keep(work, made) is { } full ? full : answer;
    }
}
