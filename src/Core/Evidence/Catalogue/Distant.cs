using Entente.Core.Kernel;

namespace Entente.Core.Evidence.Catalogue;

/// <summary>How far apart those are who work together (REFERENCE 4.2).</summary>
static class Distant
{
    const string Formula = "d(p) = max over places x, y of p of 2R · asin √(sin²((φy − φx)/2) + cos φx · cos φy · sin²((λy − λx)/2)), R = 6371.01 km, rounded to a metre";

    static readonly Said Places = new(
        "An institution is where ROR places the id that the work gives it: at the first location of its record in the newest release that was imported, or in that of --release, withdrawn records included. That is a town, not a building, and of an organisation of many sites its seat.",
        "Un établissement est où ROR place l’identifiant que lui donne la publication\u202F: au premier lieu de sa notice dans la plus récente version importée, ou dans celle de --release, notices retirées comprises. C’est une ville, non un bâtiment, et pour une organisation de plusieurs sites son siège.");

    static readonly Said Unknown = new(
        "An institution without a ROR id, or that the release does not place, is nowhere that is known: a work of such alone has no distance and is left out; a work with others may be longer than is seen.",
        "Un établissement sans identifiant ROR, ou que la version ne place pas, n’a pas de lieu connu\u202F: une publication qui n’en a pas d’autre n’a pas de distance et est laissée de côté\u202F; une publication qui en a d’autres peut être plus étendue qu’il n’y paraît.");

    static readonly Said OnePerson = new(
        "One person with two affiliations makes a distance as two people do.", "Une personne à deux affiliations fait une distance comme deux personnes.");

    public static IReadOnlyList<Indicator> All { get; } =
    [
        new()
        {
            Key = "collaboration-distance", Version = 1, Unit = "kilometres", Needs = Needs.One, AlsoOfPair = true, Countings = [Counting.Full], Family = Family.Collaboration, ByPlace = true,
            Name = new("Collaboration distance", "Distance de collaboration"),
            Meaning = new("How far apart those are who work together, in the mean.", "À quelle distance en moyenne sont ceux qui travaillent ensemble."),
            Definition = new(
                "The mean, over the works whose distance is known, of the longest great-circle distance between two institutions that the work lists, in whole metres; 0 for a work of one place. Institutions are where a release of ROR places them.",
                "La moyenne, sur les publications dont la distance est connue, de la plus grande distance orthodromique entre deux établissements que mentionne la publication, en mètres entiers\u202F; 0 pour une publication d’un seul lieu. Les établissements sont où une version de ROR les place."),
            Formula = $"Σ d(p) / n, p with a known place; {Formula}", Range = new("0 (all in one place) to 20,015 km (half around the earth)", "de 0 (tout au même lieu) à 20\u202F015 km (la moitié du tour de la terre)"),
            Nulls = new("where no work has a known place", "où aucune publication n’a de lieu connu"),
            Bounds = new(
                "Outer bounds. Below, works without a distance and every truncated work that may come in count with 0. Above, they count with half the way around the earth, and so does each work whose authors or places are not all known.",
                "Bornes extérieures. En bas, les publications sans distance et toute publication tronquée qui peut entrer comptent pour 0. En haut, elles comptent pour la moitié du tour de la terre, comme toute publication dont les auteurs ou les lieux ne sont pas tous connus."),
            Caveats = [Places, Unknown, OnePerson], Sources = [References.Cwts, References.Kilometres, References.Haversine, References.Ror, References.OpenAlex, References.Own],
            Example = "entente figure collaboration-distance --between cnrs imperial --release v2.3",
            TestVector = new(
                "CNRS and U1 in Paris (48.85341, 2.3488), ICL and IRL in London (51.50853, −0.12574), UTK in Tokyo (35.6895, 139.69171): Paris–London 343.771 km, Paris–Tokyo 9,712.520 km, London–Tokyo 9,558.547 km. CNRS, direct: W1, W2, W5 343.771, W3, W8 9,712.520, mean 20,456.353 / 5 = 4,091.2706; CNRS–ICL: (3 · 343.771 + 9,712.520) / 4 = 2,685.95825",
                "CNRS et U1 à Paris (48,85341\u202F; 2,3488), ICL et IRL à Londres (51,50853\u202F; −0,12574), UTK à Tokyo (35,6895\u202F; 139,69171)\u202F: Paris–Londres 343,771 km, Paris–Tokyo 9\u202F712,520 km, Londres–Tokyo 9\u202F558,547 km. CNRS, directe\u202F: W1, W2, W5 343,771, W3, W8 9\u202F712,520, moyenne 20\u202F456,353 / 5 = 4\u202F091,2706\u202F; CNRS–ICL\u202F: (3 · 343,771 + 9\u202F712,520) / 4 = 2\u202F685,95825"),
        },
        new()
        {
            Key = "long-distance-share", Version = 1, Unit = "share", Needs = Needs.One, Countings = [Counting.Full], Family = Family.Collaboration, ByPlace = true, Kilometres = 1000,
            Name = new("Share of long distance", "Part à longue distance"),
            Meaning = new("How much of the work is made over a long distance.", "Quelle part des publications se fait à longue distance."),
            Definition = new(
                "Works of A whose distance is at least N kilometres, over the works of A whose distance is known; N is told with --kilometres, 1000 unless told. The distance of a work is the longest great circle between two institutions that it lists, where a release of ROR places them.",
                "Publications de A dont la distance est d’au moins N kilomètres, rapportées aux publications de A dont la distance est connue\u202F; N se dit par --kilometres, 1000 sans précision. La distance d’une publication est le plus long grand cercle entre deux établissements qu’elle mentionne, où une version de ROR les place."),
            Formula = $"|{{p ∈ A : d(p) ≥ N}}| / |{{p ∈ A : d(p) known}}|; {Formula}", Range = Wording.ShareRange, Nulls = new("where no work has a known place", "où aucune publication n’a de lieu connu"),
            Bounds = new(
                Wording.ShareBounds.En + " A place that is not known is as a hidden author: a work that is not yet long may be, and a work without any known place may come in.",
                Wording.ShareBounds.Fr + " Un lieu inconnu vaut un auteur caché\u202F: une publication qui n’est pas encore à longue distance peut l’être, et une publication sans lieu connu peut entrer."),
            Caveats = [Places, Unknown, OnePerson, new("Shares by different thresholds are different figures.", "Des parts à des seuils différents sont des chiffres différents.")],
            Sources = [References.Cwts, References.Kilometres, References.Haversine, References.Ror, References.OpenAlex, References.Own],
            Example = "entente figure long-distance-share --of cnrs --kilometres 5000",
            TestVector = new("places as of collaboration-distance; CNRS, direct: {W3, W8} of 5 = 0.4; from 300 km on 5 of 5 = 1; ICL: {W8} of 5 = 0.2, short {W4}", "lieux comme pour collaboration-distance\u202F; CNRS, directe\u202F: {W3, W8} sur 5 = 0,4\u202F; dès 300 km 5 sur 5 = 1\u202F; ICL\u202F: {W8} sur 5 = 0,2, courte {W4}"),
        },
    ];
}
