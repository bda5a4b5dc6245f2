using Entente.Core.Kernel;

namespace Entente.Web.Api;

/// <summary>What each parameter of an address means, once for the whole API: the OpenAPI document and the API page read it here.</summary>
public static class ApiParameters
{
    public static IReadOnlyDictionary<string, Said> All { get; } = new Dictionary<string, Said>(StringComparer.Ordinal)
    {
        ["a"] = new("The one side of the pair: a ROR id, a key or an exact name. The order of the sides is a matter of taste.",
            "L’un des côtés de la paire : identifiant ROR, clé ou nom exact. L’ordre des côtés est affaire de goût."),
        ["b"] = new("The other side of the pair: a ROR id, a key or an exact name.", "L’autre côté de la paire : identifiant ROR, clé ou nom exact."),
        ["between"] = new("A pair: two organisations with a comma between, each by ROR id, key or exact name.",
            "Une paire : deux organisations séparées par une virgule, chacune par identifiant ROR, clé ou nom exact."),
        ["of"] = new("One organisation, by ROR id, key or exact name.", "Une organisation, par identifiant ROR, clé ou nom exact."),
        ["with"] = new("The ISO code of a statistical country, such as JP.", "Le code ISO d’un pays statistique, comme JP."),
        ["years"] = new("Years of publication, both ends included: 2017-2022, or 2020. Every year of the vintage unless told.",
            "Années de publication, bornes comprises : 2017-2022, ou 2020. Toutes celles du millésime sans précision."),
        ["membership"] = new("direct, lineage or perimeter; lineage unless told.", "direct, lineage ou perimeter ; lineage sans précision."),
        ["counting"] = new("full, author, organisation or country; full unless told. Fractional counts are refused for pairs.",
            "full, author, organisation ou country ; full sans précision. Les comptages fractionnaires sont refusés pour les paires."),
        ["vintage"] = new("The id of a vintage; the newest real one of the kind needed unless told, else the newest synthetic one.",
            "L’identifiant d’un millésime ; sans précision le plus récent réel du genre voulu, sinon le plus récent synthétique."),
        ["release"] = new("A ROR release, such as v2.9; the highest imported unless told.", "Une version de ROR, comme v2.9 ; la plus haute importée sans précision."),
        ["receipt"] = new("1 computes the figure’s receipt and keeps it; digests cost more than figures.",
            "1 calcule le reçu du chiffre et le garde ; les empreintes coûtent plus que les chiffres."),
        ["figure"] = new("The key of an indicator, such as co-publications.", "La clé d’un indicateur, comme co-publications."),
        ["upper"] = new("1 gives the works that are only in the upper bound, instead of those counted.",
            "1 donne les travaux de la seule borne haute, au lieu de ceux qui sont comptés."),
        ["countsAs"] = new("Only works that count so: counted, distinct-authors, structural or upper-bound-only.",
            "Seulement les travaux comptés ainsi : counted, distinct-authors, structural ou upper-bound-only."),
        ["type"] = new("Only works of this type, as the source names it, such as article.", "Seulement les travaux de ce type, tel que la source le nomme, comme article."),
        ["year"] = new("Only works of this year.", "Seulement les travaux de cette année."),
        ["key"] = new("The key of what is asked for, as its list gives it.", "La clé de ce qui est demandé, telle que la liste la donne."),
        ["id"] = new("The id of what is asked for, as its list gives it.", "L’identifiant de ce qui est demandé, tel que la liste le donne."),
        ["from"] = new("The earlier ROR release, such as v1.29.", "La première version de ROR, comme v1.29."),
        ["to"] = new("The later ROR release, such as v1.30.", "La seconde version de ROR, comme v1.30."),
        ["kind"] = new("Only those of this kind.", "Seulement celles de ce genre."),
        ["country"] = new("Only those in this country, by its ISO code.", "Seulement celles de ce pays, par son code ISO."),
        ["status"] = new("Only those in this state.", "Seulement celles dans cet état."),
        ["instrument"] = new("Only those of this instrument, by its key, such as irp.", "Seulement celles de cet instrument, par sa clé, comme irp."),
        ["organisation"] = new("Only those of this organisation, by ROR id, key or exact name.", "Seulement celles de cette organisation, par identifiant ROR, clé ou nom exact."),
        ["subject"] = new("Only those on this subject, by its key.", "Seulement celles sur ce sujet, par sa clé."),
        ["source"] = new("Only those of this source, by its key, such as S1.", "Seulement celles de cette source, par sa clé, comme S1."),
        ["verdict"] = new("Only claims with this verdict: consistent, explainable, contradictory or not-comparable.",
            "Seulement les affirmations de ce verdict : consistent, explainable, contradictory ou not-comparable."),
        ["page"] = new("The page, from 1.", "La page, à partir de 1."),
        ["size"] = new("Rows on a page, from 1 to 1000; 100 unless told.", "Lignes par page, de 1 à 1000 ; 100 sans précision."),
        ["sort"] = new("The field to sort by; a minus sign before it turns the order round. A refusal lists the fields.",
            "Le champ de tri ; un signe moins devant renverse l’ordre. Un refus énumère les champs."),
        ["q"] = new("Words that a row must hold, in any field, in any case.", "Des mots que la ligne doit contenir, dans tout champ, quelle que soit la casse."),
        ["format"] = new("json, or every row that passes the filters as a table: csv (RFC 4180, UTF-8) or xlsx.",
            "json, ou toutes les lignes qui passent les filtres, en tableau : csv (RFC 4180, UTF-8) ou xlsx."),
        ["lang"] = new("The language of refusals: en or fr; the reader’s unless told.", "La langue des refus : en ou fr ; celle du lecteur sans précision."),
    };
}
