using System.CommandLine;
using Entente.Core.Claims;
using Entente.Core.Portfolio;

namespace Entente.Cli;

static class ClaimsVerbs
{
    public static Command Claims() => Verb.Of("claims",
        new("List the published figures and whether they agree", "Lister les chiffres publiés et dire s’ils s’accordent"), [Verb.Json],
        async (session, line, ct) =>
        {
            var work = await session.WorkAsync(ct);
            var record = await PortfolioRecord.ReadAsync(work.Db, ct);
            var ledger = await ClaimsQueries.LedgerAsync(work, record, new(), ct);
            session.Answer(line, ledger.Rows.Select(row => Json(session, row)).ToList(), _ => Page(session, ledger));
            return null;
        });

    static void Page(Session session, Ledger ledger)
    {
        foreach (var group in ledger.Groups)
        {
            session.Line(group.Topic);
            foreach (var row in group.Rows)
            {
                session.Line($"  {session.Say(row.Claim.Quoted)}, {session.Say(row.Claim.SaidText)}, {row.Claim.Period} [{string.Join(", ", row.Claim.Source)}]  {row.Read.Quantity.IntervalIn(session.Lang)}");
                session.Line($"    {session.Say(Verdicts.Words(row.Verdict))}{session.Say(new(": ", "\u202F: "))}{session.Say(row.Reason)}");
                if (row.ByEvidence is { } answer && !row.Reason.En.Contains(answer.Text.En, StringComparison.Ordinal)) session.Line($"    {session.Say(answer.Text)}");
            }
            session.Line("");
        }
        session.Line(string.Join(", ", ledger.Counts.OrderBy(c => Verdicts.Gravity(c.Key)).Select(c => $"{c.Value} {session.Say(Verdicts.Words(c.Key))}{session.Say(new("", c.Value > 1 ? "s" : ""))}")));
    }

    static object Json(Session session, ClaimRow row) => new
    {
        Id = row.Claim.Key,
        Topic = session.Say(row.Claim.SaidTopic),
        Text = session.Say(row.Claim.SaidText),
        Wording = row.Claim.Value,
        Interval = End(row.Read.Interval),
        row.Claim.Unit,
        Kind = Verdicts.Key(row.Claim.Kind),
        Window = row.Claim.Period,
        Years = row.Read.Period.Span?.ToString(),
        Source = row.Claim.Source.Sources.ToList(),
        row.Claim.Organisations,
        row.Claim.Data,
        Verdict = Verdicts.Key(row.Verdict),
        Reason = session.Say(row.Reason),
        PerYear = row.Read.Rates.Where(r => r.PerYear).Select(r => new { r.Window?.Years, Interval = End(r.Interval) }).ToList(),
        Against = row.Comparisons.Select(c => new { c.Other, Verdict = Verdicts.Key(c.Verdict), Reason = session.Say(c.Reason), c.Gap }).ToList(),
        Evidence = row.ByEvidence is { } answer ? new { Verdict = answer.Verdict is { } v ? Verdicts.Key(v) : null, Text = session.Say(answer.Text), answer.Figure?.Value, answer.Figure?.Vintage } : null,
        Stale = row.Stale is { } stale ? session.Say(stale) : null,
    };

    // An upper end of null: nothing bounds it from above.
    static object End(Interval interval) => new { Low = Math.Round(interval.Low, 6), High = interval.High is { } high ? Math.Round(high, 6) : (decimal?)null, interval.LowClosed, interval.HighClosed };
}
