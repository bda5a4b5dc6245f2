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
    public string? ToVintage { get; init; }

    [FromQuery(Name = "to-release")]
    public string? ToRelease { get; init; }

    [FromQuery(Name = "to-membership")]
    public string? ToMembership { get; init; }

    public Outcome<Question> After(Question before)
    {
        var membership = Given(ToMembership) is { } word ? (Outcome<Question>?)Question.Read(before.Figure, null, null, null, null, word, null) : null;
        if (membership?.Refusal is { } refused) return refused;
        return before with { Vintage = Given(ToVintage) ?? before.Vintage, Release = Given(ToRelease) ?? before.Release, Membership = membership?.Value.Membership ?? before.Membership };
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

    public static void MapBridged(this IEndpointRouteBuilder app)
    {
        app.MapGet("/figures/{key}/bridged", (Work work, string key, [AsParameters] FigureQuery query, [FromQuery(Name = "from-vintage")] string? earlier, CancellationToken ct) =>
        {
            var bridged = Bridge(work, key, query, earlier, ct);
            return bridged.Ok ? Answers.Page<BridgedPage>(new { Told = bridged.Value, Question = query.Ask(key).Value, Indicator = Indicators.Find(key).Value, Shorts = FigureRoutes.Shorts(work) })
                : Answers.RefusalPage(bridged.Refusal!);
        });
        app.MapGet("/api/v1/figures/{key}/bridged", (Work work, Reader reader, string key, [AsParameters] FigureQuery query, [FromQuery(Name = "from-vintage")] string? earlier, CancellationToken ct) =>
                Bridge(work, key, query, earlier, ct).ToJson(reader))
            .Answers<SeriesBreak>("bridgeFigure",
                new("Two series of a figure laid end to end, with the factor between them, its interval and the year of the break.",
                    "Deux séries d’un chiffre mises bout à bout, avec le facteur qui les relie, son intervalle et l’année de la rupture."),
                "/api/v1/figures/co-publications/bridged?between={a},{b}");
    }

    static Outcome<SeriesBreak> Bridge(Work work, string key, FigureQuery query, string? earlier, CancellationToken ct)
    {
        var question = query.Ask(key);
        if (!question.Ok) return question.Refusal!;
        if (!string.IsNullOrWhiteSpace(earlier)) return Bridging.Bridge(work, question.Value, earlier.Trim(), ct);
        // Untold, the old series is that of another vintage, the newest but one; of a lone vintage its own.
        var vintages = FigureRoutes.VintagesFor(work, key);
        return Bridging.Bridge(work, question.Value, vintages is [_, var older, ..] ? older.Id : vintages is [var lone] ? lone.Id : "", ct);
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
