using Entente.Core.Evidence.Measures;

namespace Entente.Core.Evidence.Catalogue;

/// <summary>With whom, and how (REFERENCE 4.2).</summary>
static class Collaborating
{
    public static IReadOnlyList<Indicator> All { get; } =
    [
        new()
        {
            Key = "collaboration-share", Version = 1, Unit = "share", Needs = Needs.One, Family = Family.Collaboration,
            Countings = [Counting.Full, Counting.Author, Counting.Organisation, Counting.Country],
            Name = new("Collaboration share, PP(collab)", "Part en collaboration, PP(collab)"),
            Meaning = new("How much of the work is made with another institution, at home or abroad.", "Quelle part des publications se fait avec un autre établissement, dans le pays ou à l’étranger."),
            Definition = new(
                "Works of A that list two or more institutions, over the works of A; each work by A’s weight where the count is fractional. A work of one institution is of no collaboration, of several in at most one known country of a national one, else of an international one.",
                "Publications de A qui mentionnent au moins deux établissements, rapportées aux publications de A\u202F; chacune au poids de A quand le comptage est fractionnaire. Une publication d’un seul établissement n’est d’aucune collaboration, de plusieurs dans au plus un pays connu d’une collaboration nationale, sinon d’une internationale."),
            Formula = "Σ w(p) · 1[institutions of p ≥ 2] / Σ w(p), p ∈ A", Range = Wording.ShareRange, Nulls = Wording.ShareNulls, Bounds = Wording.WeightedShareBounds,
            Caveats = [Wording.OnePersonTwoCountries], Sources = [References.Cwts, References.OpenAlex],
            Example = "entente figure collaboration-share --of imperial --counting organisation",
            TestVector = new("CNRS, direct: every one of 5 works = 1; ICL: {W1, W2, W5, W8} of 5 = 0.8, none {W4}, international 4, national 0. By organisation, ICL: (1/2 + 1/3 + 1/2 + 1/3) / 2.666667 = 0.625", "CNRS, directe\u202F: les 5 publications = 1\u202F; ICL\u202F: {W1, W2, W5, W8} sur 5 = 0,8, aucune {W4}, internationales 4, nationales 0. Par organisation, ICL\u202F: (1/2 + 1/3 + 1/2 + 1/3) / 2,666667 = 0,625"),
        },
        new()
        {
            Key = "multilateral-share", Version = 1, Unit = "share", Needs = Needs.One, AlsoOfPair = true, Countings = [Counting.Full], Family = Family.Collaboration,
            Name = new("Share of three countries or more", "Part à trois pays ou plus"),
            Meaning = new("How much of the international work more than two countries make together.", "Quelle part du travail international se fait à plus de deux pays."),
            Definition = new("Works that list institutions of three or more statistical countries, over the international works; of a pair, of the works of both. Works of two countries are bilateral, of three trilateral, of four or more quadrilateral.",
                "Publications qui mentionnent des établissements d’au moins trois pays statistiques, rapportées aux publications internationales\u202F; d’une paire, parmi les publications des deux. Celles de deux pays sont bilatérales, de trois trilatérales, de quatre ou plus quadrilatérales."),
            Formula = "|{p ∈ A : countries of p ≥ 3}| / |{p ∈ A : countries of p ≥ 2}|", Range = Wording.ShareRange, Nulls = new("where no work is international", "où aucune publication n’est internationale"), Bounds = Wording.ShareBounds,
            Caveats = [Wording.OnePersonTwoCountries], Sources = [References.Potter, References.OpenAlex], Example = "entente figure multilateral-share --between cnrs imperial",
            TestVector = new("CNRS, direct: {W8} of {W1, W2, W3, W5, W8} = 0.2, bilateral 4, trilateral 1, quadrilateral 0; CNRS–ICL: {W8} of {W1, W2, W5, W8} = 0.25", "CNRS, directe\u202F: {W8} sur {W1, W2, W3, W5, W8} = 0,2, bilatérales 4, trilatérales 1, quadrilatérales 0\u202F; CNRS–ICL\u202F: {W8} sur {W1, W2, W5, W8} = 0,25"),
            Tally = new([Parts.OwnMultilateral, Parts.OwnInternational, Parts.OwnQuadrilateral], c => Counts.Ratio(c[Parts.OwnMultilateral], c[Parts.OwnInternational]), "own_multilateral / nullif(own_international, 0)")
            {
                Bounds = (s, c) => Measures.ShareBounds.Gained(s, c[Parts.OwnMultilateral], c[Parts.OwnInternational], Parts.OwnInternational.Works(s), s.Holding.OfCountries(3)),
                Details = c =>
                [
                    new("bilateral", new("bilateral works", "publications bilatérales"), c[Parts.OwnInternational] - c[Parts.OwnMultilateral], "works"),
                    new("trilateral", new("trilateral works", "publications trilatérales"), c[Parts.OwnMultilateral] - c[Parts.OwnQuadrilateral], "works"),
                ],
            },
        },
        new()
        {
            Key = "industry-share", Version = 1, Unit = "share", Needs = Needs.One, Family = Family.Collaboration,
            Countings = [Counting.Full, Counting.Author, Counting.Organisation, Counting.Country],
            Name = new("Share with industry, PP(industry)", "Part avec l’industrie, PP(industry)"),
            Meaning = new("How much of the work a company has a part in.", "À quelle part des publications une entreprise prend part."),
            Definition = new(
                "Works of A that list an institution of type company, over the works of A; each work by A’s weight where the count is fractional. The type is what the record of the work says. An institution without a type, or called a funder, which says what it does and not what it is, may be a company where no work of the vintage tells what else it is: it raises the upper bound alone.",
                "Publications de A qui mentionnent un établissement de type entreprise, rapportées aux publications de A\u202F; chacune au poids de A quand le comptage est fractionnaire. Le type est celui que donne la notice de la publication. Un établissement sans type, ou dit financeur, ce qui dit ce qu’il fait et non ce qu’il est, est peut-être une entreprise si aucune publication du millésime ne dit ce qu’il est d’autre\u202F: il n’élève que la borne supérieure."),
            Formula = "Σ w(p) · 1[p lists a company] / Σ w(p), p ∈ A", Range = Wording.ShareRange, Nulls = Wording.ShareNulls,
            Bounds = new(
                Wording.WeightedShareBounds.En + " Works without a company and with an institution that may be one count in the numerator of the upper bound, by their weight.",
                Wording.WeightedShareBounds.Fr + " Les publications sans entreprise et avec un établissement qui en est peut-être une comptent au numérateur de la borne supérieure, à leur poids."),
            Caveats = [new("OpenAlex gives each institution one type, and from one year to the next not the same: companies that also fund research are often told to be funders. Read the upper bound.",
                "OpenAlex donne à chaque établissement un seul type, et d’une année à l’autre pas le même\u202F: une entreprise qui finance aussi la recherche est souvent dite financeur. Lisez la borne supérieure.")],
            Sources = [References.Cwts, References.Tijssen, References.OpenAlex],
            Example = "entente figure industry-share --of imperial",
            TestVector = new("UTK is told to be a company and U1 a funder. CNRS, direct: {W3, W8} of 5 = 0.4, at most {W2} too = 0.6; ICL: {W8} of 5 = 0.2, at most 0.4. By organisation, ICL: (1/3) / 2.666667 = 0.125, at most (1/3 + 1/3) / 2.666667 = 0.25",
                "UTK est dit entreprise et U1 financeur. CNRS, directe\u202F: {W3, W8} sur 5 = 0,4, au plus {W2} aussi = 0,6\u202F; ICL\u202F: {W8} sur 5 = 0,2, au plus 0,4. Par organisation, ICL\u202F: (1/3) / 2,666667 = 0,125, au plus (1/3 + 1/3) / 2,666667 = 0,25"),
        },
        new()
        {
            Key = "international-partner-share", Version = 1, Unit = "share", Needs = Needs.Pair, Countings = [Counting.Full], Family = Family.Collaboration,
            Name = new("Share of a partner in international work", "Part d’un partenaire dans le travail international"),
            Meaning = new("How much of A’s international work is with B.", "Quelle part du travail international de A se fait avec B."),
            Definition = new("International works of A that list B, over the international works of A: a share of works, not of pairs.",
                "Publications internationales de A qui mentionnent B, rapportées aux publications internationales de A\u202F: une part de publications, non de paires."),
            Formula = "|A ∩ B ∩ I| / |A ∩ I|", Range = Wording.ShareRange, Nulls = Wording.ShareNulls, Bounds = Wording.ShareBounds,
            Caveats = [Wording.Structural], Sources = [References.OpenAlex, References.Own], Example = "entente figure international-partner-share --between cnrs imperial",
            TestVector = new("CNRS with ICL, direct: {W1, W2, W5, W8} of {W1, W2, W3, W5, W8} = 0.8; UTK with ICL: {W8} of 3 = 0.333333", "CNRS avec ICL, directe\u202F: {W1, W2, W5, W8} sur {W1, W2, W3, W5, W8} = 0,8\u202F; UTK avec ICL\u202F: {W8} sur 3 = 0,333333"),
            Tally = new([Parts.JointInternational, Parts.AInternational], c => Counts.Ratio(c[Parts.JointInternational], c[Parts.AInternational]), "joint_international / nullif(a_international, 0)")
            {
                Bounds = (s, c) => Measures.ShareBounds.Gained(s, c[Parts.JointInternational], c[Parts.AInternational], s.A.Works.And(s.Holding.International), s.B!.Works),
            },
        },
        new()
        {
            Key = "structural-share", Version = 1, Unit = "share", Needs = Needs.Pair, Countings = [Counting.Full], Family = Family.Collaboration,
            Name = new("Structural share", "Part structurelle"),
            Meaning = new("How much of the joint work only a joint unit or a double affiliation makes joint.", "Quelle part des publications communes ne l’est que par une unité commune ou une double affiliation."),
            Definition = new("Joint works without two different authors, one on each side, over the joint works.",
                "Publications communes sans deux auteurs différents, un de chaque côté, rapportées aux publications communes."),
            Formula = "(|A ∩ B| − |distinct authors|) / |A ∩ B|", Range = Wording.ShareRange, Nulls = Wording.ShareNulls, Bounds = Wording.NoBounds,
            Sources = [References.Own], Example = "entente figure structural-share --between cnrs imperial",
            TestVector = new("CNRS–ICL, lineage: {W5, W6} of 5 = 0.4; direct: {W5} of 4 = 0.25", "CNRS–ICL, par lignée\u202F: {W5, W6} sur 5 = 0,4\u202F; directe\u202F: {W5} sur 4 = 0,25"),
            Tally = new([Parts.Structural, Parts.Joint], c => Counts.Ratio(c[Parts.Structural], c[Parts.Joint]), "structural / nullif(joint, 0)"),
        },
        new()
        {
            Key = "hyper-authorship", Version = 1, Unit = "share", Needs = Needs.One, AlsoOfPair = true, Countings = [Counting.Full], Family = Family.Collaboration,
            Name = new("Share of many authors", "Part à nombreux auteurs"),
            Meaning = new("How much of the work has more authors than T, and what is left without it.", "Quelle part des publications a plus de T auteurs, et ce qui reste sans elle."),
            Definition = new("Works with more than T authors, over all works; T is told with --authors-max, 100 unless told. A work whose list is cut has more, whatever T.",
                "Publications de plus de T auteurs, rapportées à toutes\u202F; T se dit par --authors-max, 100 sans précision. Une publication à liste tronquée en a plus, quel que soit T."),
            Formula = "|{p ∈ A : authors of p > T}| / |A|", Range = Wording.ShareRange, Nulls = Wording.ShareNulls,
            Bounds = new("A truncated work that turns out to be of A raises the share: the lower bound is the value.", "Une publication tronquée qui se révèle de A élève la part\u202F: la borne inférieure est la valeur."),
            Sources = [References.OpenAlex, References.Own], Example = "entente figure hyper-authorship --between cnrs imperial --authors-max 30",
            TestVector = new("CNRS, direct, T = 2: {W2, W8} of 5 = 0.4; T = 3: {W8} of 5 = 0.2", "CNRS, directe, T = 2\u202F: {W2, W8} sur 5 = 0,4\u202F; T = 3\u202F: {W8} sur 5 = 0,2"),
            Tally = new([Parts.OwnHyper, Parts.Own], c => Counts.Ratio(c[Parts.OwnHyper], c[Parts.Own]), "own_hyper / nullif(own, 0)")
            {
                Bounds = (s, c) => ShareMeasure.Between((long)c[Parts.OwnHyper], (long)c[Parts.Own], 0, s.Frame.Truncated.Except(Parts.Own.Works(s)).Count, 0),
                Details = c => [new("without", new("works of at most so many authors", "publications d’au plus tant d’auteurs"), c[Parts.Own] - c[Parts.OwnHyper], "works")],
            },
        },
    ];
}
