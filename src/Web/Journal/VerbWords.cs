using Entente.Core.Kernel;
using Entente.Web.Portfolio.Editing;

namespace Entente.Web.Journal;

/// <summary>What the journal's verbs say: structures.edit is “structure: changed”.</summary>
public static class VerbWords
{
    static readonly Dictionary<string, Said> Nouns = new(StringComparer.Ordinal)
    {
        ["portfolio"] = new("portfolio", "portefeuille"), ["record"] = new("record", "fiche"), ["journal"] = new("journal", "journal"),
        ["account"] = new("account", "compte"), ["invitation"] = new("invitation", "invitation"), ["evidence"] = new("evidence", "preuves"),
        ["structure"] = new("structure", "structure"), ["agreement"] = new("agreement", "accord"), ["claim"] = new("claim", "affirmation"),
        ["rule"] = new("rule", "règle"), ["import"] = new("import", "import"), ["table"] = new("table", "tableau"), ["deadline"] = new("deadline", "échéance"),
        ["approval"] = new("approval", "approbation"), ["document"] = Said.Same("document"), ["money"] = new("money", "argent"),
        ["contradiction"] = Said.Same("contradiction"), ["feed"] = new("calendar", "calendrier"), ["mail"] = new("mail", "courrier"), ["person"] = new("person", "personne"),
        ["reminder"] = new("reminders", "rappels"), ["retention"] = new("retention", "conservation"), ["rules"] = new("rules", "règles"), ["store"] = new("store", "base"),
    };

    static readonly Dictionary<string, Said> Actions = new(StringComparer.Ordinal)
    {
        ["add"] = new("added", "ajout"), ["edit"] = new("changed", "modification"), ["delete"] = new("removed", "suppression"),
        ["rename"] = new("renamed", "changement de nom"), ["split"] = new("split", "scission"), ["end"] = new("ended", "clôture"),
        ["load"] = new("loaded", "chargement"), ["clear"] = new("cleared", "retrait"), ["none"] = new("emptied", "mise à vide"),
        ["restore"] = new("restored", "rétablissement"), ["undo"] = new("taken back", "annulation"), ["import"] = new("imported", "import"),
        ["grant"] = new("role given", "rôle donné"), ["revoke"] = new("role taken", "rôle retiré"), ["close"] = new("closed", "fermeture"),
        ["create"] = new("created", "création"), ["accept"] = new("accepted", "acceptation"), ["make"] = new("made", "création"),
        ["withdraw"] = new("withdrawn", "retrait"), ["suspend"] = new("suspended", "suspension"), ["resume"] = new("resumed", "reprise"),
        ["approve"] = new("approved", "approbation"), ["sign"] = new("signed", "signature"), ["amend"] = new("amended", "avenant"),
        ["renew"] = new("renewed", "renouvellement"), ["draft"] = new("drafted", "projet"), ["give"] = new("given", "donnée"), ["effect"] = new("took effect", "prise d’effet"),
        ["redraft"] = new("draft changed", "projet modifié"), ["propose"] = new("amendment proposed", "avenant proposé"), ["give-up"] = new("amendment given up", "avenant abandonné"),
        ["let-end"] = new("let end", "laissé prendre fin"), ["date"] = new("dated", "date inscrite"), ["upload"] = new("kept", "conservation"), ["remove"] = new("removed", "retrait"),
        ["settle"] = new("settled", "arbitrage"), ["reopen"] = new("reopened", "réouverture"), ["sign-in"] = new("signed in", "connexion"),
        ["password"] = new("password changed", "mot de passe changé"), ["recover"] = new("recovered by a link", "accès rétabli par un lien"), ["link"] = new("identity linked", "identité reliée"),
        ["unlink"] = new("identity unlinked", "identité déliée"), ["end-sessions"] = new("sessions ended", "sessions closes"),
        ["begin-factor"] = new("second factor begun", "second facteur commencé"), ["factor-on"] = new("second factor on", "second facteur activé"), ["factor-off"] = new("second factor off", "second facteur désactivé"),
        ["renew-codes"] = new("recovery codes renewed", "codes de secours renouvelés"), ["use-code"] = new("code used", "code utilisé"), ["use-recovery-code"] = new("recovery code used", "code de secours utilisé"),
        ["add-passkey"] = new("passkey added", "clé d’accès ajoutée"), ["remove-passkey"] = new("passkey removed", "clé d’accès retirée"), ["use-passkey"] = new("passkey used", "clé d’accès utilisée"),
        ["server"] = new("server set", "serveur réglé"), ["test"] = new("test sent", "essai envoyé"), ["erase"] = new("erased", "effacement"), ["export"] = new("exported", "export"),
        ["choose"] = new("chosen", "choix"), ["run"] = new("run", "passage"), ["contest"] = new("contested", "contestation"), ["uncontest"] = new("no longer contested", "contestation retirée"),
        ["merge"] = new("segments merged", "segments fusionnés"), ["publish"] = new("published", "publication"), ["migrate"] = new("moved", "déplacement"),
    };

    /// <summary>The nouns that the journal can be narrowed to.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
        ["structures", "acts", "parties", "sites", "roles", "themes", "goals", "facts", "notes", "organisations", "people", "sources", "instruments", "citations",
            "successions", "agreement", "approval", "portfolio", "record", "journal", "account", "evidence"];

    public static Said Noun(string noun) => Nouns.TryGetValue(noun, out var said) ? said : FieldWords.One(noun);

    /// <summary>Whether a verb is said in words, rather than as it is written.</summary>
    public static bool Knows(string verb) => verb.Split('.', 2) is [var noun, var action] && (Nouns.ContainsKey(noun) || FieldWords.IsTable(noun)) && Actions.ContainsKey(action);

    public static string In(string verb, Lang lang)
    {
        var parts = verb.Split('.', 2);
        var noun = Noun(parts[0]).In(lang);
        noun = char.ToUpperInvariant(noun[0]) + noun[1..];
        if (parts.Length < 2) return noun;
        var action = Actions.TryGetValue(parts[1], out var said) ? said.In(lang) : parts[1].Replace('-', ' ');
        return lang == Lang.Fr ? $"{noun}\u202F: {action}" : $"{noun}: {action}";
    }
}
