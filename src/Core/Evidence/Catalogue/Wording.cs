using Entente.Core.Kernel;

namespace Entente.Core.Evidence.Catalogue;

/// <summary>Sentences that several indicators share.</summary>
static class Wording
{
    public static readonly Said CountBounds = new(
        "What is visible counts: the lower bound is the value. The upper bound adds every work with a truncated author list that passes the filters and is not counted.",
        "Ce qui est visible compte\u202F: la borne inférieure est la valeur. La borne supérieure ajoute toute publication à liste d’auteurs tronquée qui passe les filtres et n’est pas comptée.");
    public static readonly Said OutputBounds = new(
        CountBounds.En + " In fractions a truncated work, counted or not, may weigh anything from next to nothing to 1: the lower bound is the sum over the works whose authors are all visible, and each truncated work adds 1 to the upper one.",
        CountBounds.Fr + " En fractions, une publication tronquée, comptée ou non, peut peser de presque rien à 1\u202F: la borne inférieure est la somme sur les publications dont tous les auteurs sont visibles, et chaque publication tronquée ajoute 1 à la borne supérieure.");
    public static readonly Said ShareBounds = new(
        "The lowest and the highest share that the hidden authors allow: see “Bounds of shares” in docs/domain/indicators.md.",
        "La plus basse et la plus haute part que permettent les auteurs cachés\u202F: voir «\u202FBounds of shares\u202F» dans docs/domain/indicators.md.");

    public static readonly Said CountRange = new("a whole number from 0; in fractions any number from 0", "un nombre entier dès 0\u202F; en fractions, tout nombre dès 0");
    public static readonly Said CountNulls = new("never: an organisation without works gives 0", "jamais\u202F: une organisation sans publications donne 0");
    public static readonly Said ShareRange = new("0 to 1", "de 0 à 1");
    public static readonly Said ShareNulls = new("where there is no work to take a share of", "où il n’y a pas de publication dont prendre une part");
    public static readonly Said SimilarityRange = new("0 (no joint work) to 1 (the same works)", "de 0 (aucune publication commune) à 1 (les mêmes publications)");
    public static readonly Said SimilarityNulls = new("where one of the two has no work", "où l’un des deux n’a pas de publication");
    public static readonly Said Structural = new(
        "Structural co-publications (a joint unit, a double affiliation) inflate the joint count: read it with the structural share.",
        "Les copublications structurelles (unité commune, double affiliation) gonflent le compte commun\u202F: lisez-le avec la part structurelle.");
    public static readonly Said FrameCaveat = new(
        "It depends on the frame: every work of the vintage that passes the filters. On a selection the frame is what was imported, and the figure speaks of nothing else.",
        "Il dépend du cadre\u202F: toute publication du millésime qui passe les filtres. Sur une sélection, le cadre est ce qui fut importé, et le chiffre ne parle de rien d’autre.");
    public static readonly Said TwoAssociations = new(
        "Two packages call two formulas “association”: this one is named by its variant, and the two are never compared.",
        "Deux logiciels nomment «\u202Fassociation\u202F» deux formules\u202F: celle-ci est désignée par sa variante, et les deux ne se comparent jamais.");
    public static readonly Said PairBounds = new(
        "The least and the most that the truncated works allow, each of which may turn out to be of A, of B, of both or of neither.",
        "Le moins et le plus que permettent les publications tronquées, dont chacune peut se révéler de A, de B, des deux ou d’aucun.");
    public static readonly Said NoBounds = new(
        "Without truncated works both bounds are the value. A hidden author may bring any number of institutions: with one truncated work in the frame no bound is known, and both are null.",
        "Sans publication tronquée, les deux bornes sont la valeur. Un auteur caché peut apporter un nombre quelconque d’établissements\u202F: dès qu’une publication du cadre est tronquée, aucune borne n’est connue, et les deux sont nulles.");
    public static readonly Said ExpectedRange = new("0 or more; 1 is what independence would give", "dès 0\u202F; 1 est ce que donnerait l’indépendance");
    public static readonly Said KnownBounds = new(
        "The least and the most that truncated works allow which may turn out to be of A: what they are about is known.",
        "Le moins et le plus que permettent les publications tronquées qui peuvent se révéler de A\u202F: ce dont elles traitent est connu.");
    public static readonly Said WeightedShareBounds = new(
        ShareBounds.En + " In fractions a truncated work may weigh anything from next to nothing to 1, in the share or out of it: with n and d the sums over the works whose authors are all visible and t the truncated works, n / (d + t) and (n + t) / (d + t).",
        ShareBounds.Fr + " En fractions, une publication tronquée peut peser de presque rien à 1, dans la part ou hors d’elle\u202F: avec n et d les sommes sur les publications dont tous les auteurs sont visibles et t les publications tronquées, n / (d + t) et (n + t) / (d + t).");
    public static readonly Said OnePersonTwoCountries = new(
        "One person with two affiliations makes a work a collaboration, and an international one where they are in two countries.",
        "Une personne à deux affiliations fait d’une publication une collaboration, et une internationale si elles sont dans deux pays.");
}
