using Entente.Core.Claims;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Store;
using Entente.Web.Api;
using Entente.Web.Claims;
using Entente.Web.Portfolio;
using Entente.Web.Shell;

namespace Entente.Web.Evidence;

/// <summary>Two institutions, one record: cooperation in numbers.</summary>
public static class PartnershipRoutes
{
    static readonly Listing<PartnershipRow> Columns = new(
        new("a", p => p.A), new("b", p => p.B), new("nameA", p => p.NameA), new("nameB", p => p.NameB), new("countryA", p => p.CountryA), new("countryB", p => p.CountryB),
        new("structures", p => p.Structures), new("kinds", p => p.Kinds));

    public static void MapPartnerships(this IEndpointRouteBuilder app)
    {
        app.MapGet("/partnerships", (PortfolioRecord record) => Answers.Page<PartnershipsPage>(new { Rows = PartnershipRow.All(record) }));
        app.MapGet("/partnerships/open", (string? a, string? b) => string.IsNullOrWhiteSpace(a) || string.IsNullOrWhiteSpace(b)
            ? Results.Redirect("/partnerships") : Results.Redirect($"/partnerships/{Uri.EscapeDataString(a.Trim())}/{Uri.EscapeDataString(b.Trim())}"));
        app.MapGet("/partnerships/{a}/{b}", PageAsync);
        app.MapGet("/api/v1/partnerships", (PortfolioRecord record, Reader reader, [AsParameters] ListQuery list) =>
                Columns.Answer(PartnershipRow.All(record), list, reader, "entente-partnerships"))
            .Lists<PartnershipRow>("listPartnerships", new("Pairs of institutions behind one structure of the portfolio or more.",
                "Paires d’institutions derrière une structure du portefeuille ou plus."), "/api/v1/partnerships");
        app.MapGet("/api/v1/partnerships/{a}/{b}", async (Work work, PortfolioRecord record, Reader reader, string a, string b, [AsParameters] WindowQuery query, CancellationToken ct) =>
                (await JoinedAsync(work, record, reader, a, b, query, ct)).ToJson(reader))
            .Answers<PartnershipNumbers>("getPartnership", new("A pair in numbers: its figures by every membership, both sides, joint projects, structures and claims. Where a figure cannot be given, why.",
                "Une paire en chiffres : ses chiffres selon chaque appartenance, les deux côtés, les projets communs, les structures et les affirmations. Quand un chiffre manque, pourquoi."),
                "/api/v1/partnerships/{a}/{b}?years=2017-2022");
    }

    static async Task<IResult> PageAsync(Work work, PortfolioRecord record, string a, string b, [AsParameters] WindowQuery query, CancellationToken ct)
    {
        var numbers = PartnershipNumbers.Of(work, a, b, query, ct);
        if (!numbers.Ok) return Answers.RefusalPage(numbers.Refusal!);
        return Answers.Page<PartnershipPage>(new
        {
            Numbers = numbers.Value,
            Claims = (await ClaimsOfAsync(work, record, numbers.Value, ct)).Groups,
            Today = DateOnly.FromDateTime(work.Now.UtcDateTime),
            Vintages = FigureRoutes.VintagesFor(work, numbers.Value.CoPublications.Question.Figure),
        });
    }

    static Task<Ledger> ClaimsOfAsync(Work work, PortfolioRecord record, PartnershipNumbers numbers, CancellationToken ct) =>
        ClaimsQueries.LedgerAsync(work, record, new ClaimFilter { Organisations = [numbers.A.Key, numbers.B.Key] }, ct);

    // The numbers with what the record and the claims say of the pair.
    static async Task<Outcome<PartnershipNumbers>> JoinedAsync(Work work, PortfolioRecord record, Reader reader, string a, string b, WindowQuery query, CancellationToken ct)
    {
        var numbers = PartnershipNumbers.Of(work, a, b, query, ct);
        if (!numbers.Ok) return numbers;
        var today = DateOnly.FromDateTime(work.Now.UtcDateTime);
        var rows = PortfolioQueries.Rows(record, new StructureFilter { Organisation = numbers.Value.A.Key, Sort = "centre" }, today)
            .Where(row => row.Partners.Any(p => p.Key == numbers.Value.B.Key));
        return numbers.Value with
        {
            Structures = [.. rows.Select(row => StructureLine.Of(record, row, reader.Lang))],
            Claims = [.. (await ClaimsOfAsync(work, record, numbers.Value, ct)).Rows.Select(row => ClaimLine.Of(row, reader.Lang))],
        };
    }
}
