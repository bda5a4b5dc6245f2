using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Portfolio.Agreements;
using Entente.Core.Portfolio.Rules;

namespace Entente.Core.Portfolio.Deadlines;

/// <summary>
/// What comes due: the deadlines that people entered, and what the record implies. It starts from the record as its reader may know it, so
/// it tells nothing else. No date is invented: an agreement without an end, or a rule that no source states, brings no entry.
/// </summary>
public static class Agenda
{
    /// <summary>How far ahead an entry counts as soon.</summary>
    public const int SoonDays = 90;

    /// <summary>How long before it a deadline is told where nobody said: it moves a reminder, never the deadline.</summary>
    public const int UsualLead = 30;

    public static IReadOnlyList<AgendaItem> Of(PortfolioRecord record, AgendaFilter filter, DateOnly today)
    {
        var items = All(record, today).Where(item => Answers(record, item, filter));
        var name = filter.Sort?.TrimStart('-');
        var sorted = name switch
        {
            "title" => items.OrderBy(i => Words.Fold(i.Title.En), StringComparer.Ordinal),
            "kind" => items.OrderBy(i => i.Kind),
            "structure" => items.OrderBy(i => Words.Fold(record.Structures[i.Structure].Name), StringComparer.Ordinal),
            _ => items.OrderBy(i => i.Due),
        };
        var all = sorted.ThenBy(i => i.Due).ThenBy(i => i.Key, StringComparer.Ordinal).ToList();
        if (filter.Sort?.StartsWith('-') == true) all.Reverse();
        return all;
    }

    /// <summary>The open items that some role of the reader reaches: what a calendar or a mail brings to a person.</summary>
    public static IReadOnlyList<AgendaItem> Mine(PortfolioRecord record, Actor reader, DateOnly today) =>
        [.. Of(record, new(), today).Where(i => Permissions.Refuse(reader, Permission.ReadAgenda, i.Side is { } side ? [record.RootOf(side)] : record.SidesOf(i.Structure), $"structures/{i.Structure}") is null)];

    public static AgendaPart PartOf(AgendaItem item, DateOnly today) =>
        item.Done is not null ? AgendaPart.Done
        : item.Due < today ? AgendaPart.Overdue
        : item.Due <= today.AddDays(SoonDays) ? AgendaPart.Soon : AgendaPart.Later;

    static bool Answers(PortfolioRecord record, AgendaItem item, AgendaFilter filter) =>
        (filter.Done || item.Done is null)
        && (filter.Kind is not { } kind || item.Kind == kind)
        && (filter.Structure is not { } structure || item.Structure == structure)
        && (filter.Side is not { } side || (item.Side is { } own ? record.RootOf(own) == side : record.SidesOf(item.Structure).Contains(side)));

    static IEnumerable<AgendaItem> All(PortfolioRecord record, DateOnly today) =>
        [.. record.Deadlines.Select(d => Entered(record, d)), .. record.Structures.Values.SelectMany(s => Implied(record, s, today))];

    static AgendaItem Entered(PortfolioRecord record, Deadline deadline)
    {
        var structure = record.StructureOf(deadline);
        return new()
        {
            Key = $"deadlines/{deadline.Key}", Kind = Enum.Parse<AgendaKind>(deadline.Kind.ToString()), Due = deadline.Due.Last, LeadDays = deadline.LeadDays ?? UsualLead,
            Title = deadline.SaidTitle, Why = Due(deadline.Due), Structure = structure, Agreement = deadline.Agreement, Side = deadline.Side,
            Source = deadline.Source, Entered = deadline,
        };
    }

    static Said Due(PartialDate due) => due.Precision == DatePrecision.Day
        ? new($"Due on {due.In(Lang.En)}.", $"À faire pour le {due.In(Lang.Fr)}.")
        : new($"Due by the end of {due.In(Lang.En)}.", $"À faire avant la fin de {due.In(Lang.Fr)}.");

