using Entente.Core.Accounts.Personal;
using Entente.Core.Kernel;

namespace Entente.Web.Privacy;

/// <summary>Words of the pages on personal data.</summary>
static class PrivacyWords
{
    public static Said Of(Fate fate) => fate switch
    {
        Fate.Gone => new("removed", "retiré"),
        Fate.Nameless => new("kept for counts, without name or words", "gardé pour les effectifs, sans nom ni texte"),
        Fate.Wordless => new("words about the person removed, hashes kept", "textes sur la personne retirés, empreintes gardées"),
        Fate.Stays => new("kept", "gardé"),
    };

    /// <summary>What a table keeps, without the details after the colon.</summary>
    public static Said Short(string table) => PersonalData.Find(table) is { } personal
        ? new(Head(personal.What.En), Head(personal.What.Fr)) : Known.GetValueOrDefault(table) is { En: not null } known ? known : Said.Same(table);

    static string Head(string what) => what.Split(':')[0].Trim().TrimEnd('\u202F');

    static readonly Dictionary<string, Said> Known = new()
    {
        ["source"] = Said.Same("Sources"), ["organisation"] = Said.Same("Organisations"), ["organisation_name"] = new("Names of organisations", "Noms d’organisations"),
        ["structure"] = Said.Same("Structures"), ["act"] = new("Events of structures", "Événements de structures"), ["agreement"] = new("Agreements", "Accords"),
        ["note"] = Said.Same("Notes"), ["fact"] = new("Facts", "Faits"), ["claim"] = new("Claims", "Affirmations"), ["deadline"] = new("Deadlines", "Échéances"),
        ["citation"] = Said.Same("Citations"), ["theme"] = new("Themes", "Thèmes"), ["suspension"] = Said.Same("Suspensions"), ["instrument"] = Said.Same("Instruments"),
        ["setting"] = new("Settings", "Réglages"), ["mail_server"] = new("Mail server", "Serveur de courriel"), ["document"] = Said.Same("Documents"), ["rule"] = new("Rules", "Règles"),
        ["party"] = Said.Same("Parties"), ["site"] = Said.Same("Sites"), ["money"] = Said.Same("Budgets"), ["job"] = new("Daily jobs", "Tâches quotidiennes"),
    };
}
