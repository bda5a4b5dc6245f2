using Entente.Core.Kernel;

namespace Entente.Core.Evidence;

/// <summary>
/// The catalogue of figures: the one place where they are named and defined. Command line, API, pages, receipts and
/// docs/domain/indicators.md all print from here.
/// </summary>
public static class Indicators
{
    static readonly Reference Cwts = new(
        "Waltman, Calero-Medina, Kosten, Noyons, Tijssen, van Eck, van Leeuwen, van Raan, Visser, Wouters (2012): The Leiden Ranking 2011/2012: data collection, indicators, and interpretation", "10.1002/asi.22708");
    static readonly Reference FullAndFractional = new(
        "Perianes-Rodriguez, Waltman, van Eck (2016): Constructing bibliometric networks: a comparison between full and fractional counting", "10.1016/j.joi.2016.10.006");
    static readonly Reference CountingMethods = new(
        "Waltman, van Eck (2015): Field-normalized citation impact indicators and the choice of an appropriate counting method", "10.1016/j.joi.2015.08.001");
    static readonly Reference OpenAlex = new(
        "Priem, Piwowar, Orr (2022): OpenAlex: a fully-open index of scholarly works, authors, venues, institutions, and concepts", "10.48550/arXiv.2205.01833");
    static readonly Reference Own = new("Entente’s own definition of structural co-publications and of bounds (RULES)", null);
    static readonly Reference Cordis = new("CORDIS, tables of participants and projects of the EU framework programmes (European Union, CC BY 4.0)", null);

    static readonly Said CountBounds = new(
        "What is visible counts: the lower bound is the value. The upper bound adds every work with a truncated author list that passes the filters and is not counted.",
        "Ce qui est visible compte\u202F: la borne inférieure est la valeur. La borne supérieure ajoute toute publication à liste d’auteurs tronquée qui passe les filtres et n’est pas comptée.");
    static readonly Said OutputBounds = new(
        CountBounds.En + " In fractions a truncated work, counted or not, may weigh anything from next to nothing to 1: the lower bound is the sum over the works whose authors are all visible, and each truncated work adds 1 to the upper one.",
        CountBounds.Fr + " En fractions, une publication tronquée, comptée ou non, peut peser de presque rien à 1\u202F: la borne inférieure est la somme sur les publications dont tous les auteurs sont visibles, et chaque publication tronquée ajoute 1 à la borne supérieure.");
    static readonly Said ShareBounds = new(
        "The lowest and the highest share that the hidden authors allow: see “Bounds of shares” in docs/domain/indicators.md.",
        "La plus basse et la plus haute part que permettent les auteurs cachés\u202F: voir «\u202FBounds of shares\u202F» dans docs/domain/indicators.md.");

