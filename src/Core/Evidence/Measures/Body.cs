using Entente.Core.Kernel;
using Entente.Engine.Query;
using Entente.Engine.Works;

namespace Entente.Core.Evidence.Measures;

/// <summary>One side of a question on one vintage: the units that stand for it, and the works that list them.</summary>
sealed class Body(WorksStore store, Func<Unit, bool> belongs)
{
    public UnitSet Units { get; } = UnitSet.Of(store, belongs);
    public WorkSet Works => field ??= Select.Listing(store, Units);
}

/// <summary>The works of a window, divided as every figure needs them.</summary>
sealed class Frame
{
    public Frame(WorksStore store, Years? years)
    {
        var window = years is { } y ? Select.OfYears(store, y.First, y.Last) : Select.All(store);
        Years = years;
        Retracted = window.And(Select.Flagged(store, WorkFlags.Retracted));
        Paratext = window.And(Select.Flagged(store, WorkFlags.Paratext)).Except(Retracted);
        Passing = window.Except(Retracted).Except(Paratext);
        Truncated = Passing.And(Select.Flagged(store, WorkFlags.Truncated));
    }

    public Years? Years { get; }
    public WorkSet Passing { get; }

    /// <summary>Works that pass the filters and whose list of authors is cut.</summary>
    public WorkSet Truncated { get; }
    public WorkSet Retracted { get; }

    /// <summary>Paratext that is not retracted too: a work is left out for one reason only.</summary>
    public WorkSet Paratext { get; }
}

/// <summary>A question laid out on a vintage under one membership: all that a measure needs.</summary>
sealed record Scene(OpenedWorks Opened, Indicator Indicator, Frame Frame, Counting Counting, Body A, Body? B, Body? Country)
{
    public WorksStore Store => Opened.Store;
}
