using System.Globalization;

namespace Entente.Core.Portfolio.Agreements;

/// <summary>The agreement that would follow another: the day after it ends, for as long, with the parties that have not left. All of it can be changed before it is drafted.</summary>
public static class Renewing
{
    public static AgreementPlan PlanOf(PortfolioRecord record, Agreement old, DateOnly today)
    {
        var (starts, ends) = NextTerm(record, old);
        var cells = RowCells.CellsOf(old).Where(c => c.Key is "title" or "title_fr" or "lead_months" or "renewable" or "terms" or "terms_fr" && c.Value.Length > 0)
            .ToDictionary(c => c.Key, c => c.Value, StringComparer.Ordinal);
        cells["starts"] = starts?.ToString() ?? "";
        cells["ends"] = ends?.ToString() ?? "";
        var year = starts?.Year ?? today.Year;
        return new AgreementPlan
        {
            Structure = old.Structure, Replaces = old.Key, Cells = cells,
            Key = AgreementCells.KeyOf(string.Create(CultureInfo.InvariantCulture, $"{old.Structure}-{year}"), k => record.FindAgreement(k) is not null),
            Parties = [.. AgreementReading.PartiesOf(record, old).Where(p => AgreementReading.PartyOn(p, today)).Select(p => p.Organisation).OfType<string>().Distinct()],
        };
    }

    // The next term is known only where the end of this one is; it is as long only where its beginning is known too.
    static (PartialDate? Starts, PartialDate? Ends) NextTerm(PortfolioRecord record, Agreement old)
    {
        if (old.Ends is not { } end) return (null, null);
        var next = end.Last.AddDays(1);
        var starts = Like(next, end.Precision);
        if (AgreementReading.BeganOn(record, old) is not { } began) return (starts, null);
        var months = (next.Year - began.First.Year) * 12 + next.Month - began.First.Month;
        return months <= 0 ? (starts, null) : (starts, Like(next.AddMonths(months).AddDays(-1), end.Precision));
    }

    static PartialDate Like(DateOnly day, DatePrecision precision) => precision switch
    {
        DatePrecision.Year => new(day.Year),
        DatePrecision.Month => new(day.Year, day.Month),
        DatePrecision.Day => new(day.Year, day.Month, day.Day),
    };
}
