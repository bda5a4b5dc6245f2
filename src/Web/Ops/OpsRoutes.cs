using Entente.Core.Accounts;
using Entente.Core.Store;
using Entente.Web.Accounts;
using Entente.Web.Shell;

namespace Entente.Web.Ops;

/// <summary>The page of whoever runs the installation.</summary>
public static class OpsRoutes
{
    public static void MapOps(this IEndpointRouteBuilder app)
    {
        app.MapGet("/installation", async (Work work, CancellationToken ct) =>
            (await Installation.StateAsync(work, ct)).ToPage<InstallationState, InstallationPage>(state => new { State = state })).Needs(Permission.RunInstallation);
        app.MapPost("/installation/journal-check", async (Work work, CancellationToken ct) =>
        {
            var check = await Installation.CheckJournalAsync(work, ct);
            return check.Refusal is { } refusal ? Answers.RefusalPage(refusal) : SignInRoutes.Go("/installation");
        }).Needs(Permission.RunInstallation);
    }
}
