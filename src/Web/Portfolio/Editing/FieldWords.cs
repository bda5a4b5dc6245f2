using Entente.Core.Kernel;
using Entente.Core.Portfolio;

namespace Entente.Web.Portfolio.Editing;

/// <summary>The tables, columns and choices of the record in a reader's words. What has none stands as it is written in a folder.</summary>
public static class FieldWords
{
    static readonly Dictionary<string, (Said One, Said Many)> Tables = new(StringComparer.Ordinal)
    {
        ["structures"] = (new("structure", "structure"), new("Structures", "Structures")),
        ["organisations"] = (new("organisation", "organisation"), new("Organisations", "Organisations")),
        ["people"] = (new("person", "personne"), new("People", "Personnes")),
        ["sources"] = (new("source", "source"), new("Sources", "Sources")),
        ["instruments"] = (new("instrument", "instrument"), new("Instruments", "Instruments")),
        ["names"] = (new("name", "nom"), new("Other names", "Autres noms")),
        ["identifiers"] = (new("identifier", "identifiant"), new("Identifiers", "Identifiants")),
        ["labels"] = (new("label", "label"), new("Labels", "Labels")),
        ["rules"] = (new("rule", "règle"), new("Rules", "Règles")),
        ["acts"] = (new("act", "acte"), new("Acts and dates", "Actes et dates")),
        ["parties"] = (new("party", "partie"), new("Parties", "Parties")),
        ["sites"] = (new("site", "site"), new("Sites and mirror sites", "Sites et sites miroirs")),
        ["belongings"] = (new("belonging", "appartenance"), new("Centres it belongs to", "Centres dont elle relève")),
        ["roles"] = (new("role", "rôle"), new("Roles and terms", "Rôles et mandats")),
        ["themes"] = (new("theme", "thème"), new("Themes and subjects", "Thèmes et sujets")),
        ["goals"] = (new("goal", "objectif"), new("Declared goals", "Objectifs déclarés")),
        ["facts"] = (new("fact", "fait"), new("Other facts", "Autres faits")),
        ["notes"] = (new("note", "note"), new("Notes", "Notes")),
        ["successions"] = (new("succession", "succession"), new("Predecessors and successors", "Prédécesseurs et successeurs")),
        ["citations"] = (new("citation", "citation"), new("Sources of single fields", "Sources de champs isolés")),
        ["agreements"] = (new("agreement", "accord"), new("Agreements", "Accords")),
        ["claims"] = (new("claim", "affirmation"), new("Claims", "Affirmations")),
        ["signatures"] = (new("signature", "signature"), new("Signatures", "Signatures")),
        ["money"] = (new("amount", "montant"), new("Budgets and spending", "Budgets et dépenses")),
        ["shared"] = (new("shared facility", "équipement partagé"), new("Shared facilities", "Équipements partagés")),
        ["suspensions"] = (new("suspension", "suspension"), new("Suspensions", "Suspensions")),
        ["deadlines"] = (new("deadline", "échéance"), new("Deadlines", "Échéances")),
    };

