using System.Globalization;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;

namespace Entente.Core.Claims;

/// <summary>One claim held against another: the verdict, why, and the ratio of their nearest ends where they were measured.</summary>
public sealed record Comparison(string Other, Verdict Verdict, Said Reason, decimal? Gap);

/// <summary>
/// Holds claims against each other, two at a time, by the rules of docs/claims.md. Symmetric in its verdict: only the sentence
/// depends on which claim is being read.
/// </summary>
public static class Comparing
{
    /// <summary>Up to this ratio, numbers of different windows agree: output moves from year to year.</summary>
    const decimal Tolerance = 1.15m;

    public static Comparison Compare(ReadClaim a, ReadClaim b, ILookup<string, Rule> rules)
    {
        if (a.Claim.Subject != b.Claim.Subject) return Apart(b, DifferentSubject);
        if (RuleLinks.Units(a, b, rules) is { } converted) return Measure(a, b, converted.A, converted.B, converted.How);
        if (a.Claim.Unit != b.Claim.Unit) return Apart(b, new(
            $"One counts {a.Claim.Unit}, the other {b.Claim.Unit}.", $"L’un compte {UnitWords.Of(a.Claim.Unit).Fr}, l’autre {UnitWords.Of(b.Claim.Unit).Fr}."));
        if (a.Claim.Measure != b.Claim.Measure) return Apart(b, DifferentSubject);
        if (a.Claim.Kind != b.Claim.Kind)
            return RuleLinks.Duration(a, b, rules) is { } linked ? new(b.Claim.Key, linked.Verdict, linked.Reason, null) : Apart(b, new(
                $"One is a {KindWords(a.Claim.Kind).En}, the other a {KindWords(b.Claim.Kind).En}, and no sourced rule links them.",
                $"L’un est {KindWords(a.Claim.Kind).Fr}, l’autre {KindWords(b.Claim.Kind).Fr}, et aucune règle sourcée ne les relie."));
        if (a.Claim.Data is { } one && b.Claim.Data is { } other && one != other) return Apart(b, new(
            $"One is counted on {one}, the other on {other}.", $"L’un est compté sur {one}, l’autre sur {other}."));
        return Measure(a, b, a.Rates, b.Rates, null);
    }

    static Comparison Apart(ReadClaim b, Said reason) => new(b.Claim.Key, Verdict.NotComparable, reason, null);

    static Said DifferentSubject => new("They count different things.", "Ils ne comptent pas la même chose.");

    static Comparison Measure(ReadClaim a, ReadClaim b, IReadOnlyList<Rate> ratesA, IReadOnlyList<Rate> ratesB, Said? how)
    {
        if (ratesA.Count == 0 || ratesB.Count == 0) return Apart(b, new(
            "The length of a window is not stated, so there is no number per year to compare.",
            "La durée d’une période n’est pas précisée\u202F: il n’y a pas de nombre annuel à comparer."));
        var pairs = Pairs(a, b, ratesA, ratesB).ToList();
        if (pairs.FirstOrDefault(p => p.A.Interval.Meets(p.B.Interval)) is { A: not null } meeting)
            return new(b.Claim.Key, Verdict.Consistent, Sentences.Meet(a, b, meeting.A, meeting.B, how), 1);
        var gap = pairs.Min(p => p.A.Interval.GapTo(p.B.Interval));
        var (differ, disjoint) = (a.Period.Differs(b.Period), a.Period.Disjoint(b.Period));
        if (differ && gap <= Tolerance) return new(b.Claim.Key, Verdict.Consistent, Sentences.Near(a, b, ratesA, ratesB, gap!.Value), gap);
        if (disjoint) return new(b.Claim.Key, Verdict.Explainable, Sentences.Far(a, b, ratesA, ratesB, gap, Sentences.WindowsApart), gap);
        var countings = a.Claim.Counting is { } x && b.Claim.Counting is { } y && x != y;
        return countings
            ? new(b.Claim.Key, Verdict.Explainable, Sentences.Far(a, b, ratesA, ratesB, gap, Sentences.CountingsApart(a, b)), gap)
            : new(b.Claim.Key, Verdict.Contradictory, Sentences.Far(a, b, ratesA, ratesB, gap, how), gap);
    }

    // The same window read in two ways is still one window: like is held against like.
    static IEnumerable<(Rate A, Rate B)> Pairs(ReadClaim a, ReadClaim b, IReadOnlyList<Rate> ratesA, IReadOnlyList<Rate> ratesB) =>
        ratesA.Count == ratesB.Count && !a.Period.Differs(b.Period)
            ? ratesA.Zip(ratesB)
            : from x in ratesA from y in ratesB select (x, y);

    public static Said KindWords(ClaimKind kind) => kind switch
    {
        ClaimKind.Flow => new("flow", "un flux"),
        ClaimKind.Stock => new("stock", "un stock"),
        ClaimKind.Share => new("share", "une part"),
        ClaimKind.Event => new("single event", "un événement"),
    };
}

