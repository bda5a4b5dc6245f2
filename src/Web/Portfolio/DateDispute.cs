using Entente.Core.Kernel;
using Entente.Core.Portfolio;

namespace Entente.Web.Portfolio;

/// <summary>
/// Why the dates of one event differ. Two kinds of date, such as an agreement and a launch, may both be right, and so may the
/// two ends of one winter; more than a year between two dates of the same kind is a contradiction.
/// </summary>
public sealed record DateDispute(bool Contradictory, int Dates, Said Reason)
{
    public static DateDispute? Of(PortfolioRecord record, LineageEvent? dated)
    {
        if (dated is null || dated.Agreed) return null;
        var (first, last) = (dated.Statements.MinBy(a => a.Date)!, dated.Statements.MaxBy(a => a.Date)!);
        var years = last.Date!.Value.Year - first.Date!.Value.Year;
        var count = dated.Dates.Distinct().Count();
        if (first.DateKind != last.DateKind)
            return new(false, count, new("The sources give dates of different kinds: an agreement, a launch and a first day are not the same day.",
                "Les sources donnent des dates de natures différentes\u202f: un accord, un lancement et un premier jour ne tombent pas le même jour."));
        if (years <= 1)
            return new(false, count, new("One year apart, and neither source says which of the dates of a structure it gives: agreed, signed, effective, inaugurated or announced.",
                "Un an d’écart, et aucune source ne dit laquelle des dates d’une structure elle donne\u202f: convenue, signée, effective, inaugurée ou annoncée."));
        return new(true, count, Far(record, dated, years, last.Date.Value));
    }

    // Where the label of today is younger than every date, that is part of the reason.
    static Said Far(PortfolioRecord record, LineageEvent dated, int years, PartialDate last)
    {
        var label = record.Labels[dated.Instrument ?? ""].FirstOrDefault(l => l.Until is null && l.Since is { } since && since.First > last.Last);
        return label is null
            ? new($"{years} years apart, and no source says why.", $"{years} ans d’écart, et aucune source ne dit pourquoi.")
            : new($"{years} years apart. The label {label.Code} dates from {label.Since!.Value.Year}, so both dates describe something that bore another name.",
                $"{years} ans d’écart. Le label {label.Code} date de {label.Since!.Value.Year}\u202f: les deux dates décrivent une chose qui portait un autre nom.");
    }
}
