using Entente.Core.Kernel;
using Entente.Core.Portfolio.Rules;
using static Entente.Core.Portfolio.Column;

namespace Entente.Core.Portfolio;

/// <summary>The tables of the portfolio, one per noun.</summary>
sealed class PortfolioFiles : PortfolioFileSet
{
    public override IReadOnlyList<PortfolioFile> Files { get; } =
    [
        Sources, Organisations, Names, Identifiers, Instruments, Labels, Rules, Structures, Acts, Agreements, Parties, Sites, Belongings, People, Roles,
        Themes, Facts, Notes,
    ];

    static PortfolioFile Sources => new("sources", new("Where the facts come from.", "D’où viennent les faits."),
        [Key(), Choice<SourceKind>("kind"), Must("title"), Must("publisher"), Date("date"), Text("date_note"), Text("date_note_fr"),
            Date("known_by"), Date("retrieved"), new Column("url", ColumnKind.Url, false), Audience()],
        typeof(Source),
        row => new Source
        {
            Key = row.Must("key"), Kind = row.Choice<SourceKind>("kind"), Title = row.Must("title"), Publisher = row.Must("publisher"),
            Date = row.Date("date"), DateNote = row.Text("date_note"), DateNoteFr = row.Text("date_note_fr"),
            KnownBy = row.Date("known_by"), Retrieved = row.Date("retrieved"), Url = row.Text("url"), Audience = row.Audience,
        });

    static PortfolioFile Organisations => Fact<Organisation>("organisations", new("Partners, their institutes and laboratories.", "Partenaires, leurs instituts et laboratoires."),
        [Key(), Choice<OrganisationKind>("kind"), Must("name"), Text("name_fr"), Text("short"), new Column("ror", ColumnKind.Ror, false) { Unique = true },
            Country("country"), To("parent", "organisations")],
        row => new Organisation
        {
            Key = row.Must("key"), Kind = row.Choice<OrganisationKind>("kind"), Name = row.Must("name"), NameFr = row.Text("name_fr"),
            Short = row.Text("short"), Ror = row.Text("ror"), Country = row.Text("country"), Parent = row.Text("parent"),
            Source = row.Source, Wording = row.Wording,
        });

    static PortfolioFile Names => Fact<OrganisationName>("names", new("Other and former names of organisations.", "Autres et anciens noms des organisations."),
        [To("organisation", "organisations", true), Must("name"), Choice<NameKind>("kind"), Date("since"), Date("until")],
        row => new OrganisationName
        {
            Organisation = row.Must("organisation"), Name = row.Must("name"), Kind = row.Choice<NameKind>("kind"),
            Since = row.Date("since"), Until = row.Date("until"), Source = row.Source, Wording = row.Wording,
        });

    static PortfolioFile Identifiers => Fact<Identifier>("identifiers", new("Numbers that registers give.", "Numéros donnés par les registres."),
        [To("organisation", "organisations"), To("structure", "structures"), Choice<IdentifierScheme>("scheme"), Must("value")],
        row => new Identifier
        {
            Organisation = row.Text("organisation"), Structure = row.Text("structure"), Scheme = row.Choice<IdentifierScheme>("scheme"),
            Value = row.Must("value"), Source = row.Source, Wording = row.Wording,
        },
        row => row.Text("organisation") is null == row.Text("structure") is null
            ? new("organisation", new("name either an organisation or a structure, not both.", "nommez soit une organisation, soit une structure, pas les deux."))
            : null);

    static PortfolioFile Instruments => Fact<Instrument>("instruments", new("Kinds of cooperation.", "Types de coopération."),
        [Key(), Must("code"), ToAll("issuers", "organisations"), Choice<InstrumentFamily>("family"), Must("name"), Text("name_fr"),
            Must("description"), Must("description_fr")],
        row => new Instrument
        {
            Key = row.Must("key"), Code = row.Must("code"), Issuers = row.Text("issuers"), Family = row.Choice<InstrumentFamily>("family"),
            Name = row.Must("name"), NameFr = row.Text("name_fr"), Description = row.Must("description"),
            DescriptionFr = row.Must("description_fr"), Source = row.Source, Wording = row.Wording,
        });

    static PortfolioFile Labels => Fact<Label>("labels", new("Labels of instruments, and when they were borne.", "Labels des instruments, et quand ils étaient portés."),
        [To("instrument", "instruments", true), Must("code"), Text("name"), Text("name_fr"), Date("since"), Date("until")],
        row => new Label
        {
            Instrument = row.Must("instrument"), Code = row.Must("code"), Name = row.Text("name"), NameFr = row.Text("name_fr"),
            Since = row.Date("since"), Until = row.Date("until"), Source = row.Source, Wording = row.Wording,
        });

