using System.Globalization;
using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Web.Api;
using Entente.Web.Shell;

namespace Entente.Web.Evidence;

/// <summary>What a list of works is asked: the figure that they stand behind, and which of them.</summary>
public sealed record WorksQuery : FigureQuery
{
    public string? Figure { get; init; }
    public string? Upper { get; init; }
    public string? CountsAs { get; init; }
    public string? Year { get; init; }

    public bool IsUpper => Upper is "1" or "true";

    public bool Passes(WorkLine work) =>
        (string.IsNullOrEmpty(CountsAs) || work.CountsAs == CountsAs) && (string.IsNullOrEmpty(Type) || Type.Split(',').Contains(work.Type ?? "")) && (string.IsNullOrEmpty(Year) || work.Year?.ToString(CultureInfo.InvariantCulture) == Year);
}

/// <summary>The works behind a figure.</summary>
public static class WorkRoutes
{
    public static Listing<WorkLine> Columns { get; } = new(
        new("id", w => w.Id), new("year", w => w.Year), new("title", w => w.Title), new("doi", w => w.Doi), new("type", w => w.Type),
        new("authors", w => w.Authors), new("truncated", w => w.Truncated), new("countsAs", w => w.CountsAs));

    public static void MapWorks(this IEndpointRouteBuilder app)
    {
        app.MapGet("/works", PageAsync);
        app.MapGet("/api/v1/works", (Work work, Reader reader, [AsParameters] WorksQuery query, [AsParameters] ListQuery list, CancellationToken ct) =>
                Columns.Answer(Find(work, query, ct), list, reader, $"entente-works-{query.Figure}"))
            .Lists<WorkLine>("listWorks", new("The works behind a figure, one a row.", "Les travaux derrière un chiffre, un par ligne."),
                "/api/v1/works?figure=co-publications&between={a},{b}&size=5");
    }

    static async Task<IResult> PageAsync(Work work, [AsParameters] WorksQuery query, [AsParameters] ListQuery list, CancellationToken ct)
    {
        if (query.Figure is { } figure && Indicators.Find(figure) is { Ok: true, Value.IsProjects: true } && query.Ask(figure) is { Ok: true } projects)
            return Results.Redirect(FigureAddress.Works(projects.Value, query.IsUpper));
        var all = Find(work, query with { CountsAs = null, Type = null, Year = null }, ct);
        if (!all.Ok) return Answers.RefusalPage(all.Refusal!);
        var page = Columns.Page(all.Value.Where(query.Passes), list);
        if (!page.Ok) return Answers.RefusalPage(page.Refusal!);
        var question = query.Ask(query.Figure!).Value;
        var answer = Figures.Ask(work, question, receipt: false, ct);
        if (!answer.Ok) return Answers.RefusalPage(answer.Refusal!);
        return Answers.Page<WorksPage>(new
        {
            Question = question,
            Indicator = Indicators.Find(question.Figure).Value,
            Answer = answer.Value,
            Page = page.Value,
            Query = query,
            List = list,
            Types = Distinct(all.Value.Select(w => w.Type)),
            Kinds = Distinct(all.Value.Select(w => w.CountsAs)),
            Shorts = FigureRoutes.Shorts(work),
        });
    }

    static IReadOnlyList<string> Distinct(IEnumerable<string?> values) => [.. values.OfType<string>().Where(v => v.Length > 0).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The works behind the figure that pass the filters.</summary>
    public static Outcome<IReadOnlyList<WorkLine>> Find(Work work, WorksQuery query, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(query.Figure))
            return Refusal.Usage("figure", "Which figure’s works? Name it, such as figure=co-publications.",
                "Les travaux de quel chiffre ? Nommez-le, par exemple figure=co-publications.", "figure");
        var question = query.Ask(query.Figure);
        if (!question.Ok) return question.Refusal!;
        var works = Figures.Works(work, question.Value, query.IsUpper, ct);
        if (!works.Ok) return works;
        return works.Value.Where(w => !query.IsUpper || w.CountsAs == "upper-bound-only").Where(query.Passes).ToList();
    }
}
