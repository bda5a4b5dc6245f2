using System.Globalization;
using System.Text.RegularExpressions;
using Entente.Core.Kernel;
using static Entente.Core.Portfolio.Rules.RuleKind;
using static Entente.Core.Portfolio.Rules.RuleTopic;

namespace Entente.Core.Portfolio.Rules;

/// <summary>
/// The closed vocabulary of rule packs: every field that a rule can have, what its value is, and what it governs. The page
/// docs/domain/rules.md lists it, and a test holds the two together.
/// </summary>
public static partial class RuleVocabulary
{
    static readonly string[] Time = ["years", "months"];

    public static IReadOnlyList<RuleField> All { get; } =
    [
        Watched("duration", Duration, Span, Time, new("duration", "durée"), Runs),
        Watched("duration.min", Duration, Span, Time, new("shortest duration", "durée minimale"), Runs),
        Watched("duration.max", Duration, Span, Time, new("longest duration", "durée maximale"), Runs),

        Watched("renewable", Renewal, YesNo, [], new("renewable", "renouvelable"), new("agreements that replace one another", "les accords qui se remplacent")),
        Watched("renewals.max", Renewal, Count, ["times"], new("renewals at most", "renouvellements au plus"), new("agreements that replace one another", "les accords qui se remplacent")),
        Shown("renewal.evaluation", Renewal, YesNo, [], new("renewal after evaluation", "renouvellement après évaluation")),
        Shown("renewal.lead-time", Renewal, Span, ["months"], new("time before the end to ask for renewal", "délai avant la fin pour demander le renouvellement")),

        Watched("countries.foreign.min", Parties, Count, ["countries"], new("fewest foreign countries", "pays étrangers au moins"), Countries),
        Watched("countries.foreign.max", Parties, Count, ["countries"], new("most foreign countries", "pays étrangers au plus"), Countries),
        Shown("laboratories", Parties, Text, [], new("laboratories", "laboratoires")),

        Shown("audience", Eligibility, Text, [], new("for whom", "pour qui")),
        Shown("applicant", Eligibility, Text, [], new("who may apply", "qui peut candidater")),
        Shown("carrier", Eligibility, Text, [], new("carried by", "unité porteuse")),
        Shown("field", Eligibility, Text, [], new("field", "domaine")),
        Shown("coordinator.permanent", Eligibility, YesNo, [], new("coordinator with a permanent post", "coordinateur sur poste permanent")),
        Shown("prior-collaboration", Eligibility, YesNo, [], new("earlier collaboration required", "collaboration antérieure exigée")),

        Watched("funding.per-year.min", Funding, Amount, ["EUR"], new("smallest amount a year", "montant minimal par an"), Budgets),
        Watched("funding.per-year.max", Funding, Amount, ["EUR"], new("largest amount a year", "montant maximal par an"), Budgets),
        Watched("funding.other.share.max", Funding, Share, ["percent"], new("other expenses, largest share of a year", "autres dépenses, part maximale d’une année"), Budgets),
        Watched("funding.salaries", Funding, YesNo, [], new("salaries allowed", "salaires autorisés"), Budgets),
        Shown("funding.partner-top-up", Funding, YesNo, [], new("partners may add money", "les partenaires peuvent compléter")),
        Shown("funding", Funding, Text, [], new("means", "moyens")),
        Shown("funded-by", Funding, Text, [], new("funded by", "financement")),
        Shown("fees", Funding, Text, [], new("fees", "droits")),

        Watched("coordinators.per-side", Roles, Count, ["persons"], new("coordinators on each side", "coordinateurs de chaque côté"), Held),
        Shown("coordinators.shared", Roles, YesNo, [], new("shared coordination possible", "coordination partagée possible")),
        Watched("directors", Roles, Count, ["persons"], new("directors", "directeurs"), Held),
        Watched("deputy-directors", Roles, Count, ["persons"], new("deputy directors", "directeurs adjoints"), Held),
        Shown("heads", Roles, Text, [], new("heads", "direction")),
        Shown("supervision", Roles, Text, [], new("supervision", "encadrement")),
        Shown("support", Roles, Text, [], new("support", "appui")),

        Watched("documents.agreement", Documents, YesNo, [], new("agreement required", "convention exigée"), Papers),
        Watched("documents.letter-of-support", Documents, YesNo, [], new("letter of support required", "lettre d’engagement exigée"), Papers),
        Watched("documents.data-protection", Documents, YesNo, [], new("data protection document required", "document de protection des données exigé"), Papers),
        Watched("documents.due-diligence", Documents, YesNo, [], new("due diligence required", "vérification préalable exigée"), Papers),
        Shown("exchange-agreement", Documents, Text, [], new("exchange agreement", "convention d’échange")),

        Shown("selected-by", Selection, Text, [], new("selection", "sélection")),
        Shown("criteria", Selection, Text, [], new("criteria", "critères")),
        Shown("call", Selection, Text, [], new("call", "appel")),
        Shown("deadline", Selection, Text, [], new("deadline", "date limite")),
        Shown("platform", Selection, Text, [], new("platform", "plateforme")),

        Shown("reporting.interim", Reporting, Span, ["months"], new("interim report after", "rapport intermédiaire après")),
        Shown("reporting.final", Reporting, Span, ["months"], new("final report within", "rapport final sous")),

        Shown("stay.min.from", Mobility, Span, ["months"], new("shortest stay, from", "séjour minimal, à partir de")),
        Shown("stay.min.to", Mobility, Span, ["months"], new("shortest stay, up to", "séjour minimal, jusqu’à")),
    ];