    static IEnumerable<AgendaItem> Implied(PortfolioRecord record, Structure structure, DateOnly today)
    {
        var ended = record.Acts[structure.Key].Where(a => a is { DateKind: DateKind.Ended, Date: not null }).ToList();
        foreach (var act in ended.Where(a => a.Date!.Value.Last >= today)) yield return End(structure, act);
        // Of what is over nothing more is asked.
        if (ended.Any(a => a.Date!.Value.Last < today)) yield break;
        foreach (var agreement in record.Agreements[structure.Key].Where(a => !a.Draft))
        {
            if (Renewal(record, structure, agreement) is { } renewal) yield return renewal;
            foreach (var report in Reports(record, structure, agreement, today)) yield return report;
        }
        foreach (var term in Terms(record, structure)) yield return term;
    }

    static AgendaItem End(Structure structure, Act act) => new()
    {
        Key = $"ends/{structure.Key}/{act.Event}", Kind = AgendaKind.End, Due = act.Date!.Value.Last, LeadDays = UsualLead, Structure = structure.Key,
        Title = new($"{structure.SaidName.En}: end", $"{structure.SaidName.Fr}\u202F: fin"), Why = act.SaidWhat, Source = act.Source,
    };

    // Due when its renewal must be begun; the text says by when it must be settled. Once it is renewed or let end there is nothing to do.
    static AgendaItem? Renewal(PortfolioRecord record, Structure structure, Agreement agreement)
    {
        if (agreement is not { Ends: { } ends, Ended: null } || AgreementReading.SuccessorOf(record, agreement) is not null) return null;
        var (lead, rule) = LeadOf(record, structure, agreement);
        var begun = AgreementReading.RenewalOf(record, agreement) is not null;
        var due = begun || lead is not { } months ? ends.Last : ends.Last.AddMonths(-months);
        return new()
        {
            Key = $"renewals/{agreement.Key}", Kind = AgendaKind.Renewal, Due = due, LeadDays = UsualLead, Structure = structure.Key, Agreement = agreement.Key,
            Title = begun ? new($"{agreement.SaidTitle.En}: conclude the renewal", $"{agreement.SaidTitle.Fr}\u202F: conclure le renouvellement")
                : new($"{agreement.SaidTitle.En}: renew or let end", $"{agreement.SaidTitle.Fr}\u202F: renouveler ou laisser prendre fin"),
            Why = WhyRenew(ends, begun ? null : lead, rule), Source = rule?.Source ?? agreement.Source,
        };
    }

    static Said WhyRenew(PartialDate ends, int? lead, Rule? rule) => (lead, rule) switch
    {
        (null, _) => new($"End: {ends.In(Lang.En)}.", $"Fin\u202F: {ends.In(Lang.Fr)}."),
        ({ } months, null) => new($"End: {ends.In(Lang.En)}; the agreement wants its renewal begun {months} months before.",
            $"Fin\u202F: {ends.In(Lang.Fr)}\u202F; l’accord veut que le renouvellement commence {months} mois avant."),
        ({ } months, _) => new($"End: {ends.In(Lang.En)}; a rule of the instrument wants its renewal begun {months} months before.",
            $"Fin\u202F: {ends.In(Lang.Fr)}\u202F; une règle de l’instrument veut que le renouvellement commence {months} mois avant."),
    };

    // The agreement's own word comes before the instrument's rule.
    static (int? Months, Rule? Rule) LeadOf(PortfolioRecord record, Structure structure, Agreement agreement) =>
        agreement.LeadMonths is { } own ? (own, null)
        : RuleOf(record, structure, agreement.Ends!.Value.Last, "renewal.lead-time") is { } rule ? (MonthsOf(rule), rule) : (null, null);

