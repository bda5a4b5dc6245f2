using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Rules;
using Entente.Core.Store;

namespace Entente.Core.Claims;

/// <summary>
/// What kind of thing does not fit. Arithmetic: a published stock that no published duration makes from its inflow. Overdue: a renewal
/// that should have begun. PastEnd: an agreement that ended without a successor. Vacant: a role that a rule asks for. TermEnded: a role
/// whose holder's term is over. Undated: a structure that no source dates. Departs, Missing, Unchecked: what a rule finds.
/// </summary>
public enum DoubtKind { Arithmetic, PastEnd, Overdue, Departs, Vacant, TermEnded, Missing, Unchecked, Undated }

/// <summary>Something on record that does not fit, why, and where it is mended. It is a question, not an error.</summary>
/// <param name="Subject">structures/KEY, or claims/KEY</param>
/// <param name="Mend">the address where it is mended</param>
public sealed record Doubt(DoubtKind Kind, string Subject, Said Title, Said Why, string Mend)
{
    /// <summary>Key of the instrument of what it is about; null for a claim of none.</summary>
    public string? Instrument { get; init; }

    /// <summary>Sources of the rule that it rests on.</summary>
    public IReadOnlyList<Citation> Sources { get; init; } = [];

    /// <summary>How many object to what the rule says here.</summary>
    public int Contests { get; init; }
}

/// <summary>What a list of doubts can be narrowed to.</summary>
public sealed record DoubtFilter(DoubtKind? Kind, string? Instrument, string? Text);

/// <summary>Everything on record that does not fit, gravest kind first.</summary>
public static class Doubts
{
    public static async Task<IReadOnlyList<Doubt>> AllAsync(Work work, PortfolioRecord record, Ledger ledger, DoubtFilter filter, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(work.Now.UtcDateTime);
        var found = await RuleReading.AllAsync(work, record, ct);
        var all = Arithmetic(ledger).Concat(found.Select(f => OfRule(record, f)))
            .Concat(record.Structures.Values.SelectMany(s => OfStructure(record, s, today)));
        return [.. all.Where(d => Shows(d, filter)).OrderBy(d => d.Kind).ThenBy(d => d.Title.En, StringComparer.OrdinalIgnoreCase)];
    }

    static bool Shows(Doubt doubt, DoubtFilter filter) =>
        (filter.Kind is not { } kind || doubt.Kind == kind)
        && (filter.Instrument is not { } instrument || doubt.Instrument == instrument)
        && (filter.Text is not { } text || Words.AllIn(text, [doubt.Title.En, doubt.Title.Fr, doubt.Why.En, doubt.Why.Fr]));

    static IEnumerable<Doubt> Arithmetic(Ledger ledger) =>
        from check in ledger.Durations
        where check.Verdict == Verdict.Contradictory
        select new Doubt(DoubtKind.Arithmetic, $"claims/{check.Stock.Claim.Key}", check.Stock.Claim.SaidTopic, check.Reason, $"/claims/{check.Stock.Claim.Key}")
        {
            Instrument = check.Stock.Claim.Instrument, Sources = [.. check.Fits.SelectMany(f => f.Rule.Source).Distinct()],
        };

    static Doubt OfRule(PortfolioRecord record, FoundAndContested found)
    {
        var (finding, structure) = (found.Finding, record.Structures[found.Finding.Subject["structures/".Length..]]);
        var kind = (finding.Kind, finding.Place) switch
        {
            (FindingKind.Missing, FindingPlace.People) => DoubtKind.Vacant,
            (FindingKind.Missing, _) => DoubtKind.Missing,
            (FindingKind.CannotTell, _) => DoubtKind.Unchecked,
            _ => DoubtKind.Departs,
        };
        return new(kind, finding.Subject, structure.SaidName, finding.Sentence, $"/structures/{structure.Key}#rules")
        {
            Instrument = structure.Instrument, Sources = [.. finding.Rule.Source], Contests = found.Contests.Count,
        };
    }

