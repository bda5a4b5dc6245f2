using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Web.Shell;
using Microsoft.AspNetCore.Components;

namespace Entente.Web.Portfolio;

/// <summary>A component that shows the record: it can look up any name or source.</summary>
public abstract class PortfolioPiece : Piece
{
    [CascadingParameter] protected PortfolioRecord Record { get; set; } = null!;

    /// <summary>Who reads: doors are shown to those who may pass.</summary>
    [CascadingParameter] protected Actor Who { get; set; } = Actor.Anyone;
}
