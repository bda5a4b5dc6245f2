using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Entente.Web.Shell;

namespace Entente.Web.Evidence;

/// <summary>The words of evidence as pages write them.</summary>
static class EvidenceWords
{
    public static Said Unit(string unit) => unit switch
    {
        "works" => new("works", "publications"),
        "share" => new("share", "part"),
        "partners" => new("partners", "partenaires"),
        "projects" => new("projects", "projets"),
        "index" => new("a number without a unit", "un nombre sans unité"),
        "citations" => new("citations a work", "citations par publication"),
        "links" => new("links", "liens"),
        "kilometres" => new("kilometres", "kilomètres"),
        _ => Said.Same(unit),
    };

    /// <summary>A filter of works by its word, and what it selects: a number, or its name.</summary>
    public static Said Filter(string name, string value) => name switch
    {
        "topic" => new($"topic {value}", $"sujet {value}"),
        "subfield" => new($"subfield {value}", $"sous-champ {value}"),
        "field" => new($"field {value}", $"champ {value}"),
        "domain" => new($"domain {value}", $"domaine {value}"),
        "type" => new($"type {value}", $"type {value}"),
        "goal" => new($"goal {value}", $"objectif {value}"),
        "funder" => new($"funder {value}", $"financeur {value}"),
        "open-access" => value == "yes" ? new("open access", "accès ouvert") : new("not open access", "sans accès ouvert"),
        "corpus" => value == "core" ? new("core corpus", "corpus noyau") : new("expansion corpus", "corpus d’extension"),
        "authors-max" => new($"at most {value} authors", $"au plus {value} auteurs"),
        "with-retracted" => new("retracted works counted", "publications rétractées comptées"),
        _ => Said.Same($"{name} {value}"),
    };

    public static Said Name(Family family) => family switch
    {
        Family.Counting => new("Counting", "Compter"),
        Family.Collaboration => new("Collaboration", "Collaborer"),
        Family.Similarity => new("Similarity of a pair", "Similarité d’une paire"),
        Family.Affinity => new("Expectation and affinity", "Attente et affinité"),
        Family.Specialisation => new("Specialisation", "Spécialisation"),
        Family.Impact => new("Citation impact", "Impact des citations"),
        Family.Goals => new("Sustainable development goals", "Objectifs de développement durable"),
        Family.Change => new("Change", "Évolution"),
    };

    public static Said Means(Family family) => family switch
    {
        Family.Counting => new("How many works or projects. Full and fractional counts never stand in one column.", "Combien de publications ou de projets. Comptes entiers et fractionnaires ne sont jamais dans une même colonne."),
        Family.Collaboration => new("With whom, and how much of the work.", "Avec qui, et pour quelle part du travail."),
        Family.Similarity => new("How much the works of two overlap.", "Combien les publications de deux se recouvrent."),
        Family.Affinity => new("What was observed, against what chance would give.", "Ce qui est observé, face à ce que donnerait le hasard."),
        Family.Specialisation => new("What somebody does more than others.", "Ce que quelqu’un fait plus que les autres."),
        Family.Impact => new("Indicators of different makers are different indicators: they are never added, divided or set in one column.", "Des indicateurs d’auteurs différents sont différents : on ne les additionne, ne les divise ni ne les met dans une même colonne."),
        Family.Goals => new("As one labeller saw them, by one version and threshold.", "Tels qu’un étiqueteur les a vus, selon une version et un seuil."),
        Family.Change => new("From year to year, and from vintage to vintage.", "D’année en année, et de millésime en millésime."),
    };

    public static Said Name(MoveCause cause) => cause switch
    {
        MoveCause.Definition => new("Definition", "Définition"),
        MoveCause.Registration => new("Registration", "Enregistrement"),
        MoveCause.Withdrawn => new("Withdrawn", "Retraits"),
        MoveCause.Added => new("Added", "Ajouts"),
        MoveCause.Reclassified => new("Reclassification", "Reclassement"),
    };

    public static Said Means(MoveCause cause) => cause switch
    {
        MoveCause.Definition => new("The earlier vintage, counted by the later membership and filters.", "Le premier millésime, compté selon l’appartenance et les filtres du second."),
        MoveCause.Registration => new("The same, with the perimeters and places of the later release: nothing was published in between.", "Le même, avec les périmètres et les lieux de la seconde version : rien ne fut publié entre-temps."),
        MoveCause.Withdrawn => new("The later vintage no longer holds them.", "Le second millésime ne les tient plus."),
        MoveCause.Added => new("The earlier vintage did not hold them.", "Le premier millésime ne les tenait pas."),
        MoveCause.Reclassified => new("Both vintages hold them, and the source describes them otherwise: affiliations, year, subject, retraction; who takes part in a project, and when it begins.", "Les deux millésimes les tiennent, et la source les décrit autrement : affiliations, année, sujet, rétractation ; qui prend part à un projet, et quand il commence."),
    };

