namespace Entente.Core.Portfolio.Rules;

/// <summary>What is asked of the rule packs: which instrument, whose, on which day.</summary>
/// <param name="Bodies">keys of the organisations behind it, their parents among them</param>
/// <param name="Institutes">keys of the institutes that carry it; empty where the record does not say</param>
public sealed record RuleCase(string Instrument, IReadOnlySet<string> Bodies, IReadOnlySet<string> Institutes, DateOnly Day)
{
    /// <summary>The case of a structure on record, as its parties tell it.</summary>
    public static RuleCase Of(PortfolioRecord record, Structure structure, DateOnly day)
    {
        var parties = record.Parties[structure.Key].Where(p => p.Organisation is not null).Select(p => record.Organisations[p.Organisation!]).ToList();
        return Of(record, structure.Instrument, parties.Select(o => o.Key), day);
    }

    public static RuleCase Of(PortfolioRecord record, string instrument, IEnumerable<string> parties, DateOnly day)
    {
        var bodies = parties.SelectMany(key => WithParents(record, key)).ToHashSet();
        var institutes = bodies.Where(key => record.Organisations[key].Kind == OrganisationKind.Institute).ToHashSet();
        return new(instrument, bodies, institutes, day);
    }

    static IEnumerable<string> WithParents(PortfolioRecord record, string key)
    {
        for (var at = key; at is not null && record.Organisations.TryGetValue(at, out var body); at = body.Parent) yield return at;
    }
}

/// <summary>A rule that holds for a case. If is the institute that it is limited to where the record does not say which one carries it.</summary>
public sealed record Applied(Rule Rule, string? If);

/// <summary>
/// Which rules hold: those in force on the day, of the newest version of their pack, made by a body behind the structure or by an
/// issuer of its instrument, for its institute or for all, of the latest campaign up to that day. The most specific wins: institute
/// before campaign before issuer. Rules of one rank that differ are all kept, since none of them is more right.
/// </summary>
public static class RulesInForce
{
    public static IReadOnlyList<Applied> Of(PortfolioRecord record, RuleCase asked)
    {
        var candidates = record.Rules[asked.Instrument].GroupBy(PackKey.Of)
            .Where(pack => Fits(record, pack.Key, asked))
            .SelectMany(pack => pack.Where(r => r.Version == pack.Max(other => other.Version))).ToList();
        return [.. candidates.GroupBy(r => r.Field).SelectMany(field => Winners(field, asked))];
    }

    public static IEnumerable<Applied> Of(PortfolioRecord record, RuleCase asked, string field) => Of(record, asked).Where(a => a.Rule.Field == field);

    // Where no institute is on record, what each institute asks is told under its condition, beside what holds for all.
    static IEnumerable<Applied> Winners(IEnumerable<Rule> rules, RuleCase asked) => asked.Institutes.Count > 0
        ? Top(rules).Select(r => new Applied(r, null))
        : rules.GroupBy(r => r.Institute).SelectMany(institute => Top(institute).Select(r => new Applied(r, institute.Key)));

    static IEnumerable<Rule> Top(IEnumerable<Rule> rules) => rules.GroupBy(Rank).OrderByDescending(rank => rank.Key).First();

    static (bool, int, bool) Rank(Rule rule) => (rule.Institute is not null, rule.CampaignYear ?? 0, rule.Issuer is not null);

    static bool Fits(PortfolioRecord record, PackKey pack, RuleCase asked) =>
        pack.InForceOn(asked.Day) && NotBeforeItsLabel(record, pack, asked.Day)
        && (pack.CampaignYear is not { } year || year <= asked.Day.Year)
        && (pack.Issuer is not { } issuer || asked.Bodies.Contains(issuer) || Issuers(record, pack.Instrument).Contains(issuer))
        && (pack.Institute is not { } institute || asked.Institutes.Count == 0 || asked.Institutes.Contains(institute));

    // What a page says of IRPs says nothing of 2010, when they were LIAs, unless it has days of its own.
    static bool NotBeforeItsLabel(PortfolioRecord record, PackKey pack, DateOnly day) =>
        pack.Since is not null || pack.Until is not null
        || record.Labels[pack.Instrument].FirstOrDefault(l => l.Until is null) is not { Since: { } since } || since.First <= day;

    static string[] Issuers(PortfolioRecord record, string instrument) => Column.Items(record.Instruments[instrument].Issuers ?? "");
}
