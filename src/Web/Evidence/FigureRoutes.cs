using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Web.Api;
using Entente.Web.Shell;

namespace Entente.Web.Evidence;

/// <summary>The catalogue of figures, and a figure with all about it.</summary>
public static class FigureRoutes
{
    static readonly Listing<Indicator> Columns = new(
        new("key", i => i.Key), new("version", i => i.Version), new("name", i => i.Name.En), new("nameFr", i => i.Name.Fr), new("unit", i => i.Unit),
        new("takes", i => i.Takes), new("definition", i => i.Definition.En), new("definitionFr", i => i.Definition.Fr), new("formula", i => i.Formula));

    public static void MapFigures(this IEndpointRouteBuilder app)
    {
        app.MapGet("/figures", () => Answers.Page<FiguresPage>());
        app.MapGet("/api/v1/figures", (Reader reader, [AsParameters] ListQuery list) => Columns.Answer(Indicators.All, list, reader, "entente-figures"))
            .Lists<Indicator>("listFigures", new("The catalogue of figures: what each counts, exactly.", "Le catalogue des chiffres : ce que chacun compte, exactement."), "/api/v1/figures");
        app.MapGet("/api/v1/figures/{key}", (Work work, Reader reader, string key, [AsParameters] FigureQuery query, string? receipt, CancellationToken ct) =>
                Ask(work, key, query, receipt is "1" or "true", ct).ToJson(reader))
            .Answers<FigureAnswer>("getFigure",
                new("A figure: its value, bounds, series, breakdown and what was left out; with receipt=1 also its receipt.",
                    "Un chiffre : valeur, bornes, série, décomposition et ce qui est écarté ; avec receipt=1 aussi son reçu."),
                "/api/v1/figures/co-publications?between={a},{b}");
    }

    public static Outcome<FigureAnswer> Ask(Work work, string key, FigureQuery query, bool receipt, CancellationToken ct)
    {
        var question = query.Ask(key);
        return question.Ok ? Figures.Ask(work, question.Value, receipt, ct) : question.Refusal!;
    }
}
