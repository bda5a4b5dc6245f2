using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Claims;

/// <summary>What a list of claims can be narrowed to; a null part narrows nothing.</summary>
public sealed record ClaimFilter
{
    /// <summary>Keys of organisations that the claim must be about, all of them.</summary>
    public IReadOnlyList<string> Organisations { get; init; } = [];

    /// <summary>Key of an organisation, an institute or a structure.</summary>
    public string? Subject { get; init; }
    public string? Source { get; init; }
    public Verdict? Verdict { get; init; }

    /// <summary>Of a claim that is looked at: it is judged with the others even if it was withdrawn.</summary>
    public string? Key { get; init; }

    /// <summary>Words that must all occur in its topic, text or value.</summary>
    public string? Text { get; init; }
}

/// <summary>A claim as the ledger shows it: what it allows, the worst verdict it meets, and why.</summary>
public sealed record ClaimRow
{
    public required ReadClaim Read { get; init; }
    public Claim Claim => Read.Claim;
    public required Verdict Verdict { get; init; }
    public required Said Reason { get; init; }

    /// <summary>Against each other claim about the same subject.</summary>
    public required IReadOnlyList<Comparison> Comparisons { get; init; }

    /// <summary>What the structures on record say; null where they say nothing to such a claim.</summary>
    public Answer? ByRecord { get; init; }

    /// <summary>What evidence says, or what is missing; null where no figure answers such a claim.</summary>
    public Answer? ByEvidence { get; init; }

    /// <summary>Set when neither the window nor the source says until when the figure holds.</summary>
    public Said? Stale { get; init; }
}

/// <summary>Claims held against each other. StatedOnce: nothing on record can be held against any of them.</summary>
public sealed record ClaimGroup(Said Topic, IReadOnlyList<ClaimRow> Rows)
{
    public Verdict Worst => ClaimsQueries.Worst(Rows.Select(r => r.Verdict));
    public bool StatedOnce => Worst == Verdict.NotComparable;
}

public sealed record Ledger
{
    /// <summary>The most disputed group first.</summary>
    public required IReadOnlyList<ClaimGroup> Groups { get; init; }

    /// <summary>Of the claims shown; each verdict has its entry.</summary>
    public required IReadOnlyDictionary<Verdict, int> Counts { get; init; }
    public IEnumerable<ClaimRow> Rows => Groups.SelectMany(g => g.Rows);
    public required IReadOnlyList<DurationCheck> Durations { get; init; }
    public required IReadOnlyList<ShareCheck> Shares { get; init; }
}

public static class ClaimsQueries
{
    /// <summary>
    /// Every claim that answers the filter, judged against all claims on record, shown or not. One query beyond the portfolio's own.
    /// </summary>
    public static async Task<Ledger> LedgerAsync(Work work, PortfolioRecord record, ClaimFilter filter, CancellationToken ct)
    {
        var claims = (await OpenAsync(work, record, ct, withdrawn: filter.Key is not null)).Where(c => c.Withdrawn is null || c.Key == filter.Key).ToList();
        return Judge(record, claims, filter, read => Answering.ByEvidence(work, read, ct));
    }

    /// <summary>The claims that the reader may know of, in the order of their keys; those that were withdrawn only where they are asked for.</summary>
    public static async Task<IReadOnlyList<Claim>> OpenAsync(Work work, PortfolioRecord record, CancellationToken ct, bool withdrawn = false) =>
        [.. (await work.Db.Claims.AsNoTracking().Where(c => withdrawn || c.Withdrawn == null).OrderBy(c => c.Key).ToListAsync(ct)).Where(c => IsOpen(work.Actor, record, c))];

    // What it speaks of and who states it must be open too; the sides of a claim are those of its structure, else the bodies it names.
    static bool IsOpen(Actor reader, PortfolioRecord record, Claim c)
    {
        var bodies = c.OrganisationKeys.Concat(c.Institute is null ? [] : [c.Institute]).ToList();
        var known = c.Source.Sources.All(record.Sources.ContainsKey) && bodies.All(record.Organisations.ContainsKey)
            && (c.Structure is null || record.Structures.ContainsKey(c.Structure)) && (c.Instrument is null || record.Instruments.ContainsKey(c.Instrument));
        if (!known) return false;
        var sides = c.Structure is { } structure ? record.SidesOf(structure) : bodies.Count > 0 ? [.. bodies.Select(record.RootOf).Distinct()] : null;
        return c.Audience.OpenTo(reader, sides, c.Structure is null ? null : $"structures/{c.Structure}");
    }

