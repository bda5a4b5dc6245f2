using Entente.Core.Claims;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Store;
using Entente.Web.Api;
using Entente.Web.Shell;

namespace Entente.Web.Claims;

/// <summary>The room of claims: what was published, and what answers it.</summary>
public static class ClaimsRoutes
{
    public static void MapClaims(this IEndpointRouteBuilder app)
    {
        app.MapContradictions();
        app.MapPlausibility();
        app.MapClaiming();
        app.MapGet("/claims", async (Work work, PortfolioRecord record, [AsParameters] ClaimsQuery query, CancellationToken ct) =>
            (await query.AskAsync(work, record, ct)).ToPage<Ledger, ClaimsPage>(ledger => new { Ledger = ledger }));
        app.MapGet("/claims/{key}", async (Work work, PortfolioRecord record, string key, CancellationToken ct) =>
        {
            var ledger = await ClaimsQueries.LedgerAsync(work, record, new() { Key = key }, ct);
            return Find(ledger, key).ToPage<ClaimRow, ClaimPage>(row => new { Row = row, Ledger = ledger });
        });
        app.MapGet("/api/v1/claims", async (Work work, PortfolioRecord record, Reader reader, string? subject, string? source, string? verdict, [AsParameters] ListQuery list, CancellationToken ct) =>
                ClaimLine.Columns.Answer(await LinesAsync(work, record, reader, new(list.Q, subject, source, verdict), ct), list with { Q = null }, reader, "entente-claims"))
            .Lists<ClaimLine>("listClaims", new("Published figures, what their words allow, and the worst verdict each meets.",
                "Les chiffres publiés, ce que leurs mots permettent, et le pire verdict que chacun rencontre."), "/api/v1/claims");
        app.MapGet("/api/v1/claims/{key}", async (Work work, PortfolioRecord record, Reader reader, string key, CancellationToken ct) =>
                Find(await ClaimsQueries.LedgerAsync(work, record, new(), ct), key).ToJson(reader, row => ClaimLine.Of(row, reader.Lang)))
            .Answers<ClaimLine>("getClaim", new("One published figure.", "Un chiffre publié."), "/api/v1/claims/{claim}");
    }

    static async Task<Outcome<IReadOnlyList<ClaimLine>>> LinesAsync(Work work, PortfolioRecord record, Reader reader, ClaimsQuery query, CancellationToken ct)
    {
        var ledger = await query.AskAsync(work, record, ct);
        return ledger.Ok ? ledger.Value.Rows.Select(row => ClaimLine.Of(row, reader.Lang)).ToList() : ledger.Refusal!;
    }

    static Outcome<ClaimRow> Find(Ledger ledger, string key) => ledger.Rows.FirstOrDefault(r => r.Claim.Key == key) is { } row ? row
        : Refusal.NotFound("unknown-claim", $"There is no claim “{key}” on this record. The list is at /claims.",
            $"Il n’y a pas d’affirmation « {key} » dans ce registre. La liste est sur /claims.");
}

/// <summary>What the ledger can be asked, as the address carries it.</summary>
public sealed record ClaimsQuery(string? Q, string? Subject, string? Source, string? Verdict)
{
    public async Task<Outcome<Ledger>> AskAsync(Work work, PortfolioRecord record, CancellationToken ct)
    {
        Verdict? verdict = null;
        if (Given(Verdict) is { } word)
        {
            if (ClaimWords.All.Where(v => ClaimWords.Key(v) == word).Select(v => (Verdict?)v).FirstOrDefault() is not { } known)
                return Refusal.Usage("verdict", $"“{word}” is not a verdict: write contradictory, explainable, consistent or not-comparable.",
                    $"« {word} » n’est pas un verdict : écrivez contradictory, explainable, consistent ou not-comparable.", "verdict");
            verdict = known;
        }
        return await ClaimsQueries.LedgerAsync(work, record, new() { Text = Given(Q), Subject = Given(Subject), Source = Given(Source), Verdict = verdict }, ct);
    }

    static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
