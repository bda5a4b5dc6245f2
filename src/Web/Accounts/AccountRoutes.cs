using Entente.Web.Accounts.External;
using Entente.Web.Shell;

namespace Entente.Web.Accounts;

/// <summary>Everything about who may come in: signing in, invitations, one's own account, people and roles.</summary>
public static class AccountRoutes
{
    public static void MapAccounts(this IEndpointRouteBuilder app)
    {
        app.MapSignIn();
        app.MapPasskeys();
        app.MapInvitations();
        app.MapOutside();
        app.MapOwnAccount();
        app.MapPeople();
        app.MapGet("/permissions", () => Answers.Page<PermissionsPage>()).Open();
    }
}