    static readonly Dictionary<string, RuleField> ByKey = All.ToDictionary(f => f.Key);

    /// <summary>The field of this name, or a ratio such as students.per.projects; null where the vocabulary has none.</summary>
    public static RuleField? Find(string key) => ByKey.TryGetValue(key, out var field) ? field
        : Ratio().Match(key) is { Success: true } ratio ? OfRatio(key, ratio.Groups["a"].Value, ratio.Groups["b"].Value) : null;

    /// <summary>Says what is wrong with a rule: a field that the vocabulary lacks, a value or a unit that does not fit it.</summary>
    public static Complaint? Complaint(string field, string value, string? unit) => Find(field) is { } known ? known.Complaint(value, unit)
        : new("field", new($"“{field}” is not a field of rule packs: the page docs/domain/rules.md lists them.",
            $"« {field} » n’est pas un champ de règles : la page docs/domain/rules.md les énumère."));

    /// <summary>The name of a field for people; the key itself where the vocabulary does not know it.</summary>
    public static Said Name(string key) => Find(key)?.Name ?? Said.Same(key);

    public static Said Name(RuleTopic topic) => topic switch
    {
        Duration => new("Duration", "Durée"),
        Renewal => new("Renewal", "Renouvellement"),
        Parties => Said.Same("Parties"),
        Eligibility => new("Eligibility", "Éligibilité"),
        Funding => new("Money", "Budget"),
        Roles => new("Roles", "Rôles"),
        Documents => Said.Same("Documents"),
        Selection => new("Selection", "Sélection"),
        Reporting => new("Reports", "Rapports"),
        Mobility => new("Students and stays", "Doctorants et séjours"),
    };

    /// <summary>5 years, 14,000 EUR, at most 20 %: the value of a rule as a reader writes it.</summary>
    public static Said Value(Rule rule) => (Find(rule.Field)?.Kind, rule.Value) switch
    {
        (YesNo, "yes") => new("yes", "oui"),
        (YesNo, "no") => new("no", "non"),
        (Share, _) => new($"{Figures(rule.Value).En}%", $"{Figures(rule.Value).Fr}\u202F%"),
        _ when rule.Unit is { } unit && Number(rule.Value) is { } n => new($"{Figures(rule.Value).En} {UnitName(unit, n).En}", $"{Figures(rule.Value).Fr} {UnitName(unit, n).Fr}"),
        _ when rule.Unit is { } unit => new($"{rule.Value} {unit}", $"{rule.ValueFr ?? rule.Value} {UnitName(unit, 2).Fr}"),
        _ => new(rule.Value, rule.ValueFr ?? rule.Value),
    };

    /// <summary>A number as rules write them: figures, with a point; null where the text is not one.</summary>
    public static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static Said Figures(decimal number)
    {
        var text = number.ToString("#,0.##", CultureInfo.InvariantCulture);
        return new(text, text.Replace(",", "\u202F", StringComparison.Ordinal).Replace('.', ','));
    }

    static Said Figures(string value) => Number(value) is { } number ? Figures(number) : Said.Same(value);

    static Said UnitName(string unit, decimal n) => (unit, n == 1) switch
    {
        ("years", true) => new("year", "an"),
        ("years", false) => new("years", "ans"),
        ("months", var one) => new(one ? "month" : "months", "mois"),
        ("persons", true) => new("person", "personne"),
        ("persons", false) => new("persons", "personnes"),
        ("students", var one) => new(one ? "student" : "students", one ? "doctorant" : "doctorants"),
        ("countries", var one) => new(one ? "country" : "countries", "pays"),
        ("times", var one) => new(one ? "time" : "times", "fois"),
        _ => Said.Same(unit),
    };

    static Said Runs => new("start and end of structures and agreements", "début et fin des structures et des accords");
    static Said Countries => new("countries of the parties", "les pays des parties");
    static Said Budgets => new("money planned, side by side and year by year", "les montants prévus, par côté et par année");
    static Said Held => new("roles held", "les rôles tenus");
    static Said Papers => new("documents on record", "les documents au registre");
    static Said Nothing => new("read by people", "lu par des personnes");

    static RuleField Watched(string key, RuleTopic topic, RuleKind kind, IReadOnlyList<string> units, Said name, Said governs) =>
        new(key, topic, kind, units, name, governs) { Checked = true };

    static RuleField Shown(string key, RuleTopic topic, RuleKind kind, IReadOnlyList<string> units, Said name) => new(key, topic, kind, units, name, Nothing);

    static RuleField OfRatio(string key, string a, string b)
    {
        var (top, under) = (UnitName(a, 2), UnitName(b, 2));
        return new(key, Mobility, Count, [a], key == "students.per.projects" ? new("students per project", "doctorants par projet")
            : new($"{top.En} for each of the {under.En}", $"{top.Fr} pour chacun des {under.Fr}"), new("claims in either unit", "les affirmations dans l’une ou l’autre unité"));
    }

    [GeneratedRegex("^(?<a>[a-z-]+)\\.per\\.(?<b>[a-z-]+)$")]
    private static partial Regex Ratio();
}