    static PortfolioFile Rules => Fact<Rule>("rules", new("Values of rule packs.", "Valeurs des règles des instruments."),
        [To("issuer", "organisations"), To("institute", "organisations"), To("instrument", "instruments", true), Number("campaign_year"),
            Date("since"), Date("until"), Number("version", true), Must("field"), Must("value"), Text("unit"), Text("value_fr")],
        row => new Rule
        {
            Issuer = row.Text("issuer"), Institute = row.Text("institute"), Instrument = row.Must("instrument"),
            CampaignYear = row.Number("campaign_year"), Since = row.Date("since"), Until = row.Date("until"), Version = row.Number("version")!.Value,
            Field = row.Must("field"), Value = row.Must("value"), Unit = row.Text("unit"), ValueFr = row.Text("value_fr"), Source = row.Source, Wording = row.Wording,
        },
        row => RuleVocabulary.Complaint(row.Must("field"), row.Must("value"), row.Text("unit")));

    static PortfolioFile Structures => Fact<Structure>("structures", new("Instances of instruments.", "Instances des instruments."),
        [Key(), To("instrument", "instruments", true), Must("name"), Text("name_fr"), Text("long_name"), new Column("named", ColumnKind.YesNo, true), Country("country"),
            Drafted],
        row => new Structure
        {
            Key = row.Must("key"), Instrument = row.Must("instrument"), Name = row.Must("name"), NameFr = row.Text("name_fr"),
            LongName = row.Text("long_name"), Named = row.Must("named") == "yes", Country = row.Text("country"),
            Draft = row.YesNo("draft") ?? false, Source = row.Source, Wording = row.Wording,
        });

    static PortfolioFile Acts => Fact<Act>("acts", new("What happened, as each statement dates it.", "Ce qui s’est passé, daté par chaque source."),
        [To("structure", "structures", true), Must("event"), Date("date"), Date("until"), Choice<DateKind>("date_kind"),
            To("instrument", "instruments"), Text("label"), Text("name_then"), Must("what"), Must("what_fr")],
        row => new Act
        {
            Structure = row.Must("structure"), Event = row.Must("event"), Date = row.Date("date"), Until = row.Date("until"),
            DateKind = row.Choice<DateKind>("date_kind"), Instrument = row.Text("instrument"), Label = row.Text("label"),
            NameThen = row.Text("name_then"), What = row.Must("what"), WhatFr = row.Must("what_fr"), Source = row.Source, Wording = row.Wording,
        },
        row => row.Date("date") is { } date && row.Date("until") is { } until && until < date ? UpsideDown("until") : null);

    static PortfolioFile Agreements => Fact<Agreement>("agreements", new("Signed texts behind structures.", "Textes signés derrière les structures."),
        [Key(), To("structure", "structures", true), Must("event"), Must("title"), Text("title_fr"), To("replaces", "agreements"), Date("starts"),
            Date("ends"), Number("lead_months"), new Column("renewable", ColumnKind.YesNo, false), Text("terms"), Text("terms_fr"), Date("ended"), Text("ended_why"), Drafted],
        row => new Agreement
        {
            Key = row.Must("key"), Structure = row.Must("structure"), Event = row.Must("event"), Title = row.Must("title"), TitleFr = row.Text("title_fr"),
            Replaces = row.Text("replaces"), Starts = row.Date("starts"), Ends = row.Date("ends"), LeadMonths = row.Number("lead_months"), Renewable = row.YesNo("renewable"),
            Terms = row.Text("terms"), TermsFr = row.Text("terms_fr"), Ended = row.Date("ended"), EndedWhy = row.Text("ended_why"),
            Draft = row.YesNo("draft") ?? false, Source = row.Source, Wording = row.Wording,
        });

    static Column Drafted => new("draft", ColumnKind.YesNo, false) { ByVerb = true };

    static PortfolioFile Parties => Fact<Party>("parties", new("Who stands behind a structure, by source.", "Qui porte une structure, selon chaque source."),
        [To("structure", "structures", true), To("organisation", "organisations"), Choice<PartyRole>("role"), Text("name_then"), Text("event"),
            To("agreement", "agreements"), Date("since"), Date("until")],
        row => new Party
        {
            Structure = row.Must("structure"), Organisation = row.Text("organisation"), Role = row.Choice<PartyRole>("role"),
            NameThen = row.Text("name_then"), Event = row.Text("event"), Agreement = row.Text("agreement"), Since = row.Date("since"),
            Until = row.Date("until"), Source = row.Source, Wording = row.Wording,
        },
        row => row.Text("organisation") is null && row.Text("name_then") is null
            ? new("organisation", new("name the organisation, or write in name_then what the source calls it.",
                "nommez l’organisation, ou écrivez dans name_then comment la source l’appelle."))
            : null);

