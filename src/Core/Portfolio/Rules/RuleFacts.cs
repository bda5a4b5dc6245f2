using Entente.Core.Kernel;
using Entente.Core.Portfolio.Agreements;

namespace Entente.Core.Portfolio.Rules;

/// <summary>What one side plans or spent in one year.</summary>
public sealed record BudgetLine(string Side, int Year, MoneyKind Kind, MoneyCategory Use, decimal Amount, string Currency);

/// <summary>A stretch of time that a duration rule speaks of: a structure under one label, or an agreement.</summary>
public sealed record Term(string Instrument, Said Name, PartialDate Start, PartialDate End);

/// <summary>Whom a role is held by and for which side; only those who hold it on the day.</summary>
public sealed record Holder(string Person, RoleKind Kind, string? Side);

/// <summary>What rules are held against: a structure as it stands on record, or as somebody is about to save it.</summary>
public sealed record RuleFacts
{
    /// <summary>structures/KEY</summary>
    public required string Subject { get; init; }
    public required string Instrument { get; init; }

    /// <summary>Keys of the organisations behind it; empty where no source names any.</summary>
    public IReadOnlyList<string> Parties { get; init; } = [];
    public IReadOnlyList<Term> Terms { get; init; } = [];
    public IReadOnlyList<BudgetLine> Budget { get; init; } = [];
    public IReadOnlyList<Holder> Holders { get; init; } = [];

    /// <summary>True where an agreement is on record, draft or in effect.</summary>
    public bool Agreed { get; init; }

    /// <summary>Titles of the documents kept with it; null where they were not looked up, so that none is missed.</summary>
    public IReadOnlyList<string>? Documents { get; init; }

    /// <summary>How often the agreement in force replaced another.</summary>
    public int Renewals { get; init; }

    /// <summary>True where it has ended: nobody need be appointed any more.</summary>
    public bool Over { get; init; }

    /// <summary>A structure as it stands on record.</summary>
    public static RuleFacts Of(PortfolioRecord record, Structure structure, DateOnly today) => new()
    {
        Subject = $"structures/{structure.Key}",
        Instrument = structure.Instrument,
        Parties = [.. record.PartnersOf(structure.Key).Select(o => o.Key)],
        Terms = [.. TermsOf(record, structure)],
        Budget = [.. record.Money[structure.Key].Select(m => new BudgetLine(m.Side, m.Year, m.Kind, m.Category, m.Amount, m.Currency))],
        Holders = [.. record.RolesOf(structure.Key).Where(r => HeldOn(r, today)).Select(r => new Holder(r.Person, r.Kind, r.Side))],
        Agreed = record.Agreements[structure.Key].Any(),
        Renewals = RenewalsOf(record, structure),
        Over = record.Acts[structure.Key].Any(a => a is { DateKind: DateKind.Ended, Date: { } end } && end.Last < today),
    };

    static bool HeldOn(Role role, DateOnly day) => (role.Since is not { } since || since.First <= day) && (role.Until is not { } until || until.Last >= day);

    // Acts that span time, such as a PICS from 2007 to 2010; what it is now, from its start to its end; and each of its agreements.
    static IEnumerable<Term> TermsOf(PortfolioRecord record, Structure structure)
    {
        foreach (var act in record.Acts[structure.Key])
            if (act is { Instrument: { } instrument, Date: { } from, Until: { } to }) yield return new(instrument, act.SaidWhat, from, to);
        var end = record.Acts[structure.Key].Where(a => a.DateKind == DateKind.Ended && a.Date is not null).Select(a => a.Date).FirstOrDefault();
        if (Lineages.Start(record, structure)?.Date is { } start && end is { } ends && ends.Last >= start.First)
            yield return new(structure.Instrument, structure.SaidName, start, ends);
        foreach (var agreement in record.Agreements[structure.Key])
            if (agreement is { Starts: { } first, Ends: { } last } && last.Last >= first.First) yield return new(structure.Instrument, agreement.SaidTitle, first, last);
    }

    static int RenewalsOf(PortfolioRecord record, Structure structure)
    {
        var agreements = record.Agreements[structure.Key].ToDictionary(a => a.Key);
        return agreements.Values.Select(a => Depth(a, agreements, agreements.Count)).DefaultIfEmpty(0).Max();
    }

    // Bounded by their number, so that agreements that replace one another in a ring end.
    static int Depth(Agreement agreement, Dictionary<string, Agreement> all, int most) =>
        most > 0 && agreement.Replaces is { } key && all.TryGetValue(key, out var before) ? 1 + Depth(before, all, most - 1) : 0;
}
