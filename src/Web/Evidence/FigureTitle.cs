using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Entente.Web.Shell;

namespace Entente.Web.Evidence;

/// <summary>A figure in one line: 185 co-publications, CNRS and Imperial, 2017–2022.</summary>
static class FigureTitle
{
    /// <param name="shorts">short names of organisations by key, as the portfolio gives them</param>
    public static string Of(FigureAnswer answer, Indicator indicator, Question question, IReadOnlyDictionary<string, string> shorts, Reader reader)
    {
        var what = Noun(answer, indicator, reader) is { } noun ? $"{Value(answer, reader)} {noun}" : $"{reader.Say(indicator.Name)} {Value(answer, reader)}";
        return $"{what}, {About(answer, indicator, question, shorts, reader)}";
    }

    /// <summary>What a question is of: CNRS and Imperial, 2017–2022, and what else narrows it.</summary>
    public static string About(FigureAnswer answer, Indicator indicator, Question question, IReadOnlyDictionary<string, string> shorts, Reader reader)
    {
        var who = string.Join(reader.Say(" and ", " et "), answer.Organisations.Select(o => Name(o, shorts)));
        var with = question.With is { } country ? reader.Say($" with {Countries.Name(country, Lang.En)}", $" avec {Countries.Name(country, Lang.Fr)}") : "";
        var called = (answer.Filters ?? []).Where(f => f.Called is not null).ToDictionary(f => f.Name, f => f.Called!);
        var among = string.Concat(question.Filters.Words().Select(word => $", {reader.Say(EvidenceWords.Filter(word.Name, called.GetValueOrDefault(word.Name) ?? word.Value))}"));
        var far = (question.Kilometres ?? indicator.Kilometres) is { } kilometres ? reader.Say($", from {reader.Number(kilometres)} km on", $", dès {reader.Number(kilometres)} km") : "";
        return $"{who}{with}, {Window(question, reader)}{far}{among}";
    }

    public static string Of(Receipt receipt, Indicator indicator, Question question, IReadOnlyDictionary<string, string> shorts, Reader reader) => Of(
        new FigureAnswer
        {
            Figure = receipt.Figure,
            Value = receipt.Value,
            Unit = indicator.Unit,
            Bounds = receipt.Bounds,
            Vintage = receipt.Vintages[0],
            Synthetic = receipt.Synthetic,
            Organisations = [.. receipt.Organisations.Select(o => new AskedOrganisation(o.Key, o.Ror, o.Name))],
        }, indicator, question, shorts, reader);

    public static string Value(FigureAnswer answer, Reader reader) => answer.Value is not { } value
        ? reader.Say("unknown", "inconnu")
        : Number(value, answer.Unit, reader);

    /// <summary>A number in its unit: a share as per cent, a count with two decimals where it is fractional, an index with as many as it needs.</summary>
    public static string Number(double value, string unit, Reader reader) => unit switch
    {
        "share" => reader.Percent(value),
        "probability" => value is > 0 and < 0.000001 ? "< " + reader.Number(0.000001, 6) : reader.Number(value, 6),
        "index" or "citations" => reader.Number(value, Math.Abs(value) is > 0 and < 0.001 ? 8 : 4),
        "kilometres" => $"{reader.Number(value, value == Math.Floor(value) ? 0 : 1)} km",
        _ => reader.Number(value, value == Math.Floor(value) ? 0 : 2),
    };

    public static string Name(AskedOrganisation organisation, IReadOnlyDictionary<string, string> shorts) =>
        organisation.Key is { } key && shorts.TryGetValue(key, out var name) ? name : organisation.Name;

