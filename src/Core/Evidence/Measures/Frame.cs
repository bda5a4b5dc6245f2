using Entente.Core.Evidence.Ror;
using Entente.Core.Kernel;
using Entente.Engine.Works;

namespace Entente.Core.Evidence.Measures;

/// <summary>The works of a window, divided as every figure needs them.</summary>
sealed class Frame
{
    public Frame(Holding holding, Years? years, Filters filters)
    {
        var window = holding.Of(years);
        if (filters with { WithRetracted = false } != Filters.None) window = window.And(holding.Passing(Subjects.ToFilter(holding, filters)));
        (Years, Key) = (years, (years, filters));
        Retracted = window.And(holding.Flagged(WorkFlags.Retracted));
        Paratext = window.And(holding.Flagged(WorkFlags.Paratext)).Except(Retracted);
        Passing = window.Except(Retracted).Except(Paratext);
        if (filters.WithRetracted) (Passing, Retracted) = (Passing.Or(Retracted), Retracted.Except(Retracted));
        Truncated = Passing.And(holding.Flagged(WorkFlags.Truncated));
    }

    Frame(Frame of, SetOfWorks among)
    {
        (Years, Key) = (of.Years, new object());
        (Retracted, Paratext) = (of.Retracted.And(among), of.Paratext.And(among));
        (Passing, Truncated) = (of.Passing.And(among), of.Truncated.And(among));
    }

    /// <summary>The works of the frame that are among these.</summary>
    public Frame Among(SetOfWorks works) => new(this, works);

    public Years? Years { get; }

    /// <summary>What tells this frame from others of its vintage, and holds no works: tables are kept by it.</summary>
    public object Key { get; }

    public SetOfWorks Passing { get; }

    /// <summary>Works that pass the filters and whose list of authors is cut.</summary>
    public SetOfWorks Truncated { get; }
    public SetOfWorks Retracted { get; }

    /// <summary>Paratext that is not retracted too: a work is left out for one reason only.</summary>
    public SetOfWorks Paratext { get; }
}

/// <summary>A question laid out on a vintage under one membership: all that a measure needs.</summary>
sealed record Scene(Holding Holding, Indicator Indicator, Frame Frame, Counting Counting, Body A, Body? B, Body? Country)
{
    /// <summary>The works of the topic, field or goal that the figure is about; null where it is about none.</summary>
    public SetOfWorks? Subject { get; init; }

    /// <summary>Of the joint works of a pair those with two different authorships, one on each side.</summary>
    public SetOfWorks TwoAuthors(SetOfWorks joint) => Holding.Keep((A, B, Frame, "distinct"), () => Holding.TwoAuthors(joint, A, B!));

    /// <summary>Where institutions are; null where the figure does not ask.</summary>
    public RorPlaces? Places { get; init; }

    /// <summary>From how many kilometres on a work is of a long distance.</summary>
    public int Kilometres { get; init; }
}
