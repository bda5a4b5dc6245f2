using Entente.Core.Evidence.Measures;
using Entente.Core.Kernel;

namespace Entente.Core.Evidence.Catalogue;

/// <summary>How near two organisations are by their works, and by their links (REFERENCE 4.3).</summary>
static class Similar
{
    static readonly Part[] Pair = [Parts.Joint, Parts.A, Parts.B];

    static Tally Of(Func<double, double, double, double?> value, string sql, Func<PairCells, Bounds> bounds) => new(Pair,
        c => c[Parts.A] == 0 || c[Parts.B] == 0 ? null : value(c[Parts.Joint], c[Parts.A], c[Parts.B]), $"case when a > 0 and b > 0 then {sql} end")
    {
        Bounds = (scene, c) => bounds(PairCells.Of(scene, c[Parts.Joint], c[Parts.A], c[Parts.B])),
    };

    static Indicator Pairwise(string key, Said name, Said meaning, Said definition, string formula, Tally tally, Said vector, params Reference[] sources) => new()
    {
        Key = key, Version = 1, Unit = "index", Needs = Needs.Pair, Countings = [Counting.Full], Family = Family.Similarity,
        Name = name, Meaning = meaning, Definition = definition, Formula = formula, Tally = tally, TestVector = vector, Sources = sources,
        Range = Wording.SimilarityRange, Nulls = Wording.SimilarityNulls, Bounds = Wording.PairBounds, Caveats = [Wording.Structural],
        Example = $"entente figure {key} --between cnrs imperial",
    };

    static Indicator Linked(string key, string variant, Said name, Said definition, string formula, Said range, Said vector) => new()
    {
        Key = key, Version = 1, Unit = "index", Needs = Needs.Pair, Countings = [Counting.Full], Family = Family.Affinity, Variant = variant,
        Name = name, Definition = definition, Formula = formula, TestVector = vector, Range = range,
        Meaning = new("How much more often the two publish together than their numbers of links would lead to expect.",
            "Combien les deux publient ensemble plus souvent que leurs nombres de liens ne le laissent attendre."),
        Nulls = new("where one of the two has no link", "où l’un des deux n’a aucun lien"), Bounds = Wording.NoBounds,
        Caveats = [Wording.FrameCaveat, Wording.Structural, Wording.TwoAssociations], Sources = [References.Normalize, References.NetworkAnalysis, References.Zitt, References.Pai],
        Example = $"entente figure {key} --between cnrs imperial",
    };

    static readonly Said LinkedAs = new(
        "A work links every two of its institutions; those that stand for A are one node, so are those of B, and an institution without an id is none.",
        "Une publication relie deux à deux ses établissements\u202F; ceux qui représentent A sont un seul nœud, de même ceux de B, et un établissement sans identifiant n’en est pas un.");

