using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Deadlines;
using Entente.Web.Api;

namespace Entente.Web.Agenda;

/// <summary>Something that comes due, for programs and tables.</summary>
/// <param name="Key">the same whenever the agenda is worked out</param>
/// <param name="Due">the last day on which it is in time</param>
/// <param name="Part">overdue, soon (within 90 days), later or done</param>
/// <param name="Side">the partner that must see to it; null for all</param>
public sealed record AgendaLine(
    string Key, string Kind, DateOnly Due, string Part, int LeadDays, string Title, string Why, string Structure, string? Agreement, string? Side, string? Done,
    IReadOnlyList<string> Sources)
{
    public static Listing<AgendaLine> Columns { get; } = new(
        new("key", i => i.Key), new("kind", i => i.Kind), new("due", i => i.Due.ToString("O", System.Globalization.CultureInfo.InvariantCulture)), new("part", i => i.Part), new("leadDays", i => i.LeadDays),
        new("title", i => i.Title), new("why", i => i.Why), new("structure", i => i.Structure), new("agreement", i => i.Agreement), new("side", i => i.Side),
        new("done", i => i.Done), new("sources", i => i.Sources));

    public static AgendaLine Of(AgendaItem item, DateOnly today, Lang lang) => new(
        item.Key, Verdicts.Key(item.Kind), item.Due, Verdicts.Key(Core.Portfolio.Deadlines.Agenda.PartOf(item, today)), item.LeadDays, item.Title.In(lang), item.Why.In(lang), item.Structure,
        item.Agreement, item.Side, item.Done?.ToString(), [.. item.Source.Sources]);
}
