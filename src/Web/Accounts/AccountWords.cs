using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;

namespace Entente.Web.Accounts;

/// <summary>Roles, permissions and ways to sign in, in both languages.</summary>
public static class AccountWords
{
    public static Said Name(AccountRole role) => role switch
    {
        AccountRole.Administrator => new("administrator", "administrateur"),
        AccountRole.PartnershipOfficer => new("partnership officer", "chargé de partenariat"),
        AccountRole.Coordinator => new("coordinator", "coordinateur"),
        AccountRole.CallManager => new("call manager", "gestionnaire d’appel"),
        AccountRole.Reviewer => new("reviewer", "évaluateur"),
        AccountRole.PanelMember => new("panel member", "membre du comité"),
        AccountRole.Applicant => new("applicant", "candidat"),
        AccountRole.Reader => new("reader", "lecteur"),
    };

    public static Said Name(Permission permission) => permission switch
    {
        Permission.EditRecord => new("Edit the record", "Modifier le registre"),
        Permission.CreateRecord => new("Create, split and end structures and agreements", "Créer, scinder et clore structures et accords"),
        Permission.Approve => new("Approve for a side", "Approuver au nom d’un côté"),
        Permission.EditRules => new("Edit the rules of instruments", "Modifier les règles des instruments"),
        Permission.EnterClaims => new("Enter claims", "Saisir des affirmations"),
        Permission.SettleContradictions => new("Settle contradictions between sources", "Trancher entre sources contradictoires"),
        Permission.ImportTables => new("Import spreadsheets", "Importer des tableaux"),
        Permission.ReadAgenda => new("Read the agenda", "Lire l’agenda"),
        Permission.ReadJournal => new("Read the journal", "Lire le journal"),
        Permission.RestoreVersion => new("Restore an earlier version", "Rétablir une version antérieure"),
        Permission.ImportEvidence => new("Import evidence", "Importer des preuves"),
        Permission.ManageAccounts => new("Invite people, give and take roles", "Inviter, donner et retirer des rôles"),
        Permission.HandlePersonalData => new("Export and erase personal data", "Exporter et effacer des données personnelles"),
        Permission.RunInstallation => new("Run the installation", "Exploiter l’installation"),
        _ => Said.Same(permission.ToString()),
    };

    public static Said Name(SignInMethod method) => method switch
    {
        SignInMethod.Password => new("password", "mot de passe"),
        SignInMethod.PasswordAndCode => new("password and code", "mot de passe et code"),
        SignInMethod.PasswordAndRecoveryCode => new("password and recovery code", "mot de passe et code de secours"),
        SignInMethod.Passkey => new("passkey", "clé d’accès"),
        SignInMethod.Invitation => new("link", "lien"),
        SignInMethod.Provider => new("another service", "un autre service"),
    };

    /// <summary>partnership officer for CNRS, limited to structures/majulab.</summary>
    public static Said InWords(AccountRole role, string? side, string? scope, PortfolioRecord record)
    {
        var name = Name(role);
        if (side is not null && record.Organisations.GetValueOrDefault(side) is { } organisation) side = organisation.Short ?? organisation.Name;
        return new(
            name.En + (side is null ? ", whole installation" : $" for {side}") + (scope is null ? "" : $", limited to {scope}"),
            name.Fr + (side is null ? ", toute l’installation" : $" pour {side}") + (scope is null ? "" : $", limité à {scope}"));
    }
}
