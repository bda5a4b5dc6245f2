using Entente.Core.Kernel;
using Entente.Core.Portfolio.Rules;

namespace Entente.Core.Portfolio;

/// <summary>How far statements agree. The same four words judge facts and claims.</summary>
public enum Verdict { Consistent, Explainable, Contradictory, NotComparable }

/// <summary>One statement in a disagreement, as published where the words were noted, with who makes it.</summary>
public sealed record Statement(Said Text, string? Wording, Citations Source);

/// <summary>A field on which the sources do not say the same, face to face, with a verdict and the reason. None of them is corrected.</summary>
public sealed record Disagreement
{
    public required string Field { get; init; }
    public string? Structure { get; init; }
    public string? Instrument { get; init; }

    /// <summary>structures/KEY or instruments/KEY: the record that the statements are about.</summary>
    public string Subject => Structure is { } key ? $"structures/{key}" : $"instruments/{Instrument}";
    public required Said Title { get; init; }
    public required IReadOnlyList<Statement> Statements { get; init; }
    public required Verdict Verdict { get; init; }
    public required Said Reason { get; init; }
}

/// <summary>Where the facts of the portfolio disagree. Computed from the record, so that a new source shows up by itself.</summary>
public static class Disagreements
{
    /// <summary>All of them, the gravest first.</summary>
    public static IReadOnlyList<Disagreement> All(PortfolioRecord record) =>
    [
        .. record.Structures.Values.SelectMany(s => Of(record, s)).Concat(OfRules(record))
            .OrderBy(d => Verdicts.Gravity(d.Verdict)).ThenBy(d => d.Title.En, StringComparer.Ordinal),
    ];

    public static IEnumerable<Disagreement> Of(PortfolioRecord record, Structure structure) =>
        Dates(record, structure).Concat(Themes(record, structure)).Concat(Parties(record, structure));

    static IEnumerable<Disagreement> Dates(PortfolioRecord record, Structure structure)
    {
        foreach (var happening in Lineages.Changes(record, structure.Key).Where(e => !e.Agreed))
        {
            var acts = happening.Statements.Where(a => a.Date is not null).ToList();
            var (verdict, reason) = Judge(record, happening.Instrument!, acts);
            yield return new Disagreement
            {
                Field = "start", Structure = structure.Key, Verdict = verdict, Reason = reason,
                Title = new($"{structure.SaidName.En}, year of creation", $"{structure.SaidName.Fr}, année de création"),
                Statements = [.. acts.Select(a => new Statement(Dated(a), a.Wording, a.Source))],
            };
        }
    }

    static Said Dated(Act act) => act.DateKind switch
    {
        DateKind.Unspecified => act.Date!.Value.Said,
        var kind => new($"{DateWords(kind).En} {act.Date!.Value.In(Lang.En)}", $"{DateWords(kind).Fr} {act.Date!.Value.In(Lang.Fr)}"),
    };

    static (Verdict, Said) Judge(PortfolioRecord record, string instrument, List<Act> acts)
    {
        var (first, last) = (acts.MinBy(a => a.Date)!, acts.MaxBy(a => a.Date)!);
        var years = last.Date!.Value.Year - first.Date!.Value.Year;
        var apart = Apart(years);
        if (first.DateKind != last.DateKind)
            return (Verdict.Explainable, new($"{apart.En}. {KindsDiffer.En}", $"{apart.Fr}. {KindsDiffer.Fr}"));
        if (years <= 1 && first.DateKind == DateKind.Unspecified)
            return (Verdict.Explainable, new($"{apart.En}, and neither source says which of the dates of a structure it gives.{LabelThen(record, instrument, acts).En}",
                $"{apart.Fr}, et aucune source ne dit laquelle des dates d’une structure elle donne.{LabelThen(record, instrument, acts).Fr}"));
        var label = LabelThen(record, instrument, acts);
        return (Verdict.Contradictory, new($"{apart.En}.{label.En}", $"{apart.Fr}.{label.Fr}"));
    }

    static Said KindsDiffer => new(
        "An agreement, a launch and a first day are different dates; the sources do not all say which they mean.",
        "Un accord, un lancement et un premier jour sont des dates différentes\u202F; les sources ne disent pas toutes laquelle elles donnent.");

    static Said Apart(int years) => years switch
    {
        0 => new("Less than one year apart", "Moins d’un an d’écart"),
        1 => new("One year apart", "Un an d’écart"),
        _ => new($"{Small(years, Lang.En)} years apart", $"{Small(years, Lang.Fr)} ans d’écart"),
    };

    static string Small(int n, Lang lang) => n > 10 ? n.ToString(System.Globalization.CultureInfo.InvariantCulture) : (lang == Lang.En
        ? "Zero,One,Two,Three,Four,Five,Six,Seven,Eight,Nine,Ten" : "Zéro,Un,Deux,Trois,Quatre,Cinq,Six,Sept,Huit,Neuf,Dix").Split(',')[n];

    // When the label of today is younger than every date, both statements are about something that bore another name.
    static Said LabelThen(PortfolioRecord record, string instrument, List<Act> acts)
    {
        var today = record.Labels[instrument].FirstOrDefault(l => l.Until is null && l.Since is not null);
        return today is null || acts.Max(a => a.Date!.Value.Last) >= today.Since!.Value.First
            ? Said.Same("")
            : new($" The label {today.Code} dates from {today.Since.Value.Year}, so both dates describe something that bore another name.",
                $" Le label {today.Code} date de {today.Since.Value.Year}\u202F: les deux dates décrivent une chose qui portait un autre nom.");
    }