    /// <summary>The ledger of these claims; <paramref name="evidence"/> answers one from a vintage.</summary>
    public static Ledger Judge(PortfolioRecord record, IReadOnlyList<Claim> claims, ClaimFilter filter, Func<ReadClaim, Answer?> evidence)
    {
        var all = claims.Select(c => ReadClaim.Of(c, record.Sources[c.Source[0].Source])).ToList();
        var rows = all.Where(c => Shows(c.Claim, filter)).Select(c => Row(record, c, all, evidence(c)))
            .Where(r => filter.Verdict is not { } verdict || r.Verdict == verdict).ToList();
        return new Ledger
        {
            Groups = [.. rows.GroupBy(r => r.Claim.SaidTopic).Select(g => new ClaimGroup(g.Key, [.. g.OrderBy(r => Verdicts.Gravity(r.Verdict))]))
                .OrderBy(g => Verdicts.Gravity(g.Worst)).ThenBy(g => g.Topic.En, StringComparer.Ordinal)],
            Counts = Enum.GetValues<Verdict>().ToDictionary(v => v, v => rows.Count(r => r.Verdict == v)),
            Durations = Plausibility.Durations(all, record.Rules),
            Shares = Plausibility.Shares(all),
        };
    }

    /// <summary>Contradictory, then explainable, then consistent; not comparable only where nothing else was met.</summary>
    public static Verdict Worst(IEnumerable<Verdict> verdicts) => verdicts.DefaultIfEmpty(Verdict.NotComparable).MinBy(Verdicts.Gravity);

    static ClaimRow Row(PortfolioRecord record, ReadClaim read, List<ReadClaim> all, Answer? byEvidence)
    {
        // A claim of another measure is worth a line only where a rule links the two.
        var comparisons = all.Where(other => other != read && other.Claim.Subject == read.Claim.Subject)
            .Select(other => (Other: other, Comparison: Comparing.Compare(read, other, record.Rules)))
            .Where(c => c.Other.Claim.Measure == read.Claim.Measure || c.Comparison.Verdict != Verdict.NotComparable)
            .Select(c => c.Comparison).ToList();
        var byRecord = Answering.ByRecord(record, read);
        var judged = comparisons.Select(c => (c.Verdict, c.Reason))
            .Concat(new[] { byEvidence, byRecord }.OfType<Answer>().Where(a => a.Verdict is not null).Select(a => (Verdict: a.Verdict!.Value, Reason: a.Text)))
            .Where(j => j.Verdict != Verdict.NotComparable).ToList();
        var worst = judged.Count > 0 ? judged.MinBy(j => Verdicts.Gravity(j.Verdict)) : (Verdict.NotComparable, Alone(read, all, byRecord, byEvidence));
        return new ClaimRow
        {
            Read = read, Verdict = worst.Item1, Reason = worst.Item2, Comparisons = comparisons, ByRecord = byRecord, ByEvidence = byEvidence,
            Stale = StaleOf(record, read),
        };
    }

    static Said Alone(ReadClaim read, List<ReadClaim> all, Answer? byRecord, Answer? byEvidence)
    {
        var sources = string.Join(", ", read.Claim.Source.Sources);
        var parts = new List<Said> { new($"Only {sources} states it.", $"Seule la source {sources} le dit.") };
        if (Plausibility.ShareOf(read, all) is { } share) parts.Add(share.Reason);
        if (byRecord is not null) parts.Add(byRecord.Text);
        if (byEvidence is not null) parts.Add(byEvidence.Text);
        return new(string.Join(" ", parts.Select(p => p.En)), string.Join(" ", parts.Select(p => p.Fr)));
    }

    static Said? StaleOf(PortfolioRecord record, ReadClaim read) =>
        read.Period.Span is not null || read.Claim.Source.Any(c => record.Sources[c.Source].Date is not null) ? null
            : new("It carries no cut-off date: neither its window nor its page has one.", "Il ne porte aucune date d’arrêt\u202F: ni sa période ni sa page n’en ont.");

    static bool Shows(Claim claim, ClaimFilter filter) =>
        filter.Organisations.All(claim.OrganisationKeys.Contains)
        && (filter.Subject is not { } subject || claim.OrganisationKeys.Contains(subject) || claim.Institute == subject || claim.Structure == subject)
        && (filter.Source is not { } source || claim.Source.Cites(source))
        && (filter.Text is not { } text || Words.AllIn(text, [claim.Key, claim.Topic, claim.TopicFr, claim.Text, claim.TextFr, claim.Value, claim.Period]));
}
