using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Web.Api;
using Entente.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Entente.Web.Evidence;

/// <summary>The later question of two, as an address carries it: what is not told is as in the earlier one.</summary>
public sealed record LaterQuery
{
    [FromQuery(Name = "to-vintage")]
    public string? Vintage { get; init; }

    [FromQuery(Name = "to-release")]
    public string? Release { get; init; }

    [FromQuery(Name = "to-membership")]
    public string? Membership { get; init; }

    public Outcome<Question> After(Question before)
    {
        var membership = Given(Membership) is { } word ? (Outcome<Question>?)Question.Read(before.Figure, null, null, null, null, word, null) : null;
        if (membership?.Refusal is { } refused) return refused;
        return before with { Vintage = Given(Vintage) ?? before.Vintage, Release = Given(Release) ?? before.Release, Membership = membership?.Value.Membership ?? before.Membership };
    }

    static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>What moved a figure between two vintages, releases or memberships.</summary>
public static class ExplainedRoutes
{
    public static void MapExplained(this IEndpointRouteBuilder app)
    {
        app.MapGet("/figures/{key}/explained", (Work work, string key, [AsParameters] FigureQuery query, [AsParameters] LaterQuery later, CancellationToken ct) =>
        {
            var asked = Ask(key, query, later);
            if (!asked.Ok) return Answers.RefusalPage(asked.Refusal!);
            var move = Explaining.Explain(work, asked.Value.Before, asked.Value.After, ct);
            return move.Ok ? Answers.Page<ExplainedPage>(new
            {
                Move = move.Value, asked.Value.Before, asked.Value.After, Indicator = Indicators.Find(key).Value, Vintages = FigureRoutes.VintagesFor(work, key), Shorts = FigureRoutes.Shorts(work),
            }) : Answers.RefusalPage(move.Refusal!);
        });
        app.MapGet("/api/v1/figures/{key}/explained", (Work work, Reader reader, string key, [AsParameters] FigureQuery query, [AsParameters] LaterQuery later, CancellationToken ct) =>
                (Ask(key, query, later) is var asked && asked.Ok ? Explaining.Explain(work, asked.Value.Before, asked.Value.After, ct) : asked.Refusal!).ToJson(reader))
            .Answers<FigureMove>("explainFigure",
                new("What moved a figure between two vintages, releases or memberships: definition, registration, works withdrawn, added and reclassified, summing to the difference.",
                    "Ce qui a fait bouger un chiffre entre deux millésimes, versions ou appartenances : définition, enregistrement, publications retirées, ajoutées et reclassées, dont la somme est la différence."),
                "/api/v1/figures/co-publications/explained?between={a},{b}&to-membership=direct");
    }

    sealed record TwoQuestions(Question Before, Question After);

    static Outcome<TwoQuestions> Ask(string key, FigureQuery query, LaterQuery later)
    {
        var before = query.Ask(key);
        if (!before.Ok) return before.Refusal!;
        var after = later.After(before.Value);
        return after.Ok ? new TwoQuestions(before.Value, after.Value) : after.Refusal!;
    }
}
