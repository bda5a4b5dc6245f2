using Entente.Core.Kernel;

namespace Entente.Core.Portfolio.Rules;

/// <summary>
/// Holds a structure against the rule packs that apply to it. A rule that no source states gives no finding, and no finding blocks
/// anything: it quotes the rule and its source, so that whoever disagrees knows with what.
/// </summary>
public static class RuleChecks
{
    /// <summary>A structure as it stands on record.</summary>
    public static IReadOnlyList<RuleFinding> Of(PortfolioRecord record, Structure structure, DateOnly today) =>
        Of(record, RuleFacts.Of(record, structure, today), today);

    /// <summary>A structure as somebody is about to save it.</summary>
    public static IReadOnlyList<RuleFinding> Of(PortfolioRecord record, RuleFacts facts, DateOnly today)
    {
        var now = RulesInForce.Of(record, RuleCase.Of(record, facts.Instrument, facts.Parties, today));
        var lens = new Lens(record, facts);
        return
        [
            .. facts.Terms.SelectMany(term => RulesInForce.Of(record, RuleCase.Of(record, term.Instrument, facts.Parties, term.Start.Last))
                .SelectMany(rule => TermChecks.Of(lens, rule, term))),
            .. now.SelectMany(rule => Renewal(lens, rule)),
            .. now.SelectMany(rule => Countries(lens, rule)),
            .. facts.Budget.GroupBy(line => BudgetDay(facts, line.Year, today)).OrderBy(lines => lines.Key)
                .SelectMany(lines => RulesInForce.Of(record, RuleCase.Of(record, facts.Instrument, facts.Parties, lines.Key)).SelectMany(rule => BudgetChecks.Of(lens, rule, [.. lines]))),
            .. facts.Over ? [] : now.SelectMany(rule => RoleChecks.Of(lens, rule, now)),
            .. facts.Over ? [] : now.SelectMany(rule => Documents(lens, rule)),
        ];
    }

    // Money is given under the rules of the day on which its term began: a later campaign says nothing of what was awarded before it.
    static DateOnly BudgetDay(RuleFacts facts, int year, DateOnly today)
    {
        var terms = facts.Terms.Where(t => t.Instrument == facts.Instrument && t.Start.First.Year <= year && year <= t.End.Last.Year).ToList();
        if (terms.Count > 0) return terms.MaxBy(t => t.Start.First)!.Start.Last;
        return year < today.Year ? new(year, 12, 31) : today;
    }

    static IEnumerable<RuleFinding> Renewal(Lens lens, Applied applied)
    {
        var (rule, renewals) = (applied.Rule, lens.Facts.Renewals);
        if (renewals > 0 && rule is { Field: "renewable", Value: "no" } || rule.Field == "renewals.max" && renewals > RuleVocabulary.Number(rule.Value))
            yield return lens.Finding(applied, FindingKind.Departs, FindingPlace.Agreements, "", new(
                $"Renewed {renewals} {(renewals == 1 ? "time" : "times")}.", $"Renouvelé {renewals} fois."));
    }

    static IEnumerable<RuleFinding> Countries(Lens lens, Applied applied)
    {
        if (applied.Rule.Field is not ("countries.foreign.min" or "countries.foreign.max") || lens.Facts.Parties.Count == 0) yield break;
        var home = lens.HomeOf(applied.Rule);
        var foreign = lens.Facts.Parties.Select(key => lens.Record.Organisations[key].Country).OfType<string>().Where(c => c != home).Distinct()
            .Order(StringComparer.Ordinal).ToList();
        var bound = RuleVocabulary.Number(applied.Rule.Value);
        var names = new Said(string.Join(", ", foreign.Select(c => Kernel.Countries.Said(c).En)), string.Join(", ", foreign.Select(c => Kernel.Countries.Said(c).Fr)));
        if (applied.Rule.Field == "countries.foreign.max" && foreign.Count > bound)
            yield return lens.Finding(applied, FindingKind.Departs, FindingPlace.Parties, "", new(
                $"{foreign.Count} foreign countries: {names.En}.", $"{foreign.Count} pays étrangers\u202F: {names.Fr}."));
        if (applied.Rule.Field == "countries.foreign.min" && foreign.Count < bound)
            yield return lens.Finding(applied, FindingKind.Missing, FindingPlace.Parties, "", foreign.Count == 0
                ? new("No partner of a foreign country on record.", "Aucun partenaire d’un pays étranger au registre.")
                : new($"On record only {names.En}.", $"Au registre, seulement {names.Fr}."));
    }

    // A document says what it is by its title alone.
    static IEnumerable<RuleFinding> Documents(Lens lens, Applied applied)
    {
        var field = applied.Rule.Field;
        if (!field.StartsWith("documents.", StringComparison.Ordinal) || applied.Rule.Value != "yes") yield break;
        var agreement = field == "documents.agreement";
        if (agreement ? lens.Facts.Agreed : lens.Facts.Documents is not { } titles || titles.Any(title => RuleQuotes.DocumentTitles(field).Any(words => Words.AllIn(words, [title])))) yield break;
        var name = RuleQuotes.DocumentName(field);
        yield return lens.Finding(applied, FindingKind.Missing, agreement ? FindingPlace.Agreements : FindingPlace.Documents, "", agreement
            ? new("No agreement on record.", "Aucune convention au registre.")
            : new($"No document on record whose title says {name.En}.", $"Aucun document au registre dont le titre dise {name.Fr}."));
    }
}

/// <summary>What is looked at, and how a finding about it is made.</summary>
sealed record Lens(PortfolioRecord Record, RuleFacts Facts)
{
    public RuleFinding Finding(Applied applied, FindingKind kind, FindingPlace place, string about, Said fact)
    {
        var rule = applied.Rule;
        if (applied.If is { } institute)
        {
            var name = Record.Organisations[institute].Short ?? Record.Organisations[institute].Name;
            fact = new($"{fact.En} The record does not say which institute carries it; if {name} does:",
                $"{fact.Fr} Le registre ne dit pas quel institut le porte\u202F; si c’est {name}\u202F:");
        }
        return new($"{rule.Instrument}.{PackKey.Of(rule).Slug}/{rule.Field}{(about.Length > 0 ? "/" + about : "")}", Facts.Subject,
            applied.If is not null && kind == FindingKind.Departs ? FindingKind.MayDepart : kind, place, fact, RuleQuotes.Of(Record, rule), rule);
    }

    /// <summary>The country from which foreign is told: that of the rule's maker, else of the instrument's first issuer.</summary>
    public string? HomeOf(Rule rule)
    {
        var issuer = rule.Issuer ?? Column.Items(Record.Instruments[rule.Instrument].Issuers ?? "").FirstOrDefault();
        return issuer is not null && Record.Organisations.TryGetValue(issuer, out var body) ? body.Country : null;
    }

    public string Short(string organisation) =>
        Record.Organisations.TryGetValue(organisation, out var body) ? body.Short ?? body.Name : organisation;
}
