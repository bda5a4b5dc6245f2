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
    public string? Type { get; init; }
    public int? Year { get; init; }
}

/// <summary>The works behind a figure.</summary>
public static class WorkRoutes
{
    public static Listing<WorkLine> Columns { get; } = new(
        new("id", w => w.Id), new("year", w => w.Year), new("title", w => w.Title), new("doi", w => w.Doi), new("type", w => w.Type),
        new("authors", w => w.Authors), new("truncated", w => w.Truncated), new("countsAs", w => w.CountsAs));

    public static void MapWorks(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/works", (Work work, Reader reader, [AsParameters] WorksQuery query, [AsParameters] ListQuery list, CancellationToken ct) =>
                Columns.Answer(Find(work, query, ct), list, reader, $"entente-works-{query.Figure}"))
            .Lists<WorkLine>("listWorks", new("The works behind a figure, one a row.", "Les travaux derrière un chiffre, un par ligne."),
                "/api/v1/works?figure=co-publications&between={a},{b}&size=5");
    }

    /// <summary>The works behind the figure that pass the filters.</summary>
    public static Outcome<IReadOnlyList<WorkLine>> Find(Work work, WorksQuery query, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(query.Figure))
            return Refusal.Usage("figure", "Which figure’s works? Name it, such as figure=co-publications.",
                "Les travaux de quel chiffre ? Nommez-le, par exemple figure=co-publications.", "figure");
        var question = query.Ask(query.Figure);
        if (!question.Ok) return question.Refusal!;
        var works = Figures.Works(work, question.Value, query.Upper is "1" or "true", ct);
        if (!works.Ok) return works;
        return works.Value
            .Where(w => query.CountsAs is not { Length: > 0 } counts || w.CountsAs == counts)
            .Where(w => query.Type is not { Length: > 0 } type || w.Type == type)
            .Where(w => query.Year is not { } year || w.Year == year)
            .ToList();
    }
}
