using Entente.Core.Kernel;

namespace Entente.Core.Accounts;

/// <summary>What can be allowed or not. Reading is not here: the audience of each row decides it.</summary>
public enum Permission
{
    EditRecord, CreateRecord, Approve, EditRules, EnterClaims, SettleContradictions, ImportTables, ReadAgenda, ReadJournal, RestoreVersion,
    ImportEvidence, ManageAccounts, HandlePersonalData, RunInstallation,
}

/// <summary>
/// The permission matrix: which role may do what. The only place that knows; the page /permissions is printed from it, and a test
/// tries every route against it.
/// </summary>
public static class Permissions
{
    public static IReadOnlyDictionary<Permission, IReadOnlyList<AccountRole>> Matrix { get; } = new Dictionary<Permission, IReadOnlyList<AccountRole>>
    {
        [Permission.EditRecord] = [AccountRole.PartnershipOfficer, AccountRole.Coordinator],
        [Permission.CreateRecord] = [AccountRole.PartnershipOfficer],
        [Permission.Approve] = [AccountRole.PartnershipOfficer],
        [Permission.EditRules] = [AccountRole.PartnershipOfficer, AccountRole.Administrator],
        [Permission.EnterClaims] = [AccountRole.PartnershipOfficer, AccountRole.Coordinator],
        [Permission.SettleContradictions] = [AccountRole.PartnershipOfficer],
        [Permission.ImportTables] = [AccountRole.PartnershipOfficer],
        [Permission.ReadAgenda] = [AccountRole.PartnershipOfficer, AccountRole.Coordinator, AccountRole.CallManager, AccountRole.Reader, AccountRole.Administrator],
        [Permission.ReadJournal] = [AccountRole.PartnershipOfficer, AccountRole.Coordinator, AccountRole.Administrator],
        [Permission.RestoreVersion] = [AccountRole.PartnershipOfficer],
        [Permission.ImportEvidence] = [AccountRole.Administrator],
        [Permission.ManageAccounts] = [AccountRole.Administrator],
        [Permission.HandlePersonalData] = [AccountRole.Administrator],
        [Permission.RunInstallation] = [AccountRole.Administrator],
    };

    /// <summary>What concerns every side at once: given by a role for the whole installation, never by one for a side or a single record.</summary>
    public static IReadOnlyList<Permission> OfInstallation { get; } = [Permission.ImportEvidence, Permission.HandlePersonalData, Permission.RunInstallation];

    /// <summary>Null where the actor may; otherwise the reason, in words to act on.</summary>
    /// <param name="sides">keys of the partners behind the record; null where it belongs to no side</param>
    /// <param name="scope">structures/KEY or calls/KEY of the record; null where it has none</param>
    public static Refusal? Refuse(Actor actor, Permission permission, IReadOnlyCollection<string>? sides = null, string? scope = null)
    {
        if (actor.Operator || actor.Grants.Any(g => Gives(g, permission) && g.Reaches(sides, scope))) return null;
        if (actor.Account is null)
            return Refusal.Forbidden("sign-in", "Sign in first: this is open to those who hold a role here.",
                "Connectez-vous d’abord\u202F: cet accès est réservé à ceux qui ont un rôle ici.");
        return Refusal.Forbidden("not-permitted",
            "None of your roles allows this. The table at /permissions says which would; an administrator can give it to you.",
            "Aucun de vos rôles ne le permet. Le tableau de /permissions dit lesquels le permettraient\u202F; un administrateur peut vous l’accorder.");
    }

    /// <summary>True where any of the actor's roles allows it somewhere: whether to show a door, not whether it opens on a given record.</summary>
    public static bool MayAnywhere(Actor actor, Permission permission) =>
        actor.Operator || actor.Grants.Any(g => Gives(g, permission));

    static bool Gives(Grant grant, Permission permission) =>
        Matrix[permission].Contains(grant.Role) && (grant is { Side: null, Scope: null } || !OfInstallation.Contains(permission));
}