    public static IReadOnlyList<Indicator> All { get; } =
    [
        new()
        {
            Key = "co-publications", Version = 1, Unit = "works", Needs = Needs.Pair, Countings = [Counting.Full],
            Name = new("Co-publications", "Copublications"),
            Definition = new(
                "Works that list at least one institution of A and at least one institution of B, retracted works and paratext left out.",
                "Publications qui mentionnent au moins un établissement de A et au moins un établissement de B, hors publications rétractées et paratexte."),
            Formula = "|A ∩ B|", Bounds = CountBounds, Sources = [Cwts, FullAndFractional, OpenAlex, Own],
            Example = "entente figure co-publications --between cnrs imperial --years 2017-2022",
            TestVector = "CNRS–ICL: direct 4 {W1, W2, W5, W8}, lineage 5 {and W6}, distinct authors 3 {W1, W2, W8}, structural share (5 − 3) / 5 = 0.4",
        },
        new()
        {
            Key = "output", Version = 1, Unit = "works", Needs = Needs.One,
            Countings = [Counting.Full, Counting.Author, Counting.Organisation, Counting.Country],
            Name = new("Output", "Production"),
            Definition = new(
                "Works that list at least one institution of A, retracted works and paratext left out. Fractional counting gives A its part of each: by author, by organisation or by country.",
                "Publications qui mentionnent au moins un établissement de A, hors publications rétractées et paratexte. Le comptage fractionnaire donne à A sa part de chacune\u202F: par auteur, par organisation ou par pays."),
            Formula = "|A|; in fractions Σ w(p) over p ∈ A", Bounds = OutputBounds, Sources = [Cwts, CountingMethods, OpenAlex],
            Example = "entente figure output --of cnrs --counting author",
            TestVector = "direct, full: CNRS 5, ICL 5, U1 2, UTK 3, IRL 1. By author: 1.916667, 2.583333, 1, 1.5, 1 (sum 8). "
                + "By organisation: 2.166667, 2.666667, 0.833333, 1.333333, 1 (sum 8). By country: FR 2.833333, GB 3.833333, JP 1.333333 (sum 8)",
        },
        new()
        {
            Key = "international-share", Version = 1, Unit = "share", Needs = Needs.One, Countings = [Counting.Full],
            Name = new("International share", "Part internationale"),
            Definition = new(
                "Works of A that list institutions of two or more statistical countries, over the works of A.",
                "Publications de A qui mentionnent des établissements d’au moins deux pays statistiques, rapportées aux publications de A."),
            Formula = "|A ∩ {works of ≥ 2 countries}| / |A|", Bounds = ShareBounds, Sources = [Cwts, OpenAlex],
            Example = "entente figure international-share --of imperial",
            TestVector = "all eight works: 6 / 8 = 0.75 (W4 and W6 are of one country; W5, one person in two countries, is international)",
        },
        new()
        {
            Key = "country-share", Version = 1, Unit = "share", Needs = Needs.One | Needs.Country, Countings = [Counting.Full],
            Name = new("Share with a country", "Part avec un pays"),
            Definition = new(
                "Works of A that list an institution of the statistical country, over the works of A.",
                "Publications de A qui mentionnent un établissement du pays statistique, rapportées aux publications de A."),
            Formula = "|A ∩ C| / |A|", Bounds = ShareBounds, Sources = [Cwts, OpenAlex],
            Example = "entente figure country-share --of cnrs --with JP",
            TestVector = "CNRS with JP, direct: {W3, W8} of 5 = 0.4; with GB: {W1, W2, W5, W8} of 5 = 0.8",
        },
        new()
        {
            Key = "partner-share", Version = 1, Unit = "share", Needs = Needs.Pair | Needs.Country, Countings = [Counting.Full],
            Name = new("Share of a partner within a country", "Part d’un partenaire dans un pays"),
            Definition = new(
                "Works of A and B, over the works of A that list an institution of the statistical country; a work of A and B in which no institution of that country is listed is in neither.",
                "Publications de A et B, rapportées aux publications de A qui mentionnent un établissement du pays statistique\u202F; une publication de A et B où aucun établissement de ce pays n’est mentionné n’est dans ni l’une ni l’autre."),
            Formula = "|A ∩ B ∩ C| / |A ∩ C|", Bounds = ShareBounds, Sources = [OpenAlex, Own],
            Example = "entente figure partner-share --between cnrs utokyo --with JP --years 2016-2020",
            TestVector = "CNRS and ICL with GB, direct: {W1, W2, W5, W8} of the same 4 = 1; CNRS and UTK with JP: 2 of 2 = 1",
        },
        new()
        {
            Key = "partners", Version = 1, Unit = "partners", Needs = Needs.One, Countings = [Counting.Full],
            Name = new("Partners", "Partenaires"),
            Definition = new(
                "Institutions outside A that the works of A list, each with the number of works of A that list it; the value is the number of these institutions.",
                "Établissements hors de A que mentionnent les publications de A, chacun avec le nombre de publications de A qui le mentionnent\u202F; la valeur est le nombre de ces établissements."),
            Formula = "|{u ∉ A : A ∩ {works of u} ≠ ∅}|; row u: |A ∩ {works of u}|",
            Bounds = new(
                "Each row’s upper bound adds every truncated work that the row does not count. The number of partners has no upper bound once a list is truncated: it is null.",
                "La borne supérieure d’une ligne ajoute toute publication tronquée que la ligne ne compte pas. Le nombre de partenaires n’a pas de borne supérieure dès qu’une liste est tronquée\u202F: elle est nulle."),
            Sources = [OpenAlex, Own],
            Example = "entente figure partners --of utokyo",
            TestVector = "CNRS, direct: ICL 4, UTK 2, U1 1: value 3",
        },
        new()
        {
            Key = "joint-projects", Version = 1, Unit = "projects", Needs = Needs.Pair, Countings = [Counting.Full],
            Name = new("Joint projects", "Projets communs"),
            Definition = new(
                "Projects of the EU framework programmes in which the participant codes of A and of B both stand, in any role; the codes of the two organisations themselves, not of their parts.",
                "Projets des programmes-cadres de l’UE où figurent les codes participant de A et de B, dans n’importe quel rôle\u202F; les codes des deux organisations mêmes, non de leurs composantes."),
            Formula = "|P(A) ∩ P(B)|",
            Bounds = new("Participants are never truncated: both bounds are the value.", "La liste des participants n’est jamais tronquée\u202F: les deux bornes sont la valeur."),
            Sources = [Cordis],
            Example = "entente figure joint-projects --between cnrs imperial",
            TestVector = "none in the eight works; the tables of the tests are in JointProjectsTests",
        },
    ];

    /// <summary>The keys, as a sentence lists them.</summary>
    public static string Keys { get; } = string.Join(", ", All.Select(i => i.Key));

    public static Outcome<Indicator> Find(string key)
    {
        var found = All.FirstOrDefault(i => i.Key == key);
        if (found is not null) return found;
        return Refusal.Usage("unknown-figure",
            $"“{key}” is not a figure of Entente. Choose one of: {Keys}.",
            $"«\u202F{key}\u202F» n’est pas un chiffre d’Entente. Choisissez parmi\u202F: {Keys}.", "figure");
    }

    /// <summary>Refuses a question that lacks what its figure needs, or says what the figure has no place for.</summary>
    public static Refusal? Check(Indicator indicator, Question question)
    {
        var given = (question.B is not null ? Needs.Pair : question.A is not null ? Needs.One : Needs.None)
            | (question.With is not null ? Needs.Country : Needs.None);
        if (given != indicator.Needs)
            return Refusal.Usage("figure-options",
                $"{indicator.Key} is asked with {indicator.Takes}{Got(given, "; the question has ")}.",
                $"{indicator.Key} se demande avec {indicator.Takes}{Got(given, "\u202F; la question porte ")}.");
        if (!indicator.Countings.Contains(question.Counting))
            return Refusal.Usage("counting",
                $"{indicator.Key} is counted in full only: leave out --counting. Fractional counts are for output --of A.",
                $"{indicator.Key} ne se compte qu’en plein\u202F: retirez --counting. Le comptage fractionnaire vaut pour output --of A.", "counting");
        return null;
    }

    static string Got(Needs given, string lead) => given == Needs.None ? "" : lead + string.Join(' ', Indicator.Options(given));
}
