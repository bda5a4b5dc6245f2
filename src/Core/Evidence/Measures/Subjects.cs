using System.Globalization;
using Entente.Core.Kernel;
using Entente.Engine.Query;
using Entente.Engine.Works;

namespace Entente.Core.Evidence.Measures;

/// <summary>Filters against one vintage: names become numbers, and what the vintage cannot answer is refused.</summary>
static class Subjects
{
    /// <summary>The filters with every topic, subfield, field and domain as its number. Refused where the vintage knows none of that name.</summary>
    public static Outcome<Filters> Understand(Holding holding, Indicator indicator, Filters filters)
    {
        if ((filters.HasPlace || indicator.ByField) && !holding.KnowsTopics)
            return Old(new("topics were placed in subfields, fields and domains", "les sujets furent placés en sous-champs, champs et domaines"));
        if (filters.Funder is not null && !holding.KnowsFunders) return Old(new("funders were taken in", "les financeurs furent retenus"));
        if (indicator.Key == "industry-share" && !holding.KnowsTypes)
            return Refusal.Invalid("no-types",
                "The vintage tells the type of no institution: its sources give none, or it was imported before types were taken in. Import them again.",
                "Le millésime ne dit le type d’aucun établissement\u202F: ses sources n’en donnent pas, ou il fut importé avant que les types furent retenus. Réimportez-les.");
        var topic = Place(holding, "topic", filters.Topic, t => (t.Id, t.Name), 'T');
        if (topic.Refusal is { } noTopic) return noTopic;
        var subfield = Place(holding, "subfield", filters.Subfield, t => (t.Subfield, t.SubfieldName));
        if (subfield.Refusal is { } noSubfield) return noSubfield;
        var field = Place(holding, "field", filters.Field, t => (t.Field, t.FieldName));
        if (field.Refusal is { } noField) return noField;
        var domain = Place(holding, "domain", filters.Domain, t => (t.Domain, t.DomainName));
        if (domain.Refusal is { } noDomain) return noDomain;
        return filters with { Topic = topic.Value, Subfield = subfield.Value, Field = field.Value, Domain = domain.Value };
    }

    static Refusal Old(Said what) => Refusal.Invalid("vintage-too-old",
        $"The vintage was imported before {what.En}: import its sources again.", $"Le millésime fut importé avant que {what.Fr}\u202F: réimportez ses sources.");

    static Outcome<string?> Place(Holding holding, string level, string? asked, Func<Topic, (int Id, string? Name)> of, char prefix = '\0')
    {
        if (asked is null) return (string?)null;
        var word = asked[(asked.LastIndexOf('/') + 1)..];
        if (prefix != '\0' && word.Length > 1 && char.ToUpperInvariant(word[0]) == prefix && char.IsAsciiDigit(word[1])) word = word[1..];
        var byNumber = int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        foreach (var topic in holding.Topics.OrderBy(t => t.Id))
            if (of(topic) is { Id: > 0 } place && (byNumber ? place.Id == number : string.Equals(place.Name, asked.Trim(), StringComparison.OrdinalIgnoreCase)))
                return place.Id.ToString(CultureInfo.InvariantCulture);
        var named = string.Join(", ", holding.Topics.Select(of).Where(p => p is { Id: > 0, Name: not null }).Distinct().OrderBy(p => p.Id).Take(30).Select(p => $"{p.Id} {p.Name}"));
        return Refusal.NotFound($"unknown-{level}",
            $"No work of the vintage is of a {level} “{asked}”. Write its OpenAlex number or its name{(named.Length == 0 ? "" : $", such as: {named}")}.",
            $"Aucune publication du millésime n’est d’un {level} «\u202F{asked}\u202F». Écrivez son numéro OpenAlex ou son nom{(named.Length == 0 ? "" : $", par exemple\u202F: {named}")}.");
    }

    /// <summary>What the engine selects by. Of understood filters only.</summary>
    public static WorkFilter ToFilter(Holding holding, Filters filters) => new()
    {
        Topics = filters.HasPlace ? [.. holding.Topics.Where(t => Is(filters.Topic, t.Id) && Is(filters.Subfield, t.Subfield) && Is(filters.Field, t.Field) && Is(filters.Domain, t.Domain)).Select(t => t.Id)] : null,
        Types = filters.Types?.Split(','),
        Goals = filters.Goal is { } goal ? 1u << (goal - 1) : 0,
        Funders = filters.Funder is { } funder ? [long.Parse(funder.AsSpan(1), CultureInfo.InvariantCulture)] : null,
        MostAuthors = filters.AuthorsMax,
        With = (filters.OpenAccess == true ? WorkFlags.OpenAccess : 0) | (filters.Corpus == "expansion" ? WorkFlags.Expansion : 0),
        Without = (filters.OpenAccess == false ? WorkFlags.OpenAccess : 0) | (filters.Corpus == "core" ? WorkFlags.Expansion : 0) | (filters.AuthorsMax is null ? 0 : WorkFlags.Truncated),
    };

    static bool Is(string? asked, int number) => asked is null || asked == number.ToString(CultureInfo.InvariantCulture);
}
