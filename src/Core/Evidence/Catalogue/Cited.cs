using Entente.Core.Evidence.Measures;
using Entente.Core.Kernel;

namespace Entente.Core.Evidence.Catalogue;

/// <summary>How works are cited (REFERENCE 4.5), and how their number grows.</summary>
static class Cited
{
    static readonly Said ToDate = new(
        "Citations are all those that the vintage counts, to its date and self-citations included: younger works have had less time.",
        "Les citations sont toutes celles que compte le millésime, à sa date, autocitations comprises\u202F: les publications récentes ont eu moins de temps.");

    static readonly Said Apart = new(
        "MNCS, PP(top 10%), OpenAlex’s FWCI and its percentile flags are different indicators: they are never added, divided or set in one column.",
        "Le MNCS, le PP(top 10 %), le FWCI d’OpenAlex et ses drapeaux de percentile sont des indicateurs différents\u202F: on ne les additionne, ne les divise ni ne les met dans une même colonne.");

    static readonly Said AsOthers = new("0 or more; 1 is to be cited as works of the same kind are", "dès 0\u202F; 1 est d’être cité comme les publications de même sorte");

    static readonly Said Others = new(
        "Of a pair the comparison is with the other international works of each side: international papers are cited more anyway, and all works of A would flatter the joint ones.",
        "Pour une paire, la comparaison se fait avec les autres publications internationales de chaque côté\u202F: les articles internationaux sont plus cités de toute façon, et l’ensemble des publications de A flatterait les communes.");

    static readonly Said InParts = new(
        "Of one organisation it is also counted by author, organisation or country: each work by the organisation’s part of it, against the same baselines. The one is never set in a column with the other.",
        "D’une organisation, il se compte aussi par auteur, organisation ou pays\u202F: chaque publication pour la part de l’organisation, face aux mêmes bases. On ne met jamais l’un dans une même colonne que l’autre.");

    static readonly Counting[] Fractional = [Counting.Full, Counting.Author, Counting.Organisation, Counting.Country];

    static Indicator Of(string key, string unit, string? variant, bool byField, Said name, Said meaning, Said definition, string formula, Said range, Said vector, params Reference[] sources) => new()
    {
        Key = key, Version = 1, Unit = unit, Needs = Needs.One, AlsoOfPair = true, Countings = [Counting.Full], Family = Family.Impact, Variant = variant, ByField = byField,
        Name = name, Meaning = meaning, Definition = definition, Formula = formula, Range = range, TestVector = vector, Sources = sources,
        Nulls = new("where there is no work to take it of", "où il n’y a pas de publication dont le prendre"),
        Bounds = new("Without truncated works both bounds are the value. A truncated work may turn out to be of A, with its citations: no bound is known then, and both are null.",
            "Sans publication tronquée, les deux bornes sont la valeur. Une publication tronquée peut se révéler de A, avec ses citations\u202F: aucune borne n’est alors connue, et les deux sont nulles."),
        Caveats = [Apart, ToDate, Others], Example = $"entente figure {key} --between cnrs imperial",
    };

