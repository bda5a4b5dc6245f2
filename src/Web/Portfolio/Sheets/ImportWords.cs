using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Sheets;
using Entente.Core.Portfolio.Sheets.Intake;
using Entente.Web.Portfolio.Editing;
using Entente.Web.Shell;
using Entente.Web.Shell.Forms;

namespace Entente.Web.Portfolio.Sheets;

/// <summary>What targets, fields and fates are called.</summary>
static class ImportWords
{
    static readonly Dictionary<string, Said> Cooperation = new(StringComparer.Ordinal)
    {
        ["name"] = new("Name", "Nom"), ["name_fr"] = new("Name in French", "Nom en français"), ["long_name"] = new("Name in full", "Nom développé"),
        ["kind"] = new("Kind or label", "Type ou label"), ["code"] = new("Code or number", "Code ou numéro"), ["key"] = new("Key", "Clé"),
        ["partners"] = new("Partners, separated by\u202F;", "Partenaires, séparés par\u202F;"), ["country"] = new("Country", "Pays"), ["start"] = new("Start", "Début"),
        ["end"] = new("End of the agreement", "Fin de l’accord"), ["signed"] = new("Date of signature", "Date de signature"), ["coordinator"] = new("Coordinators", "Coordinateurs"),
        ["themes"] = new("Themes, separated by\u202F;", "Thèmes, séparés par\u202F;"), ["budget"] = new("Budget, as written", "Budget, tel qu’écrit"),
        ["centre"] = new("Centre that it belongs to", "Centre de rattachement"), ["comment"] = new("Comment", "Commentaire"),
    };

    public static Said Target(string target) => target == Mapping.Cooperations
        ? new("Cooperations: a line each, with partners, people and dates", "Coopérations\u202F: une ligne chacune, avec partenaires, personnes et dates")
        : FieldWords.Many(target);

    public static IEnumerable<Option> Targets(Reader l) => Headings.Targets.Select(t => new Option(t, l.Say(Target(t))));

    public static IEnumerable<Option> Fields(string target, PortfolioRecord record, Reader l)
    {
        foreach (var field in Headings.FieldsOf(target))
        {
            yield return new(field, l.Say(Field(target, field)));
            if (target != Mapping.Cooperations || field != "coordinator") continue;
            foreach (var side in record.Organisations.Values.Where(o => o.Kind == OrganisationKind.Institution).OrderBy(o => o.Short ?? o.Name, StringComparer.OrdinalIgnoreCase))
                yield return new($"{field}@{side.Key}", l.Say($"Coordinators, for {side.Short ?? side.Name}", $"Coordinateurs, pour {side.Short ?? side.Name}"));
        }
    }

    public static Said Field(string target, string field) => field == Exporting.Id ? new("Number of the row", "Numéro de la ligne")
        : target == Mapping.Cooperations ? Cooperation[field] : FieldWords.Label(target, field);

    public static Said One(RowFate fate) => fate switch
    {
        RowFate.Added => new("added", "ajoutée"),
        RowFate.Changed => new("changed", "modifiée"),
        RowFate.Unchanged => new("as it is", "inchangée"),
        RowFate.Refused => new("refused", "refusée"),
    };

    public static Said Many(RowFate fate) => fate switch
    {
        RowFate.Added => new("Added", "Ajoutées"),
        RowFate.Changed => new("Changed", "Modifiées"),
        RowFate.Unchanged => new("As they are", "Inchangées"),
        RowFate.Refused => new("Refused", "Refusées"),
    };

    public static string Key(RowFate fate) => fate.ToString().ToLowerInvariant();

    public static IEnumerable<Option> Audiences(PortfolioRecord record, Actor actor, Reader l)
    {
        yield return new("public", l.Say("Everyone", "Tout le monde"));
        yield return new("both", l.Say("Every side of the record", "Tous les côtés de la fiche"));
        foreach (var side in actor.Operator ? [] : actor.Sides.Where(record.Organisations.ContainsKey))
            yield return new($"side:{side}", l.Say($"{record.Organisations[side].Short ?? side} alone", $"{record.Organisations[side].Short ?? side} seulement"));
    }
}
