using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Rules;
using Entente.Web.Api;

namespace Entente.Web.Portfolio.Rules;

/// <summary>A kind of cooperation as a line of a list, for programs and tables.</summary>
/// <param name="Labels">what it was called before, with the year in which each label ended</param>
/// <param name="Packs">rule packs on record, versions aside</param>
/// <param name="Unknown">checked fields on which no rule in force says anything</param>
public sealed record InstrumentRow(
    string Key, string Code, string Name, string Family, IReadOnlyList<string> Issuers, IReadOnlyList<string> Labels, int Packs, int Rules, int Unknown, int Structures,
    IReadOnlyList<string> Sources)
{
    public static Listing<InstrumentRow> Columns { get; } = new(
        new("key", r => r.Key), new("code", r => r.Code), new("name", r => r.Name), new("family", r => r.Family), new("issuers", r => r.Issuers), new("labels", r => r.Labels),
        new("packs", r => r.Packs), new("rules", r => r.Rules), new("unknown", r => r.Unknown), new("structures", r => r.Structures), new("sources", r => r.Sources));

    public static IEnumerable<InstrumentRow> All(PortfolioRecord record, DateOnly today, Lang lang)
    {
        var structures = record.Structures.Values.CountBy(s => s.Instrument).ToDictionary();
        return record.Instruments.Values.OrderBy(i => i.Family).ThenBy(i => i.Code, StringComparer.Ordinal).Select(i => Of(record, i, structures.GetValueOrDefault(i.Key), today, lang));
    }

    static InstrumentRow Of(PortfolioRecord record, Instrument i, int structures, DateOnly today, Lang lang)
    {
        var packs = RulePacks.Of(record, i.Key);
        return new(i.Key, i.Code, i.SaidName.In(lang), Verdicts.Key(i.Family), [.. (i.Issuers ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
            [.. record.Labels[i.Key].Where(l => l.Until is not null).Select(l => $"{l.Code} ({l.Until!.Value.Year})")], packs.Count, packs.Sum(p => p.Newest.Rules.Count),
            RulePacks.Unknown(record, i.Key, today).Count, structures, [.. i.Source.Sources.Distinct()]);
    }
}
