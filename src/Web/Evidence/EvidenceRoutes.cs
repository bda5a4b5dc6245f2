using Entente.Core.Evidence;
using Entente.Core.Portfolio;
using Entente.Core.Store;
using Entente.Web.Shell;

namespace Entente.Web.Evidence;

/// <summary>The room of evidence: partnerships in numbers, figures, receipts, works, vintages, perimeters.</summary>
public static class EvidenceRoutes
{
    public static void MapEvidence(this IEndpointRouteBuilder app)
    {
        app.MapGet("/evidence", (DataFolder folder, PortfolioRecord record) =>
            Answers.Page<EvidencePage>(new { All = Vintages.List(folder), Pairs = PartnershipRow.All(record) }));
        app.MapPartnerships();
        app.MapIndicators();
        app.MapFigures();
        app.MapExplained();
        app.MapBridged();
        app.MapReceipts();
        app.MapWorks();
        app.MapProjects();
        app.MapVintages();
        app.MapPerimeters();
    }
}
