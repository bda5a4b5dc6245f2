namespace Entente.Core.Evidence.Catalogue;

/// <summary>Works, partners and projects, and the shares of works that two counts make (REFERENCE 4.1 and 4.2).</summary>
static class Counted
{
    public static IReadOnlyList<Indicator> All { get; } =
    [
        new()
        {
            Key = "co-publications", Version = 1, Unit = "works", Needs = Needs.Pair, Countings = [Counting.Full],
            Name = new("Co-publications", "Copublications"),
            Family = Family.Counting, Meaning = new("How many works the two made together.", "Combien de publications les deux ont faites ensemble."), Range = Wording.CountRange, Nulls = Wording.CountNulls,
            Definition = new(
                "Works that list at least one institution of A and at least one institution of B, retracted works and paratext left out.",
                "Publications qui mentionnent au moins un établissement de A et au moins un établissement de B, hors publications rétractées et paratexte."),
            Formula = "|A ∩ B|", Bounds = Wording.CountBounds, Sources = [References.Cwts, References.FullAndFractional, References.OpenAlex, References.Own],
            Example = "entente figure co-publications --between cnrs imperial --years 2017-2022",
            TestVector = new("CNRS–ICL: direct 4 {W1, W2, W5, W8}, lineage 5 {and W6}, distinct authors 3 {W1, W2, W8}, structural share (5 − 3) / 5 = 0.4", "CNRS–ICL\u202F: directe 4 {W1, W2, W5, W8}, par lignée 5 {et W6}, auteurs distincts 3 {W1, W2, W8}, part structurelle (5 − 3) / 5 = 0,4"),
        },
        new()
        {
            Key = "output", Version = 1, Unit = "works", Needs = Needs.One,
            Countings = [Counting.Full, Counting.Author, Counting.Organisation, Counting.Country],
            Name = new("Output", "Production"),
            Family = Family.Counting, Meaning = new("How many works the organisation took part in, or its part of them.", "À combien de publications l’organisation a pris part, ou sa part d’elles."), Range = Wording.CountRange, Nulls = Wording.CountNulls,
            Definition = new(
                "Works that list at least one institution of A, retracted works and paratext left out. Fractional counting gives A its part of each: by author, by organisation or by country.",
                "Publications qui mentionnent au moins un établissement de A, hors publications rétractées et paratexte. Le comptage fractionnaire donne à A sa part de chacune\u202F: par auteur, par organisation ou par pays."),
            Formula = "|A|; in fractions Σ w(p) over p ∈ A", Bounds = Wording.OutputBounds, Sources = [References.Cwts, References.CountingMethods, References.OpenAlex],
            Example = "entente figure output --of cnrs --counting author",
            TestVector = new(
                "direct, full: CNRS 5, ICL 5, U1 2, UTK 3, IRL 1. By author: 1.916667, 2.583333, 1, 1.5, 1 (sum 8). By organisation: 2.166667, 2.666667, 0.833333, 1.333333, 1 (sum 8). By country: FR 2.833333, GB 3.833333, JP 1.333333 (sum 8)",
                "directe, entier\u202F: CNRS 5, ICL 5, U1 2, UTK 3, IRL 1. Par auteur\u202F: 1,916667\u202F; 2,583333\u202F; 1\u202F; 1,5\u202F; 1 (somme 8). Par organisation\u202F: 2,166667\u202F; 2,666667\u202F; 0,833333\u202F; 1,333333\u202F; 1 (somme 8). Par pays\u202F: FR 2,833333\u202F; GB 3,833333\u202F; JP 1,333333 (somme 8)"),
        },
        new()
        {
            Key = "international-share", Version = 1, Unit = "share", Needs = Needs.One, Countings = [Counting.Full, Counting.Author, Counting.Organisation, Counting.Country],
            Name = new("International share", "Part internationale"),
            Family = Family.Collaboration, Meaning = new("How much of the work is made with another country.", "Quelle part des publications se fait avec un autre pays."), Range = Wording.ShareRange, Nulls = Wording.ShareNulls,
            Definition = new(
                "Works of A that list institutions of two or more statistical countries, over the works of A.",
                "Publications de A qui mentionnent des établissements d’au moins deux pays statistiques, rapportées aux publications de A."),
            Formula = "|A ∩ {works of ≥ 2 countries}| / |A|", Bounds = Wording.WeightedShareBounds, Sources = [References.Cwts, References.OpenAlex],
            Example = "entente figure international-share --of imperial",
            TestVector = new("all eight works: 6 / 8 = 0.75 (W4 and W6 are of one country; W5, one person in two countries, is international)", "les huit publications\u202F: 6 / 8 = 0,75 (W4 et W6 sont d’un seul pays\u202F; W5, une personne dans deux pays, est internationale)"),
        },
        new()
        {
            Key = "country-share", Version = 1, Unit = "share", Needs = Needs.One | Needs.Country, Countings = [Counting.Full],
            Name = new("Share with a country", "Part avec un pays"),
            Family = Family.Collaboration, Meaning = new("How much of the work is made with one country.", "Quelle part des publications se fait avec un pays."), Range = Wording.ShareRange, Nulls = Wording.ShareNulls,
            Definition = new(
                "Works of A that list an institution of the statistical country, over the works of A.",
                "Publications de A qui mentionnent un établissement du pays statistique, rapportées aux publications de A."),
            Formula = "|A ∩ C| / |A|", Bounds = Wording.ShareBounds, Sources = [References.Cwts, References.OpenAlex],
            Example = "entente figure country-share --of cnrs --with JP",
            TestVector = new("CNRS with JP, direct: {W3, W8} of 5 = 0.4; with GB: {W1, W2, W5, W8} of 5 = 0.8", "CNRS avec JP, directe\u202F: {W3, W8} sur 5 = 0,4\u202F; avec GB\u202F: {W1, W2, W5, W8} sur 5 = 0,8"),
        },
        new()
        {
            Key = "partner-share", Version = 1, Unit = "share", Needs = Needs.Pair | Needs.Country, Countings = [Counting.Full],
            Name = new("Share of a partner within a country", "Part d’un partenaire dans un pays"),
            Family = Family.Collaboration, Meaning = new("How much of the work with a country goes through one partner.", "Quelle part du travail avec un pays passe par un partenaire."), Range = Wording.ShareRange, Nulls = Wording.ShareNulls,
            Definition = new(
                "Works of A and B, over the works of A that list an institution of the statistical country; a work of A and B in which no institution of that country is listed is in neither.",
                "Publications de A et B, rapportées aux publications de A qui mentionnent un établissement du pays statistique\u202F; une publication de A et B où aucun établissement de ce pays n’est mentionné n’est dans ni l’une ni l’autre."),
            Formula = "|A ∩ B ∩ C| / |A ∩ C|", Bounds = Wording.ShareBounds, Sources = [References.OpenAlex, References.Own],
            Example = "entente figure partner-share --between cnrs utokyo --with JP --years 2016-2020",
            TestVector = new("CNRS and ICL with GB, direct: {W1, W2, W5, W8} of the same 4 = 1; CNRS and UTK with JP: 2 of 2 = 1", "CNRS et ICL avec GB, directe\u202F: {W1, W2, W5, W8} sur les mêmes 4 = 1\u202F; CNRS et UTK avec JP\u202F: 2 sur 2 = 1"),
        },
        new()
        {
            Key = "partners", Version = 1, Unit = "partners", Needs = Needs.One, Countings = [Counting.Full],
            Name = new("Partners", "Partenaires"),
            Family = Family.Collaboration, Meaning = new("With how many institutions the organisation publishes, and with which.", "Avec combien d’établissements l’organisation publie, et lesquels."), Range = Wording.CountRange, Nulls = Wording.CountNulls,
            Definition = new(
                "Institutions outside A that the works of A list, each with the number of works of A that list it; the value is the number of these institutions.",
                "Établissements hors de A que mentionnent les publications de A, chacun avec le nombre de publications de A qui le mentionnent\u202F; la valeur est le nombre de ces établissements."),
            Formula = "|{u ∉ A : A ∩ {works of u} ≠ ∅}|; row u: |A ∩ {works of u}|",
            Bounds = new(
                "Each row’s upper bound adds every truncated work that the row does not count. The number of partners has no upper bound once a list is truncated: it is null.",
                "La borne supérieure d’une ligne ajoute toute publication tronquée que la ligne ne compte pas. Le nombre de partenaires n’a pas de borne supérieure dès qu’une liste est tronquée\u202F: elle est nulle."),
            Sources = [References.OpenAlex, References.Own],
            Example = "entente figure partners --of utokyo",
            TestVector = new("CNRS, direct: ICL 4, UTK 2, U1 1: value 3", "CNRS, directe\u202F: ICL 4, UTK 2, U1 1\u202F: valeur 3"),
        },
        new()
        {
            Key = "joint-projects", Version = 1, Unit = "projects", Needs = Needs.Pair, Countings = [Counting.Full],
            Name = new("Joint projects", "Projets communs"),
            Family = Family.Counting, Meaning = new("How many European projects hold both.", "Combien de projets européens réunissent les deux."), Range = Wording.CountRange, Nulls = Wording.CountNulls,
            Definition = new(
                "Projects of the EU framework programmes in which the participant codes of A and of B both stand, in any role; the codes of the two organisations themselves, not of their parts.",
                "Projets des programmes-cadres de l’UE où figurent les codes participant de A et de B, dans n’importe quel rôle\u202F; les codes des deux organisations mêmes, non de leurs composantes."),
            Formula = "|P(A) ∩ P(B)|",
            Bounds = new("Participants are never truncated: both bounds are the value.", "La liste des participants n’est jamais tronquée\u202F: les deux bornes sont la valeur."),
            Sources = [References.Cordis],
            Example = "entente figure joint-projects --between cnrs imperial",
            TestVector = new("projects 1 {A coordinator, B participant}, 2 {A third party, B participant}, 3 {A participant, B coordinator}, 4 {A participant, B associated partner}, 5 {A alone}: value 4, both as coordinator or participant 2", "projets 1 {A coordinateur, B participant}, 2 {A tiers, B participant}, 3 {A participant, B coordinateur}, 4 {A participant, B partenaire associé}, 5 {A seul}\u202F: valeur 4, les deux coordinateur ou participant 2"),
        },
    ];
}
