using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Agreements;
using Entente.Web.Portfolio.Editing;
using Entente.Web.Shell;

namespace Entente.Web.Portfolio.Agreements;

/// <summary>Agreements, money and what is approved, in a reader's words.</summary>
static class AgreementWords
{
    public static Said Of(MoneyCategory category) => category switch
    {
        MoneyCategory.Salaries => new("salaries", "salaires"),
        MoneyCategory.Mobility => new("mobility", "mobilité"),
        MoneyCategory.Equipment => new("equipment", "équipement"),
        MoneyCategory.Meetings => new("meetings", "réunions"),
        MoneyCategory.Other => new("other", "autres"),
    };

    public static Said Of(MoneyKind kind) => kind switch
    {
        MoneyKind.Budget => Said.Same("budget"),
        MoneyKind.Spent => new("spent", "dépensé"),
    };

    public static Said Of(SharedKind kind) => kind switch
    {
        SharedKind.Facility => new("facility", "équipement"),
        SharedKind.Data => new("data", "données"),
        SharedKind.Infrastructure => Said.Same("infrastructure"),
    };

    /// <summary>The mark of a state: green stands, amber asks for something, red is over; the word says which.</summary>
    public static string Mark(AgreementState state) => state switch
    {
        AgreementState.InEffect => "verdict green",
        AgreementState.Due => "verdict amber",
        AgreementState.Expired => "verdict red",
        _ => "chip",
    };

    static readonly Dictionary<string, Said> Columns = new(StringComparer.Ordinal)
    {
        ["title"] = new("Title", "Titre"), ["title_fr"] = new("Title in French", "Titre en français"), ["starts"] = new("First day", "Premier jour"),
        ["ends"] = new("Last day", "Dernier jour"), ["lead_months"] = new("Lead time for renewal, in months", "Délai de renouvellement, en mois"),
        ["renewable"] = new("Renewable", "Renouvelable"), ["terms"] = new("What it promises", "Ce qu’il promet"),
        ["terms_fr"] = new("The same in French", "De même en français"), ["replaces"] = new("Renews", "Renouvelle"), ["structure"] = new("Structure", "Structure"),
        ["instrument"] = new("Kind", "Type"), ["name"] = new("Name", "Nom"), ["name_fr"] = new("Name in French", "Nom en français"),
        ["long_name"] = new("Long name", "Nom développé"), ["country"] = new("Partner’s country", "Pays du partenaire"),
    };

    public static Said Column(string name) => Columns.TryGetValue(name, out var said) ? said : Said.Same(name);

    /// <summary>The name of a line of an approved text: party cnrs, budget imperial 2027 mobility.</summary>
    public static string Line(PortfolioRecord record, string name, Reader l) => name.Split(' ') switch
    {
        ["party", var who, ..] => $"{l.Say("Party", "Partie")}{Colon(l)}{Short(record, who)}",
        ["centre", var centre, ..] => $"{l.Say("Belongs to", "Relève de")}{Colon(l)}{(record.Structures.TryGetValue(centre, out var s) ? l.Say(s.SaidName) : centre)}",
        ["budget", var side, var year, var category, ..] => $"Budget{Colon(l)}{Short(record, side)}, {year}, {l.Say(CategoryOf(category))}",
        ["role", var person, var kind, ..] => $"{(record.People.TryGetValue(person, out var p) ? p.Name : person)}, {l.Say(FieldWords.Value(kind))}",
        ["structure", var column, ..] => $"{l.Say("Structure", "Structure")}{Colon(l)}{l.Say(Column(column)).ToLowerInvariant()}",
        _ => l.Say(Column(name)),
    };

    /// <summary>The value of a line as a reader writes it.</summary>
    public static string Value(PortfolioRecord record, ApprovalLine line, Reader l) => Value(record, line.Name, line.Value, l);

    public static string Value(PortfolioRecord record, string name, string value, Reader l) => name.Split(' ')[0] switch
    {
        "budget" when value.Split(' ') is [var amount, var currency] && Amounts.TryParse(amount, out var sum) => l.Money(sum, currency),
        "starts" or "ends" => l.PartialDate(value),
        "renewable" => value == "yes" ? l.Say("yes", "oui") : l.Say("no", "non"),
        "structure" or "instrument" when name.EndsWith("instrument", StringComparison.Ordinal) && record.Instruments.TryGetValue(value, out var instrument) => $"{instrument.Code}, {l.Say(instrument.SaidName)}",
        "structure" when name == "structure country" => Countries.Name(value, l.Lang),
        "structure" when record.Structures.TryGetValue(value, out var structure) => l.Say(structure.SaidName),
        "replaces" when record.FindAgreement(value) is { } before => l.Say(before.SaidTitle),
        "party" or "role" => Party(record, value, l),
        "centre" when value.Length == 0 => l.Say("yes", "oui"),
        _ => value,
    };

    // "party from 2027", "joins 2027-01-01", "leaves", "cnrs from 2027": words of the canonical text.
    static string Party(PortfolioRecord record, string value, Reader l)
    {
        var words = value.Split(' ');
        return string.Join(' ', words.Select((word, i) => word switch
        {
            "party" => l.Say("party", "partie"),
            "founder" => l.Say("founder", "fondateur"),
            "joins" => l.Say("joins", "rejoint"),
            "leaves" => l.Say("leaves", "quitte"),
            "from" => l.Say("from", "à partir de"),
            "until" => l.Say("until", "jusqu’à"),
            _ => PartialDate.TryParse(word, out _) ? l.PartialDate(word) : i == 0 ? Short(record, word) : word,
        }));
    }

    static Said CategoryOf(string category) => Enum.GetValues<MoneyCategory>().Where(c => Core.Portfolio.Verdicts.Key(c) == category).Select(Of).FirstOrDefault(Said.Same(category));

    /// <summary>A colon as each language sets it, with the space behind it.</summary>
    public static string Colon(Reader l) => l.Say(": ", $"{Formats.Thin}: ");

    public static string Short(PortfolioRecord record, string organisation) =>
        record.Organisations.TryGetValue(organisation, out var known) ? PortfolioWords.ShortOf(known) : organisation;

    public static Said Of(Audience audience, PortfolioRecord record) => audience.Kind switch
    {
        AudienceKind.Public => new("everyone", "tout le monde"),
        AudienceKind.Both => new("both sides", "les deux côtés"),
        AudienceKind.Side => new($"{Short(record, audience.Who!)} alone", $"{Short(record, audience.Who!)} seulement"),
        AudienceKind.People => new("named people", "des personnes nommées"),
    };

    /// <summary>The document's kind and size.</summary>
    public static string Of(Document document, Reader l) => $"{DocumentTypes.Of(document.MediaType).Name}, {l.Bytes(document.Size)}";
}