    static readonly Dictionary<string, Said> Columns = new(StringComparer.Ordinal)
    {
        ["key"] = new("Key", "Clé"), ["name"] = new("Name", "Nom"), ["name_fr"] = new("Name in French", "Nom en français"),
        ["long_name"] = new("Long name", "Nom développé"), ["named"] = new("Named by its sources", "Nommée par ses sources"),
        ["country"] = new("Country", "Pays"), ["instrument"] = new("Kind", "Type"), ["audience"] = new("Who may read it", "Qui peut le lire"),
        ["source"] = new("Source", "Source"), ["wording"] = new("Wording as published", "Formulation publiée"), ["kind"] = new("Kind", "Nature"),
        ["short"] = new("Short name", "Nom court"), ["ror"] = new("ROR id", "Identifiant ROR"), ["parent"] = new("Part of", "Relève de"),
        ["organisation"] = new("Organisation", "Organisation"), ["structure"] = new("Structure", "Structure"), ["scheme"] = new("Register", "Répertoire"),
        ["value"] = new("Value", "Valeur"), ["value_fr"] = new("Value in French", "Valeur en français"), ["since"] = new("Since", "Depuis"),
        ["until"] = new("Until", "Jusqu’à"), ["code"] = new("Label", "Label"), ["event"] = new("Event", "Événement"), ["date"] = new("Date", "Date"),
        ["date_kind"] = new("What the date is of", "Ce que la date désigne"), ["label"] = new("Label in the source", "Label dans la source"),
        ["name_then"] = new("Name then", "Nom d’alors"), ["what"] = new("What happened", "Ce qui s’est passé"),
        ["what_fr"] = new("What happened, in French", "Ce qui s’est passé, en français"), ["role"] = new("Role", "Rôle"), ["centre"] = new("Centre", "Centre"),
        ["person"] = new("Person", "Personne"), ["side"] = new("On behalf of", "Au titre de"), ["affiliation"] = new("Works at", "Travaille à"),
        ["text"] = new("Text", "Texte"), ["text_fr"] = new("Text in French", "Texte en français"), ["position"] = new("Order", "Rang"),
        ["field"] = new("Field", "Champ"), ["topic"] = new("Topic", "Sujet"), ["topic_fr"] = new("Topic in French", "Sujet en français"),
        ["goal"] = new("Goal", "Objectif"), ["subject"] = new("Record", "Fiche"), ["successor"] = new("Successor", "Successeur"),
        ["orcid"] = new("ORCID iD", "Identifiant ORCID"), ["title"] = new("Title", "Titre"), ["title_fr"] = new("Title in French", "Titre en français"),
        ["publisher"] = new("Publisher", "Éditeur"), ["date_note"] = new("What is known of the date", "Ce que l’on sait de la date"),
        ["date_note_fr"] = new("The same in French", "De même en français"), ["known_by"] = new("Known by", "Connu au plus tard"), ["retrieved"] = new("Read on", "Consulté le"),
        ["url"] = new("Address", "Adresse"), ["issuers"] = new("Issued by", "Proposé par"), ["family"] = new("Family", "Famille"),
        ["description"] = new("Description", "Description"), ["description_fr"] = new("Description in French", "Description en français"),
        ["replaces"] = new("Replaces", "Remplace"), ["agreement"] = new("Agreement", "Accord"), ["unit"] = new("Unit", "Unité"),
        ["period"] = new("Window", "Période"), ["measure"] = new("Measure", "Mesure"), ["year"] = new("Year", "Année"), ["amount"] = new("Amount", "Montant"),
        ["currency"] = new("Currency", "Monnaie"), ["category"] = new("Category", "Catégorie"), ["draft"] = new("Draft", "Brouillon"),
        ["starts"] = new("Begins", "Début"), ["ends"] = new("Ends", "Fin"), ["due"] = new("Due", "Échéance"), ["done"] = new("Done", "Fait"),
        ["signatory"] = new("Signed by", "Signataire"), ["office"] = new("Office", "Fonction"), ["place"] = new("Place", "Lieu"),
        ["terms"] = new("Terms", "Conditions"), ["terms_fr"] = new("Terms in French", "Conditions en français"),
        ["issuer"] = new("Issued by", "Établi par"), ["institute"] = new("Institute", "Institut"), ["campaign_year"] = new("Campaign", "Campagne"), ["version"] = new("Version", "Version"),
        ["lead_months"] = new("Lead time for renewal, in months", "Délai de renouvellement, en mois"), ["lead_days"] = new("Lead time, in days", "Préavis, en jours"),
        ["renewable"] = new("Renewable", "Renouvelable"),
        ["ended"] = new("Ended on", "Terminé le"), ["ended_why"] = new("Why it ended", "Pourquoi il a pris fin"), ["reason"] = new("Reason", "Motif"), ["reason_fr"] = new("Reason in French", "Motif en français"),
        ["resumed_why"] = new("Why it resumed", "Pourquoi elle a repris"), ["scope"] = new("What is suspended", "Ce qui est suspendu"), ["done_by"] = new("Done by", "Fait par"),
        ["organisations"] = new("Organisations", "Organisations"), ["data"] = new("Data of the count", "Données du décompte"), ["counting"] = new("Way of counting", "Mode de comptage"),
        ["numerator"] = new("Numerator", "Numérateur"), ["figure"] = new("Indicator", "Indicateur"), ["programme"] = new("Programme", "Programme"),
    };