    static IEnumerable<Doubt> OfStructure(PortfolioRecord record, Structure structure, DateOnly today)
    {
        if (record.Acts[structure.Key].Any(a => a is { DateKind: DateKind.Ended, Date: { } end } && end.Last < today)) yield break;
        var acts = record.Acts[structure.Key];
        if (acts.All(a => a.Date is null))
            yield return About(DoubtKind.Undated, record, structure, "", new("No source dates it: not its start, not that it runs.", "Aucune source ne le date\u202F: ni son début, ni son activité."));
        foreach (var agreement in record.Agreements[structure.Key].Where(a => a is { Draft: false, Ended: null, Ends: not null }))
            if (record.Agreements[structure.Key].All(later => later.Replaces != agreement.Key) && OfAgreement(record, structure, agreement, today) is { } doubt) yield return doubt;
        foreach (var ended in EndedTerms(record, structure, today)) yield return ended;
    }

    static Doubt? OfAgreement(PortfolioRecord record, Structure structure, Agreement agreement, DateOnly today)
    {
        var (ends, name) = (agreement.Ends!.Value, agreement.SaidTitle);
        if (ends.Last < today)
            return About(DoubtKind.PastEnd, record, structure, "agreements", new(
                $"{name.En} ended {When(ends)}, and no agreement replaces it.", $"{name.Fr} a pris fin ({ends.In(Lang.Fr)}), et aucun accord ne le remplace."));
        return Lead(record, structure, agreement, today) is { } lead && ends.Last.AddMonths(-lead) is var begin && begin < today
            ? About(DoubtKind.Overdue, record, structure, "agreements", new(
                $"{name.En} ends {When(ends)}; its renewal should have begun by {Day(begin, Lang.En)}.",
                $"{name.Fr} prend fin\u202F: {ends.In(Lang.Fr)}\u202F; son renouvellement aurait dû commencer avant\u202F: {Day(begin, Lang.Fr)}."))
            : null;
    }

    // The agreement's own time, else the rule's; where neither is known nothing is overdue.
    static int? Lead(PortfolioRecord record, Structure structure, Agreement agreement, DateOnly today) => agreement.LeadMonths
        ?? (int?)RulesInForce.Of(record, RuleCase.Of(record, structure, today), "renewal.lead-time").Where(r => r.If is null)
            .Select(r => RuleVocabulary.Number(r.Rule.Value)).Max();

    static string When(PartialDate date) => date.Precision == DatePrecision.Day ? $"on {date.In(Lang.En)}" : $"in {date.In(Lang.En)}";

    static string Day(DateOnly day, Lang lang) => new PartialDate(day.Year, day.Month, day.Day).In(lang);

    // A role that somebody else holds since is not open.
    static IEnumerable<Doubt> EndedTerms(PortfolioRecord record, Structure structure, DateOnly today)
    {
        var roles = record.RolesOf(structure.Key).Where(r => r.Kind != RoleKind.AlsoAt).ToList();
        foreach (var role in roles.Where(r => r.Until is { } until && until.Last < today))
            if (!roles.Any(other => other != role && other.Kind == role.Kind && other.Side == role.Side && (other.Until is not { } until || until.Last >= today)))
                yield return About(DoubtKind.TermEnded, record, structure, "people", new(
                    $"The term of {record.People[role.Person].Name} ended in {role.Until!.Value.In(Lang.En)}, and nobody on record follows.",
                    $"Le mandat de {record.People[role.Person].Name} a pris fin en {role.Until!.Value.In(Lang.Fr)}, et personne au registre ne lui succède."));
    }

    static Doubt About(DoubtKind kind, PortfolioRecord record, Structure structure, string band, Said why) =>
        new(kind, $"structures/{structure.Key}", structure.SaidName, why, $"/structures/{structure.Key}{(band.Length > 0 ? "#" + band : "")}") { Instrument = record.InstrumentOf(structure).Key };

    public static Said Name(DoubtKind kind) => kind switch
    {
        DoubtKind.Arithmetic => new("stock, inflow and duration do not fit", "stock, flux et durée ne s’accordent pas"),
        DoubtKind.PastEnd => new("agreement past its end", "accord arrivé à son terme"),
        DoubtKind.Overdue => new("renewal overdue", "renouvellement en retard"),
        DoubtKind.Departs => new("departs from a rule", "s’écarte d’une règle"),
        DoubtKind.Vacant => new("role vacant", "rôle vacant"),
        DoubtKind.TermEnded => new("term ended", "mandat terminé"),
        DoubtKind.Missing => new("missing on record", "absent du registre"),
        DoubtKind.Unchecked => new("cannot be checked", "non vérifiable"),
        DoubtKind.Undated => new("without any date", "sans aucune date"),
    };
}
