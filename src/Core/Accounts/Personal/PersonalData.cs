using Entente.Core.Kernel;

namespace Entente.Core.Accounts.Personal;

/// <summary>
/// What this program keeps of people. The one table behind the page /privacy, the export and the erasure; a test holds it against the
/// store, so that a column with text that is named neither here nor in <see cref="PersonalTexts"/> fails.
/// </summary>
public static class PersonalData
{
    static readonly Said Self = new("the person; administrators", "la personne ; les administrateurs");
    static readonly Said WithAccount = new("until the account is erased", "jusqu’à l’effacement du compte");
    static readonly Said WithRecord = new("as long as the record", "aussi longtemps que le registre");
    static readonly Said Reader = new("whoever may read the record it stands in", "qui peut lire la fiche où cela figure");

    public static IReadOnlyList<PersonalTable> All { get; } =
    [
        Of("account", Fate.Nameless, Owner("id", Tie.Account), ["email", "normalized_email", "name"], ["password_hash", "security_stamp", "concurrency_stamp", "last_code"],
            new("Accounts: name, e-mail address, proof of the password, dates of making and closing", "Comptes : nom, adresse électronique, preuve du mot de passe, dates de création et de fermeture"),
            new("so that people can sign in, and be told apart in what they did", "pour se connecter, et pour distinguer qui a fait quoi"),
            WithAccount, new("the name: whoever is signed in; the rest: the person and administrators", "le nom : toute personne connectée ; le reste : la personne et les administrateurs")),
        Of("role_grant", Fate.Gone, Owner("account", Tie.Account), [], [],
            new("Roles: what each account may do, on behalf of which side", "Rôles : ce que chaque compte peut faire, au nom de quel côté"),
            new("to open what a role opens and nothing else", "pour ouvrir ce qu’un rôle ouvre et rien d’autre"), WithAccount, Self),
        Of("account_login", Fate.Gone, Owner("user_id", Tie.Account), ["provider_key", "provider_display_name"], [],
            new("Linked identities: who a provider says the person is, an ORCID iD for example", "Identités liées : qui la personne est selon un fournisseur, un ORCID iD par exemple"),
            new("to sign in without a password", "pour se connecter sans mot de passe"), new("until the person unlinks it, or the account is erased", "jusqu’à ce que la personne retire le lien, ou à l’effacement du compte"), new("the person", "la personne")),
        Of("account_token", Fate.Gone, Owner("user_id", Tie.Account), [], ["value"],
            new("Second factor: the secret of the authenticator, hashes of recovery codes", "Second facteur : le secret de l’application, les empreintes des codes de secours"),
            new("to ask for a second proof", "pour demander une seconde preuve"), new("until it is turned off, or the account is erased", "jusqu’à sa désactivation, ou à l’effacement du compte"), new("nobody", "personne")),
        Of("account_passkey", Fate.Gone, Owner("user_id", Tie.Account), ["credential_id"], ["data"],
            new("Passkeys: their public half and the name given to them", "Clés d’accès : leur moitié publique et le nom donné"),
            new("to sign in without a password", "pour se connecter sans mot de passe"), new("until removed, or the account is erased", "jusqu’au retrait, ou à l’effacement du compte"), new("the person", "la personne")),
        Of("session", Fate.Gone, Owner("account", Tie.Account), ["agent", "address"], ["key_hash", "security_stamp"],
            new("Sessions: browser, network address, when it began and was last used", "Sessions : navigateur, adresse réseau, début et dernière utilisation"),
            new("to stay signed in, and to see and end a session that is not one’s own", "pour rester connecté, et pour voir et clore une session étrangère"), Clock("session"), Self),
        Of("sign_in_attempt", Fate.Gone, Owner("who", Tie.AddressHash), ["address"], [],
            new("Failed sign-ins: network address, hash of what was typed as the name", "Connexions manquées : adresse réseau, empreinte du nom saisi"),
            new("to slow down whoever guesses", "pour ralentir qui devine"), Clock("sign_in_attempt"), new("nobody", "personne")),
        Of("invitation", Fate.Gone, new Dictionary<string, Tie> { ["email"] = Tie.Address, ["used_by"] = Tie.Account, ["account"] = Tie.Account }, ["email", "name"], ["key_hash"],
            new("Invitations: to whom, with which role, who took it and when", "Invitations : à qui, avec quel rôle, qui l’a prise et quand"),
            new("to let people in without an open door", "pour accueillir sans porte ouverte"), Clock("invitation"), new("administrators of the side", "les administrateurs du côté")),
        Of("message", Fate.Gone, new Dictionary<string, Tie> { ["account"] = Tie.Account, ["address"] = Tie.Address }, ["key", "address", "subject", "body", "answer"], [],
            new("E-mail: address, subject, text until sent, what the server answered", "Courriels : adresse, objet, texte jusqu’à l’envoi, réponse du serveur"),
            new("to send each message once", "pour envoyer chaque message une seule fois"), Clock("message"), new("administrators, without the text", "les administrateurs, sans le texte")),
        Of("calendar_feed", Fate.Gone, Owner("account", Tie.Account), ["name"], ["token_hash"],
            new("Calendar feeds: a name, the hash of the secret address, when it was last read", "Agendas : un nom, l’empreinte de l’adresse secrète, la dernière lecture"),
            new("to show deadlines in one’s own calendar", "pour voir les échéances dans son agenda"), new("until withdrawn, or the account is erased", "jusqu’au retrait, ou à l’effacement du compte"), new("the person", "la personne")),
        Of("reminder", Fate.Gone, Owner("account", Tie.Account), [], [],
            new("How often to be reminded by e-mail, in which language", "Fréquence et langue des rappels par courriel"), new("to be reminded as one wishes", "pour être rappelé comme on le souhaite"), WithAccount, new("the person", "la personne")),
        Of("intake", Fate.Gone, Owner("account", Tie.Account), ["label"], [],
            new("Spreadsheets handed in for import, with whatever they say; who handed them in", "Tableurs remis pour import, avec tout ce qu’ils disent ; qui les a remis"),
            new("to correct and import them, and to take an import back", "pour les corriger et les importer, et pour annuler un import"), Clock("intake"), new("who handed it in", "qui l’a remis")),
        Of("intake_shape", Fate.Gone, Owner("account", Tie.Account), [], [],
            new("Which column of a spreadsheet somebody took for which field", "Quelle colonne d’un tableur a été prise pour quel champ"),
            new("not to ask again", "pour ne pas le redemander"), WithAccount, new("the person", "la personne")),
        Of("person", Fate.Nameless, Owner("key", Tie.Person), ["key", "name", "orcid", "wording"], [],
            new("People that a source names for a role: name, ORCID iD, source, its wording", "Personnes qu’une source nomme pour un rôle : nom, ORCID iD, source, citation"),
            new("the record of who led what is part of the history of a partnership", "qui a dirigé quoi fait partie de l’histoire d’un partenariat"), WithRecord, Reader),
        Of("person_role", Fate.Nameless, Owner("person", Tie.Person), ["wording"], [],
            new("What they did in a structure, for which side, from when to when", "Leur fonction dans une structure, pour quel côté, de quand à quand"),
            new("part of that history; and to count people by side, role and year", "partie de cette histoire ; et pour compter les personnes par côté, fonction et année"), WithRecord, Reader),
        Of("signature", Fate.Stays, new Dictionary<string, Tie>(), ["signatory", "office"], [],
            new("Who signed an agreement, in which office", "Qui a signé un accord, en quelle qualité"), new("a signed text without its signatories proves nothing", "un texte signé sans signataires ne prouve rien"), WithRecord, Reader),
        Of("approval", Fate.Stays, Owner("account", Tie.Account), ["content"], [],
            new("Who approved what for a side: the account’s number, and the text that was approved", "Qui a approuvé quoi pour un côté : numéro du compte, et texte approuvé"),
            new("both sides must be able to show what was agreed", "chaque côté doit pouvoir montrer ce qui a été convenu"), WithRecord, Reader),
        Of("amendment", Fate.Stays, Owner("account", Tie.Account), ["changes"], [],
            new("Who proposed a change to an agreement: the account’s number", "Qui a proposé de modifier un accord : numéro du compte"), new("both sides must be able to show what was agreed", "chaque côté doit pouvoir montrer ce qui a été convenu"), WithRecord, Reader),
        Of("document", Fate.Stays, Owner("account", Tie.Account), [], [],
            new("Uploaded documents and whatever they say; the number of the account that added each", "Documents déposés et tout ce qu’ils disent ; numéro du compte qui a déposé chacun"),
            new("the texts of agreements are kept as they are; an officer can remove one", "les textes des accords sont conservés tels quels ; un chargé de partenariats peut en retirer un"), WithRecord, Reader),
        Of("contest", Fate.Stays, Owner("who", Tie.Actor), [], [],
            new("Who contested a finding: the account’s number", "Qui a contesté un constat : numéro du compte"), new("to know whom to ask", "pour savoir à qui demander"), WithRecord, Reader),
        Of("settlement", Fate.Stays, Owner("who", Tie.Actor), [], [],
            new("Who settled a contradiction between sources: the account’s number", "Qui a tranché une contradiction entre sources : numéro du compte"), new("to know whom to ask", "pour savoir à qui demander"), WithRecord, Reader),
        Of("journal", Fate.Wordless, Owner("who", Tie.Actor), ["subject", "detail"], [],
            new("Journal: who did what to which record and when, the person as a number", "Journal : qui a fait quoi à quelle fiche et quand, la personne sous un numéro"),
            new("both sides must be able to see how the record came to be", "chaque côté doit pouvoir voir comment le registre s’est fait"), WithRecord, new("officers, coordinators, administrators", "chargés de partenariats, coordinateurs, administrateurs")),
        Of("journal_change", Fate.Wordless, new Dictionary<string, Tie>(), ["row_key", "record", "before", "after"], [],
            new("Journal: each row before and after a change; names and addresses of accounts are not in it", "Journal : chaque ligne avant et après ; les noms et adresses des comptes n’y sont pas"),
            new("to take back what was done by mistake", "pour revenir sur une erreur"), WithRecord, new("officers, coordinators, administrators, for records that they may read", "chargés de partenariats, coordinateurs, administrateurs, pour les fiches qu’ils peuvent lire")),
    ];

    public static PersonalTable? Find(string table) => All.FirstOrDefault(t => t.Table == table);

    static Dictionary<string, Tie> Owner(string column, Tie tie) => new() { [column] = tie };

    static Said Clock(string table) => Retention.Of(table).Said;

    static PersonalTable Of(string table, Fate fate, IReadOnlyDictionary<string, Tie> ties, IReadOnlyList<string> texts, IReadOnlyList<string> secrets, Said what, Said why, Said until, Said seen) =>
        new(table, fate, ties, texts, secrets, French(what), French(why), French(until), French(seen));

    // The thin space that French puts before its double signs, once for all sentences above.
    static Said French(Said said) => said with { Fr = said.Fr.Replace(" :", "\u202F:", StringComparison.Ordinal).Replace(" ;", "\u202F;", StringComparison.Ordinal) };
}
