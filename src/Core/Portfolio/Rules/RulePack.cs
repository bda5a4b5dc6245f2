using Entente.Core.Kernel;

namespace Entente.Core.Portfolio.Rules;

/// <summary>What tells one pack from another, its versions aside: who made it, for which institute, campaign and days.</summary>
public sealed record PackKey(string Instrument, string? Issuer, string? Institute, int? CampaignYear, PartialDate? Since, PartialDate? Until)
{
    public static PackKey Of(Rule rule) => new(rule.Instrument, rule.Issuer, rule.Institute, rule.CampaignYear, rule.Since, rule.Until);

    /// <summary>cnrs.inshs.2025: how addresses name it within its instrument; a part that is not limited is any.</summary>
    public string Slug => string.Join('.', ((string?[])
    [
        Issuer ?? "any", Institute ?? "any", CampaignYear?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "any",
        .. Since is null && Until is null ? Array.Empty<string>() : [Since?.ToString() ?? "any", Until?.ToString() ?? "any"],
    ]));

    public bool InForceOn(DateOnly day) => (Since is not { } since || since.First <= day) && (Until is not { } until || day < until.First);
}

/// <summary>The rules of one key and version, in the order of the vocabulary.</summary>
public sealed record RulePack(PackKey Key, int Version, IReadOnlyList<Rule> Rules)
{
    public IEnumerable<string> Sources => Rules.SelectMany(r => r.Source.Sources).Distinct();

    /// <summary>IRP 2025/INSHS, PICS before 2019: the label of its days, its campaign and its institute.</summary>
    public static Said Name(PortfolioRecord record, PackKey key)
    {
        var code = key.Until is { } until ? Lineages.LabelOn(record, key.Instrument, until.First.AddDays(-1)).Code ?? record.Instruments[key.Instrument].Code
            : record.Instruments[key.Instrument].Code;
        var campaign = key.CampaignYear is { } year ? $" {year}" : "";
        var institute = key.Institute is { } body ? $"/{Short(record, body)}" : "";
        var name = $"{code}{campaign}{institute}";
        return key.Until is { } end ? new($"{name} {end.Before().En}", $"{name} {end.Before().Fr}") : Said.Same(name);
    }

    static string Short(PortfolioRecord record, string organisation) =>
        record.Organisations.TryGetValue(organisation, out var body) ? body.Short ?? body.Name : organisation;
}

/// <summary>A pack through its versions, the newest first.</summary>
public sealed record PackHistory(PackKey Key, IReadOnlyList<RulePack> Versions)
{
    public RulePack Newest => Versions[0];
}

/// <summary>How one field differs between two versions of a pack. Before or After is empty where the field has no rule there.</summary>
public sealed record RuleChange(string Field, IReadOnlyList<Rule> Before, IReadOnlyList<Rule> After);

/// <summary>The rule packs on record.</summary>
public static class RulePacks
{
    /// <summary>The packs of an instrument: those in force first, general before particular, newest campaign first.</summary>
    public static IReadOnlyList<PackHistory> Of(PortfolioRecord record, string instrument) =>
    [
        .. record.Rules[instrument].GroupBy(PackKey.Of)
            .Select(g => new PackHistory(g.Key, [.. g.GroupBy(r => r.Version).OrderByDescending(v => v.Key).Select(v => new RulePack(g.Key, v.Key, InOrder(v)))]))
            .OrderBy(h => h.Key.Until is not null).ThenBy(h => h.Key.Institute is not null).ThenBy(h => h.Key.Institute, StringComparer.Ordinal)
            .ThenByDescending(h => h.Key.CampaignYear ?? int.MaxValue).ThenBy(h => h.Key.Issuer, StringComparer.Ordinal),
    ];

    public static PackHistory? Find(PortfolioRecord record, string instrument, string slug) => Of(record, instrument).FirstOrDefault(h => h.Key.Slug == slug);

    /// <summary>Checked fields on which no pack of the instrument in force says anything: unknown, so that nothing is checked.</summary>
    public static IReadOnlyList<RuleField> Unknown(PortfolioRecord record, string instrument, DateOnly today)
    {
        var known = record.Rules[instrument].Where(r => PackKey.Of(r).InForceOn(today)).Select(r => r.Field).ToHashSet();
        return [.. RuleVocabulary.All.Where(f => f.Checked && !known.Contains(f.Key))];
    }

    /// <summary>What the later version changes: fields whose value, unit, source or wording is another, has gone or has come.</summary>
    public static IReadOnlyList<RuleChange> Between(RulePack before, RulePack after) =>
    [
        .. before.Rules.Concat(after.Rules).Select(r => r.Field).Distinct()
            .Select(field => new RuleChange(field, [.. before.Rules.Where(r => r.Field == field)], [.. after.Rules.Where(r => r.Field == field)]))
            .Where(change => !change.Before.Select(Content).Order(StringComparer.Ordinal).SequenceEqual(change.After.Select(Content).Order(StringComparer.Ordinal))),
    ];

    static string Content(Rule rule) => string.Join('\u001F', rule.Value, rule.Unit, rule.ValueFr, rule.Source, rule.Wording);

    static List<Rule> InOrder(IEnumerable<Rule> rules) => [.. rules.OrderBy(r => Position(r.Field)).ThenBy(r => r.Id)];

    static int Position(string field) => RuleVocabulary.All.Index().FirstOrDefault(f => f.Item.Key == field, (RuleVocabulary.All.Count, null!)).Index;
}
