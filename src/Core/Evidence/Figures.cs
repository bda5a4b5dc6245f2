using Entente.Core.Evidence.Measures;
using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Evidence;

/// <summary>Figures computed on a vintage.</summary>
public static class Figures
{
    /// <summary>Answers a question, with its receipt when asked for: digests cost more than figures.</summary>
    /// <exception cref="BrokenWorldException">A segment of the vintage is damaged or gone.</exception>
    public static Outcome<FigureAnswer> Ask(Work work, Question question, bool receipt, CancellationToken ct)
    {
        var indicator = Check(question);
        if (indicator.Refusal is { } malformed) return malformed;
        if (indicator.Value.IsProjects) return Projects.Ask(work, indicator.Value, question, receipt);
        return Understood(work, indicator.Value, question, asked => Answer(asked, receipt, ct));
    }

    static Outcome<T> Understood<T>(Work work, Indicator indicator, Question question, Func<Asked, Outcome<T>> answer) => Engines.Guard(() =>
    {
        var understood = Asked.Open(work, indicator, question);
        if (understood.Refusal is { } refusal) return refusal;
        using var asked = understood.Value;
        return Vintages.Guard(asked.Vintage, () => answer(asked));
    });

    /// <summary>
    /// The works behind a figure in ordinal order of id: those counted, of a share its numerator. With <paramref name="upper"/>
    /// also those only in the upper bound; with <paramref name="denominator"/> all works of a share's denominator.
    /// </summary>
    public static Outcome<IReadOnlyList<WorkLine>> Works(Work work, Question question, bool upper, CancellationToken ct, bool denominator = false)
    {
        var indicator = Check(question);
        if (indicator.Refusal is { } malformed) return malformed;
        if (indicator.Value.IsProjects) return Projects.Lines(work, question, upper);
        return Understood(work, indicator.Value, question, asked => Lines(asked.Main.Works(upper, denominator && (indicator.Value.IsShare || indicator.Value.Tally is not null)), ct));
    }

    /// <summary>The joint projects of a pair, each with all that the vintage knows of it.</summary>
    public static Outcome<ListedProjects> JointProjects(Work work, Question question)
    {
        var indicator = Check(question);
        return indicator.Refusal is { } malformed ? malformed : Projects.List(work, indicator.Value, question);
    }

    static Outcome<Indicator> Check(Question question)
    {
        var found = Indicators.Find(question.Figure);
        if (found.Refusal is { } unknown) return unknown;
        return Indicators.Check(found.Value, question) is { } malformed ? malformed : found;
    }

    static Outcome<FigureAnswer> Answer(Asked asked, bool receipt, CancellationToken ct)
    {
        var main = asked.Main;
        // All memberships are laid out before the first is counted: servers are then asked once for all of them.
        foreach (var membership in Enum.GetValues<Membership>().Where(asked.Has)) asked.Under(membership);
        var stability = asked.Question.Stability is { } seed ? (Outcome<StabilityInterval>?)Stability.Of(main, asked.Indicator, seed) : null;
        if (stability?.Refusal is { } unstable) return unstable;
        var beyond = Covering.Beyond(asked.Vintage, asked.Indicator, asked.Question, asked.A.Side.Organisation, asked.B?.Side.Organisation);
        var answer = new FigureAnswer
        {
            Figure = asked.Indicator.Key,
            Value = main.Value,
            Unit = asked.Indicator.Unit,
            Bounds = main.Bounds,
            Series = main.Series(),
            Breakdown = BreakdownOf(asked),
            Excluded = main.Excluded,
            Variant = asked.Indicator.Variant,
            Details = main.Details() is { Count: > 0 } details ? details : null,
            Stability = stability?.Value,
            Table = main.Table(),
            Rows = (main as PartnersMeasure)?.Rows(),
            Places = asked.Places?.Release,
            Vintage = asked.Vintage.Id,
            Synthetic = asked.Vintage.Synthetic,
            Organisations = [.. asked.Sides.Select(side => side.Side.Organisation)],
            Filters = asked.Question.Filters == Filters.None ? null : [.. asked.Filtered],
            Coverage = beyond is null ? null : Covering.Selection,
            CoverageReason = beyond,
        };
        ct.ThrowIfCancellationRequested();
        return receipt ? answer with { Receipt = Receipts.Of(asked, answer) } : answer;
    }

    static Breakdown BreakdownOf(Asked asked)
    {
        double? Value(Membership membership) => asked.Has(membership) ? asked.Under(membership).Value : null;
        var breakdown = new Breakdown
        {
            Direct = Value(Membership.Direct), Lineage = Value(Membership.Lineage), Perimeter = Value(Membership.Perimeter), PerimeterReason = asked.NoPerimeter,
        };
        return asked.Main switch
        {
            CountMeasure { Distinct: { } distinct } pair => breakdown with
            {
                DistinctAuthors = distinct.Count,
                StructuralShare = pair.Counted.Count == 0 ? null : (double)(pair.Counted.Count - distinct.Count) / pair.Counted.Count,
            },
            ShareMeasure share => breakdown with { Numerator = share.Numerator.Count, Denominator = share.Counted.Count },
            LongDistanceShare share => breakdown with { Numerator = share.Long, Denominator = share.Known },
            _ => breakdown,
        };
    }

    static Outcome<IReadOnlyList<WorkLine>> Lines(IEnumerable<WorkLine> works, CancellationToken ct)
    {
        var lines = new List<WorkLine>();
        foreach (var work in works)
        {
            ct.ThrowIfCancellationRequested();
            lines.Add(work);
        }
        lines.Sort((a, b) => string.CompareOrdinal(a.Id, b.Id) is var order and not 0 ? order : string.CompareOrdinal(a.CountsAs, b.CountsAs));
        return lines;
    }
}

/// <summary>
/// One work (or project) behind a figure. CountsAs is distinct-authors or structural (pairs), numerator or denominator (shares),
/// counted, unknown-place (distances), or upper-bound-only; of a project, the roles of A and B.
/// </summary>
public sealed record WorkLine(string Id, int? Year, string Title, string? Doi, string? Type, int Authors, bool Truncated, string CountsAs)
{
    /// <summary>The part that counts, where the figure is fractional.</summary>
    public double? Weight { get; init; }

    /// <summary>Of a project: the topics of its call, by code, and its fields of science, by title; null of works.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Topics { get; init; }

    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Sciences { get; init; }
}
