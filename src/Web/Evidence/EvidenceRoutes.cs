namespace Entente.Web.Evidence;

/// <summary>The room of evidence: partnerships in numbers, figures, receipts, works, vintages, perimeters.</summary>
public static class EvidenceRoutes
{
    public static void MapEvidence(this IEndpointRouteBuilder app)
    {
        app.MapFigures();
        app.MapWorks();
        app.MapVintages();
        app.MapPerimeters();
    }
}