    static readonly Dictionary<string, Said> Overrides = new(StringComparer.Ordinal)
    {
        ["structures.name"] = new("Name", "Nom"), ["structures.instrument"] = new("Kind today", "Type aujourd’hui"),
        ["structures.country"] = new("Partner’s country", "Pays du partenaire"), ["acts.instrument"] = new("Kind it became", "Type qu’elle est devenue"),
        ["instruments.code"] = new("Label today", "Label aujourd’hui"), ["identifiers.value"] = new("Number", "Numéro"), ["facts.field"] = new("What it is about", "De quoi il s’agit"),
        ["themes.position"] = new("Order", "Rang"), ["successions.structure"] = new("Predecessor", "Prédécesseur"), ["parties.event"] = new("Joined by the event", "Entrée par l’événement"),
        ["shared.side"] = new("Provided by", "Fourni par"),
    };

    static readonly Dictionary<string, Said> Hints = new(StringComparer.Ordinal)
    {
        ["wording"] = new("The source’s own words, short, in its own language.", "Les mots mêmes de la source, courts, dans sa langue."),
        ["event"] = new("Statements about the same event share it: founding, agreement-2018.", "Les énoncés d’un même événement le partagent\u202F: founding, agreement-2018."),
        ["acts.instrument"] = new("Leave empty where the act changes no kind.", "Laissez vide si l’acte ne change pas le type."),
        ["acts.label"] = new("As the source writes it, even where it did not exist yet.", "Comme la source l’écrit, même s’il n’existait pas encore."),
        ["parties.name_then"] = new("What the source calls it, where that differs.", "Le nom que lui donne la source, s’il diffère."),
        ["organisations.ror"] = new("Nine characters. Leave empty unless it is surely this body.", "Neuf caractères. Laissez vide sauf certitude."),
        ["goals.goal"] = new("1 to 17, as the United Nations number them.", "De 1 à 17, selon la numérotation des Nations unies."),
        ["facts.field"] = new("A short name of your choice, such as annual-meeting.", "Un nom court à votre choix, comme annual-meeting."),
        ["deadlines.structure"] = new("Either a structure or an agreement, not both.", "Soit une structure, soit un accord, pas les deux."),
        ["deadlines.side"] = new("Who must see to it; not stated where all must.", "Qui doit s’en charger\u202F; non indiqué si c’est à tous."),
        ["deadlines.lead_days"] = new("How long before it people are reminded.", "Combien de temps avant les rappels partent."),
        ["sources.key"] = new("Short and stable, such as S3: citations write it.", "Court et stable, comme S3\u202F: les citations l’écrivent."),
        ["sources.known_by"] = new("The latest date that it can speak of.", "La date la plus tardive dont elle peut parler."),
        ["people.orcid"] = new("Such as 0000-0002-1825-0097.", "Comme 0000-0002-1825-0097."),
        ["roles.side"] = new("The side belongs to the role, not to the person.", "Le côté tient au rôle, non à la personne."),
        ["instruments.issuers"] = new("Keys of organisations, separated by semicolons.", "Clés d’organisations, séparées par des points-virgules."),
        ["key"] = new("Letters, digits and hyphens; it becomes the address and does not change. Empty: made from the name.",
            "Lettres, chiffres et traits d’union\u202F; elle devient l’adresse et ne change pas. Vide\u202F: tirée du nom."),
        ["structures.named"] = new("No where the sources mention it without a name.", "Non si les sources la mentionnent sans la nommer."),
    };

