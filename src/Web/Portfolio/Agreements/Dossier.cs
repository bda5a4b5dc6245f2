using System.Globalization;
using Entente.Core.Claims;
using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Agreements;
using Entente.Core.Portfolio.Rules;
using Entente.Core.Store;
using Entente.Web.Evidence;

namespace Entente.Web.Portfolio.Agreements;

/// <summary>Something that nobody has answered yet, and where it would be.</summary>
public sealed record OpenQuestion(Said Text, string Href);

/// <summary>Two sides of the agreement in numbers, or why there are none.</summary>
public sealed record DossierPair(PairAddress Pair, PartnershipNumbers? Numbers, Said? Missing);

/// <summary>
/// All that stands on record and in evidence about an agreement that comes due, as its reader may know it: gathered anew each time, so
/// that it is never older than the record.
/// </summary>
public sealed record Dossier
{
    // A figure for every pair of five parties would be ten pages; the others are one link away.
    const int MaxPairs = 3;

    public required AgreementView View { get; init; }

    /// <summary>From the year it began to the last year of the vintage; null where either is unknown.</summary>
    public required Years? Window { get; init; }
    public required IReadOnlyList<DossierPair> Pairs { get; init; }
    public required IReadOnlyList<PairAddress> MorePairs { get; init; }
    public required IReadOnlyList<ClaimGroup> Claims { get; init; }
    public required IReadOnlyList<Role> Roles { get; init; }
    public required IReadOnlyList<RuleFinding> Findings { get; init; }
    public required IReadOnlyList<OpenQuestion> Questions { get; init; }
    public required DateTimeOffset At { get; init; }

    public bool Synthetic => Pairs.Any(p => p.Numbers?.Synthetic == true);

    public static async Task<Outcome<Dossier>> OfAsync(Work work, PortfolioRecord record, string key, CancellationToken ct)
    {
        var found = await AgreementView.OfAsync(work, record, key, ct);
        if (found.Refusal is { } refusal) return refusal;
        var view = found.Value;
        var window = WindowOf(work, record, view.Agreement);
        var pairs = PairsOf(record, view.Sides);
        var findings = RuleChecks.Of(record, view.Structure, view.Today);
        return new Dossier
        {
            View = view, Window = window, At = work.Now, Findings = findings,
            Pairs = [.. pairs.Take(MaxPairs).Select(pair => Numbers(work, pair, window, ct))], MorePairs = [.. pairs.Skip(MaxPairs)],
            Claims = await ClaimsAsync(work, record, view, ct),
            Roles = [.. record.RolesOf(view.Structure.Key)],
            Questions = [.. DossierQuestions.Of(record, view, findings)],
        };
    }

    static Years? WindowOf(Work work, PortfolioRecord record, Agreement agreement)
    {
        if (AgreementReading.BeganOn(record, agreement) is not { } began) return null;
        var last = Vintages.Find(work.Folder, VintageKind.OpenAlex, null) is { Ok: true, Value.LastYear: { } year } ? year : (int?)null;
        return last is { } end && began.Year <= end ? new Years(began.Year, end) : null;
    }

    // The first side with each of the others: that is what the agreement binds together.
    static List<PairAddress> PairsOf(PortfolioRecord record, IReadOnlyList<string> sides)
    {
        var known = sides.Where(record.Organisations.ContainsKey).Select(s => record.Organisations[s]).ToList();
        return known.Count < 2 ? [] : [.. known.Skip(1).Select(other => new PairAddress(known[0], other))];
    }

    static DossierPair Numbers(Work work, PairAddress pair, Years? window, CancellationToken ct)
    {
        var years = window is { } since ? string.Create(CultureInfo.InvariantCulture, $"{since.First}-{since.Last}") : null;
        var numbers = PartnershipNumbers.Of(work, pair.A.Key, pair.B.Key, new WindowQuery { Years = years }, ct);
        return numbers.Refusal is { } refusal ? new(pair, null, refusal.Message)
            : numbers.Value.CoPublications.Missing is { } missing ? new(pair, null, missing.Reason) : new(pair, numbers.Value, null);
    }

    static async Task<IReadOnlyList<ClaimGroup>> ClaimsAsync(Work work, PortfolioRecord record, AgreementView view, CancellationToken ct)
    {
        var ledger = await ClaimsQueries.LedgerAsync(work, record, new(), ct);
        bool About(ClaimRow row) => row.Claim.Structure == view.Structure.Key
            || row.Claim.Structure is null && row.Claim.OrganisationKeys.Count > 1 && row.Claim.OrganisationKeys.All(o => view.Sides.Contains(record.RootOf(o)));
        return [.. ledger.Groups.Select(g => new ClaimGroup(g.Topic, [.. g.Rows.Where(About)])).Where(g => g.Rows.Count > 0)];
    }
}
