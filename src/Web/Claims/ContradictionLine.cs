using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Web.Api;

namespace Entente.Web.Claims;

/// <summary>A field on which sources differ, as a line of a list, for programs and tables.</summary>
/// <param name="Subject">structures/KEY or instruments/KEY</param>
/// <param name="Statements">each with its sources: 1995 [S4]</param>
/// <param name="Accepted">the statement that an office accepts; null where it is open</param>
public sealed record ContradictionLine(
    string Subject, string Field, string Title, string Verdict, IReadOnlyList<string> Statements, string Reason, string? Accepted, string? AcceptedBecause)
{
    public static Listing<ContradictionLine> Columns { get; } = new(
        new("subject", r => r.Subject), new("field", r => r.Field), new("title", r => r.Title), new("verdict", r => r.Verdict), new("statements", r => r.Statements),
        new("reason", r => r.Reason), new("accepted", r => r.Accepted), new("acceptedBecause", r => r.AcceptedBecause));

    public static ContradictionLine Of(Disagreement d, Settlement? settled, Lang lang) => new(
        d.Subject, d.Field, d.Title.In(lang), ClaimWords.Key(d.Verdict), [.. d.Statements.Select(s => $"{s.Text.In(lang)} [{string.Join(", ", s.Source.Sources)}]")], d.Reason.In(lang),
        settled is null ? null : d.Statements.FirstOrDefault(s => s.Text.En == settled.Accepted)?.Text.In(lang) ?? settled.Accepted, settled?.Reason);
}