    static IEnumerable<Disagreement> Themes(PortfolioRecord record, Structure structure)
    {
        var themes = record.Themes[structure.Key].Where(t => t.Kind == ThemeKind.Theme).ToList();
        if (themes.Count < 2) yield break;
        var both = themes.SelectMany(t => t.Source.Sources).GroupBy(s => s).Where(g => g.Count() > 1).Select(g => g.Key).Order(StringComparer.Ordinal).ToList();
        yield return new Disagreement
        {
            Field = "theme", Structure = structure.Key, Verdict = Verdict.Explainable,
            Title = new($"{structure.SaidName.En}, theme", $"{structure.SaidName.Fr}, thème"),
            Statements = [.. themes.Select(t => new Statement(t.Said, t.Wording, t.Source))],
            Reason = both.Count == 0
                ? new("The theme was renamed; no source gives both.", "Le thème a changé de nom\u202F; aucune source ne donne les deux.")
                : new($"The theme was renamed; {string.Join(", ", both)} still has both on one page.",
                    $"Le thème a changé de nom\u202F; {string.Join(", ", both)} porte encore les deux sur une même page."),
        };
    }

    // Sources that name one body only do not claim to name them all.
    static IEnumerable<Disagreement> Parties(PortfolioRecord record, Structure structure)
    {
        var bySource = record.Parties[structure.Key].Where(p => p.Organisation is not null)
            .SelectMany(p => p.Source.Sources.Select(source => (source, p))).GroupBy(x => x.source)
            .Select(g => (Source: g.Key, Named: g.Select(x => x.p.Organisation!).ToHashSet(), Cited: g.First().p.Source))
            .Where(g => g.Named.Count > 1).ToList();
        var all = bySource.SelectMany(g => g.Named).Distinct().ToList();
        if (bySource.Count < 2 || bySource.All(g => g.Named.SetEquals(bySource[0].Named))) yield break;
        var missing = all.Select(o => (Organisation: record.Organisations[o], Absent: bySource.Where(g => !g.Named.Contains(o)).Select(g => g.Source).ToList()))
            .Where(m => m.Absent.Count > 0).ToList();
        yield return new Disagreement
        {
            Field = "parties", Structure = structure.Key, Verdict = Verdict.Explainable,
            Title = new($"{structure.SaidName.En}, parties", $"{structure.SaidName.Fr}, parties"),
            Statements = [.. bySource.Select(g => new Statement(Said.Same(string.Join(", ", all.Where(g.Named.Contains).Select(o => Short(record, o)))), null, g.Cited))],
            Reason = new(
                string.Join(" ", missing.Select(m => $"{string.Join(" and ", m.Absent)} {(m.Absent.Count > 1 ? "do" : "does")} not name {m.Organisation.Short ?? m.Organisation.Name}.")),
                string.Join(" ", missing.Select(m => $"{string.Join(" et ", m.Absent)} ne {(m.Absent.Count > 1 ? "nomment" : "nomme")} pas {m.Organisation.Short ?? m.Organisation.Name}."))),
        };
    }

    static string Short(PortfolioRecord record, string organisation) => record.Organisations[organisation].Short ?? record.Organisations[organisation].Name;

    /// <summary>
    /// Rules with two values at one time: legitimate where institute or campaign differ, contradictory where nothing tells them apart.
    /// Words are left to people, and an older version of a pack is no other opinion.
    /// </summary>
    static IEnumerable<Disagreement> OfRules(PortfolioRecord record)
    {
        var newest = record.Rules.SelectMany(g => g).GroupBy(PackKey.Of).SelectMany(pack => pack.Where(r => r.Version == pack.Max(other => other.Version)))
            .Where(r => RuleVocabulary.Find(r.Field) is not { Kind: RuleKind.Text }).OrderBy(r => r.Id);
        foreach (var rules in newest.GroupBy(r => (r.Instrument, r.Field, r.Until)).Where(g => g.Select(r => r.Value).Distinct().Count() > 1))
        {
            var apart = rules.GroupBy(PackKey.Of).All(pack => pack.Select(r => r.Value).Distinct().Count() == 1);
            var (instrument, name) = (record.Instruments[rules.Key.Instrument], RuleVocabulary.Name(rules.Key.Field));
            yield return new Disagreement
            {
                Field = rules.Key.Field, Instrument = instrument.Key, Verdict = apart ? Verdict.Explainable : Verdict.Contradictory,
                Title = new($"{instrument.Code}, {name.En}", $"{instrument.Code}, {name.Fr}"),
                Statements = [.. rules.Select(r => new Statement(RuleVocabulary.Value(r), r.Wording, r.Source))],
                Reason = apart
                    ? new("The values belong to different institutes or campaigns; both can hold.", "Les valeurs relèvent d’instituts ou de campagnes différents\u202F; les deux peuvent être vraies.")
                    : new("Two values for the same institute and campaign.", "Deux valeurs pour le même institut et la même campagne."),
            };
        }
    }

    public static Said DateWords(DateKind kind) => kind switch
    {
        DateKind.Unspecified => new("created", "créé"),
        DateKind.Agreed => new("agreed", "convenu"),
        DateKind.Signed => new("signed", "signé"),
        DateKind.Effective => new("effective", "en vigueur"),
        DateKind.Inaugurated => new("inaugurated", "inauguré"),
        DateKind.Announced => new("announced", "annoncé"),
        DateKind.Launched => new("launched", "lancé"),
        DateKind.Running => new("running", "en activité"),
        DateKind.Suspended => new("suspended", "suspendu"),
        DateKind.Ended => new("ended", "terminé"),
    };
}
