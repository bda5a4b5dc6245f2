using Entente.Core.Kernel;

namespace Entente.Core.Portfolio.Rules;

/// <summary>What is spent or planned by one side in one year.</summary>
/// <param name="Side">key of the partner whose money it is; null where that is not said</param>
public sealed record BudgetLine(string? Side, int Year, decimal Amount, string Currency, BudgetUse Use);

/// <summary>The uses of money that rules tell apart.</summary>
public enum BudgetUse { Plain, Other, Salaries }

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

    /// <summary>Fields of the vocabulary whose document is on record, such as documents.agreement.</summary>
    public IReadOnlySet<string> Documents { get; init; } = new HashSet<string>();

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
        Holders = [.. record.RolesOf(structure.Key).Where(r => r.Until is not { } until || until.Last >= today).Select(r => new Holder(r.Person, r.Kind, r.Side))],
        Documents = record.Agreements[structure.Key].Any() ? new HashSet<string> { "documents.agreement" } : new HashSet<string>(),
        Renewals = RenewalsOf(record, structure),
        Over = record.Acts[structure.Key].Any(a => a is { DateKind: DateKind.Ended, Date: { } end } && end.Last < today),
    };

    // Acts that span time, such as a PICS from 2007 to 2010; and what it is now, from its start to its end.
    static IEnumerable<Term> TermsOf(PortfolioRecord record, Structure structure)
    {
        foreach (var act in record.Acts[structure.Key])
            if (act is { Instrument: { } instrument, Date: { } from, Until: { } to }) yield return new(instrument, act.SaidWhat, from, to);
        var end = record.Acts[structure.Key].Where(a => a.DateKind == DateKind.Ended && a.Date is not null).Select(a => a.Date).FirstOrDefault();
        if (Lineages.Start(record, structure)?.Date is { } start && end is { } ends && ends.Last >= start.First)
            yield return new(structure.Instrument, structure.SaidName, start, ends);
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
