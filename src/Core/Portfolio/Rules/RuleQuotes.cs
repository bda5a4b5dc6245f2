using Entente.Core.Kernel;

namespace Entente.Core.Portfolio.Rules;

/// <summary>Rules in words, with where they stand: users contest them, so they must be able to look.</summary>
public static class RuleQuotes
{
    /// <summary>IRP 2025/INSHS: at most 14,000 EUR a year; source INSHS25, for the 2025 campaign; date of retrieval not noted.</summary>
    public static Said Of(PortfolioRecord record, Rule rule)
    {
        var (pack, asks) = (RulePack.Name(record, PackKey.Of(rule)), Asks(rule));
        var sources = rule.Source.Select(c => Source(record, c)).ToList();
        var wording = rule.Wording is { } words ? new Said($" “{words}”", $" «\u202F{words}\u202F»") : Said.Same("");
        return new(
            $"{pack.En}: {asks.En}{wording.En}; source {string.Join(" and ", sources.Select(s => s.En))}.",
            $"{pack.Fr}\u202F: {asks.Fr}{wording.Fr}\u202F; source {string.Join(" et ", sources.Select(s => s.Fr))}.");
    }

    static Said Source(PortfolioRecord record, Citation citation)
    {
        var source = record.Sources[citation.Source];
        var dated = source.Date is { } date ? date.Said : new Said(source.DateNote ?? "undated", source.DateNoteFr ?? source.DateNote ?? "sans date");
        var read = source.Retrieved is { } day ? new Said($"retrieved {day.In(Lang.En)}", $"consultée {On(day)}")
            : new Said("date of retrieval not noted", "date de consultation non notée");
        return new($"{citation}, {dated.En}, {read.En}", $"{citation}, {dated.Fr}, {read.Fr}");
    }

    static string On(PartialDate day) => day.Precision == DatePrecision.Day ? $"le {day.In(Lang.Fr)}" : $"en {day.In(Lang.Fr)}";

    /// <summary>What the rule asks, as it is said in a sentence: at most 14,000 EUR a year.</summary>
    public static Said Asks(Rule rule)
    {
        var value = RuleVocabulary.Value(rule);
        var (en, fr) = (value.En, value.Fr);
        return rule.Field switch
        {
            "duration" => new($"{en} long", $"durée de {fr}"),
            "duration.min" => new($"at least {en} long", $"durée d’au moins {fr}"),
            "duration.max" => new($"at most {en} long", $"durée d’au plus {fr}"),
            "renewable" when rule.Value == "no" => new("not renewable", "non renouvelable"),
            "renewable" => new("renewable", "renouvelable"),
            "renewals.max" => new($"renewable at most {en}", $"renouvelable au plus {fr}"),
            "countries.foreign.min" => new($"at least {Foreign(rule).En}", $"au moins {Foreign(rule).Fr}"),
            "countries.foreign.max" => new($"at most {Foreign(rule).En}", $"au plus {Foreign(rule).Fr}"),
            "funding.per-year.min" => new($"at least {en} a year", $"au moins {fr} par an"),
            "funding.per-year.max" => new($"at most {en} a year", $"au plus {fr} par an"),
            "funding.other.share.max" => new($"at most {en} other expenses a year", $"au plus {fr} d’autres dépenses par an"),
            "funding.salaries" when rule.Value == "no" => new("no salaries", "pas de salaires"),
            "coordinators.per-side" => new($"{People(rule, "coordinator", "coordinators").En} on each side", $"{People(rule, "coordinateur", "coordinateurs").Fr} de chaque côté"),
            "directors" => new(People(rule, "director", "directors").En, People(rule, "directeur", "directeurs").Fr),
            "deputy-directors" => new(People(rule, "deputy director", "deputy directors").En, People(rule, "directeur adjoint", "directeurs adjoints").Fr),
            var field when field.StartsWith("documents.", StringComparison.Ordinal) => Document(field, rule.Value == "yes"),
            var field => new($"{RuleVocabulary.Name(field).En}: {en}", $"{RuleVocabulary.Name(field).Fr}\u202F: {fr}"),
        };
    }

    static Said Document(string field, bool required)
    {
        var name = DocumentName(field);
        return required ? new($"{name.En} is required", $"{name.Fr} est exigée") : new($"{name.En} is not required", $"{name.Fr} n’est pas exigée");
    }

    internal static Said DocumentName(string field) => field switch
    {
        "documents.agreement" => new("an agreement", "une convention"),
        "documents.letter-of-support" => new("a letter of support", "une lettre d’engagement"),
        "documents.data-protection" => new("a data protection document", "une pièce de protection des données"),
        _ => new("a due diligence check", "une vérification préalable"),
    };

    /// <summary>Words that titles of such documents hold, in either language.</summary>
    internal static IReadOnlyList<string> DocumentTitles(string field) => field switch
    {
        "documents.letter-of-support" => ["letter support", "letter engagement", "lettre engagement", "lettre soutien"],
        "documents.data-protection" => ["data protection", "protection données"],
        _ => ["due diligence", "vérification préalable"],
    };

    static Said Foreign(Rule rule) => rule.Value == "1" ? new("1 foreign country", "1 pays étranger")
        : new($"{rule.Value} foreign countries", $"{rule.Value} pays étrangers");

    static Said People(Rule rule, string one, string many) => Said.Same($"{rule.Value} {(rule.Value == "1" ? one : many)}");
}