    public static IReadOnlyList<Indicator> All { get; } =
    [
        Pairwise("salton", new("Salton’s cosine", "Cosinus de Salton"),
            new("How much the works of the two overlap, by the geometric mean of their sizes.", "Combien les publications des deux se recouvrent, à la moyenne géométrique de leurs tailles."),
            new("Joint works over the square root of the product of the works of A and of B.", "Publications communes, rapportées à la racine carrée du produit des publications de A et de B."),
            "|A ∩ B| / √(|A| · |B|)", Of((c, a, b) => c / Math.Sqrt(a * b), "joint / sqrt(a::double * b::double)", cells => cells.Salton),
            new("CNRS–ICL, direct: 4 / √(5 · 5) = 0.8", "CNRS–ICL, directe\u202F: 4 / √(5 · 5) = 0,8"), References.Hamers, References.Normalize, References.Bibliometrix),
        Pairwise("jaccard", new("Jaccard index", "Indice de Jaccard"),
            new("Which part of all works of the two is joint.", "Quelle part de toutes les publications des deux est commune."),
            new("Joint works over the works of A or B.", "Publications communes, rapportées aux publications de A ou de B."),
            "|A ∩ B| / (|A| + |B| − |A ∩ B|)", Of((c, a, b) => c / (a + b - c), "joint / (a + b - joint)", cells => cells.Jaccard),
            new("CNRS–ICL, direct: 4 / (5 + 5 − 4) = 0.666667", "CNRS–ICL, directe\u202F: 4 / (5 + 5 − 4) = 0,666667"), References.Hamers, References.Normalize, References.Bibliometrix),
        Pairwise("inclusion", new("Inclusion index (Simpson)", "Indice d’inclusion (Simpson)"),
            new("Which part of the smaller one’s works is joint.", "Quelle part des publications du plus petit est commune."),
            new("Joint works over the works of the one of A and B that has fewer.", "Publications communes, rapportées aux publications de celui de A et B qui en a le moins."),
            "|A ∩ B| / min(|A|, |B|)", Of((c, a, b) => c / Math.Min(a, b), "joint / least(a, b)", cells => cells.Inclusion),
            new("CNRS–ICL, direct: 4 / 5 = 0.8", "CNRS–ICL, directe\u202F: 4 / 5 = 0,8"), References.Normalize, References.Bibliometrix),
        Pairwise("equivalence", new("Equivalence index", "Indice d’équivalence"),
            new("The square of Salton’s cosine: both parts of joint works, multiplied.", "Le carré du cosinus de Salton\u202F: les deux parts de publications communes, multipliées."),
            new("The square of the joint works over the product of the works of A and of B.", "Le carré des publications communes, rapporté au produit des publications de A et de B."),
            "|A ∩ B|² / (|A| · |B|)", Of((c, a, b) => c * c / (a * b), "joint::double * joint::double / (a::double * b::double)", cells => cells.Equivalence),
            new("CNRS–ICL, direct: 16 / 25 = 0.64", "CNRS–ICL, directe\u202F: 16 / 25 = 0,64"), References.Normalize, References.Bibliometrix),
        Pairwise("association-bibliometrix", new("Association, as bibliometrix has it", "Association, selon bibliometrix"),
            new("Joint works over the product of the two outputs, without the total: it has no scale of its own.", "Publications communes sur le produit des deux productions, sans le total\u202F: il n’a pas d’échelle propre."),
            new("Joint works over the product of the works of A and of B, without a factor for the size of the frame.", "Publications communes, rapportées au produit des publications de A et de B, sans facteur de taille du cadre."),
            "|A ∩ B| / (|A| · |B|)", Of((c, a, b) => c / (a * b), "joint / (a::double * b::double)", cells => cells.Association),
            new("CNRS–ICL, direct: 4 / 25 = 0.16", "CNRS–ICL, directe\u202F: 4 / 25 = 0,16"), References.Normalize, References.Bibliometrix) with
        {
            Variant = "bibliometrix", Caveats = [Wording.TwoAssociations, Wording.Structural],
            Range = new("0 to 1, smaller the larger the two are: comparable within one frame only", "de 0 à 1, d’autant plus petit que les deux sont grands\u202F: comparable dans un seul cadre"),
        },
        Linked("association-cwts", "cwts-networkanalysis", new("Association strength, as CWTS has it", "Force d’association, selon le CWTS"),
            new($"Links between A and B over those expected if links were drawn at random: a(A,B) / (k(A) k(B) / 2m), k the links of a node, 2m the sum of all k. {LinkedAs.En}",
                $"Liens entre A et B, rapportés à ceux qu’on attendrait de liens tirés au hasard\u202F: a(A,B) / (k(A) k(B) / 2m), k les liens d’un nœud, 2m la somme des k. {LinkedAs.Fr}"),
            "a(A,B) / (k(A) · k(B) / 2m)", Wording.ExpectedRange, new("CNRS–ICL, direct: 4 · 20 / (7 · 6) = 1.904762", "CNRS–ICL, directe\u202F: 4 · 20 / (7 · 6) = 1,904762")),
        Linked("affinity", "pai-zero-diagonal", new("Probabilistic affinity index (PAI)", "Indice d’affinité probabiliste (PAI)"),
            new($"Links between A and B times all links, over the product of the links of A and of B; the diagonal of the matrix is zero, which makes it equal to CWTS’s association strength. {LinkedAs.En}",
                $"Liens entre A et B multipliés par tous les liens, rapportés au produit des liens de A et de B\u202F; la diagonale de la matrice est nulle, ce qui l’égale à la force d’association du CWTS. {LinkedAs.Fr}"),
            "c(A,B) · c(·,·) / (c(A,·) · c(B,·))", Wording.ExpectedRange, new("CNRS–ICL, direct: 4 · 20 / (7 · 6) = 1.904762", "CNRS–ICL, directe\u202F: 4 · 20 / (7 · 6) = 1,904762")),
        Linked("affinity-symmetric", "(PAI−1)/(PAI+1)", new("Symmetric affinity", "Affinité symétrique"),
            new($"(PAI − 1) / (PAI + 1) of the probabilistic affinity index. {LinkedAs.En}", $"(PAI − 1) / (PAI + 1) de l’indice d’affinité probabiliste. {LinkedAs.Fr}"),
            "(PAI − 1) / (PAI + 1)", new("−1 (no link) to 1; 0 is as expected", "de −1 (aucun lien) à 1\u202F; 0 est l’attendu"), new("CNRS–ICL, direct: 0.904762 / 2.904762 = 0.311475", "CNRS–ICL, directe\u202F: 0,904762 / 2,904762 = 0,311475")),
        Linked("affinity-symmetric-squares", "(PAI²−1)/(PAI²+1)", new("Symmetric affinity, of squares", "Affinité symétrique, des carrés"),
            new($"(PAI² − 1) / (PAI² + 1) of the probabilistic affinity index. {LinkedAs.En}", $"(PAI² − 1) / (PAI² + 1) de l’indice d’affinité probabiliste. {LinkedAs.Fr}"),
            "(PAI² − 1) / (PAI² + 1)", new("−1 (no link) to 1; 0 is as expected", "de −1 (aucun lien) à 1\u202F; 0 est l’attendu"), new("CNRS–ICL, direct: 2.628118 / 4.628118 = 0.567859", "CNRS–ICL, directe\u202F: 2,628118 / 4,628118 = 0,567859")),
        AffinityIndex,
        Expected("observed-expected", "index", new("Observed over expected", "Observées sur attendues"),
            new("How many times more joint works there are than chance would give.", "Combien de fois plus de publications communes qu’au hasard."),
            new("Joint works over the joint works expected field by field.", "Publications communes, rapportées aux publications communes attendues champ par champ."),
            "O/E = |A ∩ B| / Σ_f n(A,f) n(B,f) / N(f)", Wording.ExpectedRange, new("where none are expected", "où aucune n’est attendue"),
            new("CNRS–ICL, direct, one unknown field, N = 8: 4 / 3.125 = 1.28; variance 0.502232, z 1.234684, P(X ≥ 4) 0.285714", "CNRS–ICL, directe, un seul champ inconnu, N = 8\u202F: 4 / 3,125 = 1,28\u202F; variance 0,502232, z 1,234684, P(X ≥ 4) 0,285714")),
        Expected("expected-co-publications", "works", new("Expected co-publications", "Copublications attendues"),
            new("How many joint works chance would give.", "Combien de publications communes donnerait le hasard."),
            new("Joint works expected if the works of A and of B in each field were drawn at random from the works of that field, added over the fields.",
                "Publications communes attendues si celles de A et de B dans chaque champ étaient tirées au hasard parmi celles du champ, additionnées sur les champs."),
            "E = Σ_f n(A,f) n(B,f) / N(f)", new("from 0", "dès 0"), Wording.CountNulls, new("CNRS–ICL, direct, one unknown field, N = 8: 5 · 5 / 8 = 3.125", "CNRS–ICL, directe, un seul champ inconnu, N = 8\u202F: 5 · 5 / 8 = 3,125")),
    ];

