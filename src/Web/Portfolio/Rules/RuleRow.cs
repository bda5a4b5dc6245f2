using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Rules;
using Entente.Web.Api;

namespace Entente.Web.Portfolio.Rules;

/// <summary>One rule of a pack as a line of a list, for programs and tables.</summary>
/// <param name="Pack">the pack within its instrument: issuer, institute and campaign, such as cnrs.inshs.2025</param>
/// <param name="Newest">true where no later version of the pack takes its place</param>
public sealed record RuleRow(
    string Instrument, string Pack, int Version, bool Newest, string? Issuer, string? Institute, int? CampaignYear, string? Since, string? Until, string Field, string Name,
    string Value, string? Unit, IReadOnlyList<string> Sources, string? Wording)
{
    public static Listing<RuleRow> Columns { get; } = new(
        new("instrument", r => r.Instrument), new("pack", r => r.Pack), new("version", r => r.Version), new("newest", r => r.Newest), new("issuer", r => r.Issuer),
        new("institute", r => r.Institute), new("campaignYear", r => r.CampaignYear), new("since", r => r.Since), new("until", r => r.Until), new("field", r => r.Field),
        new("name", r => r.Name), new("value", r => r.Value), new("unit", r => r.Unit), new("sources", r => r.Sources), new("wording", r => r.Wording));

    public static IEnumerable<RuleRow> All(PortfolioRecord record, string? instrument, Lang lang) =>
        from known in record.Instruments.Keys.Order(StringComparer.Ordinal)
        where string.IsNullOrEmpty(instrument) || known == instrument
        from pack in RulePacks.Of(record, known)
        from version in pack.Versions
        from rule in version.Rules
        select new RuleRow(known, pack.Key.Slug, version.Version, version == pack.Newest, rule.Issuer, rule.Institute, rule.CampaignYear, rule.Since?.ToString(), rule.Until?.ToString(),
            rule.Field, RuleVocabulary.Name(rule.Field).In(lang), lang == Lang.Fr ? rule.ValueFr ?? rule.Value : rule.Value, rule.Unit, [.. rule.Source.Sources.Distinct()], rule.Wording);
}