    static readonly Dictionary<string, Said> Values = new(StringComparer.Ordinal)
    {
        ["yes"] = new("yes", "oui"), ["no"] = new("no", "non"), ["document"] = new("document", "document"), ["register"] = new("register", "répertoire"),
        ["context"] = new("context", "contexte"), ["institution"] = new("institution", "institution"), ["institute"] = new("institute", "institut"),
        ["laboratory"] = new("laboratory", "laboratoire"), ["also"] = new("also called", "aussi appelée"), ["former"] = new("former name", "ancien nom"),
        ["main"] = new("main site", "site principal"), ["mirror"] = new("mirror site", "site miroir"), ["partner"] = new("partner site", "site partenaire"),
        ["theme"] = new("theme", "thème"), ["subject"] = new("subject", "sujet"), ["founder"] = new("founder", "fondateur"), ["party"] = new("party", "partie"),
        ["supervisor"] = new("supervising body", "tutelle"), ["participant"] = new("participant", "participant"), ["parent"] = new("parent", "parent"),
        ["director"] = new("director", "directeur"), ["deputy-director"] = new("deputy director", "directeur adjoint"), ["coordinator"] = new("coordinator", "coordinateur"),
        ["also-at"] = new("also works there", "y travaille aussi"), ["unspecified"] = new("the source does not say", "la source ne le dit pas"),
        ["agreed"] = new("agreed", "convenu"), ["signed"] = new("signed", "signé"), ["effective"] = new("effective", "en vigueur"),
        ["inaugurated"] = new("inaugurated", "inauguré"), ["announced"] = new("announced", "annoncé"), ["launched"] = new("launched", "lancé"),
        ["running"] = new("seen at work", "en activité"), ["suspended"] = new("suspended", "suspendu"), ["ended"] = new("ended", "terminé"),
        ["renewed"] = new("renewed as", "renouvelée en"), ["split"] = new("split into", "scindée en"), ["merged"] = new("merged into", "fusionnée dans"),
        ["renamed"] = new("renamed", "renommée"), ["centre"] = new("centre", "centre"), ["project"] = new("project", "projet"), ["network"] = new("network", "réseau"),
        ["doctoral"] = new("doctoral programme", "programme doctoral"), ["fund"] = new("fund", "fonds"), ["mobility"] = new("mobility", "mobilité"),
        ["programme"] = new("programme", "programme"), ["ror"] = Said.Same("ROR"), ["open-alex"] = Said.Same("OpenAlex"),
        ["pic"] = new("EU participant code (PIC)", "Code participant européen (PIC)"), ["rnsr"] = Said.Same("RNSR"), ["code"] = new("issuer’s number", "numéro de l’organisme"),
        ["former-code"] = new("former number", "ancien numéro"), ["facility"] = new("facility", "équipement"), ["data"] = new("data", "données"),
        ["infrastructure"] = new("infrastructure", "infrastructure"), ["report"] = new("report", "rapport"), ["review"] = new("review", "évaluation"),
        ["renewal"] = new("renewal", "renouvellement"), ["other"] = new("other", "autre"), ["public"] = new("everyone", "tout le monde"), ["both"] = new("every side of the record", "tous les côtés de la fiche"),
    };

    public static bool IsTable(string word) => Tables.ContainsKey(word);

    /// <summary>Whether a column is said in words, rather than as a folder writes it.</summary>
    public static bool Knows(string table, string column) => Overrides.ContainsKey($"{table}.{column}") || Columns.ContainsKey(column);

    public static Said One(string table) => Tables.TryGetValue(table, out var said) ? said.One : Said.Same(table);
    public static Said Many(string table) => Tables.TryGetValue(table, out var said) ? said.Many : Said.Same(table);

    public static Said Label(string table, string column) =>
        Overrides.TryGetValue($"{table}.{column}", out var own) ? own : Columns.TryGetValue(column, out var said) ? said : Said.Same(Plain(column));

    public static Said? Hint(string table, Column column) =>
        Hints.TryGetValue($"{table}.{column.Name}", out var own) ? own
        : Hints.TryGetValue(column.Name, out var said) ? said
        : column.Kind == ColumnKind.Date ? new("As precise as the source: 2014, May 2014 or 20 May 2014.", "Aussi précise que la source\u202F: 2014, mai 2014 ou 20/05/2014.")
        : null;

    /// <summary>A value of a list, in words; one that has none stands as it is.</summary>
    public static Said Value(string value) => Values.TryGetValue(value, out var said) ? said : Said.Same(value);

    static string Plain(string column) => char.ToUpperInvariant(column[0]) + column[1..].Replace('_', ' ');
}
