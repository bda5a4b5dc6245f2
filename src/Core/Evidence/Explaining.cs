using System.Text.Json.Serialization;
using Entente.Core.Evidence.Measures;
using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Evidence;

/// <summary>Why a work, or a project, came into a figure, or left it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MoveCause>))]
public enum MoveCause
{
    /// <summary>The same vintage, counted by another membership or filter.</summary>
    [JsonStringEnumMemberName("definition")] Definition,
    /// <summary>The same vintage and definition, with the perimeters and places of another release.</summary>
    [JsonStringEnumMemberName("registration")] Registration,
    /// <summary>The later vintage no longer holds them.</summary>
    [JsonStringEnumMemberName("withdrawn")] Withdrawn,
    /// <summary>The earlier vintage did not hold them.</summary>
    [JsonStringEnumMemberName("added")] Added,
    /// <summary>Both vintages hold them, and the source now describes them otherwise.</summary>
    [JsonStringEnumMemberName("reclassified")] Reclassified,
}

/// <summary>One part of a move: by how much, and how many works (or projects) came in and left for that cause. Of a share, works of its denominator too; of a figure that rests on the frame, all works of it.</summary>
public sealed record MovePart(MoveCause Cause, double? Amount, long In, long Out);

/// <summary>What moved a figure, part by part; the parts sum to the difference.</summary>
public sealed record FigureMove(string Figure, string Unit, FigureAnswer Before, FigureAnswer After, double? Difference, IReadOnlyList<MovePart> Parts);

/// <summary>
/// What moved a figure between two vintages, releases or definitions. The figure walks from the one to the other in steps, each
/// of which changes one thing: first the definition, then perimeters and places, both on the earlier vintage, then the works. After each
/// step it is the figure of just the works that there are, each as the vintage describes it that it is taken from.
/// </summary>
public static class Explaining
{
    public static Outcome<FigureMove> Explain(Work work, Question before, Question after, CancellationToken ct) => Engines.Guard(() => Told(work, before, after, ct));

    static Outcome<FigureMove> Told(Work work, Question before, Question after, CancellationToken ct)
    {
        if (before.Figure != after.Figure)
            return Refusal.Usage("two-figures", "Two different figures have no difference: ask both of one.", "Deux chiffres différents n’ont pas de différence\u202F: demandez les deux du même.", "figure");
        var (first, last) = (Figures.Ask(work, before, receipt: false, ct), Figures.Ask(work, after, receipt: false, ct));
        if (first.Refusal is { } noFirst) return noFirst;
        if (last.Refusal is { } noLast) return noLast;
        var indicator = Indicators.Find(before.Figure).Value;
        var (given, asked) = (before with { Vintage = first.Value.Vintage }, after with { Vintage = first.Value.Vintage });
        Question[] steps = [given, asked with { Release = before.Release }, asked, after with { Vintage = last.Value.Vintage }];
        var parts = indicator.IsProjects ? ProjectMoves.Parts(work, steps) : Parts(work, indicator, steps, ct);
        if (parts.Refusal is { } refusal) return refusal;
        if (last.Value.Value is not null && first.Value.Value is not null && parts.Value.Any(part => part.Amount is null)) return NoValueBetween(indicator);
        return new FigureMove(before.Figure, indicator.Unit, first.Value, last.Value, last.Value.Value - first.Value.Value, parts.Value);
    }

    static Refusal NoValueBetween(Indicator indicator) => Refusal.Invalid("no-value-between",
        $"{indicator.Key} has no value on the way from the one to the other, where some of the works are changed and others are not, so that its move has no parts that sum to the whole.",
        $"{indicator.Key} n’a pas de valeur sur le chemin de l’un à l’autre, où une partie des publications a changé et l’autre non\u202F: son mouvement n’a pas de parts dont la somme soit le tout.");

    static Outcome<IReadOnlyList<MovePart>> Parts(Work work, Indicator indicator, IEnumerable<Question> steps, CancellationToken ct)
    {
        var asked = new List<Asked>();
        try
        {
            foreach (var step in steps)
            {
                ct.ThrowIfCancellationRequested();
                var understood = Asked.Open(work, indicator, step);
                if (understood.Refusal is { } refusal) return refusal;
                asked.Add(understood.Value);
            }
            return Vintages.Guard(asked[^1].Vintage, () => Parts(asked, ct).ToList());
        }
        finally
        {
            asked.ForEach(a => a.Dispose());
        }
    }

    static IEnumerable<MovePart> Parts(List<Asked> asked, CancellationToken ct)
    {
        var (given, redefined, old, now) = (asked[0], asked[1], asked[2], asked[3]);
        // Only works that the figure is made of can move it: those that stand in both vintages, as each has them.
        var (before, after) = (All(old.Main.MadeOf), All(now.Main.MadeOf));
        var (held, stays) = (old.Same(now.Same(before)), now.Same(old.Same(after)));
        var (kept, staying, added) = (old.Within(held), now.Within(stays), now.Within(after.Except(stays)));
        yield return Step(MoveCause.Definition, given.Main.Value, redefined.Main.Value, Beyond(redefined, redefined.Main, given.Main), Beyond(given, given.Main, redefined.Main));
        ct.ThrowIfCancellationRequested();
        yield return Step(MoveCause.Registration, redefined.Main.Value, old.Main.Value, Beyond(old, old.Main, redefined.Main), Beyond(redefined, redefined.Main, old.Main));
        ct.ThrowIfCancellationRequested();
        yield return Step(MoveCause.Withdrawn, old.Main.Value, kept.Value, 0, before.Except(held).Count);
        ct.ThrowIfCancellationRequested();
        var grown = kept.Together(added);
        yield return Step(MoveCause.Added, kept.Value, grown, after.Except(stays).Count, 0);
        ct.ThrowIfCancellationRequested();
        yield return Step(MoveCause.Reclassified, grown, now.Main.Value, Beyond(now, staying, kept), Beyond(old, kept, staying));
    }

    static MovePart Step(MoveCause cause, double? from, double? to, long came, long left) => new(cause, to - from, came, left);

    static SetOfWorks All(IEnumerable<SetOfWorks> sets) => sets.Aggregate((all, set) => all.Or(set));

    /// <summary>How many works stand in a set that the figure is made of, and not in the same set of the other's.</summary>
    static long Beyond(Asked asked, Measure figure, Measure other) => All(figure.MadeOf.Zip(other.MadeOf, (set, same) => set.Except(asked.Same(same)))).Count;
}
