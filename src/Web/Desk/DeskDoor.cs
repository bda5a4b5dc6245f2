using Entente.Core.Accounts;
using Entente.Core.Kernel;

namespace Entente.Web.Desk;

/// <summary>A room of work: where it is, what is done there, and the permission that opens it; null for whoever is signed in.</summary>
public sealed record DeskDoor(string Href, Said Name, Said Does, Permission? Permission)
{
    /// <summary>In the order of a day's work. A test opens each.</summary>
    public static IReadOnlyList<DeskDoor> All { get; } =
    [
        new("/agenda", new("Agenda", "Agenda"), new("What comes due, and the calendar feed.", "Ce qui arrive à échéance, et le flux de calendrier."), Core.Accounts.Permission.ReadAgenda),
        new("/agreements", new("Agreements", "Accords"), new("Draft, approve, sign, amend and renew.", "Rédiger, approuver, signer, modifier et renouveler."), null),
        new("/edit", new("The record", "Le registre"), new("Add or change structures, organisations, people and sources.", "Ajouter ou modifier structures, organisations, personnes et sources."), Core.Accounts.Permission.EditRecord),
        new("/claims/new", new("A claim", "Une affirmation"), new("Enter a published figure with its wording.", "Saisir un chiffre publié avec ses mots."), Core.Accounts.Permission.EnterClaims),
        new("/import-table", new("Spreadsheets", "Tableurs"), new("Import a legacy list, look at each row first, undo.", "Importer une liste existante, voir chaque ligne d’abord, annuler."), Core.Accounts.Permission.ImportTables),
        new("/instruments", new("Rules", "Règles"), new("What each instrument asks, by version and source.", "Ce que demande chaque instrument, par version et par source."), null),
        new("/contradictions", new("Contradictions", "Contradictions"), new("Where sources disagree, and what was settled.", "Où les sources se contredisent, et ce qui a été tranché."), null),
        new("/plausibility", new("What does not fit", "Ce qui ne va pas"), new("Overdue renewals, vacant roles, ended terms.", "Renouvellements en retard, rôles vacants, mandats échus."), null),
        new("/journal", new("Journal", "Journal"), new("Every write: who, when, before and after.", "Chaque écriture\u202F: qui, quand, avant et après."), Core.Accounts.Permission.ReadJournal),
        new("/people", new("People and roles", "Personnes et rôles"), new("Invite, give and take roles.", "Inviter, donner et retirer des rôles."), Core.Accounts.Permission.ManageAccounts),
        new("/installation", new("Installation", "Installation"), new("Health, mail, journal check.", "Santé, courrier, contrôle du journal."), Core.Accounts.Permission.RunInstallation),
        new("/account", new("My account", "Mon compte"), new("Password, second factor, passkeys, sessions.", "Mot de passe, second facteur, clés d’accès, sessions."), null),
    ];

    public static IEnumerable<DeskDoor> OpenTo(Actor actor) => All.Where(d => d.Permission is not { } permission || Permissions.MayAnywhere(actor, permission));
}
