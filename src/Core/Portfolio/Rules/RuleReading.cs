using Entente.Core.Kernel;
using Entente.Core.Portfolio.Agreements;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio.Rules;

/// <summary>A finding with the objections to it that the reader may know of.</summary>
public sealed record FoundAndContested(RuleFinding Finding, IReadOnlyList<Contest> Contests);

/// <summary>What a reader may know of findings, objections and settled contradictions.</summary>
public static class RuleReading
{
    /// <summary>The findings of one structure with their objections. Two queries, whatever their number.</summary>
    public static async Task<IReadOnlyList<FoundAndContested>> OfAsync(Work work, PortfolioRecord record, Structure structure, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(work.Now.UtcDateTime);
        var facts = RuleFacts.Of(record, structure, today) with { Documents = await DocumentTitlesAsync(work, record, structure, ct) };
        var contests = (await ContestsAsync(work, record, ct)).ToLookup(c => (c.Subject, c.Finding));
        return [.. RuleChecks.Of(record, facts, today).Select(f => new FoundAndContested(f, [.. contests[(f.Subject, f.Key)]]))];
    }

    /// <summary>The findings of every structure that the reader may know of.</summary>
    public static async Task<IReadOnlyList<FoundAndContested>> AllAsync(Work work, PortfolioRecord record, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(work.Now.UtcDateTime);
        var contests = (await ContestsAsync(work, record, ct)).ToLookup(c => (c.Subject, c.Finding));
        return
        [
            .. record.Structures.Values.OrderBy(s => s.Name, StringComparer.OrdinalIgnoreCase).SelectMany(s => RuleChecks.Of(record, s, today))
                .Select(f => new FoundAndContested(f, [.. contests[(f.Subject, f.Key)]])),
        ];
    }

    static async Task<IReadOnlyList<Contest>> ContestsAsync(Work work, PortfolioRecord record, CancellationToken ct) =>
        [.. (await work.Db.Contests.AsNoTracking().OrderBy(c => c.Id).ToListAsync(ct)).Where(c => Opens(work.Actor, record, c.Subject, c.Audience))];

    /// <summary>What was settled, by subject and field; the latest first, where several were settled for several audiences.</summary>
    public static async Task<ILookup<(string Subject, string Field), Settlement>> SettledAsync(Work work, PortfolioRecord record, CancellationToken ct) =>
        (await work.Db.Settlements.AsNoTracking().OrderByDescending(s => s.Id).ToListAsync(ct)).Where(s => Opens(work.Actor, record, s.Subject, s.Audience))
            .ToLookup(s => (s.Subject, s.Field));

    /// <summary>True where the reader may know of something said about a record: they must know the record too.</summary>
    internal static bool Opens(Actor reader, PortfolioRecord record, string subject, Audience audience) => subject.Split('/') switch
    {
        ["structures", var key] => record.Structures.ContainsKey(key) && record.Opens(reader, audience, key),
        ["instruments", var key] => record.Instruments.ContainsKey(key) && record.Opens(reader, audience, null),
        _ => false,
    };

    /// <summary>Titles of the documents kept with a structure and its agreements, as far as the reader may know of them.</summary>
    internal static async Task<IReadOnlyList<string>> DocumentTitlesAsync(Work work, PortfolioRecord record, Structure structure, CancellationToken ct)
    {
        string[] subjects = [$"structures/{structure.Key}", .. record.Agreements[structure.Key].Select(a => $"agreements/{a.Key}")];
        var documents = await work.Db.Documents.AsNoTracking().Where(d => subjects.Contains(d.Subject)).ToListAsync(ct);
        return [.. documents.Where(d => record.Opens(work.Actor, d.Audience, structure.Key)).Select(d => d.Title)];
    }
}