    public static Said Name(Counting counting) => counting switch
    {
        Counting.Full => new("full", "entier"),
        Counting.Author => new("fractional by author", "fractionnaire par auteur"),
        Counting.Organisation => new("fractional by organisation", "fractionnaire par organisation"),
        Counting.Country => new("fractional by country", "fractionnaire par pays"),
    };

    public static Said Name(Membership membership) => membership switch
    {
        Membership.Direct => new("direct", "directe"),
        Membership.Lineage => new("lineage", "par lignée"),
        Membership.Perimeter => new("perimeter", "par périmètre"),
    };

    public static Said Means(Membership membership) => membership switch
    {
        Membership.Direct => new("Both identifiers are listed on the work.", "Les deux identifiants figurent sur la publication."),
        Membership.Lineage => new("OpenAlex’s own tree: an institution, or one that it stands under.", "L’arbre propre à OpenAlex : une institution, ou celles qui en relèvent."),
        Membership.Perimeter => new("Our tree, at a ROR release.", "Notre arbre, à une version de ROR."),
    };

    public static Said Name(VintageKind kind) => kind switch
    {
        VintageKind.OpenAlex => new("OpenAlex works", "Publications d’OpenAlex"),
        VintageKind.Ror => new("ROR organisations", "Organisations de ROR"),
        VintageKind.Cordis => new("CORDIS projects", "Projets de CORDIS"),
        VintageKind.Rnsr => new("RNSR structures", "Structures du RNSR"),
    };

    /// <summary>How a work counts, as the works behind a figure say it.</summary>
    public static Said CountsAs(string countsAs) => countsAs switch
    {
        "distinct-authors" => new("distinct authors", "auteurs distincts"),
        "structural" => new("structural", "structurelle"),
        "unknown-place" => new("place unknown, not averaged", "lieu inconnu, hors de la moyenne"),
        "upper-bound-only" => new("upper bound only", "borne haute seulement"),
        "counted" => new("counted", "comptée"),
        _ => Said.Same(countsAs),
    };

    /// <summary>What a side does in a European project, by CORDIS's word for it.</summary>
    public static Said Role(string role) => role switch
    {
        "coordinator" => new("coordinator", "coordinateur"),
        "participant" => Said.Same("participant"),
        "thirdParty" => new("third party", "tiers lié"),
        "partner" => new("partner organisation", "organisation partenaire"),
        "associatedPartner" => new("associated partner", "partenaire associé"),
        "internationalPartner" => new("international partner", "partenaire international"),
        _ => Said.Same(role),
    };

    /// <summary>What a vintage is called on its page.</summary>
    public static string Title(Manifest manifest, Reader reader) => manifest.Kind switch
    {
        VintageKind.Ror => $"ROR {manifest.Release}",
        VintageKind.Cordis when manifest.AsOf is { } day => reader.Say($"CORDIS as of {reader.Date(day)}", $"CORDIS au {reader.Date(day)}"),
        VintageKind.Cordis => "CORDIS",
        VintageKind.Rnsr => reader.Say("Register of research structures", "Répertoire des structures de recherche"),
        VintageKind.OpenAlex => manifest.Name ?? (manifest.Synthetic
            ? reader.Say("Invented works", "Publications inventées") : reader.Say("Works from OpenAlex", "Publications d’OpenAlex")),
    };

    public static Said Name(CoverageKind kind) => kind switch
    {
        CoverageKind.Complete => new("complete", "complète"),
        CoverageKind.Selection => new("a selection", "une sélection"),
        CoverageKind.Query => new("one query", "une requête"),
    };

    /// <summary>What a vintage covers and what follows from it, in a sentence.</summary>
    public static Said Covers(Manifest manifest)
    {
        if (manifest.Synthetic) return new(
            "Invented works, complete in their own world: they say nothing about real institutions and judge no claim.",
            "Des publications inventées, complètes dans leur propre monde : elles ne disent rien des établissements réels et ne jugent aucune affirmation.");
        var coverage = manifest.Coverage;
        return coverage.Kind switch
        {
            CoverageKind.Complete => new(
                "All records of the source as of its date, as the importer stated: figures are exact.",
                "Toutes les notices de la source à sa date, selon l’importateur : les chiffres sont exacts."),
            CoverageKind.Selection => new(
                "Some records of the source, nobody says which: every figure is a lower bound, and answers no claim.",
                "Une partie des notices de la source, sans dire laquelle : tout chiffre est une borne basse et ne répond à aucune affirmation."),
            CoverageKind.Query => new(
                $"All works of {coverage.A}{Other(coverage, "and", "with")}{Window(coverage)}, by lineage: figures inside this question are exact.",
                $"Toutes les publications de {coverage.A}{Other(coverage, "et", "avec")}{Window(coverage)}, par lignée : les chiffres sont exacts dans cette question."),
        };
    }

    static string Other(Coverage coverage, string and, string with) =>
        coverage.B is { } b ? $" {and} {b}" : coverage.With is { } country ? $" {with} {country}" : "";

    static string Window(Coverage coverage) => coverage is { FirstYear: { } first, LastYear: { } last } ? $", {new Years(first, last)}" : "";
}
