using Entente.Core.Evidence;
using Entente.Core.Portfolio;
using Entente.Core.Store;
using Entente.Web.Api;
using Entente.Web.Shell;

namespace Entente.Web.Portfolio;

/// <summary>The room of the portfolio: what runs, who stands behind it, and where each fact comes from.</summary>
public static class PortfolioRoutes
{
    public static void MapPortfolio(this IEndpointRouteBuilder app)
    {
        app.MapGet("/", (Work work, PortfolioRecord record) => Answers.Page<HomePage>(
            new { Overview = PortfolioQueries.Overview(record, new(), Today(work)), Vintages = Vintages.List(work.Folder) }));
        app.MapGet("/structures", (Work work, PortfolioRecord record, [AsParameters] StructureQuery query) => Answers.Page<StructuresPage>(
            new { Rows = PortfolioQueries.Rows(record, query.Filter, Today(work)), PortfolioQueries.Overview(record, new(), Today(work)).Axis }));
        app.MapGet("/api/v1/structures", (Work work, PortfolioRecord record, Reader reader, string? kind, string? country, string? organisation, [AsParameters] ListQuery list) =>
                StructureLine.Columns.Answer(Lines(work, record, reader, new() { Kind = Given(kind), Country = Given(country), Organisation = Given(organisation) }), list, reader, "entente-structures"))
            .Lists<StructureLine>("listStructures", new("The structures and programmes on the record.", "Les structures et programmes du registre."), "/api/v1/structures");
    }

    static IEnumerable<StructureLine> Lines(Work work, PortfolioRecord record, Reader reader, StructureFilter filter) =>
        PortfolioQueries.Rows(record, filter, Today(work)).Select(row => StructureLine.Of(record, row, reader.Lang));

    static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    public static DateOnly Today(Work work) => DateOnly.FromDateTime(work.Now.UtcDateTime);
}

/// <summary>What the list of structures can be asked, as the address carries it.</summary>
public sealed record StructureQuery(string? Q, string? Kind, string? Country, string? Organisation, string? Source, string? Sort)
{
    public StructureFilter Filter => new()
    {
        Text = Given(Q), Kind = Given(Kind), Country = Given(Country), Organisation = Given(Organisation), Source = Given(Source), Sort = Given(Sort),
    };

    static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
