using System.Globalization;
using System.Text.RegularExpressions;
using Entente.Core.Kernel;

namespace Entente.Core.Evidence.Rnsr;

/// <summary>From a row of the register's table to an entry. Several values stand in one field, separated by semicolons, and fields that describe the same things keep the same order.</summary>
static partial class RegisterRow
{
    static readonly string[] Needed = ["numero_national_de_structure", "libelle", "annee_de_creation", "code_de_type_de_structure", "tutelles"];

    public static bool IsHeader(string[] header) => Needed.All(header.Contains);

    public static Outcome<RegisterEntry> Parse(string[] header, string[] fields)
    {
        if (fields.Length != header.Length)
            return Refused($"{fields.Length} fields under {header.Length} columns", $"{fields.Length} champs pour {header.Length} colonnes");
        var number = Text("numero_national_de_structure");
        if (!NumberForm().IsMatch(number))
            return Refused($"“{number}” is not a national structure number", $"«\u202F{number}\u202F» n’est pas un numéro national de structure");
        var year = Text("annee_de_creation");
        if (year.Length > 0 && Year(year) is null)
            return Refused($"“{year}” is not a year of creation", $"«\u202F{year}\u202F» n’est pas une année de création");
        return new RegisterEntry
        {
            Number = number,
            Name = Text("libelle"),
            Acronym = Text("sigle"),
            Year = Year(year),
            Type = Text("type_de_structure"),
            TypeCode = Text("code_de_type_de_structure"),
            Website = Text("site_web"),
            Address = Text("adresse"),
            Postcode = Text("code_postal"),
            Place = Text("commune"),
            Heads = [.. Side("nom_du_responsable", "prenom_du_responsable", "titre_du_responsable").Select(h => new RegisterHead(h[1], h[0], h[2]))],
            Supervisors = [.. Side("tutelles", "sigles_des_tutelles", "nature_de_tutelle", "code_de_type_de_tutelle", "label_numero", "uai_des_tutelles", "siret_des_tutelles")
                .Select(t => new RegisterSupervisor(t[0], t[1], t[2], t[3], t[4], t[5], t[6]))],
            Parents = Several("numero_de_structure_parent"),
            Children = Several("numero_de_structure_enfant"),
            Predecessors = [.. Side("numero_de_structure_historique", "type_de_succession", "annee_d_effet_historique").Select(p => new RegisterPredecessor(p[0], p[1], Year(p[2])))],
            Domains = Several("domaine_scientifique"),
            Panels = Several("panel_erc"),
            Page = Text("fiche_rnsr"),
        };

        string Text(string column) => Array.IndexOf(header, column) is var at and >= 0 ? fields[at].Trim() : "";

        string[] Several(string column) => Text(column) is { Length: > 0 } text ? [.. text.Split(';').Select(part => part.Trim())] : [];

        // The nth values of columns that run side by side. A column with another number of values than the first says nothing of which is whose.
        IEnumerable<string[]> Side(params string[] columns)
        {
            var values = columns.Select(Several).ToArray();
            for (var n = 0; n < values[0].Length; n++)
                yield return [.. values.Select(of => of.Length == values[0].Length ? of[n] : "")];
        }
    }

    static int? Year(string text) => text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : null;

    static Refusal Refused(string en, string fr) => Refusal.Invalid("not-a-register-row", en, fr);

    [GeneratedRegex(@"^[0-9]{9}[A-Z]\z")]
    private static partial Regex NumberForm();
}
