using Entente.Core.Claims;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Store;
using Entente.Web.Api;
using Entente.Web.Shell;

namespace Entente.Web.Claims;

/// <summary>What on record does not fit.</summary>
static class PlausibilityRoutes
{
    static readonly Listing<Doubt> Pages = new(new Column<Doubt>("kind", d => d.Kind.ToString()));

    public static void MapPlausibility(this IEndpointRouteBuilder app)
    {
        app.MapGet("/plausibility", async (Work work, PortfolioRecord record, string? q, string? kind, string? instrument, int? page, CancellationToken ct) =>
        {
            var ledger = await ClaimsQueries.LedgerAsync(work, record, new(), ct);
            var found = await FoundAsync(work, record, ledger, q, kind, instrument, ct);
            var paged = found.Refusal is { } refusal ? (Outcome<Paged<Doubt>>)refusal : Pages.Page(found.Value, new() { Page = page });
            return paged.ToPage<Paged<Doubt>, PlausibilityPage>(shown => new { Page = shown, Ledger = ledger });
        });
        app.MapGet("/api/v1/plausibility", async (Work work, PortfolioRecord record, Reader reader, string? kind, string? instrument, [AsParameters] ListQuery list, CancellationToken ct) =>
            {
                var found = await FoundAsync(work, record, await ClaimsQueries.LedgerAsync(work, record, new(), ct), list.Q, kind, instrument, ct);
                Outcome<IReadOnlyList<DoubtLine>> lines = found.Refusal is { } refusal ? refusal : found.Value.Select(d => DoubtLine.Of(d, reader.Lang)).ToList();
                return DoubtLine.Columns.Answer(lines, list with { Q = null }, reader, "entente-plausibility");
            })
            .Lists<DoubtLine>("listDoubts", new("What on record does not fit, why, and where it is mended.",
                "Ce qui ne va pas au registre, pourquoi, et où y remédier."), "/api/v1/plausibility");
    }

    static async Task<Outcome<IReadOnlyList<Doubt>>> FoundAsync(Work work, PortfolioRecord record, Ledger ledger, string? q, string? kind, string? instrument, CancellationToken ct)
    {
        var asked = Enum.GetValues<DoubtKind>().Where(k => Verdicts.Key(k) == kind).Select(k => (DoubtKind?)k).FirstOrDefault();
        if (!string.IsNullOrEmpty(kind) && asked is null)
        {
            var names = string.Join(", ", Enum.GetValues<DoubtKind>().Select(Verdicts.Key));
            return Refusal.Usage("kind", $"“{kind}” is not a kind: write one of {names}.", $"« {kind} » n’est pas une nature : écrivez {names}.", "kind");
        }
        return (await Doubts.AllAsync(work, record, ledger, new(asked, Given(instrument), Given(q)), ct)).ToList();
    }

    static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
