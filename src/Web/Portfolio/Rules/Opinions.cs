using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Rules;
using Entente.Core.Store;

namespace Entente.Web.Portfolio.Rules;

/// <summary>What is said of a structure beside its facts: findings with their objections, contradictions and what was settled.</summary>
public sealed record Opinions(
    IReadOnlyList<FoundAndContested> Findings, IReadOnlyList<Disagreement> Disagreements, ILookup<(string Subject, string Field), Settlement> Settled,
    IReadOnlyDictionary<string, string> Names)
{
    /// <summary>Nothing for a structure that the reader may not know of.</summary>
    public static async Task<Opinions?> OfAsync(Work work, PortfolioRecord record, string structure, CancellationToken ct)
    {
        if (!record.Structures.TryGetValue(structure, out var found)) return null;
        var findings = await RuleReading.OfAsync(work, record, found, ct);
        var settled = await RuleReading.SettledAsync(work, record, ct);
        var disagreements = Core.Portfolio.Disagreements.Of(record, found).ToList();
        var who = findings.SelectMany(f => f.Contests).Select(c => c.Who).Concat(disagreements.SelectMany(d => settled[(d.Subject, d.Field)]).Select(s => s.Who));
        return new(findings, disagreements, settled, await WhoNames.OfAsync(work, who, ct));
    }
}