    static IEnumerable<AgendaItem> Reports(PortfolioRecord record, Structure structure, Agreement agreement, DateOnly today)
    {
        if (AgreementReading.StateOf(record, agreement, today) == AgreementState.Replaced) yield break;
        if (AgreementReading.BeganOn(record, agreement) is { } began && RuleOf(record, structure, began.First, "reporting.interim") is { } interim
            && MonthsOf(interim) is { } after && began.Last.AddMonths(after) >= today)
            yield return Report(structure, agreement, "interim", began.Last.AddMonths(after), interim, new("interim report", "rapport intermédiaire"),
                new($"The rule asks for it {after} months after the beginning, {began.In(Lang.En)}.", $"La règle le demande {after} mois après le début, {began.In(Lang.Fr)}."));
        if ((agreement.Ended ?? agreement.Ends) is { } ends && RuleOf(record, structure, ends.Last, "reporting.final") is { } final && MonthsOf(final) is { } within
            && ends.Last.AddMonths(within) >= today)
            yield return Report(structure, agreement, "final", ends.Last.AddMonths(within), final, new("final report", "rapport final"),
                new($"The rule asks for it within {within} months of the end, {ends.In(Lang.En)}.", $"La règle le demande dans les {within} mois suivant la fin, {ends.In(Lang.Fr)}."));
    }

    static AgendaItem Report(Structure structure, Agreement agreement, string which, DateOnly due, Rule rule, Said name, Said why) => new()
    {
        Key = $"reports/{agreement.Key}/{which}", Kind = AgendaKind.Report, Due = due, LeadDays = UsualLead, Structure = structure.Key, Agreement = agreement.Key,
        Title = new($"{agreement.SaidTitle.En}: {name.En}", $"{agreement.SaidTitle.Fr}\u202F: {name.Fr}"), Why = why, Source = rule.Source,
    };

    static Rule? RuleOf(PortfolioRecord record, Structure structure, DateOnly day, string field) =>
        RulesInForce.Of(record, RuleCase.Of(record, structure, day), field).Where(a => a.If is null).Select(a => a.Rule).FirstOrDefault();

    static int? MonthsOf(Rule rule) => RuleVocabulary.Number(rule.Value) is { } n ? rule.Unit switch { "months" => (int)n, "years" => (int)(n * 12), _ => null } : null;

    // A term that ended is settled once somebody else has the role: since that day, or without an end.
    static IEnumerable<AgendaItem> Terms(PortfolioRecord record, Structure structure)
    {
        var roles = record.RolesOf(structure.Key).Where(r => r.Kind != RoleKind.AlsoAt).ToList();
        foreach (var term in roles.Where(r => r.Until is not null).GroupBy(r => (r.Person, r.Kind, r.Until!.Value)))
        {
            var (person, kind, until) = term.Key;
            var side = term.Select(r => r.Side).FirstOrDefault(s => s is not null);
            bool Follows(Role other) => other.Kind == kind && (side is null || other.Side is null || other.Side == side)
                && (other.Until is not { } end || end > until) && (other.Person != person || other.Until is not null || other.Since is { } since && since.First >= until.First);
            if (roles.Any(Follows)) continue;
            var name = record.People[person].Name;
            yield return new()
            {
                Key = $"terms/{structure.Key}/{person}/{Column.Kebab(kind.ToString())}/{until}", Kind = AgendaKind.Term, Due = until.Last, LeadDays = UsualLead,
                Structure = structure.Key, Side = side,
                Title = new($"{structure.SaidName.En}: {Word(kind).En}, {name}", $"{structure.SaidName.Fr}\u202F: {Word(kind).Fr}, {name}"),
                Why = new($"End of the term: {until.In(Lang.En)}; nobody on record follows.", $"Fin du mandat\u202F: {until.In(Lang.Fr)}\u202F; personne ne figure au registre pour la suite."),
                Source = term.First().Source,
            };
        }
    }

    static Said Word(RoleKind kind) => kind switch
    {
        RoleKind.Director => new("director", "direction"),
        RoleKind.DeputyDirector => new("deputy director", "direction adjointe"),
        RoleKind.Coordinator => new("coordinator", "coordination"),
        RoleKind.AlsoAt => new("member", "membre"),
    };
}