    public static IReadOnlyList<Indicator> All { get; } =
    [
        Of("mncs", "index", "field-type-year", true, new("Mean normalised citation score (MNCS)", "Score de citation normalisé moyen (MNCS)"),
            new("How many times more the works are cited than others of their field, type and year.", "Combien de fois plus les publications sont citées que d’autres de leur champ, type et année."),
            new("The mean of citations over the mean citations of all works of the frame of the same field, type and year; a mean of zero is set to 1. The baselines are those of the vintage itself.",
                "La moyenne des citations rapportées aux citations moyennes de toutes les publications du cadre de mêmes champ, type et année\u202F; une moyenne nulle vaut 1. Les bases sont celles du millésime même."),
            "MNCS = Σ w(p) · c(p) / mean(field, type, year of p) / Σ w(p); in full w(p) = 1", AsOthers, new("100 works cited {0: 60, 1: 20, 3: 8, 5: 6, 9: 4, 20: 2}, mean 1.5; works cited 0, 1, 5, 5, 9, 20: 40 / 1.5 / 6 = 4.444444. By organisation, works cited 6 and 0 where the mean is 3, of which half and all are its own: (0.5 · 2 + 1 · 0) / 1.5 = 0.666667", "100 publications citées {0\u202F: 60, 1\u202F: 20, 3\u202F: 8, 5\u202F: 6, 9\u202F: 4, 20\u202F: 2} fois, moyenne 1,5\u202F; publications citées 0, 1, 5, 5, 9 et 20 fois\u202F: 40 / 1,5 / 6 = 4,444444. Par organisation, publications citées 6 et 0 fois où la moyenne est 3, dont la moitié et la totalité lui reviennent\u202F: (0,5 · 2 + 1 · 0) / 1,5 = 0,666667"),
            References.Cwts, References.CountingMethods) with { Countings = Fractional, Caveats = [Apart, ToDate, Others, InParts] },
        Of("collaboration-mncs", "index", "field-type-year-collaboration", true, new("MNCS against the same type of collaboration", "MNCS face au même type de collaboration"),
            new("How many times more the works are cited than others of their field, type and year that as many made.", "Combien de fois plus les publications sont citées que d’autres de leur champ, type et année, faites à autant."),
            new("The mean of citations over the mean citations of all works of the frame of the same field, type, year and type of collaboration: one institution, several in at most one known country, two countries, three, four or more; a mean of zero is set to 1.",
                "La moyenne des citations rapportées aux citations moyennes de toutes les publications du cadre de mêmes champ, type, année et type de collaboration\u202F: un établissement, plusieurs d’au plus un pays connu, deux pays, trois, quatre ou plus\u202F; une moyenne nulle vaut 1."),
            "Σ c(p) / mean(field, type, year, collaboration of p) / n", AsOthers,
            new("works of two countries cited 6 and 2, one of one institution cited 1: the first comes to 6 / 4 = 1.5 here, to 6 / 3 = 2 by the MNCS", "publications de deux pays citées 6 et 2 fois, une d’un établissement citée 1 fois\u202F: la première donne 6 / 4 = 1,5 ici, 6 / 3 = 2 par le MNCS"),
            References.Potter, References.Cwts),
        Of("top-tenth", "share", "field-type-year", true, new("Share among the top 10%, PP(top 10%)", "Part parmi les 10 % les plus citées, PP(top 10 %)"),
            new("How much of the work is among the most cited tenth of its field, type and year.", "Quelle part des publications est parmi le dixième le plus cité de ses champ, type et année."),
            new("The mean weight of the works: 1 above the threshold of their field, type and year, 0 below, and at the threshold so much that all works of the frame together come to exactly a tenth.",
                "Le poids moyen des publications\u202F: 1 au-dessus du seuil de leurs champ, type et année, 0 au-dessous, et au seuil autant qu’il faut pour que toutes celles du cadre fassent exactement un dixième."),
            "PP = Σ w(p) · weight(p) / Σ w(p); in full w(p) = 1; at the threshold t weight (C(t) − 0.9) / s(t)", Wording.ShareRange,
            new("100 works cited {0: 60, 1: 20, 3: 8, 5: 6, 9: 4, 20: 2}: threshold 5, weight at it (0.94 − 0.9) / 0.06 = 0.666667, world 0.1; works cited 0, 1, 5, 5, 9, 20: (2 · 0.666667 + 2) / 6 = 0.555556", "100 publications citées {0\u202F: 60, 1\u202F: 20, 3\u202F: 8, 5\u202F: 6, 9\u202F: 4, 20\u202F: 2} fois\u202F: seuil 5, où le poids est (0,94 − 0,9) / 0,06 = 0,666667, monde 0,1\u202F; publications citées 0, 1, 5, 5, 9 et 20 fois\u202F: (2 · 0,666667 + 2) / 6 = 0,555556"), References.Cwts, References.CountingMethods) with { Countings = Fractional, Caveats = [Apart, ToDate, Others, InParts] },
        Of("mcs", "citations", null, false, new("Mean citation score (MCS)", "Score de citation moyen (MCS)"),
            new("How often a work is cited in the mean, whatever its field and age.", "Combien de fois une publication est citée en moyenne, quels que soient son champ et son âge."),
            new("The mean number of citations of the works.", "Le nombre moyen de citations des publications."), "MCS = Σ c(p) / n", new("from 0", "dès 0"),
            new("works cited 0, 1, 5, 5, 9, 20: 40 / 6 = 6.666667", "publications citées 0, 1, 5, 5, 9 et 20 fois\u202F: 40 / 6 = 6,666667"), References.Cwts),
        Of("fwci-mean", "index", "openalex", false, new("Mean of OpenAlex’s FWCI", "Moyenne du FWCI d’OpenAlex"),
            new("The source’s own field-weighted impact, averaged.", "L’impact pondéré par champ de la source même, en moyenne."),
            new("The mean of the fwci that OpenAlex gives, over the works that have one; OpenAlex divides citations of the year and the three that follow by the mean of works of the same subfield, type and year.",
                "La moyenne du fwci que donne OpenAlex, sur les publications qui en ont un\u202F; OpenAlex divise les citations de l’année et des trois suivantes par la moyenne des publications de mêmes sous-champ, type et année."),
            "Σ fwci(p) / n, p with a fwci, each to a millionth", AsOthers, new("works with 0.5, 1.5 and none: 2 / 2 = 1", "publications de FWCI 0,5, 1,5 et inconnu\u202F: 2 / 2 = 1"), References.OpenAlex),
        Of("openalex-top-tenth", "share", "openalex", false, new("Share that OpenAlex flags among the top 10%", "Part qu’OpenAlex signale parmi les 10 % les plus citées"),
            new("How much of the work the source’s own percentile flags.", "Quelle part des publications le percentile de la source signale."),
            new("Works with is_in_top_10_percent of OpenAlex’s citation_normalized_percentile, over all works; a work without a percentile is not flagged.",
                "Publications que le citation_normalized_percentile d’OpenAlex place dans le dixième le plus cité, rapportées à toutes\u202F; une publication sans percentile n’est pas signalée."),
            "|{p : flagged}| / n", Wording.ShareRange, new("of three works one flagged: 1 / 3 = 0.333333", "trois publications, dont une signalée\u202F: 1 / 3 = 0,333333"), References.OpenAlex) with
        {
            Tally = new([Parts.OwnTopTenth, Parts.Own], c => Counts.Ratio(c[Parts.OwnTopTenth], c[Parts.Own]), "own_top10 / nullif(own, 0)"),
        },
        new()
        {
            Key = "growth", Version = 1, Unit = "share", Needs = Needs.One | Needs.Window, AlsoOfPair = true, Countings = [Counting.Full], Family = Family.Change, Variant = "compound-annual",
            Name = new("Yearly growth", "Croissance annuelle"), Meaning = new("By how much the works grow from year to year, over a window.", "De combien croissent les publications d’une année à l’autre, sur une période."),
            Definition = new("The constant yearly rate that leads from the works of the first year of the window to those of its last; the series holds each year against the one before.",
                "Le taux annuel constant qui mène des publications de la première année de la période à celles de la dernière\u202F; la série oppose chaque année à la précédente."),
            Formula = "(n(last) / n(first))^(1 / (last − first)) − 1", Range = new("−1 (nothing is left) and up; 0 is no change", "dès −1 (il ne reste rien)\u202F; 0 est sans changement"),
            Nulls = new("where the first year has no work, or the window is one year", "où la première année n’a pas de publication, ou la période est d’une année"),
            Bounds = new("Every truncated work of the first year added to it, and every one of the last to that.", "Toute publication tronquée de la première année ajoutée à celle-ci, et toute celle de la dernière à l’autre."),
            Caveats = [new("A source takes in works late: the last year or two of a vintage grow still.", "Une source enregistre avec retard\u202F: la dernière année ou deux d’un millésime croissent encore.")],
            Sources = [References.Own], Example = "entente figure growth --between cnrs imperial --years 2014-2024", TestVector = new("1 work in 2018, 4 in 2020: (4 / 1)^(1 / 2) − 1 = 1", "1 publication en 2018, 4 en 2020\u202F: (4 / 1)^(1 / 2) − 1 = 1"),
        },
    ];
}
