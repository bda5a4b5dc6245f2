using System.Globalization;
using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Web.Api;
using Entente.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Entente.Web.Evidence;

/// <summary>What a list of joint projects is asked: whose, as of which vintage, and which of them.</summary>
public sealed record ProjectsQuery
{
    public string? Between { get; init; }
    public string? Years { get; init; }
    public string? Vintage { get; init; }
    public string? Upper { get; init; }
    public string? Programme { get; init; }

    [FromQuery(Name = "call-topic")]
    public string? CallTopic { get; init; }

    public string? Science { get; init; }
    public string? Year { get; init; }

    public bool IsUpper => Upper is "1" or "true";

    public Outcome<Question> Ask()
    {
        var question = new FigureQuery { Between = Between, Years = Years, Vintage = Vintage }.Ask("joint-projects");
        return question is { Ok: true, Value.B: null }
            ? Refusal.Usage("between", "Whose projects? Name two organisations, such as between=cnrs,imperial.", "Les projets de qui ? Nommez deux organisations, par exemple between=cnrs,imperial.", "between")
            : question;
    }

    public bool Passes(JointProject project) =>
        (string.IsNullOrEmpty(Programme) || project.Programme == Programme || project.Bases.Any(b => b.Code == Programme))
        && (string.IsNullOrEmpty(CallTopic) || project.Topics.Any(t => t.Code == CallTopic))
        && (string.IsNullOrEmpty(Science) || project.Sciences.Any(s => s.IsWithin(Science)))
        && (string.IsNullOrEmpty(Year) || project.Start?.Year.ToString(CultureInfo.InvariantCulture) == Year);
}

/// <summary>The joint projects of a pair, one by one: who does what in them, what they are about, and who pays.</summary>
public static class ProjectRoutes
{
    public static Listing<JointProject> Columns { get; } = new(
        new("id", p => p.Id), new("acronym", p => p.Acronym), new("title", p => p.Title), new("start", p => p.Start), new("end", p => p.End), new("status", p => p.Status),
        new("framework", p => p.Framework), new("programme", p => p.Programme), new("roleOfA", p => p.RoleOfA), new("roleOfB", p => p.RoleOfB),
        new("contributionToA", p => p.ContributionToA), new("contributionToB", p => p.ContributionToB),
        new("topics", p => p.Topics.Select(t => t.Code).ToList()), new("topicTitles", p => p.Topics.Select(t => t.Title).ToList()),
        new("sciences", p => p.Sciences.Select(s => s.Path.Length > 0 ? s.Path : s.Title).ToList()), new("bases", p => p.Bases.Select(b => b.Code).ToList()));

    public static void MapProjects(this IEndpointRouteBuilder app)
    {
        app.MapGet("/projects", Page);
        app.MapGet("/api/v1/projects", (Work work, Reader reader, [AsParameters] ProjectsQuery query, [AsParameters] ListQuery list) =>
                Columns.Answer(Rows(work, query), list, reader, "entente-projects"))
            .Lists<JointProject>("listProjects", new("The joint projects of a pair, with the roles of both, the topics of their calls, their fields of science and their legal bases.",
                "Les projets communs d’une paire, avec les rôles des deux, les sujets de leurs appels, leurs domaines scientifiques et leurs bases juridiques."),
                "/api/v1/projects?between={a},{b}");
    }

    static IResult Page(Work work, [AsParameters] ProjectsQuery query, [AsParameters] ListQuery list)
    {
        var found = Find(work, query);
        if (!found.Ok) return Answers.RefusalPage(found.Refusal!);
        var page = Columns.Page(found.Value.Rows, list);
        if (!page.Ok) return Answers.RefusalPage(page.Refusal!);
        var question = query.Ask().Value;
        return Answers.Page<ProjectsPage>(new
        {
            Question = question,
            Indicator = Indicators.Find(question.Figure).Value,
            found.Value.Answer,
            Page = page.Value,
            Query = query,
            List = list,
            found.Value.All,
            Shorts = FigureRoutes.Shorts(work),
        });
    }

    static Outcome<IReadOnlyList<JointProject>> Rows(Work work, ProjectsQuery query)
    {
        var found = Find(work, query);
        return found.Ok ? found.Value.Rows.ToList() : found.Refusal!;
    }

    sealed record Found(FigureAnswer Answer, IReadOnlyList<JointProject> All, IReadOnlyList<JointProject> Rows);

    static Outcome<Found> Find(Work work, ProjectsQuery query)
    {
        var question = query.Ask();
        if (!question.Ok) return question.Refusal!;
        var listed = Figures.JointProjects(work, question.Value);
        if (!listed.Ok) return listed.Refusal!;
        var (answer, counted) = listed.Value;
        var all = query.IsUpper ? counted.OnlyInUpper : counted.Projects;
        return new Found(answer, all, [.. all.Where(query.Passes)]);
    }
}