    /// <summary>A name within a line: without its capital, where that is no letter of an acronym or of somebody's name.</summary>
    public static string Inside(string name) =>
        name.StartsWith("Salton", StringComparison.Ordinal) || name.StartsWith("Jaccard", StringComparison.Ordinal) || !char.IsLower(name[1]) ? name : char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>Why there is no value where there is none, else what the bounds are.</summary>
    public static string Says(FigureAnswer answer, Indicator indicator, Reader reader)
    {
        var hiding = Hiding(answer, reader).ToList();
        if (answer.Value is null) return reader.Say($"No value: {indicator.Nulls.En}.", $"Sans valeur{Formats.Thin}: {indicator.Nulls.Fr}.");
        if (indicator.IsProjects) return reader.Say("Lists of participants are never cut.", "Les listes de participants ne sont jamais tronquées.");
        if (hiding.Count == 0) return reader.Say("No author list is cut: both bounds are the value.", $"Aucune liste d’auteurs n’est tronquée{Formats.Thin}: les deux bornes sont la valeur.");
        var works = string.Join(reader.Say(" and ", " et "), hiding);
        if (answer.Bounds is { Lower: null, Upper: null }) return reader.Say($"No bounds are known: there are {works}.", $"Aucune borne n’est connue{Formats.Thin}: il y a {works}.");
        if (answer.Bounds.Upper is null) return reader.Say($"No upper bound is known: there are {works}.", $"Aucune borne haute n’est connue{Formats.Thin}: il y a {works}.");
        return indicator.IsCount ? reader.Say($"The upper bound counts {works}.", $"La borne haute compte {works}.") : reader.Say($"The bounds are by {works}.", $"Les bornes viennent de {works}.");
    }

    /// <summary>The works that make bounds differ, by what they hide.</summary>
    static IEnumerable<string> Hiding(FigureAnswer answer, Reader reader)
    {
        var (cut, untold, unplaced) = (answer.Excluded.Truncated, answer.Untold, answer.Unplaced);
        if (cut > 0) yield return reader.Count(cut, new("work whose author list is cut", "publication dont la liste d’auteurs est tronquée"), new("works whose author lists are cut", "publications dont la liste d’auteurs est tronquée"));
        if (unplaced > 0) yield return reader.Count(unplaced, new("work with an unknown place", "publication dont un lieu est inconnu"), new("works with an unknown place", "publications dont un lieu est inconnu"));
        if (untold > 0) yield return reader.Count(untold, new("work with an institution of untold type", "publication avec un établissement de type inconnu"), new("works with an institution of untold type", "publications avec un établissement de type inconnu"));
    }

    /// <summary>Which works count: all types, retracted left out, and what else was asked.</summary>
    public static string Filters(Filters filters, Reader reader)
    {
        var parts = new List<string>
        {
            filters.Types ?? reader.Say("All types", "Tous types"),
            filters.WithRetracted ? reader.Say("retracted counted, paratext left out", "rétractées comptées, paratexte écarté") : reader.Say("retracted and paratext left out", "rétractées et paratexte écartés"),
        };
        parts.AddRange((filters with { Types = null, WithRetracted = false }).Words().Select(word => reader.Say(EvidenceWords.Filter(word.Name, word.Value))));
        return string.Join(reader.Say("; ", $"{Formats.Thin}; "), parts);
    }

    /// <summary>The window that was asked for.</summary>
    public static string Window(Question question, Reader reader) =>
        question.Years is { } years ? reader.Years(years) : reader.Say("all years", "toutes années");

    static string? Noun(FigureAnswer answer, Indicator indicator, Reader reader) => indicator.Key switch
    {
        "co-publications" => Plural(answer, reader, new("co-publication", "copublication"), new("co-publications", "copublications")),
        "output" => Plural(answer, reader, new("work", "publication"), new("works", "publications")),
        "partners" => Plural(answer, reader, new("partner", "partenaire"), new("partners", "partenaires")),
        "joint-projects" => Plural(answer, reader, new("joint project", "projet commun"), new("joint projects", "projets communs")),
        "international-share" => reader.Say("of works are international", "des publications sont internationales"),
        "industry-share" => reader.Say("of works are with a company", "des publications sont avec une entreprise"),
        "country-share" => reader.Say("of works with a country", "des publications avec un pays"),
        "partner-share" => reader.Say("of works in a country with the partner", "des publications dans un pays avec le partenaire"),
        _ => null,
    };

    static string Plural(FigureAnswer answer, Reader reader, Said one, Said many) =>
        reader.Say(answer.Value is { } value && (reader.French ? Math.Abs(value) < 2 : value == 1) ? one : many);
}
