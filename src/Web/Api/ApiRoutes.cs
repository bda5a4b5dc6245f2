namespace Entente.Web.Api;

/// <summary>What the API says about itself.</summary>
public static class ApiRoutes
{
    public static void MapApi(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi("/api/{documentName}/openapi.json");
    }
}
