using System.CommandLine;
using Entente.Core.Portfolio;

namespace Entente.Cli;

static class PortfolioVerbs
{
    public static Command Structures() => Verb.Of("structures",
        new("List the structures of the portfolio", "Lister les structures du portefeuille"), [Verb.Json],
        async (session, line, ct) =>
        {
            var work = await session.WorkAsync(ct);
            var record = await PortfolioRecord.ReadAsync(work.Db, ct);
            var rows = PortfolioQueries.Rows(record, new(), DateOnly.FromDateTime(work.Now.UtcDateTime));
            session.Answer(line, rows.Select(row => Json(session, record, row)).ToList(), _ => session.Table(
                [new("kind", "type"), new("structure", "structure"), new("centre", "centre"), new("country", "pays"), new("since", "depuis"), new("sources", "sources")],
                rows.Select(row => (string[])[row.Instrument.Code, session.Say(row.Structure.SaidName), row.Centre?.Key ?? "", row.Structure.Country ?? "",
                    session.Say(row.Since.Text), string.Join(' ', row.Sources)])));
            return null;
        });

    // Dates stay as published; an empty list of dates is a start that no source publishes.
    static object Json(Session session, PortfolioRecord record, StructureRow row) => new
    {
        row.Structure.Key,
        Kind = row.Instrument.Code,
        Name = session.Say(row.Structure.SaidName),
        row.Structure.Named,
        row.Structure.Country,
        Centre = row.Centre?.Key,
        Since = session.Say(row.Since.Text),
        Dates = (Lineages.Start(record, row.Structure)?.Dates ?? []).Distinct().Select(d => d.ToString()).ToList(),
        row.Since.Disputed,
        Partners = row.Partners.Select(p => p.Key).ToList(),
        Subjects = row.Subjects.Select(t => session.Say(t.Said)).ToList(),
        row.Sources,
    };
}
