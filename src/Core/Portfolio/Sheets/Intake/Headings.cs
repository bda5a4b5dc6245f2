using Entente.Core.Portfolio.Editing;

namespace Entente.Core.Portfolio.Sheets.Intake;

/// <summary>Proposes what the columns of a sheet stand for, from their headings in English or French.</summary>
public static class Headings
{
    /// <summary>Written at the head of the reasons in the sheet of refused rows, so that they are left out when it comes back.</summary>
    public const string Reason = "entente: reason";

    static readonly Dictionary<string, string[]> Synonyms = new(StringComparer.Ordinal)
    {
        ["key"] = ["cle", "identifiant", "id entente"],
        ["name"] = ["nom", "intitule", "titre", "denomination", "acronyme", "acronym", "name of the cooperation", "nom de la cooperation", "project", "projet", "structure", "cooperation", "libelle"],
        ["name_fr"] = ["nom francais", "nom fr", "nom en francais", "french name", "titre francais"],
        ["long_name"] = ["nom long", "nom complet", "full name", "intitule long", "developpe"],
        ["kind"] = ["type", "nature", "label", "outil", "dispositif", "instrument", "genre", "type de cooperation", "type of cooperation", "tool"],
        ["instrument"] = ["type", "label", "outil", "dispositif", "tool"],
        ["country"] = ["pays", "country code", "code pays", "pays partenaire", "partner country"],
        ["start"] = ["debut", "date de debut", "date debut", "start date", "begin", "depuis", "since", "annee de creation", "creation", "date de creation", "year", "annee", "created", "founded"],
        ["end"] = ["fin", "date de fin", "date fin", "end date", "until", "echeance", "expiry", "jusqu au"],
        ["signed"] = ["signature", "date de signature", "signe le", "signed on", "date signed"],
        ["since"] = ["depuis", "debut", "start", "from", "date de debut"],
        ["until"] = ["jusqu au", "fin", "end", "to", "date de fin"],
        ["partners"] = ["partenaires", "partner", "partenaire", "etablissements", "institutions", "etablissements partenaires", "partner institutions", "organisations", "parties", "tutelles"],
        ["organisation"] = ["organisme", "etablissement", "institution", "partenaire", "partner", "organization"],
        ["coordinator"] = ["coordinateur", "coordinatrice", "coordonnateur", "coordinators", "coordinateurs", "responsable", "responsables", "pi", "directeur", "director", "porteur", "porteurs", "contact scientifique", "scientific lead"],
        ["themes"] = ["theme", "thematique", "thematiques", "sujet", "sujets", "subjects", "subject", "mots cles", "keywords", "domaine", "field", "discipline"],
        ["budget"] = ["financement", "montant", "amount", "funding", "cout"],
        ["code"] = ["numero", "number", "sigle", "matricule", "umi", "irl", "reference", "ref"],
        ["centre"] = ["center", "irc", "centre de rattachement", "umbrella"],
        ["comment"] = ["commentaire", "commentaires", "comments", "remarque", "remarques", "notes", "note", "observations"],
        ["source"] = ["sources", "origine"],
        ["wording"] = ["citation", "texte publie", "quote"],
        ["audience"] = ["confidentialite", "visibilite", "visibility"],
        ["title"] = ["titre", "intitule"],
        ["short"] = ["sigle", "nom court", "abreviation", "acronyme", "acronym"],
        ["parent"] = ["rattachement", "etablissement parent", "parent organisation"],
        ["ror"] = ["ror id", "identifiant ror"],
        ["person"] = ["personne", "nom", "name"],
        ["side"] = ["cote", "partenaire"],
        ["affiliation"] = ["laboratoire", "departement", "department"],
        ["text"] = ["texte", "contenu"],
        ["text_fr"] = ["texte francais", "french text"],
        ["amount"] = ["montant", "somme"],
        ["currency"] = ["devise", "monnaie"],
        ["year"] = ["annee", "exercice"],
        ["value"] = ["valeur"],
        ["date"] = ["jour", "le"],
        ["role"] = ["roles", "fonction"],
        ["orcid"] = ["orcid id"],
    };

    /// <summary>What a wide table of cooperations can say, in the order of its form.</summary>
    public static IReadOnlyList<string> OfCooperations { get; } =
        ["name", "name_fr", "long_name", "kind", "code", "key", "partners", "country", "start", "end", "signed", "coordinator", "themes", "budget", "centre", "comment"];

    public static IReadOnlyList<string> FieldsOf(string target) => target == Mapping.Cooperations ? OfCooperations
        : RowEditing.Table(target) is { } file ? [.. file.Find("key") is null ? new[] { Exporting.Id } : [], .. file.Columns.Select(c => c.Name)] : [];

    /// <summary>Several columns may hold coordinators; of any other field there is one.</summary>
    static bool Several(string field) => field == "coordinator";

    /// <summary>Fields by column, as the headings say; those that say nothing known are left out.</summary>
    public static IReadOnlyDictionary<int, string> Propose(SheetRow header, string target)
    {
        var fields = FieldsOf(target);
        var taken = new Dictionary<int, string>();
        foreach (var exact in (bool[])[true, false])
            for (var i = 0; i < header.Cells.Count; i++)
                if (!taken.ContainsKey(i) && header[i].Text != Reason && fields.FirstOrDefault(f => (Several(f) || !taken.ContainsValue(f)) && Says(header[i].Text, f, exact)) is { } field)
                    taken[i] = field;
        return taken;
    }

    // First headings that are the field's own name or a synonym; then those that begin with one, as “Coordinateur CNRS” does.
    static bool Says(string heading, string field, bool exact)
    {
        var said = CellReading.Squash(heading);
        string[] names = [field.Replace('_', ' '), .. Synonyms.GetValueOrDefault(field, [])];
        return exact ? names.Contains(said) : names.Any(n => n.Length > 3 && said.StartsWith(n + " ", StringComparison.Ordinal));
    }

    /// <summary>The line whose cells are most like headings, among the first twenty: sheets begin with titles and logos.</summary>
    public static SheetRow? HeaderOf(Sheet sheet) => sheet.Rows.Take(20).MaxBy(row => (row.Cells.Count(c => !c.IsEmpty && IsKnown(c.Text)), -row.Line));

    static bool IsKnown(string heading) => Targets.Any(target => FieldsOf(target).Any(f => Says(heading, f, exact: true)));

    public static IReadOnlyList<string> Targets { get; } = [Mapping.Cooperations, .. PortfolioFileSet.All.Select(f => f.Name)];

    /// <summary>The target whose fields the headings name best; the wide table where none does better.</summary>
    public static string TargetOf(SheetRow header)
    {
        double Fit(string target)
        {
            var proposed = Propose(header, target);
            var named = header.Cells.Select((c, i) => proposed.TryGetValue(i, out var f) && CellReading.Squash(c.Text) == f.Replace('_', ' ')).Count(same => same);
            var missing = RowEditing.Table(target) is { } file ? file.Columns.Count(c => c.Required && c.Kind != ColumnKind.Sources && !proposed.Values.Contains(c.Name)) : 0;
            return proposed.Count + (0.5 * named) - (1.5 * missing);
        }
        return Targets.MaxBy(Fit)!;
    }
}
