using Entente.Core.Accounts;
using Entente.Core.Kernel;

namespace Entente.Core.Portfolio.Agreements;

/// <summary>Who may act for one side alone: those who hold the role on that very side. A role for the installation as a whole speaks for no side.</summary>
public static class OnBehalf
{
    /// <param name="scope">structures/KEY of the record</param>
    public static Refusal? Refuse(Actor actor, Permission permission, string side, string scope)
    {
        if (Permissions.Refuse(actor, permission, [side], scope) is { } refusal) return refusal;
        if (actor.Operator || actor.Grants.Any(g => Permissions.Matrix[permission].Contains(g.Role) && g.Side == side && g.Reaches([side], scope))) return null;
        return Refusal.Forbidden("not-your-side", $"Only somebody who holds the role for {side} can do this on its behalf.",
            $"Seule une personne qui tient ce rôle pour {side} peut le faire en son nom.");
    }

    public static bool May(Actor actor, Permission permission, string side, string scope) => Refuse(actor, permission, side, scope) is null;
}
