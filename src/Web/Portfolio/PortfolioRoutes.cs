using Entente.Core.Claims;
using Entente.Core.Evidence;
using Entente.Core.Evidence.Rnsr;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Store;
using Entente.Web.Api;
using Entente.Web.Portfolio.Agreements;
using Entente.Web.Portfolio.Rules;
using Entente.Web.Shell;
using Source = Entente.Core.Portfolio.Source;

namespace Entente.Web.Portfolio;

/// <summary>The room of the portfolio: what runs, who stands behind it, and where each fact comes from.</summary>
public static class PortfolioRoutes
{
    public static void MapPortfolio(this IEndpointRouteBuilder app)
    {
        app.MapGet("/", async (Work work, PortfolioRecord record, CancellationToken ct) => Answers.Page<HomePage>(new
        {
            Overview = PortfolioQueries.Overview(record, new(), Today(work)),
            Ledger = await ClaimsQueries.LedgerAsync(work, record, new(), ct),
            Vintages = Vintages.List(work.Folder),
            Today = Today(work),
        }));
        app.MapGet("/structures", (Work work, PortfolioRecord record, [AsParameters] StructureQuery query) => Answers.Page<StructuresPage>(
            new { Rows = PortfolioQueries.Rows(record, query.Filter, Today(work)), PortfolioQueries.Overview(record, new(), Today(work)).Axis }));
        app.MapGet("/structures/{key}", async (Work work, PortfolioRecord record, string key, CancellationToken ct) =>
        {
            var ledger = await ClaimsQueries.LedgerAsync(work, record, new() { Subject = key }, ct);
            var opinions = await Opinions.OfAsync(work, record, key, ct);
            return FindStructure(record, key).ToPage<Structure, StructurePage>(structure => new
            {
                Opinions = opinions,
                Row = PortfolioQueries.Row(record, structure, Today(work)),
                Members = PortfolioQueries.Rows(record, new() { Centre = key }, Today(work)).Where(r => r.Structure.Key != key).ToList(),
                PortfolioQueries.Overview(record, new(), Today(work)).Axis,
                Claims = ledger.Rows.ToList(),
                Today = Today(work),
                Register = Registers.Open(work) is { Ok: true } register ? RegisterComparison.Match(record, structure, register.Value) : null,
            });
        });
        app.MapGet("/organisations", (PortfolioRecord record, Reader reader) =>
            OrganisationLine.Columns.Select(OrganisationLine.All(record), new ListQuery { Sort = reader["sort"], Q = reader["q"] })
                .ToPage<IReadOnlyList<OrganisationLine>, OrganisationsPage>(rows => new { Rows = rows }));
        app.MapGet("/organisations/{key}", (Work work, PortfolioRecord record, string key) => FindOrganisation(record, key)
            .ToPage<Organisation, OrganisationPage>(organisation => new
            {
                Organisation = organisation,
                Rows = PortfolioQueries.Rows(record, new() { Organisation = organisation.Key }, Today(work)),
                PortfolioQueries.Overview(record, new(), Today(work)).Axis,
            }));
        app.MapGet("/sources", async (Work work, PortfolioRecord record, Reader reader, CancellationToken ct) =>
            SourceLine.Columns.Select(SourceLine.All(record, await ClaimsQueries.OpenAsync(work, record, ct)), new ListQuery { Sort = reader["sort"] })
                .ToPage<IReadOnlyList<SourceLine>, SourcesPage>(rows => new { Rows = rows }));
        app.MapGet("/sources/{key}", async (Work work, PortfolioRecord record, string key, CancellationToken ct) =>
        {
            var ledger = await ClaimsQueries.LedgerAsync(work, record, new() { Source = key }, ct);
            return FindSource(record, key).ToPage<Source, SourcePage>(source => new { Source = source, Claims = ledger.Rows.ToList() });
        });
        app.MapAgreements();
        app.MapPortfolioApi();
        app.MapRecordApi();
    }

    static void MapPortfolioApi(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/organisations", (PortfolioRecord record, Reader reader, [AsParameters] ListQuery list) =>
                OrganisationLine.Columns.Answer(OrganisationLine.All(record), list, reader, "entente-organisations"))
            .Lists<OrganisationLine>("listOrganisations", new("The organisations on the record.", "Les organisations du registre."), "/api/v1/organisations");
        app.MapGet("/api/v1/sources", async (Work work, PortfolioRecord record, Reader reader, [AsParameters] ListQuery list, CancellationToken ct) =>
                SourceLine.Columns.Answer(SourceLine.All(record, await ClaimsQueries.OpenAsync(work, record, ct)), list, reader, "entente-sources"))
            .Lists<SourceLine>("listSources", new("Where facts and claims come from.", "D’où viennent les faits et les affirmations."), "/api/v1/sources");
        app.MapGet("/api/v1/structures", (Work work, PortfolioRecord record, Reader reader, string? kind, string? country, string? organisation, [AsParameters] ListQuery list) =>
                StructureLine.Columns.Answer(Lines(work, record, reader, new() { Kind = Given(kind), Country = Given(country), Organisation = Given(organisation) }), list, reader, "entente-structures"))
            .Lists<StructureLine>("listStructures", new("The structures and programmes on the record.", "Les structures et programmes du registre."), "/api/v1/structures");
    }

    static IEnumerable<StructureLine> Lines(Work work, PortfolioRecord record, Reader reader, StructureFilter filter) =>
        PortfolioQueries.Rows(record, filter, Today(work)).Select(row => StructureLine.Of(record, row, reader.Lang));

    static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    static Outcome<Structure> FindStructure(PortfolioRecord record, string key) => record.Structures.TryGetValue(key, out var found) ? found
        : Refusal.NotFound("unknown-structure", $"There is no structure “{key}” on this record. The list is at /structures.",
            $"Il n’y a pas de structure « {key} » dans ce registre. La liste est sur /structures.");

    // By key or by ROR id, bare or as an address.
    static Outcome<Organisation> FindOrganisation(PortfolioRecord record, string key) =>
        record.Organisations.Values.FirstOrDefault(o => o.Key == key || (o.Ror is not null && o.Ror == RorId.Parse(key))) is { } found ? found
        : Refusal.NotFound("unknown-organisation", $"There is no organisation “{key}” on this record. The list is at /organisations.",
            $"Il n’y a pas d’organisation « {key} » dans ce registre. La liste est sur /organisations.");

    static Outcome<Source> FindSource(PortfolioRecord record, string key) => record.Sources.TryGetValue(key, out var found) ? found
        : Refusal.NotFound("unknown-source", $"There is no source “{key}” on this record. The list is at /sources.",
            $"Il n’y a pas de source « {key} » dans ce registre. La liste est sur /sources.");

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
