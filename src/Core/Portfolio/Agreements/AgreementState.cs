using Entente.Core.Kernel;

namespace Entente.Core.Portfolio.Agreements;

/// <summary>Where an agreement stands on a day. Due: its lead time for renewal has begun. An end that is not published never comes.</summary>
public enum AgreementState { Draft, Upcoming, InEffect, Due, Expired, Replaced, Ended }

/// <summary>What is read off an agreement and the rows around it. Nothing here costs a query.</summary>
public static class AgreementReading
{
    /// <summary>Its parties: the rows that name it, else those of its event, else those of the structure as a whole.</summary>
    public static IReadOnlyList<Party> PartiesOf(PortfolioRecord record, Agreement agreement)
    {
        var all = record.Parties[agreement.Structure].ToList();
        var own = all.Where(p => p.Agreement == agreement.Key).ToList();
        if (own.Count > 0) return own;
        own = [.. all.Where(p => p.Agreement is null && p.Event == agreement.Event)];
        return own.Count > 0 ? own : [.. all.Where(p => p is { Agreement: null, Event: null })];
    }

    public static bool PartyOn(Party party, DateOnly day) => party.Until is not { } until || day < until.First;

    /// <summary>Keys of the institutions that must approve it: those behind its parties that have not left.</summary>
    public static IReadOnlyList<string> SidesOf(PortfolioRecord record, Agreement agreement, DateOnly today) => SidesOf(record, PartiesOf(record, agreement), today);

    public static IReadOnlyList<string> SidesOf(PortfolioRecord record, IEnumerable<Party> parties, DateOnly today) =>
        [.. parties.Where(p => PartyOn(p, today)).Select(p => p.Organisation).OfType<string>().Select(record.RootOf).Distinct()];

    /// <summary>The agreement in effect that replaces it; null while none does.</summary>
    public static Agreement? SuccessorOf(PortfolioRecord record, Agreement agreement) =>
        record.Agreements[agreement.Structure].FirstOrDefault(a => a.Replaces == agreement.Key && !a.Draft);

    /// <summary>The draft that would renew it; null where there is none.</summary>
    public static Agreement? RenewalOf(PortfolioRecord record, Agreement agreement) =>
        record.Agreements[agreement.Structure].FirstOrDefault(a => a.Replaces == agreement.Key && a.Draft);

    /// <summary>The day on which a renewal must be begun; null where its end or its lead time is unknown.</summary>
    public static DateOnly? DueOn(Agreement agreement) => agreement is { Ends: { } ends, LeadMonths: { } lead } ? ends.Last.AddMonths(-lead) : null;

    public static AgreementState StateOf(PortfolioRecord record, Agreement agreement, DateOnly today)
    {
        if (agreement.Draft) return AgreementState.Draft;
        if (agreement.Ended is { } ended && ended.First <= today) return AgreementState.Ended;
        if (SuccessorOf(record, agreement) is { } next && (next.Starts is not { } starts || starts.First <= today)) return AgreementState.Replaced;
        if (agreement.Ends is { } ends && ends.Last < today) return AgreementState.Expired;
        if (agreement.Starts is { } first && first.First > today) return AgreementState.Upcoming;
        return agreement.Ended is null && DueOn(agreement) is { } due && due <= today ? AgreementState.Due : AgreementState.InEffect;
    }

    /// <summary>The day it began: its first effective date, else the first day of its text, else the first date that any source gives.</summary>
    public static PartialDate? BeganOn(PortfolioRecord record, Agreement agreement)
    {
        var dated = DatesOf(record, agreement).Where(a => a.Date is not null && a.DateKind != DateKind.Ended).ToList();
        return dated.Where(a => a.DateKind == DateKind.Effective).Select(a => a.Date).Min() ?? agreement.Starts ?? dated.Select(a => a.Date).Min();
    }

    /// <summary>Every statement that dates it, by the event that it shares with them.</summary>
    public static IEnumerable<Act> DatesOf(PortfolioRecord record, Agreement agreement) => record.Acts[agreement.Structure].Where(a => a.Event == agreement.Event);

    /// <summary>The suspensions of a structure that run on a day.</summary>
    public static IEnumerable<Suspension> Running(PortfolioRecord record, string structure, DateOnly day) =>
        record.Suspensions[structure].Where(s => s.RunsOn(day));

    public static Said Words(AgreementState state) => state switch
    {
        AgreementState.Draft => new("draft", "projet"),
        AgreementState.Upcoming => new("to come", "à venir"),
        AgreementState.InEffect => new("in effect", "en vigueur"),
        AgreementState.Due => new("renewal due", "à renouveler"),
        AgreementState.Expired => new("expired", "expiré"),
        AgreementState.Replaced => new("replaced", "remplacé"),
        AgreementState.Ended => new("ended", "terminé"),
    };
}
