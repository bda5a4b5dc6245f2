using Entente.Core.Store;
using Entente.Web.Shell;
using Microsoft.AspNetCore.Mvc.ApiExplorer;

namespace Entente.Web.Api;

/// <summary>What the API says about itself: a document for programs, a page for people.</summary>
public static class ApiRoutes
{
    public static void MapApi(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi("/api/{documentName}/openapi.json");
        app.MapGet("/api", async (IApiDescriptionGroupCollectionProvider explorer, Work work, HttpRequest request, CancellationToken ct) =>
            Answers.Page<ApiPage>(new { Operations = await ListedOperation.AllAsync(explorer, work, ct), Base = $"{request.Scheme}://{request.Host}" }));
    }
}
