using Entente.Core.Evidence;
using Entente.Core.Store;
using Entente.Web.Api;
using Entente.Web.Shell;

namespace Entente.Web.Evidence;

/// <summary>What an institution means, release by release.</summary>
public static class PerimeterRoutes
{
    public static void MapPerimeters(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/perimeters/{key}", (Work work, Reader reader, string key, string? release) => Perimeters.Show(work, key, release).ToJson(reader))
            .Answers<ResolvedPerimeter>("getPerimeter",
                new("A perimeter at a ROR release: its members, their number and their hash.", "Un périmètre à une version de ROR : ses membres, leur nombre et leur empreinte."),
                "/api/v1/perimeters/{a}");
        app.MapGet("/api/v1/perimeters/{key}/diff", (Work work, Reader reader, string key, string from, string to) => Perimeters.Diff(work, key, from, to).ToJson(reader))
            .Answers<PerimeterDiff>("comparePerimeter",
                new("What a perimeter gained and lost from one ROR release to another.", "Ce qu’un périmètre a gagné et perdu d’une version de ROR à une autre."),
                "/api/v1/perimeters/{a}/diff?from={from}&to={to}");
    }
}