    static Indicator Expected(string key, string unit, Said name, Said meaning, Said definition, string formula, Said range, Said nulls, Said vector) => new()
    {
        Key = key, Version = 1, Unit = unit, Needs = Needs.Pair, Countings = [Counting.Full], Family = Family.Affinity, Variant = "by-field", ByField = true,
        Name = name, Meaning = meaning, Definition = definition, Formula = formula, Range = range, Nulls = nulls, TestVector = vector,
        Bounds = new(
            "Outer bounds: below, every truncated work that may be of A or B is counted so in what is expected; above, every one is joint at once. The 95% interval is another thing: what a Poisson count of this size leaves open.",
            "Bornes extérieures\u202F: en bas, toute publication tronquée qui peut être de A ou B est comptée ainsi dans l’attendu\u202F; en haut, toutes sont communes à la fois. L’intervalle à 95 % est autre chose\u202F: ce qu’un compte de Poisson de cette taille laisse ouvert."),
        Caveats = [Wording.FrameCaveat, Wording.Structural], Sources = [References.Garwood, References.OpenAlex, References.Own],
        Example = $"entente figure {key} --between cnrs imperial",
    };

    static Indicator AffinityIndex => new()
    {
        Key = "affinity-index", Version = 1, Unit = "index", Needs = Needs.Pair, Countings = [Counting.Full], Family = Family.Affinity, Variant = "rest-of-world",
        Name = new("Affinity index, A towards B", "Indice d’affinité, de A vers B"),
        Meaning = new("How much more of A’s international work is with B than of the rest of the world’s.", "Combien le travail international de A va plus à B que celui du reste du monde."),
        Definition = new(
            "The share of A’s international co-publications that are with B, over B’s share of the international co-publications in which A takes no part. Leaving A out of the baseline makes the two directions differ.",
            "La part de B dans les copublications internationales de A, rapportée à la part de B dans les copublications internationales auxquelles A ne prend pas part. Ôter A de la base rend les deux sens différents."),
        Formula = "(|A ∩ B ∩ I| / |A ∩ I|) / (|(B ∩ I) \\ A| / |I \\ A|)",
        Range = Wording.ExpectedRange, Nulls = new("where A has no international work, or B none without A", "où A n’a pas de publication internationale, ou B aucune sans A"),
        Bounds = Wording.NoBounds, Caveats = [Wording.FrameCaveat, Wording.Structural], Sources = [References.Zitt, References.Own],
        Example = "entente figure affinity-index --between cnrs imperial",
        TestVector = new("UTK towards ICL, direct: (1 / 3) / (3 / 3) = 0.333333; ICL towards UTK: (1 / 4) / (2 / 2) = 0.25; with A left in the baseline, both (1 / 3) / (4 / 6) = 0.5", "UTK vers ICL, directe\u202F: (1 / 3) / (3 / 3) = 0,333333\u202F; ICL vers UTK\u202F: (1 / 4) / (2 / 2) = 0,25\u202F; avec A dans la base, les deux (1 / 3) / (4 / 6) = 0,5"),
        Tally = new([Parts.JointInternational, Parts.AInternational, Parts.BInternational, Parts.International],
            c => Towards(c[Parts.JointInternational], c[Parts.AInternational], c[Parts.BInternational], c[Parts.International]),
            "(joint_international / nullif(a_international, 0)) / nullif((b_international - joint_international) / nullif(international - a_international, 0), 0)")
        {
            Details = c =>
            [
                new("b_to_a", new("B towards A", "de B vers A"), Towards(c[Parts.JointInternational], c[Parts.BInternational], c[Parts.AInternational], c[Parts.International]), "index"),
                new("with_own", new("with A’s own works in the baseline (the same both ways)", "avec les publications de A dans la base (le même dans les deux sens)"),
                    Counts.Ratio(c[Parts.JointInternational] * c[Parts.International], c[Parts.AInternational] * c[Parts.BInternational]), "index"),
            ],
        },
    };

    static double? Towards(double joint, double own, double other, double world) =>
        Counts.Ratio(joint, own) is { } share && Counts.Ratio(other - joint, world - own) is { } rest ? Counts.Ratio(share, rest) : null;
}
