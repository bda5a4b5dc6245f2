using System.Text.Json.Serialization;
using Entente.Core.Evidence.Measures;
using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Evidence;

/// <summary>Why a work came into a figure, or left it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MoveCause>))]
public enum MoveCause
{
    /// <summary>The same works, counted by another membership or filter.</summary>
    [JsonStringEnumMemberName("definition")] Definition,
    /// <summary>The same works and definition, with the perimeters of another release.</summary>
    [JsonStringEnumMemberName("registration")] Registration,
    /// <summary>Works that the later vintage no longer holds.</summary>
    [JsonStringEnumMemberName("withdrawn")] Withdrawn,
    /// <summary>Works that the earlier vintage did not hold.</summary>
    [JsonStringEnumMemberName("added")] Added,
    /// <summary>Works of both vintages that the source now describes otherwise.</summary>
    [JsonStringEnumMemberName("reclassified")] Reclassified,
}

/// <summary>One part of a move: by how much, and how many works came in and left for that cause. Of a share, works of its denominator too; of a figure that rests on the frame, all works of it.</summary>
public sealed record MovePart(MoveCause Cause, double? Amount, long In, long Out);

/// <summary>What moved a figure, part by part; the parts sum to the difference.</summary>
public sealed record FigureMove(string Figure, string Unit, FigureAnswer Before, FigureAnswer After, double? Difference, IReadOnlyList<MovePart> Parts);

/// <summary>
/// What moved a figure between two vintages, releases or definitions. The figure walks from the one to the other in steps, each
/// of which changes one thing: first the definition, then the perimeters, both on the earlier vintage, then the works.
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
        if (Indicators.Find(before.Figure).Value is var indicator && indicator.IsProjects) return NotExplained(indicator);
        Question[] steps = [before, after with { Vintage = first.Value.Vintage, Release = before.Release }, after with { Vintage = first.Value.Vintage }, after];
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
            if (asked.Any(a => a.Main.Moved is null)) return NotExplained(indicator);
            var parts = Vintages.Guard(asked[^1].Vintage, () => Parts(asked));
            if (last.Value.Value is not null && first.Value.Value is not null && parts.Any(part => part.Amount is null)) return NoValueBetween(indicator);
            return new FigureMove(before.Figure, indicator.Unit, first.Value, last.Value, last.Value.Value - first.Value.Value, parts);
        }
        finally
        {
            asked.ForEach(a => a.Dispose());
        }
    }

    static Refusal NoValueBetween(Indicator indicator) => Refusal.Invalid("no-value-between",
        $"{indicator.Key} has no value on the way from the one to the other, where some of the works are changed and others are not, so that its move has no parts that sum to the whole.",
        $"{indicator.Key} n’a pas de valeur sur le chemin de l’un à l’autre, où une partie des publications a changé et l’autre non\u202F: son mouvement n’a pas de parts dont la somme soit le tout.");

    static Refusal NotExplained(Indicator indicator) => Refusal.Invalid("not-explained",
        $"A move of {indicator.Key} cannot be told work by work: it rests on links, lists of partners, or a frame of too many works. Explain the counts that it is made of.",
        $"Un mouvement de {indicator.Key} ne se dit pas publication par publication\u202F: il repose sur des liens, des listes de partenaires ou un cadre trop grand. Expliquez les comptes dont il est fait.");

    static IReadOnlyList<MovePart> Parts(List<Asked> asked)
    {
        var works = asked.ConvertAll(a => a.Main.Moved!.Works());
        var (old, now) = (works[2], works[3]);
        var (left, came) = (Difference(old, now), Difference(now, old));
        var (withdrawn, added) = (left.Except(asked[3].Standing(left)).ToHashSet(), came.Except(asked[2].Standing(came)).ToHashSet());
        var kept = old.Where(work => !withdrawn.Contains(work.Key)).ToDictionary();
        var grown = kept.Concat(now.Where(work => added.Contains(work.Key))).ToDictionary();
        Dictionary<long, double[]>[] walk = [works[0], works[1], old, kept, grown, now];
        var values = walk.Select(step => At(asked[0].Main.Moved!, step)).ToArray();
        return [.. Enum.GetValues<MoveCause>().Select((cause, i) => new MovePart(cause, values[i + 1] - values[i], Difference(walk[i + 1], walk[i]).Count, Difference(walk[i], walk[i + 1]).Count))];
    }

    // In rising order of id, so that sums of fractions are the same on every machine.
    static double? At(Brought brought, Dictionary<long, double[]> works)
    {
        var sums = new double[brought.Sums];
        foreach (var (_, each) in works.OrderBy(work => work.Key))
            for (var i = 0; i < sums.Length; i++) sums[i] += each[i];
        return brought.At(sums);
    }

    /// <summary>The works that bring something to a sum of the one and nothing to the same sum of the other.</summary>
    static HashSet<long> Difference(Dictionary<long, double[]> of, Dictionary<long, double[]> without) =>
        [.. of.Where(work => !without.TryGetValue(work.Key, out var other) ? work.Value.Any(each => each != 0) : work.Value.Index().Any(each => each.Item != 0 && other[each.Index] == 0)).Select(work => work.Key)];
}