    static PortfolioFile Sites => Fact<Site>("sites", new("Where a structure is.", "Où se trouve une structure."),
        [To("structure", "structures", true), Choice<SiteKind>("kind"), Must("name"), Text("name_fr"), To("organisation", "organisations"),
            Country("country"), Date("since"), Date("until")],
        row => new Site
        {
            Structure = row.Must("structure"), Kind = row.Choice<SiteKind>("kind"), Name = row.Must("name"), NameFr = row.Text("name_fr"),
            Organisation = row.Text("organisation"), Country = row.Text("country"), Since = row.Date("since"), Until = row.Date("until"),
            Source = row.Source, Wording = row.Wording,
        });

    static PortfolioFile Belongings => Fact<Belonging>("belongings", new("Structures of an umbrella centre.", "Structures d’un centre international."),
        [To("structure", "structures", true), To("centre", "structures", true), Date("since"), Date("until")],
        row => new Belonging
        {
            Structure = row.Must("structure"), Centre = row.Must("centre"), Since = row.Date("since"), Until = row.Date("until"),
            Source = row.Source, Wording = row.Wording,
        },
        row => row.Text("structure") == row.Text("centre")
            ? new("centre", new("a structure cannot belong to itself.", "une structure ne peut pas appartenir à elle-même."))
            : null);

    static PortfolioFile People => Fact<Person>("people", new("Persons named for a role.", "Personnes nommées pour un rôle."),
        [Key(), Must("name"), Text("orcid")],
        row => new Person { Key = row.Must("key"), Name = row.Must("name"), Orcid = row.Text("orcid"), Source = row.Source, Wording = row.Wording });

    static PortfolioFile Roles => Fact<Role>("roles", new("What a person does, on behalf of which side.", "Ce que fait une personne, et pour le compte de qui."),
        [To("person", "people", true), To("structure", "structures", true), Choice<RoleKind>("kind"), To("side", "organisations"),
            To("affiliation", "organisations"), Date("since"), Date("until")],
        row => new Role
        {
            Person = row.Must("person"), Structure = row.Must("structure"), Kind = row.Choice<RoleKind>("kind"), Side = row.Text("side"),
            Affiliation = row.Text("affiliation"), Since = row.Date("since"), Until = row.Date("until"), Source = row.Source, Wording = row.Wording,
        });

    static PortfolioFile Themes => Fact<Theme>("themes", new("Themes and subjects.", "Thèmes et sujets."),
        [To("structure", "structures", true), Choice<ThemeKind>("kind"), Must("text"), Text("text_fr"), Number("position", true)],
        row => new Theme
        {
            Structure = row.Must("structure"), Kind = row.Choice<ThemeKind>("kind"), Text = row.Must("text"), TextFr = row.Text("text_fr"),
            Position = row.Number("position")!.Value, Source = row.Source, Wording = row.Wording,
        });

    static PortfolioFile Facts => Fact<Fact>("facts", new("Other facts about a structure.", "Autres faits sur une structure."),
        [To("structure", "structures", true), Must("field"), Must("text"), Must("text_fr"), Date("date")],
        row => new Fact
        {
            Structure = row.Must("structure"), Field = row.Must("field"), Text = row.Must("text"), TextFr = row.Must("text_fr"),
            Date = row.Date("date"), Source = row.Source, Wording = row.Wording,
        });

    static PortfolioFile Notes => Fact<Note>("notes", new("What the documents also say.", "Ce que disent aussi les documents."),
        [Must("topic"), To("structure", "structures"), To("organisation", "organisations"), Must("text"), Must("text_fr")],
        row => new Note
        {
            Topic = row.Must("topic"), Structure = row.Text("structure"), Organisation = row.Text("organisation"), Text = row.Must("text"),
            TextFr = row.Must("text_fr"), Source = row.Source, Wording = row.Wording,
        });

    /// <summary>A table of facts: its own columns, and those that every fact has.</summary>
    internal static PortfolioFile Fact<T>(string name, Said meaning, IReadOnlyList<Column> columns, Func<Row, T> make, Func<Row, Complaint?>? check = null)
        where T : Cited =>
        new(name, meaning, [.. columns, .. Column.Cited], typeof(T), row => Addressed(make(row), row)) { Check = row => check?.Invoke(row) ?? InOrder(row) };

    static T Addressed<T>(T fact, Row row) where T : Cited
    {
        fact.Audience = row.Audience;
        return fact;
    }

    static Complaint? InOrder(Row row) =>
        row.File.Find("since") is not null && row.Date("since") is { } since && row.Date("until") is { } until && until < since
            ? UpsideDown("until") : null;

    static Complaint UpsideDown(string field) => new(field, new("it ends before it begins.", "la fin précède le début."));
}
