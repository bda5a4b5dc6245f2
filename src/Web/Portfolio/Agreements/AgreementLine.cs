using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Agreements;
using Entente.Web.Api;
using Entente.Web.Shell;

namespace Entente.Web.Portfolio.Agreements;

/// <summary>An agreement as lists show it, page and API alike.</summary>
/// <param name="State">draft, upcoming, in-effect, due, expired, replaced or ended</param>
/// <param name="Due">the day on which a renewal must be begun</param>
public sealed record AgreementLine(
    string Key, string Title, string Structure, string Kind, IReadOnlyList<string> Sides, string State, string? Starts, string? Ends, string? Due,
    string? Replaces, IReadOnlyList<string> Sources)
{
    public static Listing<AgreementLine> Columns { get; } = new(
        new("key", r => r.Key), new("title", r => r.Title), new("structure", r => r.Structure), new("kind", r => r.Kind), new("sides", r => r.Sides),
        new("state", r => r.State), new("starts", r => r.Starts), new("ends", r => r.Ends), new("due", r => r.Due), new("replaces", r => r.Replaces),
        new("sources", r => r.Sources));

    /// <summary>Those that ask for something first: due, drafts, then by end.</summary>
    public static IEnumerable<AgreementLine> All(PortfolioRecord record, DateOnly today, Reader l) => record.Agreements.SelectMany(g => g)
        .Select(a => (Agreement: a, State: AgreementReading.StateOf(record, a, today)))
        .OrderBy(r => r.State switch { AgreementState.Due => 0, AgreementState.Draft => 1, AgreementState.Expired => 2, AgreementState.InEffect => 3, _ => 4 })
        .ThenBy(r => r.Agreement.Ends?.Last ?? DateOnly.MaxValue).ThenBy(r => r.Agreement.Key, StringComparer.Ordinal)
        .Select(r => Of(record, r.Agreement, r.State, today, l));

    public static AgreementLine Of(PortfolioRecord record, Agreement a, AgreementState state, DateOnly today, Reader l) => new(
        a.Key, l.Say(a.SaidTitle), a.Structure, record.InstrumentOf(record.Structures[a.Structure]).Code, AgreementReading.SidesOf(record, a, today), Verdicts.Key(state),
        AgreementReading.BeganOn(record, a)?.ToString(), a.Ends?.ToString(), AgreementReading.DueOn(a)?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        a.Replaces is { } old && record.FindAgreement(old) is not null ? old : null, [.. a.Source.Sources.Distinct()]);

    public static AgreementState StateOf(AgreementLine line) => Enum.GetValues<AgreementState>().Single(s => Verdicts.Key(s) == line.State);

    /// <summary>What the address narrows the list to: a state, a side, a structure.</summary>
    public static IEnumerable<AgreementLine> Narrow(IEnumerable<AgreementLine> lines, string? state, string? side, string? structure) => lines.Where(l =>
        (string.IsNullOrWhiteSpace(state) || l.State == state) && (string.IsNullOrWhiteSpace(side) || l.Sides.Contains(side)) && (string.IsNullOrWhiteSpace(structure) || l.Structure == structure));
}