/// <summary>Sourced rules that make two claims comparable: students per project, or stock = inflow × duration (Little's law).</summary>
static class RuleLinks
{
    public sealed record Converted(IReadOnlyList<Rate> A, IReadOnlyList<Rate> B, Said How);

    /// <summary>Puts both claims in one unit where a rule says how many of the one go with each of the other.</summary>
    public static Converted? Units(ReadClaim a, ReadClaim b, ILookup<string, Rule> rules)
    {
        if (a.Claim.Instrument is not { } instrument || a.Claim.Unit == b.Claim.Unit) return null;
        foreach (var rule in rules[instrument])
            if (rule.Field == $"{a.Claim.Unit}.per.{b.Claim.Unit}" && Factor(rule) is { } up) return new(a.Rates, Times(b.Rates, up), How(rule, b, up, a.Claim.Unit));
            else if (rule.Field == $"{b.Claim.Unit}.per.{a.Claim.Unit}" && Factor(rule) is { } over) return new(Times(a.Rates, over), b.Rates, How(rule, a, over, b.Claim.Unit));
        return null;
    }

    static Said How(Rule rule, ReadClaim claim, decimal factor, string unit)
    {
        var total = Numbers.Range(claim.Interval.Times(factor), 0);
        var source = string.Join(", ", rule.Source.Sources);
        return new($"{claim.Claim.Value} {claim.Claim.Unit} make {total.En} {unit}, {rule.Value} to each, as {source} says.",
            $"{claim.Claim.Value} {UnitWords.Of(claim.Claim.Unit).Fr} font {total.Fr} {UnitWords.Of(unit).Fr}, à raison de {rule.Value} chacun, d’après {source}.");
    }

    static List<Rate> Times(IReadOnlyList<Rate> rates, decimal factor) => [.. rates.Select(r => r with { Interval = r.Interval.Times(factor) })];

    public sealed record Link(Verdict Verdict, Said Reason, Interval Implied, IReadOnlyList<DurationFit> Fits);

    /// <summary>A stock and the flow that feeds it: which published durations make the one from the other.</summary>
    public static Link? Duration(ReadClaim a, ReadClaim b, ILookup<string, Rule> rules)
    {
        var (stock, flow) = a.Claim.Kind == ClaimKind.Stock ? (a, b) : (b, a);
        if (stock.Claim.Kind != ClaimKind.Stock || flow.Claim.Kind != ClaimKind.Flow || stock.Claim.Instrument is not { } instrument || flow.Rates.Count == 0) return null;
        var rate = flow.Rates[^1].Interval;
        var fits = rules[instrument].Where(r => r.Field == "duration" && HeldThen(r, stock, flow)).Select(r => (Rule: r, Years: YearsOf(r))).Where(r => r.Years is not null)
            .Select(r => new DurationFit(r.Rule, r.Years!.Value, rate.Times(r.Years.Value), rate.Times(r.Years.Value).Meets(stock.Interval)))
            .OrderByDescending(f => f.Fits).ThenBy(f => f.Rule.Id).ToList();
        if (fits.Count == 0) return null;
        var implied = new Interval(stock.Interval.Low / (rate.High ?? decimal.MaxValue), stock.Interval.High / rate.Low, stock.Interval.LowClosed, stock.Interval.HighClosed);
        return new(fits[0].Fits ? Verdict.Explainable : Verdict.Contradictory, Sentences.Durations(stock, flow, fits), implied, fits);
    }

    // The rules of a label that ended before the claim speak of something else; a claim without years speaks of its page's day.
    static bool HeldThen(Rule rule, ReadClaim stock, ReadClaim flow) =>
        rule.Until is not { } until || ((stock.Period.Span ?? flow.Period.Span) is { } span && span.First < until.Year);

    static decimal? YearsOf(Rule rule) => Factor(rule) is { } n ? rule.Unit switch { "years" => n, "months" => n / 12, _ => null } : null;

    static decimal? Factor(Rule rule) => decimal.TryParse(rule.Value, NumberStyles.Number, CultureInfo.InvariantCulture, out var n) && n > 0 ? n : null;
}

/// <summary>What a published duration makes of the inflow, and whether that meets the stock.</summary>
public sealed record DurationFit(Rule Rule, decimal Years, Interval Stock, bool Fits);

static class UnitWords
{
    public static Said Of(string unit) => unit switch
    {
        "publications" => Said.Same(unit),
        "projects" => new("projects", "projets"),
        "students" => new("students", "doctorants"),
        "persons" => new("persons", "personnes"),
        "structures" => Said.Same(unit),
        "applications" => new("applications", "candidatures"),
        "mechanisms" => new("mechanisms", "mécanismes"),
        "share" => new("shares", "des parts"),
        _ => Said.Same(unit),
    };
}
